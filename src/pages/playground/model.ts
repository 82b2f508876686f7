// The shapes of the playground API as the page reads them. Field, option and action ids are the campaign's own.

import type { Card } from '../../domain/card.ts';

export type Instant = string;

export type {
  Card,
  CardAction as Action,
  CardField as Field,
  CardValues as Values,
} from '../../domain/card.ts';

export interface Message {
  readonly id: string;
  readonly at: Instant;
  readonly changedAt: Instant;
  readonly from: 'bot' | { readonly id: string; readonly name: string };
  readonly text?: string;
  /** Where the picture can be loaded from. */
  readonly image?: string;
  readonly card?: Card;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  /** Role codes, such as `zone_lead`. */
  readonly roles: readonly string[];
}

export interface Chat {
  readonly id: string;
  readonly title: string;
  readonly kind: 'group' | 'person';
  readonly members: readonly Member[];
  readonly unread?: number;
  /** The newest message in one line, where the service tells it. */
  readonly last?: { readonly at: Instant; readonly text: string };
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly { readonly role: string; readonly label: string; readonly scope: string | null }[];
  readonly title: string | null;
}

export interface Slot {
  readonly kind: string;
  readonly day: string;
  readonly at: Instant;
  readonly label: string;
}

/** What the playground is, and what time it is there. */
export interface Stage {
  readonly campaign: { readonly id: string; readonly title: string };
  readonly now: Instant;
  readonly day: string;
  readonly canMoveClock: boolean;
  readonly nextSlots: readonly Slot[];
  readonly hints: boolean;
}

export interface Command {
  readonly name: string;
  readonly alias: string;
  readonly hint: string;
  readonly usage: string;
}

export interface PhotoFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

export interface ClockMove {
  readonly now: Instant;
  readonly slotsRun: readonly { readonly campaign: string; readonly kind: string; readonly day: string }[];
  /** Deliveries still on their way when the answer was written. */
  readonly waiting: number;
}

export type LiveEvent =
  | { readonly type: 'message'; readonly chat: string }
  | { readonly type: 'clock'; readonly now: Instant }
  | { readonly type: 'unread'; readonly chat: string; readonly unread: number };

export const senderId = (message: Message): string => (message.from === 'bot' ? 'bot' : message.from.id);
