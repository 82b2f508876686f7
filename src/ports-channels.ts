// What single channels need kept for them beyond one process: small ports, implemented in store/. A channel that needs
// none of them keeps nothing.
import type { Card } from './domain/card.ts';
import type { ChannelName, Message } from './domain/message.ts';
import type { SendRate } from './ports-delivery.ts';

// ---- shared by channels ---------------------------------------------------------------------------------------------

/** A token bucket over all processes together, for what a platform counts by chat. Real time (DESIGN §1 "Two clocks"). */
export interface SendBudget {
  /** Takes one write, leaving at least `leave` others. 0 when it was taken, else in how many ms it is worth asking again. */
  take(key: string, rate: SendRate, leave?: number): Promise<number>;
  /** The platform wants silence: nothing is given for so long. */
  hold(key: string, rate: SendRate, seconds: number): Promise<void>;
}

/** Groups that a platform gave a new id: we go on calling each by the id that we knew first. */
export interface ChatMoves {
  moved(channel: ChannelName, from: string, to: string): Promise<void>;
  /** The id that the platform answers to now. */
  current(channel: ChannelName, known: string): Promise<string>;
  /** The id that our records have. */
  known(channel: ChannelName, current: string): Promise<string>;
}

/** Whether an account can be written to at all (E22). */
export interface Reachability {
  lost(channel: ChannelName, externalId: string, at: Date): Promise<void>;
  back(channel: ChannelName, externalId: string): Promise<void>;
}

/** Facts that a channel notes for its next start, by key. */
export interface ChannelMemory {
  get<T>(key: string): Promise<T | null>;
  set(key: string, value: unknown): Promise<void>;
}

/** What a platform counts by the month, over all processes. A month is the platform's own, `YYYY-MM`. */
export interface MonthlyUse {
  /** Counts `n` more of `what`; how many there are now. */
  add(channel: ChannelName, month: string, what: string, n: number): Promise<number>;
  of(channel: ChannelName, month: string): Promise<Readonly<Record<string, number>>>;
}

// ---- Telegram -------------------------------------------------------------------------------------------------------

/** Where a shown card stands; `ephemeral` instead of a message that others could see too. */
export interface ShownPlace {
  readonly chat: string;
  readonly message: number;
  readonly ephemeral?: number;
}

/** A card as one audience sees it: `owner` is an account, or empty for all of a group. */
export interface ShownCard {
  /** Names this view of this card in a button's data. */
  readonly token: string;
  readonly owner: string;
  readonly card: Card;
  /** Ids by the short names that buttons carry, those of earlier drawings too: an old button says what it always said. */
  readonly names: Readonly<Record<string, string>>;
  readonly place: ShownPlace | null;
  /** Fingerprint of what was drawn there last. */
  readonly drawn: string | null;
}

/** What one account has chosen on a card and not yet handed in. */
export interface CardDraft {
  readonly ticks: Readonly<Record<string, readonly string[]>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly page: number;
}

/** One step of filling in a card, always to an absolute value. */
export type DraftStep =
  | { readonly kind: 'tick' | 'untick' | 'choose'; readonly field: string; readonly option: string }
  | { readonly kind: 'write'; readonly field: string; readonly text: string }
  | { readonly kind: 'page'; readonly page: number };

/** Buttons have no memory: the cards that were shown, and what people chose on them so far. */
export interface ShownCards {
  /** What this audience sees of the card from now on. Names of earlier drawings are kept, the place too. */
  show(view: Pick<ShownCard, 'token' | 'owner' | 'card' | 'names'>): Promise<ShownCard>;
  find(token: string): Promise<ShownCard | null>;
  of(cardId: string, owner: string): Promise<ShownCard | null>;
  drawn(token: string, place: ShownPlace, fingerprint: string): Promise<void>;
  draft(token: string, account: string): Promise<CardDraft>;
  fill(token: string, account: string, step: DraftStep): Promise<CardDraft>;
  /** It was handed in: the next one begins empty. */
  forget(token: string, account: string): Promise<void>;
  /** A text was asked for by this message; its answer belongs to the field. */
  asked(token: string, account: string, field: string, message: number): Promise<void>;
  askedBy(account: string, message: number): Promise<{ readonly token: string; readonly field: string } | null>;
}

// ---- WeCom ----------------------------------------------------------------------------------------------------------

/** What only one process at a time may do. Leases are real time: whoever stops renewing loses it. */
export interface Leases {
  /** Takes the lease or renews it; false while somebody else has it. */
  hold(name: string, holder: string, ms: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** Things that may be used one time only, by whichever process comes first. */
export interface SingleUse {
  /** True for the first who asks for this key. */
  take(key: string): Promise<boolean>;
}

/** An answer that the acknowledgement had no room for follows as a message: once for each key. */
export interface FollowUps {
  post(channel: ChannelName, chat: string, message: Message, key: string): Promise<void>;
}

/** Groups as a channel's fallbacks need them. */
export interface GroupWays {
  /** The key of the group robot that was given for this group; null without one. */
  robotKey(channel: ChannelName, chat: string): Promise<string | null>;
  /** Groups in which a card still waits to be pressed. */
  withOpenCards(channel: ChannelName): Promise<readonly string[]>;
}
