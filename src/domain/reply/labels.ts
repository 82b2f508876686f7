// What the labels of a checklist teach: 疏散楼梯、走道是否畅通，有无堆放杂物 names two things, says how they should be (畅通) and
// what should not be there (堆放杂物). So a new pack is read without a list of its words.

import type { Item } from '../checklist.ts';

interface FromLabels {
  /** By item: names that stand in no other label. */
  readonly things: readonly (readonly string[])[];
  /** How things should be. */
  readonly states: readonly string[];
  /** What should not be. */
  readonly faults: readonly string[];
  /** Places of the items that ask whether something is not so. */
  readonly inverted: ReadonlySet<number>;
}

const INVERTED = /是否(未|没有|没|无|不|禁止|严禁|杜绝)/;
const SHORT = 2;
const LONG = 6;

const isShort = (word: string): boolean => word.length >= SHORT && word.length <= LONG;

/** Parted at every stop and at 、; question marks and quotes are gone. */
const partsOf = (text: string): string[] => text.split(/[，、,。；;?？"“”《》]/).filter((part) => part !== '');

/** 完好有效 is two words of two. */
const withHalves = (word: string): string[] => (word.length === 4 ? [word, word.slice(0, 2), word.slice(2)] : [word]);

export const readLabels = (items: readonly Item[], ambiguous: readonly string[]): FromLabels => {
  const isClear = (word: string): boolean => isShort(word) && !ambiguous.some((other) => word.includes(other));
  const asked = items.map(({ label }) => label.split('是否'));
  const states = asked
    .filter((_, i) => !INVERTED.test(items[i]?.label ?? ''))
    .flatMap(([, ...answers]) => answers.flatMap((answer) => partsOf(answer).slice(0, 1)))
    .filter((state) => isClear(state) && state.length <= 4)
    .flatMap(withHalves);
  const faults = items.flatMap(({ label }) => partsOf(label.split('有无')[1] ?? '').slice(0, 1)).filter(isClear);
  const things = asked.map((pieces, i) =>
    pieces
      .slice(0, -1)
      .flatMap((piece, nth) => partsOf(piece).slice(nth === 0 ? 0 : -1))
      .filter((thing) => isClear(thing) && items.every(({ label }, j) => i === j || !label.includes(thing))),
  );
  const inverted = new Set(items.flatMap(({ label }, i) => (INVERTED.test(label) ? [i] : [])));
  const lacks = states
    .filter((state) => state.startsWith('有'))
    .flatMap((state) => ['没', '无', '冇'].map((not) => not + state.slice(1)));
  return { things, states, faults: [...faults, ...faults.map((fault) => fault.slice(-2)), ...lacks], inverted };
};
