// 1、三个文件都上墙了 2、没有隔离点: people number their own sentences. Where the numbers run 1, 2, 3… and one of them stands
// before the name of another item, they count sentences and name nothing; the names alone do.

import type { Cls, Token } from './token.ts';

const STARTS: ReadonlySet<Cls> = new Set(['comma', 'stop', 'newline', 'space', 'dot', 'quote']);
const NAMES: ReadonlySet<Cls> = new Set(['item', 'group', 'qualifier']);

/** 1、 2. (3) at the beginning of a sentence. */
const isHeading = (tokens: readonly Token[], at: number): boolean => {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  return (
    token?.cls === 'number' &&
    token.figures?.length === 1 &&
    !token.text.includes('项') &&
    (before === undefined || STARTS.has(before.cls)) &&
    (after?.cls === 'list' || after?.cls === 'dot' || after?.text === ')')
  );
};

/** The tokens without the numbers of sentences, or as they were. */
export const dropHeadings = (tokens: readonly Token[]): readonly Token[] => {
  const headings = tokens.flatMap((_, i) => (isHeading(tokens, i) ? [i] : []));
  if (headings.length < 2 || !headings.every((at, i) => tokens[at]?.figures?.[0] === i + 1)) return tokens;
  const named = headings.map((at, i) => tokens.slice(at + 1, headings[i + 1]).find((t) => NAMES.has(t.cls)));
  const isOther = named.some((name, i) => name !== undefined && !name.items?.includes(i));
  if (!isOther || named.some((name) => name === undefined)) return tokens;
  const dropped = new Set(headings.flatMap((at) => [at, at + 1]));
  return tokens.filter((_, i) => !dropped.has(i));
};
