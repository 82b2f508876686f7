// What DingTalk takes, as the reference documents it, and what we take of it: sizes, calls a second, messages to a group.
import type { SendRate } from '../../ports-delivery.ts';

export const limits = {
  /** One message's text; `msgParam` as JSON holds 15,000 bytes (docs 0716), and escapes cost some. */
  textBytes: 9_000,
  /** And at most so many messages for one text. */
  texts: 5,
  /** A card's text. Documented is 1 KB for a value, DingTalk's own example sends 3, robots in use send more than 10. */
  descBytes: 6_000,
  /** Options of one field. */
  choices: 100,
  ticks: 60,
  /** A few short options stand open, more are folded into a selector. */
  openChoices: 6,
  title: 60,
  /** User ids in one call (docs 0714; its error text says 100). */
  people: 20,
  /** Recalled in one call (docs 0725). */
  recalls: 20,
  mentions: 50,
} as const;

/**
 * DingTalk takes 20 calls a second of one app to one API and then blocks for a second (docs 1431). In any second at most
 * burst + perSecond = 16 of ours leave, to all APIs together and over all processes: what leaves evenly may arrive in a heap.
 */
export const callRate: SendRate = { perSecond: 12, burst: 4 };
/** In any minute at most 5 + 60 × 0.25 = 20 messages to one group; what DingTalk takes there is not documented. */
export const groupRate: SendRate = { perSecond: 0.25, burst: 5 };
