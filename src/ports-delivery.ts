// What the delivery worker needs of the database: the outbox with its lanes (reference: one lane for each chat), and a
// way to tell other processes that there is work. Leases, retries and token buckets are real time, everything else is
// the business clock's (DESIGN §1 "Two clocks").
import type { ChannelName, Message, MessageKind, Ref } from './domain/message.ts';
import type { SentMessage } from './ports.ts';

/** A message that reached its end, for now: `resend` can take it back from all but `sent`. */
export interface Settled {
  readonly id: number;
  readonly key: string;
  readonly campaign: string | null;
  readonly verb: 'send' | 'update';
  readonly kind: MessageKind;
  readonly about: readonly Ref[];
  readonly cardId: string | null;
  readonly channel: ChannelName;
  readonly chat: string;
  readonly personId: string | null;
  readonly state: 'sent' | 'unknown' | 'failed' | 'expired';
}

/** The one message of a lane that is under way; whoever holds the lease sends it. */
export interface Claim extends Omit<Settled, 'state'> {
  readonly lease: string;
  /** The lane's newest place when it was claimed. */
  readonly laneSeq: number;
  readonly seq: number;
  readonly message: Message;
  readonly expiresAt: Date | null;
  /** This one counted. */
  readonly attempts: number;
  /** Somebody was sending it when his lease ran out: it may have arrived. */
  readonly interrupted: boolean;
  /** For an update: how the platform named the card's message; null when there is none that could be changed. */
  readonly original: SentMessage | null;
}

export type Settlement =
  | { readonly state: 'sent'; readonly at: Date; readonly sent: SentMessage | null }
  | { readonly state: 'unknown' | 'failed'; readonly error: string }
  | { readonly state: 'expired' }
  /** `held`: our own pace kept it back, so that no attempt was made. */
  | { readonly state: 'waiting'; readonly afterMs: number; readonly error: string; readonly held?: true };

/** At most `perSecond` on average and `burst` at once, over all processes together. */
export interface SendRate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Outbox {
  /** Gives due messages their place in their lanes, and lets go those whose time is over (returned). */
  post(now: Date): Promise<Settled[]>;
  /** Turns marked cards into update messages of these channels; other marks are dropped. How many marks were taken. */
  takeMarks(now: Date, channels: readonly ChannelName[]): Promise<number>;
  /**
   * At most one message of each lane, marked as being sent. With a rate, no more than its bucket allows;
   * `emptyForMs` > 0 tells when the bucket has a token again. Groups of the channels in `privateOnly` are left alone.
   */
  claim(
    channels: readonly ChannelName[],
    most: number,
    leaseMs: number,
    rate?: SendRate,
    privateOnly?: readonly ChannelName[],
  ): Promise<{ claims: Claim[]; emptyForMs: number }>;
  /** Notes the outcome and frees the lane. False when the lease was lost: then nothing is written. */
  settle(claim: Claim, settlement: Settlement): Promise<boolean>;
  /** Puts it at the end of its lane again. Throws Problem `not-found` or `not-resendable`. */
  resend(id: string, now: Date): Promise<void>;
  /** Messages of these channels that are due by `now` and have not reached an end, marked cards included. */
  waiting(now: Date, channels: readonly ChannelName[]): Promise<number>;
  /** The earliest instant after `after` that a waiting message is held until. */
  nextDue(after: Date): Promise<Date | null>;
}

/**
 * What a callback brings about stands in the outbox with a mark, and goes out once the callback was acknowledged. Nothing is
 * written to let it go: the process that answers knows which of its own marks are still open. Other processes leave marked
 * rows alone for longer than any platform waits for an answer, and then take them: their process is gone.
 */
export interface Holds {
  /** A new mark, open until `acknowledged` settles. */
  until(acknowledged: Promise<unknown>): string;
}

export interface OpenHolds {
  /** What this process's marks begin with. */
  readonly holder: string;
  open(): readonly string[];
}

/** Tells other processes on the same database that something happened. Lossy: whoever listens polls besides. */
export interface Notifications {
  tell(topic: string, text?: string): void;
  /** Not called for what this process told itself. */
  on(topic: string, handler: (text: string) => void): void;
}
