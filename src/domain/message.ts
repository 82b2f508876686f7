// What leaves: a message to one chat, with the reason it is sent and when it may go. Nothing is sent from here.
import type { Card } from './card.ts';
import type { WebhookCall } from './webhook.ts';

/**
 * `form` = the one-time web form: it only brings answers in, nothing is sent there. `webhook` = another system, which is
 * only told; its chats are the webhooks.
 */
export type ChannelName = 'playground' | 'wecom' | 'dingtalk' | 'telegram' | 'feishu' | 'form' | 'webhook';

/** A chat of one channel: a group or a person's conversation with the bot. */
export interface Address {
  readonly channel: ChannelName;
  readonly chat: string;
  /** Whose private chat it is; null for a group. */
  readonly personId: string | null;
}

export type MessageKind =
  | 'answer'
  | 'receipt'
  | 'assignment'
  | 'letter'
  | 'finding'
  | 'reminder'
  | 'rung'
  | 'next_day'
  | 'handover'
  | 'tally'
  | 'digest'
  | 'notice'
  | 'warning'
  | 'event';

/** Reference to a record, as the API shows it. */
export interface Ref {
  readonly kind: string;
  readonly id: string;
}

export interface Message {
  readonly text?: string;
  readonly card?: Card;
  /** People to ring in a group; only where the pack allows names in groups. */
  readonly mentions?: readonly string[];
  /** What another system is told; such a message has nothing else. */
  readonly call?: WebhookCall;
}

/**
 * A row of the outbox before it is written. `key` makes it unique: the same (slot, recipient) twice is one message.
 * `notBefore` and `expiresAt` are business instants (DESIGN §1 "Two clocks").
 */
export interface Outgoing {
  readonly key: string;
  readonly campaign: string | null;
  readonly to: Address;
  readonly kind: MessageKind;
  readonly about: readonly Ref[];
  /** The ladder's rung this message is, for the deliveries list. */
  readonly rung?: string;
  readonly message: Message;
  readonly notBefore: Date;
  readonly expiresAt?: Date;
}
