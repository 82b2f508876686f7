// Values without numbers: exactly as many marks as the card has items are the items in order (replies README, 4).

import type { Cls, Token } from './token.ts';

export interface Order {
  /** 表格收到√: it acknowledges. */
  readonly acknowledges: boolean;
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
const OPENING: ReadonlySet<Cls> = new Set([
  'fact',
  'compound',
  'unknown',
  'filler',
  'noun',
  'person',
  'part',
  'adv',
  'ack',
]);
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
  // 你吃了没有: not of the card.
  const strange = meaning.slice(0, start).reduce((sum, t) => sum + (t.cls === 'unknown' ? t.to - t.from : 0), 0);
  if (strange > 2 && values.length < 4) return null;
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
  const acknowledges = meaning.slice(0, start).some((t) => t.cls === 'ack');
  return values.length === 0 ? null : { acknowledges, values, tokens: run, figures: number?.figures ?? null };
};

/** A lone OK or 没问题, 对对对: said out of politeness. A lone 有 or √ is an answer to an unknown question. */
const POLITE = new Set([
  ...[
    'ok',
    'okay',
    'y',
    '👌',
    '对',
    '对的',
    '是的',
    '系嘅',
    '可',
    '没问题',
    '没有问题',
    '冇问题',
    '无问题',
    '不错',
    '过关',
  ],
  ...['好', '好了', '好啦', '好咗', '好喇', '妥', '妥了', '妥妥', '掂'],
]);
const PARTICLES = '了的啦';

const isPolite = (word: string): boolean => /^ok/.test(word) || POLITE.has(word) || POLITE.has(withoutParticle(word));

const withoutParticle = (word: string): string => (PARTICLES.includes(word.at(-1) ?? ' ') ? word.slice(0, -1) : word);

export const isCourtesy = ({ values, tokens, acknowledges }: Order): boolean => {
  if (values.length > 3) return false;
  if (acknowledges && values.length === 1 && tokens[0]?.cls === 'yes') return true;
  const said = values.length === 1 ? [tokens.map((t) => t.text).join('')] : tokens.map((t) => t.text);
  return said.every(isPolite);
};
