// The long connection of WeCom's AI bot (智能机器人): subscribes, beats, answers and asks, and comes back when it is lost.
// One connection only may be open for a bot, so who opens it is decided elsewhere (bot.ts).
// https://developer.work.weixin.qq.com/document/path/101463
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { ChannelUnreachable, type Log } from '../../ports.ts';
import { backOffMs } from '../back-off.ts';
import { type Frame, frame } from './payloads.ts';
import { refusal } from './refusals.ts';

export interface BotSocketOptions {
  readonly url: string;
  readonly botId: string;
  readonly secret: string;
  readonly log: Log;
  /** A callback: `cmd`, the req_id to answer with, and its body. Never rejects. */
  readonly onCallback: (cmd: string, reqId: string, body: unknown) => void;
  /** Subscribed: from now on messages go out and presses come in. */
  readonly onReady: () => void;
  readonly chance?: () => number;
  readonly times?: Partial<BotTimes>;
}

export interface BotSocket {
  open(): void;
  /** Says good-bye and stays closed. */
  close(): Promise<void>;
  readonly ready: boolean;
  /** Throws ChannelRefused, or ChannelUnreachable when no answer came. */
  request(cmd: string, body: object): Promise<void>;
  /** Answers one callback; only the first answer to a `reqId` counts. */
  respond(cmd: string, reqId: string, body: object): Promise<void>;
}

/** All in ms. */
export type BotTimes = Readonly<Record<keyof typeof defaultTimes, number>>;

const defaultTimes = {
  connectMs: 10_000,
  answerMs: 10_000,
  pingMs: 30_000,
  silenceMs: 75_000,
  firstBackOffMs: 1_000,
  longestBackOffMs: 60_000,
  /** Somebody else connected with the same bot: coming back at once would throw him out, and he us. */
  kickedMs: 60_000,
  goodbyeMs: 2_000,
};

const MOST_BYTES = 4 * 1024 * 1024;
const WRONG_SECRET = 853000;

interface Waiting {
  readonly what: string;
  readonly done: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

export const makeBotSocket = (options: BotSocketOptions): BotSocket => {
  const { log, chance = Math.random } = options;
  const times: BotTimes = { ...defaultTimes, ...options.times };
  const waiting = new Map<string, Waiting>();
  let socket: WebSocket | null = null;
  let state: 'closed' | 'connecting' | 'subscribing' | 'ready' = 'closed';
  let wanted = false;
  /** A wrong secret is asked with once. */
  let locked = false;
  let failures = 0;
  let kicks = 0;
  let heardAt = 0;
  let beat: NodeJS.Timeout | null = null;
  let deadline: NodeJS.Timeout | null = null;
  let comeBack: NodeJS.Timeout | null = null;

  const connect = (): void => {
    comeBack = null;
    state = 'connecting';
    const mine = new WebSocket(options.url, {
      maxPayload: MOST_BYTES,
      handshakeTimeout: times.connectMs,
      perMessageDeflate: false,
    });
    socket = mine;
    // Late events of a socket that was given up are nobody's any more.
    const current = () => socket === mine;
    mine.on('open', () => current() && subscribe(mine));
    mine.on('message', (data) => current() && hear(mine, String(data)));
    mine.on('error', (error) => current() && log.warn({ channel: 'wecom', err: error }, 'the bot’s connection failed'));
    mine.on('close', (code) => current() && lost(`closed (${code})`));
  };

  const subscribe = (mine: WebSocket): void => {
    state = 'subscribing';
    deadline = setTimeout(() => drop(mine, 'no answer to the subscription'), times.answerMs);
    ask('aibot_subscribe', { bot_id: options.botId, secret: options.secret }, times.answerMs).then(
      () => {
        if (socket !== mine) return;
        if (deadline) clearTimeout(deadline);
        state = 'ready';
        failures = 0;
        heardAt = performance.now();
        beat = setInterval(() => ping(mine), times.pingMs);
        log.info({ channel: 'wecom' }, 'the bot is connected');
        options.onReady();
      },
      (error: { code?: string }) => {
        if (socket !== mine) return;
        if (error.code === String(WRONG_SECRET)) {
          wanted = false;
          locked = true;
          log.error(
            { channel: 'wecom' },
            'WECOM_BOT_ID or WECOM_BOT_SECRET is wrong: the bot stays offline until restart',
          );
        }
        drop(mine, `subscription refused (${error.code ?? 'no answer'})`);
      },
    );
  };

  /** The server answers pings like any request; silence for longer than two of them means that nobody is there. */
  const ping = (mine: WebSocket): void => {
    if (performance.now() - heardAt > times.silenceMs) drop(mine, 'silent');
    else ask('ping', undefined, times.answerMs).catch(() => {});
  };

  const hear = (mine: WebSocket, data: string): void => {
    heardAt = performance.now();
    const read = frame.safeParse(parsed(data));
    if (!read.success) log.warn({ channel: 'wecom' }, 'the bot got a frame that cannot be read');
    else if (read.data.cmd === undefined) settle(read.data);
    else if (isKick(read.data)) kicked(mine);
    else options.onCallback(read.data.cmd, read.data.headers.req_id, read.data.body);
  };

  const settle = ({ headers, errcode = 0, errmsg = '' }: Frame): void => {
    const asked = waiting.get(headers.req_id);
    if (!asked) return;
    end(headers.req_id, errcode === 0 ? null : refusal(errcode, `${asked.what}: ${errmsg}`, [options.secret]));
  };

  const end = (reqId: string, error: unknown): void => {
    const asked = waiting.get(reqId);
    if (!asked) return;
    waiting.delete(reqId);
    clearTimeout(asked.timer);
    asked.done(error);
  };

  const ask = (
    cmd: string,
    body: object | undefined,
    timeoutMs: number,
    reqId = `${cmd}_${randomUUID()}`,
  ): Promise<void> => {
    const mine = socket;
    if (!mine || mine.readyState !== WebSocket.OPEN) {
      return Promise.reject(new ChannelUnreachable(`${cmd}: not connected`, false));
    }
    // Two answers to one callback would be told apart by nobody.
    if (waiting.has(reqId)) return Promise.reject(new ChannelUnreachable(`${cmd}: answered already`, false));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => end(reqId, new ChannelUnreachable(`${cmd}: no answer in time`, true)), timeoutMs);
    waiting.set(reqId, { what: cmd, done: (error) => (error === null ? resolve() : reject(error)), timer });
    mine.send(JSON.stringify({ cmd, headers: { req_id: reqId }, ...(body ? { body } : {}) }));
    return promise;
  };

