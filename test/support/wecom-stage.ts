// A WeCom channel on its stage: the platform's server, ports kept in memory, and callbacks sealed as WeCom seals them.
import { vi } from 'vitest';
import {
  makeWecomChannel,
  type WecomChannel,
  type WecomConfig,
  type WecomOptions,
} from '../../src/channels/wecom/channel.ts';
import type { WecomDeps } from '../../src/channels/wecom/deps.ts';
import { sealMessage } from '../../src/channels/wecom/signature.ts';
import type { Message } from '../../src/domain/message.ts';
import type { RawCallback } from '../../src/ports.ts';
import { AGENT, BOT_ID, BOT_SECRET, CORP, SECRET, startWecomServer, type WecomServer } from './wecom-server.ts';

export const TOKEN = 'callback-token-not-to-be-said';
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const keys = { token: TOKEN, encodingAesKey: AES_KEY, receiveId: CORP };

export interface FollowUp {
  readonly chat: string;
  readonly message: Message;
  readonly key: string;
}

/** The ports as one process would see them; `log` keeps its lines. */
export const memoryDeps = (more: Partial<WecomDeps> = {}) => {
  const followUps: FollowUp[] = [];
  const lines: string[] = [];
  const lost: string[] = [];
  const used = new Set<string>();
  const notes = new Map<string, unknown>();
  const leases = new Map<string, string>();
  const robots = new Map<string, string>();
  const openGroups: string[] = [];
  const line = (facts: object, message: string) => {
    lines.push(
      `${message} ${JSON.stringify(facts, (_, value) => (value instanceof Error ? `${value.stack}` : value))}`,
    );
  };
  const deps: WecomDeps = {
    log: { info: line, warn: line, error: line },
    clock: { now: () => new Date('2022-04-19T10:12:00+08:00') },
    leases: {
      hold: async (name, holder) => {
        if ((leases.get(name) ?? holder) !== holder) return false;
        leases.set(name, holder);
        return true;
      },
      release: async (name, holder) => {
        if (leases.get(name) === holder) leases.delete(name);
      },
    },
    singleUse: {
      take: async (key) => {
        const first = !used.has(key);
        used.add(key);
        return first;
      },
    },
    followUps: {
      post: async (_channel, chat, message, key) => {
        if (!followUps.some((one) => one.key === key)) followUps.push({ chat, message, key });
      },
    },
    groups: {
      robotKey: async (_channel, chat) => robots.get(chat) ?? null,
      withOpenCards: async () => openGroups,
    },
    budget: { take: async () => 0, hold: async () => {} },
    memory: {
      get: async <T>(key: string) => (notes.get(key) ?? null) as T | null,
      set: async (key, value) => void notes.set(key, value),
    },
    reachability: { lost: async (_channel, id) => void lost.push(id), back: async () => {} },
    holder: 'process-1',
    pageUrl: null,
    chance: () => 0,
    ...more,
  };
  return { deps, followUps, lines, lost, notes, leases, robots, openGroups };
};

export const configFor = (server: WecomServer, parts: 'app' | 'bot' | 'both'): WecomConfig => ({
  app:
    parts === 'bot'
      ? null
      : { corpId: CORP, agentId: AGENT, secret: SECRET, token: TOKEN, encodingAesKey: AES_KEY, apiBase: server.url },
  bot: parts === 'app' ? null : { id: BOT_ID, secret: BOT_SECRET, wsUrl: server.wsUrl },
  apiBase: server.url,
});

/** Short enough for tests to see them pass; nothing is measured. */
export const quickTimes = {
  answerMs: 800,
  firstBackOffMs: 5,
  longestBackOffMs: 20,
  kickedMs: 10,
  pingMs: 50,
  silenceMs: 400,
};

/** Until it is so; on a busy machine that may take its time. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 8_000, interval: 10 });

export interface WecomStage extends ReturnType<typeof memoryDeps> {
  readonly server: WecomServer;
  readonly channel: WecomChannel;
  close(): Promise<void>;
}

export const openWecomStage = async (
  parts: 'app' | 'bot' | 'both',
  more: Partial<WecomDeps> = {},
  options: WecomOptions = {},
): Promise<WecomStage> => {
  const server = await startWecomServer();
  const memory = memoryDeps(more);
  const channel = makeWecomChannel(configFor(server, parts), memory.deps, {
    bot: { times: quickTimes, leaseMs: 2_000 },
    ...options,
  });
  return {
    ...memory,
    server,
    channel,
    close: async () => {
      await channel.stop?.();
      await server.close();
    },
  };
};

// ---- callbacks ------------------------------------------------------------------------------------------------------

export interface Sealing {
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly receiveId?: string;
}

let nonces = 0;

export const seal = (xml: string, { timestamp, nonce, receiveId = CORP }: Sealing = {}): RawCallback => {
  nonces += 1;
  const stamp = { timestamp: timestamp ?? String(Math.floor(Date.now() / 1000)), nonce: nonce ?? `n${nonces}` };
  const { cipher, signature } = sealMessage(xml, { ...keys, receiveId }, stamp);
  return {
    method: 'POST',
    path: '/callbacks/wecom/app',
    query: { msg_signature: signature, ...stamp },
    headers: { 'content-type': 'text/xml' },
    body: Buffer.from(envelope(cipher)),
  };
};

export const envelope = (cipher: string): string =>
  `<xml><ToUserName><![CDATA[${CORP}]]></ToUserName><AgentID><![CDATA[${AGENT}]]></AgentID><Encrypt><![CDATA[${cipher}]]></Encrypt></xml>`;

export const inner = (fields: string, from = 'ZhangSan', time = '1650333600'): string =>
  `<xml><ToUserName><![CDATA[${CORP}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>${time}</CreateTime>${fields}<AgentID>${AGENT}</AgentID></xml>`;

export const textXml = (id: string, text: string, from?: string): string =>
  inner(`<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content><MsgId>${id}</MsgId>`, from);

export interface PressFacts {
  readonly key: string;
  readonly code?: string;
  readonly from?: string;
  readonly items?: Readonly<Record<string, readonly string[]>>;
  readonly event?: string;
}

export const pressXml = ({
  key,
  code = 'code0',
  from,
  items = {},
  event = 'template_card_event',
}: PressFacts): string => {
  const selected = Object.entries(items).map(
    ([question, options]) =>
      `<SelectedItem><QuestionKey><![CDATA[${question}]]></QuestionKey><OptionIds>${options.map((id) => `<OptionId><![CDATA[${id}]]></OptionId>`).join('')}</OptionIds></SelectedItem>`,
  );
  return inner(
    `<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event><EventKey><![CDATA[${key}]]></EventKey><TaskId><![CDATA[t1]]></TaskId><CardType><![CDATA[button_interaction]]></CardType><ResponseCode><![CDATA[${code}]]></ResponseCode>${selected.length > 0 ? `<SelectedItems>${selected.join('')}</SelectedItems>` : ''}`,
    from,
  );
};
