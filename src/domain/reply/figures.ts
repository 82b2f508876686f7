// A figure with what stands around it: 第4项 and ① are numbers of items, 3号楼, 4月22日 and 37.2度 are facts, 两名 are people,
// 7项 is a count, 12具 an amount. Whether a number stands for an item the sentence decides later.

import type { Lexicon, Suffix } from './lexicon.ts';
import { decodeChinese, isChineseNumeral, isDigit } from './numerals.ts';
import type { Token } from './token.ts';
import type { Match } from './trie.ts';

interface Numeral {
  readonly to: number;
  readonly arabic: boolean;
  readonly ordinal: boolean;
  /** null where the digits can name no item: 2022, 13800138000. */
  readonly figures: readonly number[] | null;
  readonly amount: number;
}

/** The figure that begins at `at`, or null. `previous` is the token before it. */
export const readFigure = (
  text: string,
  at: number,
  end: number,
  lexicon: Lexicon,
  previous: Token | undefined,
): Token | null => {
  const charAt = (i: number): string | undefined => (i < end ? text[i] : undefined);
  const token = (cls: Token['cls'], to: number, more: Partial<Token> = {}): Token => ({
    cls,
    from: at,
    to,
    text: text.slice(at, to),
    ...more,
  });
  const numeral = readNumeral(text, at, end, lexicon.items.length);
  if (numeral === null) return null;
  const { to, arabic, ordinal, figures, amount } = numeral;

  const measured = arabic ? measureEnd(charAt, ordinal ? at + 1 : at, to) : null;
  // 5：48具 is no time of the day.
  const isAmount = measured !== null && typeof lexicon.suffixes.longest(measured, charAt)?.value === 'object';
  if (measured !== null && !isAmount)
    return token('fact', measured + (lexicon.suffixes.longest(measured, charAt)?.length ?? 0));
  const unit = lexicon.suffixes.longest(to, charAt);
  if (unit !== null && typeof unit.value === 'object') {
    return token('quantity', to + unit.length, { amount, items: unit.value.quantityOf });
  }
  // N95 and A4 are names.
  const partOfName = arabic && previous?.to === at && previous.cls === 'unknown' && /[a-z]$/.test(previous.text);
  if (figures === null || partOfName) return token('fact', to + (unit?.length ?? 0), { amount });

  const suffix = suffixAt(lexicon, to, charAt);
  const bracketed = text[at - 1] === '(' && charAt(to) === ')';
  const number = (stop: number): Token =>
    token('number', stop, { figures, amount, ordinal: ordinal || bracketed, chinese: !arabic });
  if (suffix === null) return number(to);
  const stop = to + suffix.length;
  switch (suffix.value) {
    case 'heads':
      return token(ordinal ? 'fact' : 'heads', stop, { amount });
    case 'classifier':
      if (!ordinal) return token('count', stop, { figures: [amount], amount });
      // 通告第3条: an article of it, no item.
      return text[stop - 1] === '条' && (previous?.cls === 'item' || previous?.cls === 'group')
        ? token('fact', stop)
        : number(stop);
    default:
      if (['号项', '号那项', '号这项'].some((tail) => text.startsWith(tail, to)) || (ordinal && charAt(to) === '点'))
        return number(to + 1);
      return token('fact', stop, { amount });
  }
};

const readNumeral = (text: string, at: number, end: number, total: number): Numeral | null => {
  const ordinal = text[at] === '第';
  const from = ordinal ? at + 1 : at;
  const arabic = isDigit(text[from]);
  let to = from;
  while (to < end && (arabic ? isDigit(text[to]) : isChineseNumeral(text[to] ?? ''))) to++;
  if (to === from) return null;
  const run = text.slice(from, to);
  const decoded = arabic ? arabicFigures(run, ordinal, total) : decodeChinese(run);
  return { to, arabic, ordinal, figures: decoded, amount: arabic ? Number(run) : (decoded?.[0] ?? Number.NaN) };
};

/** 12 is item 12 where there is one, else 1 and 2: a run of single digits in rising order. */
const arabicFigures = (run: string, ordinal: boolean, total: number): readonly number[] | null => {
  const value = Number(run);
  if (run.length === 1 || value <= total || ordinal) return run.startsWith('0') && run.length > 1 ? null : [value];
  const digits = [...run].map(Number);
  const rising = digits.every((digit, i) => digit >= 1 && digit <= total && (i === 0 || digit > (digits[i - 1] ?? 0)));
  return rising ? digits : run.length === 2 ? [value] : null;
};

/** Where 37.2, 4.22 or 18:30 ends, or null; 3.5 may be items 3 and 5. */
const measureEnd = (charAt: (i: number) => string | undefined, from: number, to: number): number | null => {
  if (!isDigit(charAt(to + 1))) return null;
  let tail = to + 1;
  while (isDigit(charAt(tail))) tail++;
  if (charAt(to) === ':') return tail - to === 3 && (charAt(to + 1) ?? '9') < '6' ? tail : null;
  const isList = (to - from === 1 && tail - to === 2) || charAt(tail) === '.';
  return charAt(to) === '.' && !isList ? tail : null;
};

/** The unit after a figure, unless a word runs on beyond it: 2点错了, 一个门卫. */
const suffixAt = (lexicon: Lexicon, at: number, charAt: (i: number) => string | undefined): Match<Suffix> | null => {
  let limit = Number.POSITIVE_INFINITY;
  for (;;) {
    const found = lexicon.suffixes.longest(at, (i) => (i < limit ? charAt(i) : undefined));
    if (found === null) return null;
    const stop = at + found.length;
    let inside = at;
    while (inside < stop && inside + (lexicon.words.longest(inside, charAt)?.length ?? 0) <= stop) inside++;
    if (inside === stop) return found;
    if (inside === at) return null;
    limit = inside;
  }
};