  const kicked = (mine: WebSocket): void => {
    kicks += 1;
    log.error({ channel: 'wecom', kicks }, 'another program connected with this bot’s secret; only one may');
    drop(mine, 'kicked');
  };

  const drop = (mine: WebSocket, reason: string): void => {
    mine.terminate();
    if (socket === mine) lost(reason);
  };

  const lost = (reason: string): void => {
    const wasReady = state === 'ready';
    leave();
    if (!wanted) return;
    failures += 1;
    const after =
      reason === 'kicked'
        ? backOffMs(kicks, { firstMs: times.kickedMs * 2, longestMs: times.kickedMs * 20 }, chance())
        : backOffMs(failures, { firstMs: times.firstBackOffMs, longestMs: times.longestBackOffMs }, chance());
    log.warn({ channel: 'wecom', reason, wasReady, comesBackInMs: Math.round(after) }, 'the bot lost its connection');
    comeBack = setTimeout(connect, after);
  };

  /** What was asked and not answered may have arrived or not. */
  const leave = (): void => {
    socket = null;
    state = 'closed';
    for (const timer of [beat, deadline, comeBack]) if (timer) clearTimeout(timer);
    beat = deadline = comeBack = null;
    for (const [reqId, { what }] of waiting) end(reqId, new ChannelUnreachable(`${what}: connection lost`, true));
  };

  return {
    open() {
      if (wanted || locked) return;
      wanted = true;
      connect();
    },

    async close() {
      wanted = false;
      const mine = socket;
      leave();
      if (!mine || mine.readyState === WebSocket.CLOSED) return;
      if (mine.readyState === WebSocket.CONNECTING) return mine.terminate();
      const { promise: gone, resolve } = Promise.withResolvers<void>();
      const cut = setTimeout(() => mine.terminate(), times.goodbyeMs);
      mine.once('close', () => resolve());
      mine.close(1000);
      await gone;
      clearTimeout(cut);
    },

    get ready() {
      return state === 'ready';
    },

    async request(cmd, body) {
      if (state !== 'ready') throw new ChannelUnreachable(`${cmd}: not connected`, false);
      await ask(cmd, body, times.answerMs);
    },

    async respond(cmd, reqId, body) {
      await ask(cmd, body, times.answerMs, reqId);
    },
  };
};

const parsed = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
};

const isKick = ({ cmd, body }: Frame): boolean =>
  cmd === 'aibot_event_callback' &&
  (body as { event?: { eventtype?: unknown } } | undefined)?.event?.eventtype === 'disconnected_event';
