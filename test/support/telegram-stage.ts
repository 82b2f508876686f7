// A Telegram channel with its platform and its database, and the updates that Telegram would post to it.
import type pg from 'pg';
import { makeTelegramChannel, type TelegramConfig, type TelegramDeps } from '../../src/channels/telegram/channel.ts';
import type { Channel, RawCallback } from '../../src/ports.ts';
import { makeChatMoves } from '../../src/store/chat-moves.ts';
import { makeLeases } from '../../src/store/leases.ts';
import { openPool } from '../../src/store/pool.ts';
import { makeReachability } from '../../src/store/reachability.ts';
import { makeSendBudget } from '../../src/store/send-budget.ts';
import { makeSettings } from '../../src/store/settings.ts';
import { makeShownCards } from '../../src/store/shown-cards.ts';
import { createTestDatabase } from './database.ts';
import { noon } from './outbox-rows.ts';
import { silent } from './silent-log.ts';
import { startTelegramServer, type TelegramServer, TOKEN } from './telegram-server.ts';
import { testClock } from './test-clock.ts';

export const SECRET = 'the-webhook-secret';
export const GROUP = '-100700';
export const ALICE = 31;
export const BOB = 32;

export interface TelegramStage {
  readonly server: TelegramServer;
  readonly pool: pg.Pool;
  readonly channel: Channel;
  /** Another process on the same database and bot, or the same with other settings. */
  another(config?: Partial<TelegramConfig>, deps?: Partial<TelegramDeps>): Channel;
  /** Messages, calls and rows are gone. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The channel on a platform's server and a database. */
export const telegramOn = (
  server: TelegramServer,
  pool: pg.Pool,
  config: Partial<TelegramConfig> = {},
  deps: Partial<TelegramDeps> = {},
): Channel =>
  makeTelegramChannel(
    { botToken: TOKEN, mode: 'webhook', apiRoot: server.url, webhookSecret: SECRET, publicUrl: null, ...config },
    {
      log: silent,
      clock: testClock(noon),
      cards: makeShownCards(pool),
      budget: makeSendBudget(pool),
      moves: makeChatMoves(pool),
      reach: makeReachability(pool),
      memory: makeSettings(pool),
      leases: makeLeases(pool),
      chance: () => 0,
      ...deps,
    },
  );

export const setTelegramStage = async (deps: Partial<TelegramDeps> = {}): Promise<TelegramStage> => {
  const server = await startTelegramServer();
  const pool = openPool((await createTestDatabase()).url);
  const made: Channel[] = [];
  const another = (config: Partial<TelegramConfig> = {}, more: Partial<TelegramDeps> = {}): Channel => {
    const channel = telegramOn(server, pool, config, { ...deps, ...more });
    made.push(channel);
    return channel;
  };
  return {
    server,
    pool,
    channel: another(),
    another,
    async reset() {
      server.reset();
      await pool.query('truncate shown_card, card_draft, chat_move, send_limit, binding, setting');
    },
    async close() {
      await Promise.all(made.map((channel) => channel.stop?.()));
      await server.close();
      await pool.end();
    },
  };
};

let lastUpdate = 1_000;

export const posted = (update: object, headers: RawCallback['headers'] = {}): RawCallback => ({
  method: 'POST',
  path: '/callbacks/telegram',
  query: {},
  headers: { 'x-telegram-bot-api-secret-token': SECRET, ...headers },
  body: Buffer.from(JSON.stringify(update)),
});

const numbered = (update: object): { update_id: number } => {
  lastUpdate += 1;
  return { update_id: lastUpdate, ...update };
};

const chatOf = (id: string) => ({ id: Number(id), type: id.startsWith('-') ? 'supergroup' : 'private' });
const userOf = (id: number) => ({ id, is_bot: false, first_name: '某人' });

export interface Spot {
  readonly chat: string;
  readonly id: number;
  readonly topic?: number | null;
  readonly receiver?: string | null;
}

export const pressUpdate = (id: string, from: number, { chat, id: message, topic, receiver }: Spot, data: string) =>
  numbered({
    callback_query: {
      id,
      from: userOf(from),
      chat_instance: '1',
      data,
      message: {
        message_id: receiver ? 0 : message,
        ...(receiver ? { ephemeral_message_id: message } : {}),
        ...(topic ? { message_thread_id: topic, is_topic_message: true } : {}),
        date: 0,
        chat: chatOf(chat),
      },
    },
  });

let lastMessage = 5_000;

export const textUpdate = (from: number, chat: string, text: string, more: object = {}) => {
  lastMessage += 1;
  const entities = [...text.matchAll(/(@\w+)|(?<=^)(\/\w+(?:@\w+)?)/g)].map(({ 0: said, index }) => ({
    type: said.startsWith('@') ? 'mention' : 'bot_command',
    offset: index,
    length: said.length,
  }));
  return numbered({
    message: { message_id: lastMessage, from: userOf(from), chat: chatOf(chat), date: 1, text, entities, ...more },
  });
};
