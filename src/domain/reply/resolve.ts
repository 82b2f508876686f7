// Statements → one value for each item, or the reason why a colleague would ask. General first and particular after is an
// exception; the other way round, or two particular values for one item, is a contradiction (replies README, 7 and 14).

import type { AnswerValue, Item } from '../checklist.ts';
import type { AskReason } from './reading.ts';
import type { Said, Statement } from './statement.ts';

type Place = readonly [from: number, to: number];

export interface Resolved {
  readonly values: readonly (AnswerValue | null)[];
  /** For each item, where in the plain text its value was said. */
  readonly proof: readonly Place[][];
  readonly conflict: { readonly reason: AskReason; readonly items: readonly number[] } | null;
}

interface Held {
  readonly value: Said;
  readonly statement: Statement;
}

const opposite = (value: Said): Said => (value === 'yes' ? 'no' : 'yes');

/** `correcting`: a later word on the same item replaces the earlier one. */
export const resolve = (
  statements: readonly Statement[],
  items: readonly Item[],
  correcting: boolean,
  restAlone: boolean,
): Resolved => {
  const held = new Map<number, Held>();
  let general: Held | null = null;
  let rest: Held | null = null;
  let conflict: Resolved['conflict'] = null;
  const clash = (reason: AskReason, at: readonly number[]): void => {
    conflict ??= { reason, items: at };
  };

  const hold = (item: number, value: Said, statement: Statement): void => {
    const before = held.get(item);
    const differs = before !== undefined && before.value !== value;
    if (differs && statement.part !== undefined && statement.part !== before.statement.part) {
      held.set(item, { value: 'no', statement: value === 'no' ? statement : before.statement });
      return;
    }
    const wider = before !== undefined && before.statement.items.length > statement.items.length;
    const yields = wider && (before.statement.general || statement.overrides);
    const replaces = yields || correcting || (statement.now === true && before?.statement.now !== true);
    if (before === undefined || (differs && replaces)) held.set(item, { value, statement });
    else if (differs) clash('contradiction', [item]);
  };

  for (const statement of statements) {
    const { value } = statement;
    if (value === 'same') {
      if (!correcting) clash('same_as_before', statement.items);
      continue;
    }
    const covers = statement.scope === 'some' && statement.items.length === items.length;
    if (statement.scope === 'some' && !covers) {
      for (const item of statement.items) hold(item, value, statement);
      if (statement.only && statement.within !== undefined) {
        const others = statement.within.filter((item) => !statement.items.includes(item));
        const implied = { ...statement, items: [...statement.within], general: true };
        for (const item of others) hold(item, opposite(value), implied);
      } else if (statement.only && rest === null) rest = { value: opposite(value), statement };
      continue;
    }
    if (statement.scope === 'rest') {
      if (rest !== null && rest.value !== value && !rest.statement.only) clash('contradiction', []);
      rest = { value, statement };
      continue;
    }
    if (statement.scope === 'except') for (const item of statement.items) hold(item, opposite(value), statement);
    const earlier = statements
      .slice(0, statements.indexOf(statement))
      .filter((s) => s.scope === 'some' && !s.only && !s.overrides);
    const against = earlier.filter((s) => s.value !== value && s.items.length < items.length);
    if (statement.scope === 'all' || covers) {
      if (against.length > 0)
        clash(
          'contradiction',
          against.flatMap((s) => s.items),
        );
      if (general !== null && general.value !== value) clash('contradiction', []);
    }
    general = { value, statement };
  }

  if (rest !== null && held.size === 0 && general === null && !restAlone) clash('unclear', []);
  const counted = statements.find((s) => s.count !== undefined);
  if (counted !== undefined && counted.count !== items.length - held.size) clash('count', []);
  const remaining = general ?? rest;
  const values: (AnswerValue | null)[] = [];
  const proof: Place[][] = [];
  items.forEach((item, i) => {
    const particular = held.get(i);
    const said = particular ?? remaining;
    const value = said === null || said === undefined ? null : asAnswer(said.value, item, particular !== undefined);
    if (value === undefined) clash(item.kind === 'number' ? 'no_value' : 'unclear', [i]);
    values.push(value ?? null);
    proof.push(value == null || said == null ? [] : [[said.statement.from, said.statement.to]]);
  });
  return { values, proof, conflict };
};

/** undefined = said, but no value of this kind of item. */
const asAnswer = (value: Said, item: Item, particular: boolean): AnswerValue | null | undefined => {
  if (value === 'unseen' || value === 'same') return null;
  const yesNo = value === 'yes' || value === 'no';
  if (item.kind === 'yes_no') return yesNo ? value : undefined;
  if (!yesNo) return value;
  if (!particular) return null;
  return item.kind === 'number' && value === 'no' && (item.min ?? 0) <= 0 ? 0 : undefined;
};
