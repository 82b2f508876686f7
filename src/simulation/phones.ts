// The platform of a simulation: takes every message, remembers what people have yet to look at, and counts what each was
// sent. It stands where the playground stands, so that its accounts and groups serve here too.
import type { Card } from '../domain/card.ts';
import type { MessageKind } from '../domain/message.ts';
import type { Channel } from '../ports.ts';
import type { Settled } from '../ports-delivery.ts';

export interface Arrival {
  readonly chat: string;
  readonly key: string;
  readonly card: Card;
}

/** Messages that came to one person's own chat. */
export interface Mailbox {
  readonly person: string;
  readonly total: number;
  readonly mostInADay: number;
}

export interface Phones {
  readonly channel: Channel;
  /** New cards since the last look, in the order of their keys. */
  look(): Arrival[];
  mailboxes(): Mailbox[];
  /** How many messages of each kind were sent, in groups and in private. */
  readonly sent: ReadonlyMap<MessageKind, number>;
  /** To be told of every message that reached its end. */
  settled(messages: readonly Settled[], day: string): void;
}

const PRIVATE = 'person:';

export const privateChatOf = (person: string): string => PRIVATE + person;

/** Whose chat it is; null for a group. */
export const ownerOf = (chat: string): string | null => (chat.startsWith(PRIVATE) ? chat.slice(PRIVATE.length) : null);

export const simulatedPhones = (): Phones => {
  let unseen: Arrival[] = [];
  const sent = new Map<MessageKind, number>();
  /** person → day → messages */
  const mail = new Map<string, Map<string, number>>();

  const count = <K>(map: Map<K, number>, key: K): void => {
    map.set(key, (map.get(key) ?? 0) + 1);
  };

  const channel: Channel = {
    name: 'playground',
    supports: {
      update: 'anytime',
      ticks: 100,
      choices: 500,
      textField: true,
      ownView: true,
      mention: false,
      image: true,
      recognisesRepeats: true,
    },
    async send(chat, { card }, key) {
      if (card) unseen.push({ chat, key, card });
      return { message: key };
    },
    update: async () => {},
    receive: async () => {
      throw new Error('nobody calls back in a simulation');
    },
  };

  return {
    channel,
    sent,
    look() {
      const arrivals = unseen.sort((a, b) => (a.key < b.key ? -1 : 1));
      unseen = [];
      return arrivals;
    },
    settled(messages, day) {
      for (const { state, verb, kind, personId } of messages) {
        if (state !== 'sent' || verb !== 'send') continue;
        count(sent, kind);
        if (personId === null) continue;
        const days = mail.get(personId) ?? new Map<string, number>();
        mail.set(personId, days);
        count(days, day);
      }
    },
    mailboxes: () =>
      [...mail].map(([person, days]) => ({
        person,
        total: [...days.values()].reduce((sum, n) => sum + n, 0),
        mostInADay: Math.max(...days.values()),
      })),
  };
};
