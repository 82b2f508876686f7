// Words as DingTalk shows them: plain, or in the small part of markdown that its robots and cards know. Pure.
import type { Card } from '../../domain/card.ts';
import { chunksOfBytes, cutToBytes, cutToChars } from '../chunk-text.ts';
import { limits } from './limits.ts';

/** DingTalk's markdown has no escapes: what would mean something in it is written wide instead. */
const wide: Readonly<Record<string, string>> = {
  '<': '＜',
  '>': '＞',
  '[': '［',
  '`': '｀',
  '*': '＊',
  _: '＿',
  '~': '～',
};
const harmless = (line: string): string =>
  line
    .replaceAll(/[<[`*_~]/g, (mark) => wide[mark] ?? mark)
    .replace(/^\s*>/, '＞')
    .replace(/^(\s*)#/, '$1＃')
    .replace(/^(\s*)[-+] /, '$1－ ');

/** A line break needs two spaces around it (docs 0699). */
export const asMarkdown = (lines: readonly string[]): string => lines.map(harmless).join('  \n  ');

export const linkTo = (label: string, url: string): string => `[${harmless(label)}](${url})`;

/** Pieces that each fit into a message; more than `limits.texts` end with a mark. */
export const asTexts = (text: string): readonly string[] => {
  const chunks = chunksOfBytes(text, limits.textBytes);
  if (chunks.length <= limits.texts) return chunks;
  const last = chunks[limits.texts - 1] ?? '';
  return [...chunks.slice(0, limits.texts - 1), cutToBytes(`${last}\n……`, limits.textBytes)];
};

/** What the chat list and the push banner show: one line. */
export const oneLine = (text: string): string => cutToChars(text.replaceAll(/\s+/g, ' ').trim(), limits.title);

/** All that a card says beside its fields and buttons, without the title. */
export const linesOf = ({ lines, stateText }: Card): readonly string[] =>
  [...lines, ...(stateText ? [stateText] : [])].filter((line) => line.trim() !== '');
