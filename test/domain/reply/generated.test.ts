// From random intended answers to phrasings in many styles, and back. A style knows how people write, not how the parser reads.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checklist } from '../../../src/domain/checklist.ts';
import { readReply } from '../../../src/domain/reply/read-reply.ts';
import { epidemicChecklist } from '../../support/checklist.ts';

type Value = 'yes' | 'no';
type Style = (values: readonly Value[], pick: (from: readonly string[]) => string) => string | null;

const YES = ['有', '是', '√', '✅', '都落实了', '已落实', '做到了', 'Y', 'OK', '没问题'];
const NO = ['没有', '否', '×', '❌', '无', '冇', '未落实', '没做', 'N', '没有做到'];
const CHINESE = '一二三四五六七八';
const CIRCLED = '①②③④⑤⑥⑦⑧';
const FULL = '１２３４５６７８';

const numbers = (values: readonly Value[], wanted: Value): number[] =>
  values.flatMap((value, i) => (value === wanted ? [i + 1] : []));
const ranges = (list: readonly number[]): string => {
  const parts: number[][] = [];
  for (const n of list) {
    const last = parts.at(-1);
    if (last !== undefined && last.at(-1) === n - 1) last.push(n);
    else parts.push([n]);
  }
  return parts.map((part) => (part.length > 2 ? `${part[0]}-${part.at(-1)}` : part.join('、'))).join('、');
};
const each = (
  values: readonly Value[],
  name: (i: number) => string,
  between: string,
  pick: (from: readonly string[]) => string,
): string => {
  const [yes, no] = [pick(YES), pick(NO)];
  return values.map((value, i) => name(i) + (value === 'yes' ? yes : no)).join(between);
};

const STYLES: Readonly<Record<string, Style>> = {
  numbered: (values, pick) => each(values, (i) => `${i + 1}`, pick(['', ' ', '，', '、', '\n']), pick),
  'numbered with dots': (values, pick) => each(values, (i) => `${i + 1}.`, '\n', pick),
  'numbered with colons': (values, pick) => each(values, (i) => `${i + 1}：`, pick(['；', '，', '\n']), pick),
  ordinal: (values, pick) => each(values, (i) => `第${CHINESE[i]}项`, pick(['', '，', '。']), pick),
  circled: (values, pick) => each(values, (i) => CIRCLED[i] ?? '', pick(['', ' ']), pick),
  'full width': (values, pick) => each(values, (i) => FULL[i] ?? '', ' ', pick),
  bracketed: (values, pick) => each(values, (i) => `（${i + 1}）`, '', pick),
  'short labels': (values, pick) => each(values, (i) => `${epidemicChecklist.items[i]?.shortLabel}：`, '\n', pick),
  'official labels': (values, pick) =>
    each(values, (i) => `${i + 1}. ${epidemicChecklist.items[i]?.label}：`, '\n', pick),
  'in order': (values, pick) => {
    const [yes, no] = pick(['√ ×', '是 否', '有 无', '✅ ❌', 'Y N', '对 错']).split(' ') as [string, string];
    return values.map((value) => (value === 'yes' ? yes : no)).join(pick(['', ' ', '，', '、']));
  },
  'the rest are done': (values, pick) => {
    const no = numbers(values, 'no');
    if (no.length === 0 || no.length > 4) return null;
    return pick([
      'LIST没有，其他都有',
      'LIST冇，其他齐晒',
      '除了LIST其他都有',
      '除LIST外均已落实',
      '只有LIST没有',
      '其他都有，就LIST没有',
      '都有，LIST没有',
      '除咗LIST，其他都做晒',
      '第LIST项未落实，其余全部落实',
    ]).replace('LIST', no.join('、'));
  },
  'the rest are not done': (values, pick) => {
    const yes = numbers(values, 'yes');
    if (yes.length === 0 || yes.length > 4) return null;
    return pick(['LIST有，其他都没有', '除LIST外均未落实', '只有LIST有，其余没有', '除了LIST，其他都没做']).replace(
      'LIST',
      yes.join('、'),
    );
  },
  'two lists': (values, pick) => {
    const [yes, no] = [numbers(values, 'yes'), numbers(values, 'no')];
    if (yes.length === 0 || no.length === 0) return null;
    const join = pick(['runs', 'ranges', 'lists']);
    const list = (n: number[]): string => (join === 'runs' ? n.join('') : join === 'ranges' ? ranges(n) : n.join('、'));
    return `${list(yes)}${pick(['有', '都落实了', '√'])}，${list(no)}${pick(['没有', '未落实', '×'])}`;
  },
  all: (values, pick) => {
    if (new Set(values).size > 1) return null;
    return values[0] === 'yes'
      ? pick(['全部落实', '都有', '8项都有', '八项均已落实', '1-8是', '全√', '全部OK'])
      : pick(['全部没有', '都没有', '8项都没做', '一项都没有', '均未落实']);
  },
};

