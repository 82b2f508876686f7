// A Feishu channel with its platform and its database, and the callbacks that Feishu would post to it.
import type pg from 'pg';
import { type FeishuConfig, type FeishuDeps, makeFeishuChannel } from '../../src/channels/feishu/channel.ts';
import { sealBody } from '../../src/channels/feishu/signature.ts';
import type { Message } from '../../src/domain/message.ts';
import type { Channel, RawCallback } from '../../src/ports.ts';
import { makeSingleUse } from '../../src/store/leases.ts';
import { openPool } from '../../src/store/pool.ts';
import { makeReachability } from '../../src/store/reachability.ts';
import { makeSendBudget } from '../../src/store/send-budget.ts';
import { makeShownCards } from '../../src/store/shown-cards.ts';
import { createTestDatabase } from './database.ts';
import { APP_ID, APP_SECRET, BOT, type FeishuServer, type Json, startFeishuServer } from './feishu-server.ts';
import { noon } from './outbox-rows.ts';
import { silent } from './silent-log.ts';
import { testClock } from './test-clock.ts';

export const VERIFICATION_TOKEN = 'a-verification-token-not-to-be-said';
export const ENCRYPT_KEY = 'an-encrypt-key-not-to-be-said';
export const GROUP = 'oc_dongqu';
export const ALICE = 'ou_alice';
export const BOB = 'ou_bob';

export const configFor = (server: FeishuServer): FeishuConfig => ({
  appId: APP_ID,
  appSecret: APP_SECRET,
  verificationToken: VERIFICATION_TOKEN,
  encryptKey: ENCRYPT_KEY,
  apiBase: server.url,
});

export interface FollowUp {
  readonly chat: string;
  readonly message: Message;
  readonly key: string;
}

export interface FeishuStage {
  readonly server: FeishuServer;
  readonly pool: pg.Pool;
  readonly channel: Channel;
  readonly followUps: FollowUp[];
  /** Messages, calls and rows are gone. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const setFeishuStage = async (deps: Partial<FeishuDeps> = {}): Promise<FeishuStage> => {
  const server = await startFeishuServer();
  const pool = openPool((await createTestDatabase()).url);
  const followUps: FollowUp[] = [];
  const channel = makeFeishuChannel(configFor(server), {
    log: silent,
    clock: testClock(noon),
    cards: makeShownCards(pool),
    budget: makeSendBudget(pool),
    followUps: {
      post: async (_channel, chat, message, key) => {
        if (!followUps.some((one) => one.key === key)) followUps.push({ chat, message, key });
      },
    },
    singleUse: makeSingleUse(pool),
    reach: makeReachability(pool),
    ...deps,
  });
  return {
    server,
    pool,
    channel,
    followUps,
    async reset() {
      await channel.stop?.();
      server.reset();
      server.topicGroups.clear();
      followUps.length = 0;
      await pool.query('truncate shown_card, send_limit, single_use, binding');
    },
    async close() {
      await channel.stop?.();
      await server.close();
      await pool.end();
    },
  };
};

// ---- callbacks ------------------------------------------------------------------------------------------------------

export const sealed = (message: object, headers: RawCallback['headers'] = {}): RawCallback => {
  const stamp = { timestamp: '1650333600', nonce: 'n1' };
  const { body, signature } = sealBody(message, stamp, ENCRYPT_KEY);
  return {
    method: 'POST',
    path: '/callbacks/feishu',
    query: {},
    headers: {
      'x-lark-signature': signature,
      'x-lark-request-timestamp': stamp.timestamp,
      'x-lark-request-nonce': stamp.nonce,
      ...headers,
    },
    body,
  };
};

export const posted = (id: string, type: string, event: object, header: object = {}): RawCallback =>
  sealed({
    schema: '2.0',
    header: {
      event_id: id,
      event_type: type,
      create_time: '1650333600000',
      token: VERIFICATION_TOKEN,
      app_id: APP_ID,
      tenant_key: 't',
      ...header,
    },
    event,
  });

export interface Pressed {
  readonly id: string;
  readonly from: string;
  readonly chat: string;
  readonly message: string;
  readonly value: Json;
  readonly form?: Json;
}

export const pressCallback = ({ id, from, chat, message, value, form }: Pressed): RawCallback =>
  posted(id, 'card.action.trigger', {
    operator: { open_id: from, union_id: 'on_x', tenant_key: 't' },
    token: 'c-1',
    action: { tag: 'button', timezone: 'Asia/Shanghai', value, ...(form ? { form_value: form, name: 'b' } : {}) },
    host: 'im_message',
    context: { open_message_id: message, open_chat_id: chat },
  });

/** Words with `@督导` in them name the bot, in a group as in private. */
export const textCallback = (id: string, from: string, chat: string, text: string, more: object = {}): RawCallback =>
  posted(`e-${id}`, 'im.message.receive_v1', {
    sender: { sender_id: { open_id: from }, sender_type: 'user', tenant_key: 't' },
    message: {
      message_id: id,
      create_time: '1650333600000',
      chat_id: chat,
      chat_type: chat.startsWith('oc_p2p') ? 'p2p' : 'group',
      message_type: 'text',
      content: JSON.stringify({ text: text.replace('@督导', '@_user_1') }),
      mentions: text.includes('@督导')
        ? [{ key: '@_user_1', id: { open_id: BOT }, name: '督导', tenant_key: 't' }]
        : [],
      ...more,
    },
  });
