// What the rules and use cases need from the world, in our words. Vendors stop at the folders that implement these.
import type { Campaign } from './domain/campaign.ts';
import type { Card, CardValues } from './domain/card.ts';
import type { CardDataOf } from './domain/card-data.ts';
import type { Answer, Change } from './domain/change.ts';
import type { ChannelName, Message } from './domain/message.ts';

export type { Answer } from './domain/change.ts';

/** Every business instant comes from here (DESIGN §1 "Two clocks"). */
export interface Clock {
  now(): Date;
}

/** New ids, ordered by time where it matters little. Tests and the simulation make their own. */
export interface Ids {
  next(): string;
}

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

// ---- channels -------------------------------------------------------------------------------------------------------

/** What a platform told us: a press, a text or a file, with who and where in the platform's own ids. */
export interface InboundEvent {
  readonly channel: ChannelName;
  /** The platform's event id, or a key of everything that tells two real presses apart (DESIGN §4). */
  readonly id: string;
  readonly sender: string;
  readonly chat: { readonly kind: 'group' | 'person'; readonly id: string };
  readonly body:
    | { readonly kind: 'press'; readonly card: string; readonly action: string; readonly values: CardValues }
    | { readonly kind: 'text'; readonly text: string; readonly mentionsBot: boolean; readonly quoted?: string }
    | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly bytes: Uint8Array };
}

/** Resolves once the event is committed. The answer is what the presser's own card or toast shows now; null when a message will follow. */
export type OnEvent = (event: InboundEvent) => Promise<Answer | null>;

/** How the platform names what it took, so that it can be changed later. */
export type SentMessage = Readonly<Record<string, string>>;

export interface RawCallback {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export interface Ack {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface ChannelSupport {
  readonly update: 'anytime' | 'on-press' | 'never';
  /** How many ticks and choices one card holds. */
  readonly ticks: number;
  readonly choices: number;
  readonly textField: boolean;
  /** Different people may see different things of one group card. */
  readonly ownView: boolean;
  readonly mention: boolean;
  readonly image: boolean;
}

export interface Channel {
  readonly name: ChannelName;
  /** What the platform can do; use cases ask, and fall back (DESIGN §5). */
  readonly supports: ChannelSupport;
  /**
   * Resolves once the platform has accepted the message. Not idempotent by itself: the caller guards against doubles, and
   * `key` is handed to platforms that recognise a repeat. Throws ChannelRefused or ChannelUnreachable.
   */
  send(chat: string, message: Message, key: string): Promise<SentMessage>;
  update(chat: string, sent: SentMessage, message: Message): Promise<void>;
  /** Verifies and decodes an HTTP callback, hands each event on, and turns the answer into the platform's own acknowledgement. */
  receive(callback: RawCallback, onEvent: OnEvent): Promise<Ack>;
  /** Opens the long connection or the polling, where the platform has one. */
  start?(onEvent: OnEvent): Promise<void>;
  stop?(): Promise<void>;
}

/** The platform answered no. No secret may be in the message. */
export class ChannelRefused extends Error {
  readonly code: string;
  readonly retryAfterSeconds: number | null;
  /** Asking again cannot help (unknown chat, malformed card). */
  readonly fatal: boolean;
  constructor(code: string, message: string, options: { retryAfterSeconds?: number; fatal?: boolean } = {}) {
    super(message);
    this.name = 'ChannelRefused';
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.fatal = options.fatal ?? false;
  }
}

/** No answer came. `sent` says whether the request may have arrived: then the outcome is unknown (DESIGN §1). */
export class ChannelUnreachable extends Error {
  readonly mayHaveArrived: boolean;
  constructor(message: string, mayHaveArrived: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'ChannelUnreachable';
    this.mayHaveArrived = mayHaveArrived;
  }
}

// ---- cards ----------------------------------------------------------------------------------------------------------

/** Draws a card from its template (cards/*.yaml) and its data. */
export interface CardBook {
  draw<K extends keyof CardDataOf>(
    kind: K,
    id: string,
    data: CardDataOf[K],
    state?: Pick<Card, 'state' | 'stateText'>,
  ): Card;
  /** One line of wording that is no card: toasts, refusals, receipts (cards/sayings.yaml). */
  say(key: string, data?: Readonly<Record<string, unknown>>): string;
}

// ---- store ----------------------------------------------------------------------------------------------------------

/** Who committed first wins; the other reads again and decides anew. */
export type Commit = 'committed' | 'stale';

export interface Committer {
  /** Writes everything of the change in one transaction, or nothing. Never throws for a lost race: answers `stale`. */
  commit(change: Change): Promise<Commit>;
}

/** The campaigns that are running, by id, as imported last. */
export interface Campaigns {
  all(): readonly Campaign[];
  get(id: string): Campaign | null;
}
