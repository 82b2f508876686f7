// The Telegram channel: cards as messages with buttons, webhook or long polling. reference: https://core.telegram.org/bots/api
import type { Message } from '../../domain/message.ts';
import type { Ack, Channel, ChannelSupport, Clock, Log, OnEvent, RawCallback, SentMessage } from '../../ports.ts';
import { ChannelRefused } from '../../ports.ts';
import type {
  ChannelMemory,
  ChatMoves,
  Leases,
  Reachability,
  SendBudget,
  ShownCards,
  ShownPlace,
} from '../../ports-channels.ts';
import type { SendRate } from '../../ports-delivery.ts';
import { readChat } from './addresses.ts';
import { makeTelegramClient, type TelegramClient } from './client.ts';
import { encodeText } from './codec.ts';
import { makeOnUpdate } from './incoming.ts';
import { numberedSchema } from './payloads.ts';
import { makeRedraws } from './redraws.ts';
import { setUp } from './setup.ts';
import { EVERYBODY, makeShown } from './shown.ts';
import { isFromTelegram } from './signature.ts';
import { makePolling } from './socket.ts';
import { makeWriter } from './writer.ts';

export interface TelegramConfig {
  readonly botToken: string;
  readonly mode: 'polling' | 'webhook';
  readonly apiRoot: string;
  readonly webhookSecret: string | null;
  readonly publicUrl: string | null;
}

export interface TelegramDeps {
  readonly log: Log;
  readonly clock: Clock;
  readonly cards: ShownCards;
  readonly budget: SendBudget;
  readonly moves: ChatMoves;
  readonly reach: Reachability;
  readonly memory: ChannelMemory;
  readonly leases: Leases;
  /** In [0, 1), for the spread of repeats. */
  readonly chance?: () => number;
}

/** What Telegram takes over all chats: about 30 messages a second (https://core.telegram.org/bots/faq). */
export const telegramRate: SendRate = { perSecond: 25, burst: 25 };

const supports: ChannelSupport = {
  update: 'anytime',
  // Rows beyond a phone's screen are paged, so these bound patience, not the platform.
  ticks: 60,
  choices: 300,
  textField: true,
  ownView: true,
  mention: true,
  image: true,
  recognisesRepeats: false,
};

const plain = (status: number, body: string): Ack => ({ status, type: 'text/plain', body });

export const makeTelegramChannel = (config: TelegramConfig, deps: TelegramDeps): Channel => {
  const { log, cards, chance = Math.random } = deps;
  const client = makeTelegramClient(config);
  const me = once(() => client.me());
  const writer = makeWriter({ ...deps, client });
  const shown = makeShown({ cards, writer, me });
  const redraws = makeRedraws(log);
  const onUpdate = makeOnUpdate({ ...deps, client, me, writer, shown, redraws });
  const stopping = new AbortController();
  let ending: (() => Promise<unknown>)[] = [];

  const webhook =
    config.mode === 'webhook' && config.publicUrl !== null && config.webhookSecret !== null
      ? { url: `${config.publicUrl}/callbacks/telegram`, secret: config.webhookSecret }
      : null;

  return {
    name: 'telegram',
    supports,

    async send(chat, message) {
      const { card, mentions } = message;
      if (message.text !== undefined || !card) {
        const place = await writer.post(chat, encodeText(card ? { text: message.text ?? '' } : message));
        if (!card) return encodePlace(place);
      }
      const { owner, audience } = audienceOf(chat);
      return encodePlace(await shown.post(chat, await shown.remember(card, owner), audience, mentions));
    },

    async update(chat, sent, message: Message) {
      const { owner } = audienceOf(chat);
      const place = decodePlace(sent);
      if (message.card) {
        const view = await shown.remember(message.card, owner);
        await shown.redraw(message.card.id, owner, view.place ?? place, chat);
      } else if (!(await writer.change(place, owner, encodeText(message)))) {
        await writer.post(chat, encodeText(message));
      }
    },

    async receive(callback: RawCallback, onEvent: OnEvent) {
      if (!isFromTelegram(callback, config.webhookSecret)) return plain(401, 'unauthorized');
      if (callback.method !== 'POST') return plain(405, 'method not allowed');
      const update = updateIn(callback.body);
      if (update === null) return plain(400, 'no update');
      await onUpdate(update, onEvent);
      return plain(200, '');
    },

    async start(onEvent) {
      ending.push(trackedSetUp());
      if (config.mode === 'webhook') return;
      const polling = makePolling({
        client,
        handle: (update) => handled(update, onEvent),
        leases: deps.leases,
        log,
        chance,
      });
      polling.start();
      ending.push(() => polling.stop());
    },

    async stop() {
      stopping.abort();
      const ends = ending;
      ending = [];
      await Promise.all(ends.map((end) => end()));
      await redraws.stop();
    },
  };

  /** Nothing is acknowledged before the next poll; what people wait for is the answer to their press. */
  async function handled(update: unknown, onEvent: OnEvent): Promise<void> {
    const answered = Promise.withResolvers<boolean>();
    await onUpdate(update, (event) => onEvent(event, answered.promise)).finally(() => answered.resolve(true));
  }

  function trackedSetUp(): () => Promise<void> {
    const done = setUp({ client, memory: deps.memory, webhook, log, chance }, stopping.signal);
    return () => done;
  }
};

/** Null for what is no update at all; one of an unknown kind is one. */
const updateIn = (body: Uint8Array): unknown => {
  try {
    return numberedSchema.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
};

/** A group's card is everybody's, a private one belongs to its account. */
const audienceOf = (chat: string): { owner: string; audience: 'group' | 'person' } => {
  const to = readChat(chat);
  if (to === null) throw new ChannelRefused('chat', 'this is no chat of Telegram', { fatal: true });
  return to.kind === 'person' ? { owner: to.id, audience: 'person' } : { owner: EVERYBODY, audience: 'group' };
};

const encodePlace = ({ chat, message }: ShownPlace): SentMessage => ({ chat, message: String(message) });
const decodePlace = ({ chat = '', message = '' }: SentMessage): ShownPlace => ({ chat, message: Number(message) });

/** Asked for once; after a failure the next one asks again. */
const once = (ask: TelegramClient['me']): TelegramClient['me'] => {
  let asked: ReturnType<typeof ask> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
};
