// A card or a text in words, for where WeCom takes no card, and the spellings of those words: plain, or markdown. Pure.
import type { Card } from '../../domain/card.ts';
import { chunksOfBytes, cutToBytes } from '../chunk-text.ts';
import { mostTexts, textBytes } from './limits.ts';
import { robotLimits } from './robot.ts';
import { words } from './words.ts';

/** All that a card says, title first; `more` are lines that the platform's form of it needs. */
export const wholeText = (card: Card, more: readonly string[] = []): string =>
  [card.title, ...card.lines, ...(card.stateText ? [card.stateText] : []), ...more]
    .filter((line) => line.trim() !== '')
    .join('\n');

/** WeCom's markdown has no escapes: what would open a tag or a link is written wide instead. */
const harmless = (text: string): string => text.replaceAll('<', '＜').replaceAll('[', '［').replaceAll('`', '｀');

/** The first line stands out, links stay links. */
export const asMarkdown = (text: string, most: number = textBytes.bot): string => {
  const [first = '', ...rest] = text.split('\n');
  const bold = /^[#>]/.test(first) || first.includes('*') ? harmless(first) : `**${harmless(first)}**`;
  return cutToBytes([rest.length === 0 ? harmless(first) : bold, ...rest.map(harmless)].join('\n'), most);
};

/** Plain texts for the app, each as long as WeCom takes; more than `mostTexts` end with a mark. */
export const asTexts = (text: string): readonly string[] => {
  const chunks = chunksOfBytes(text, textBytes.app);
  if (chunks.length <= mostTexts) return chunks;
  const last = chunks[mostTexts - 1] ?? '';
  return [...chunks.slice(0, mostTexts - 1), cutToBytes(`${last}\n……`, textBytes.app)];
};

/** What the group robot can say of a card: all but the buttons. */
export const asRobotMarkdown = (text: string, pageUrl: string | null): string => {
  const link = pageUrl === null ? '' : `\n[${words.openPage}](${pageUrl})`;
  return asMarkdown(text, robotLimits.markdownBytes - Buffer.byteLength(link)) + link;
};
