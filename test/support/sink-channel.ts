// A platform that only takes messages: remembers what arrived, and does what a test tells it to do instead.
import type { Message } from '../../src/domain/message.ts';
import type { Channel, ChannelSupport, SentMessage } from '../../src/ports.ts';

export interface Arrival {
  readonly chat: string;
  readonly key: string;
  readonly text: string;
  readonly verb: 'send' | 'update';
}

export interface SinkOptions {
  readonly name?: Channel['name'];
  readonly supports?: Partial<ChannelSupport>;
  /** Before a message arrives: may wait, or throw so that it does not. `nth` counts the attempts of a key from 1. */
  readonly before?: (arrival: Arrival, nth: number) => Promise<void> | void;
  /** After it arrived: may throw, so that the sender does not learn of it. */
  readonly after?: (arrival: Arrival, nth: number) => Promise<void> | void;
}

export interface SinkChannel extends Channel {
  readonly arrived: Arrival[];
  /** How many messages of one chat were ever under way at the same time, at most. */
  readonly mostAtOnceInAChat: () => number;
  textsOf(chat: string): string[];
}

export const sinkChannel = ({ name = 'telegram', supports, before, after }: SinkOptions = {}): SinkChannel => {
  const arrived: Arrival[] = [];
  const attempts = new Map<string, number>();
  const busy = new Map<string, number>();
  let most = 0;

  const take = async (verb: Arrival['verb'], chat: string, key: string, message: Message): Promise<void> => {
    const arrival = { verb, chat, key, text: message.text ?? message.card?.title ?? '' };
    const nth = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, nth);
    busy.set(chat, (busy.get(chat) ?? 0) + 1);
    most = Math.max(most, busy.get(chat) ?? 0);
    try {
      await before?.(arrival, nth);
      arrived.push(arrival);
      await after?.(arrival, nth);
    } finally {
      busy.set(chat, (busy.get(chat) ?? 0) - 1);
    }
  };

  return {
    name,
    supports: {
      update: 'anytime',
      ticks: 20,
      choices: 20,
      textField: true,
      ownView: true,
      mention: true,
      image: true,
      recognisesRepeats: false,
      ...supports,
    },
    async send(chat, message, key): Promise<SentMessage> {
      await take('send', chat, key, message);
      return { message: key };
    },
    update: (chat, sent, message) => take('update', chat, sent.message ?? '', message),
    receive: async () => ({ status: 200, type: 'text/plain', body: '' }),
    arrived,
    mostAtOnceInAChat: () => most,
    textsOf: (chat) => arrived.filter((arrival) => arrival.chat === chat).map(({ text }) => text),
  };
};
