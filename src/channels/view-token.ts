// Names what one audience sees of a card, for channels whose buttons must say which drawing they stand on. Pure.
import { createHash } from 'node:crypto';
import type { Card } from '../domain/card.ts';

/** The first characters of a hash: 6 bits in each. */
export const shortDigest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);

/** The same text for the same card, whichever order its keys came in: a database gives them back in another. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/**
 * A group's view keeps its token while it is redrawn: a press on the drawing of a minute ago still says what it says. A
 * person's view has another token for other content: what a form of yesterday says must not reach the form of today.
 * `owner` is empty for all of a group.
 */
export const viewToken = (card: Card, owner: string): string =>
  shortDigest(owner === '' ? card.id : `${card.id}\n${owner}\n${canonical(card)}`, 16);
