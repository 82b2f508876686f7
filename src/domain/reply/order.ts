// Values without numbers: exactly as many marks as the card has items are the items in order (replies README, 4).

import type { Cls, Token } from './lexer.ts';

export interface Order {
  readonly values: readonly ('yes' | 'no')[];
  readonly tokens: readonly Token[];
  /** The items the marks stand for, where a number in front says so (1-4：√√×√). */
  readonly figures: readonly number[] | null;
}

const SEPARATORS: ReadonlySet<Cls> = new Set([
  'space',
  'comma',
  'list',
  'stop',
  'newline',
  'dot',
  'quote',
  'slash',
  'dash',
  'colon',
]);
const OPENING: ReadonlySet<Cls> = new Set(['fact', 'compound', 'unknown', 'filler', 'noun', 'person', 'adv', 'ack']);
const POSITIVE: ReadonlySet<Cls> = new Set(['yes', 'have', 'is', 'state']);
const NEGATIVE: ReadonlySet<Cls> = new Set(['no', 'not', 'bad']);

/** null when the reply holds anything but values. */
export const readOrder = (tokens: readonly Token[]): Order | null => {
  const meaning = tokens.filter((token) => !SEPARATORS.has(token.cls));
  let start = 0;
  while (start < meaning.length && OPENING.has(meaning[start]?.cls as Cls)) start++;
  const number = meaning[start]?.cls === 'number' ? meaning[start] : undefined;
  if (number !== undefined) start++;
  const values: ('yes' | 'no')[] = [];
  const run = meaning.slice(start);
  for (const token of run) {
    if (POSITIVE.has(token.cls)) values.push('yes');
    else if (NEGATIVE.has(token.cls)) values.push('no');
    else if (token.cls === 'done' || token.text === '的') continue;
    else return null;
  }
  if (number !== undefined && (values.length < 2 || number.figures?.length !== values.length)) return null;
  if (
    values.length > 1 &&
    values.length < 4 &&
    meaning.slice(start).some((t) => !['yes', 'no', 'have', 'is', 'not'].includes(t.cls))
  )
    return null;
  // 没有有: two words that make one predicate are no list.
  if (
    values.length === 2 &&
    number === undefined &&
    (run[0]?.to ?? 0) === run[1]?.from &&
    run[0]?.text !== run[1]?.text
  )
    return null;
  return values.length === 0 ? null : { values, tokens: run, figures: number?.figures ?? null };
};
