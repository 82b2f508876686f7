// The shapes of the playground API as the page reads them. Field, option and action ids are the campaign's own.

export type Instant = string;

export interface Option {
  readonly id: string;
  readonly label: string;
}

export interface Field {
  readonly id: string;
  readonly kind: 'choice' | 'ticks' | 'text';
  readonly label: string;
  readonly options?: readonly Option[];
  readonly required?: boolean;
}

export interface Action {
  readonly id: string;
  readonly label: string;
  readonly style?: 'primary' | 'plain' | 'danger';
  readonly url?: string;
}

export interface Card {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly fields: readonly Field[];
  readonly actions: readonly Action[];
  readonly state: 'open' | 'answered' | 'closed';
  readonly stateText?: string;
}

/** What a person has filled in so far: an option, several options, or text, by field id. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

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