const PREFIXES = ['', '@督导小助手 ', '4月22日 ', '翠景花园 ', '/report 锦绣阳光花园 ', '嗯，', '你好，'];
const SUFFIXES = ['', '。', '', ' 其他情况：无', '，备注：西门没人'];

const intended = fc.record({
  values: fc.array(fc.constantFrom<Value>('yes', 'no'), { minLength: 8, maxLength: 8 }),
  few: fc.boolean(),
  style: fc.constantFrom(...Object.keys(STYLES)),
  seed: fc.array(fc.nat(10_000), { minLength: 6, maxLength: 6 }),
});

const phrase = (
  values: readonly Value[],
  style: string,
  seed: readonly number[],
): { text: string; note: string | null } | null => {
  let at = 0;
  const pick = (from: readonly string[]): string => from[(seed[at++ % seed.length] ?? 0) % from.length] as string;
  const prefix = pick(PREFIXES);
  const suffix = pick(SUFFIXES);
  const body = STYLES[style]?.(values, pick) ?? null;
  return body === null ? null : { text: prefix + body + suffix, note: suffix.includes('西门') ? '西门没人' : null };
};

const valuesOf = (text: string, checklist: Checklist): (string | number | null)[] =>
  Object.values(readReply(text, checklist).answers);

describe('phrasings made from intended answers', () => {
  it('come back as the same answers', () => {
    fc.assert(
      fc.property(intended, ({ values, style, seed, few }) => {
        const meant = few ? values.map((value, i): Value => (i % 3 === 0 ? value : 'yes')) : values;
        const made = phrase(meant, style, seed);
        if (made === null) return;
        const reading = readReply(made.text, epidemicChecklist);
        expect({
          text: made.text,
          kind: reading.kind,
          values: Object.values(reading.answers),
          note: reading.note,
        }).toEqual({
          text: made.text,
          kind: 'answer',
          values: meant,
          note: made.note,
        });
      }),
      { numRuns: 4000 },
    );
  });
});

describe('a flipped negation', () => {
  const flips: readonly (readonly [string, string])[] = [
    ['隔离点有', '隔离点没有'],
    ['已设置隔离观察点', '未设置隔离观察点'],
    ['员工都戴了口罩', '员工都没戴口罩'],
    ['快递外卖都登记了', '快递外卖都没登记'],
    ['第7项落实', '第7项未落实'],
    ['4不是没有', '4不是有'],
    ['三个文件都贴了', '三个文件都没贴'],
    ['有提醒戴口罩', '没有提醒戴口罩'],
    ['进门的人都量了体温', '进门的人没量体温'],
    ['十必须上墙了', '十必须没上墙'],
    ['除4外均已落实', '除4外均未落实'],
    ['全部落实', '全部未落实'],
    ['5-8都有', '5-8都冇'],
    ['更正：8是', '更正：8否'],
    ['没有一项不落实', '没有一项落实'],
    ['4、6改为有', '4、6改为没有'],
  ];

  it.each(flips)('turns every value of %s in %s', (one, other) => {
    const [before, after] = [valuesOf(one, epidemicChecklist), valuesOf(other, epidemicChecklist)];
    expect(before.some((value) => value !== null)).toBe(true);
    expect(after).toEqual(before.map((value) => (value === 'yes' ? 'no' : value === 'no' ? 'yes' : null)));
  });
});
