// WeCom's side as far as our channel goes: qyapi over HTTP and the bot's WebSocket, on one port. Keeps what people would
// see, enforces documented limits, knows repeats as WeCom does, and fails when a test wants it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { appDialect, botDialect } from '../../src/channels/wecom/limits.ts';
import { cardFaults, messageFaults } from './wecom-limits.ts';

export const CORP = 'ww0123456789abcdef';
export const AGENT = 1000002;
export const SECRET = 'app-secret-that-must-not-be-said';
export const BOT_ID = 'bot-1';
export const BOT_SECRET = 'bot-secret-that-must-not-be-said';
export const ROBOT_KEY = 'robot-key-that-must-not-be-said';

type Json = Record<string, unknown>;

/** What goes wrong with one call: an errcode, an HTTP status, a broken connection, or the answer lost after the work. */
export type Fault = { readonly errcode: number } | { readonly http: number } | 'drop' | 'lose';

export interface Seen {
  /** A user id, a group's chat id, or `robot`. */
  readonly chat: string;
  readonly by: 'app' | 'bot' | 'robot' | 'appchat';
  readonly body: Json;
}

export interface Changed {
  readonly userIds: readonly string[] | null;
  readonly card: Json;
}

export interface WecomServer {
  readonly url: string;
  readonly wsUrl: string;
  readonly seen: Seen[];
  readonly changes: Changed[];
  readonly frames: Json[];
  /** Requests by path, tokens and keys left out. */
  readonly calls: { readonly path: string; readonly body: unknown }[];
  readonly media: Map<string, Buffer>;
  readonly mobiles: Map<string, string>;
  fail(path: string, ...faults: Fault[]): void;
  /** Tokens given so far are dead. */
  endTokens(): void;
  /** A response code as a press brings it. */
  newCode(): string;
  subscriptions(): number;
  connected(): boolean;
  /** The bot answers nobody: neither subscription nor pings. */
  mute: boolean;
  /** Sends a callback on the connection; resolves with the bot's answer, or null when none came within `ms`. */
  botCallback(cmd: string, body: Json, ms?: number): Promise<Json | null>;
  cut(): void;
  kick(): void;
  shownIn(chat: string): string[];
  reset(): void;
  close(): Promise<void>;
}

const readBody = async (req: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

export const startWecomServer = async (): Promise<WecomServer> => {
  const seen: Seen[] = [];
  const changes: Changed[] = [];
  const frames: Json[] = [];
  const calls: WecomServer['calls'] = [];
  const media = new Map<string, Buffer>();
  const mobiles = new Map<string, string>();
  const faults = new Map<string, Fault[]>();
  const repeats = new Set<string>();
  const botTasks = new Set<string>();
  const codes = new Set<string>();
  const answers = new Map<string, (frame: Json) => void>();
  let generation = 1;
  let count = 0;
  let subscribed = 0;
  let live: WebSocket | null = null;

  const take = (path: string): Fault | undefined => faults.get(path)?.shift();
  const next = (prefix: string): string => {
    count += 1;
    return `${prefix}${count}`;
  };

  // ---- qyapi ----

  const app: Record<string, (body: Json, query: URLSearchParams) => Json> = {
    'message/send': (body) => {
      const { touser, agentid, enable_duplicate_check, duplicate_check_interval, ...message } = body;
      if (agentid !== AGENT) return { errcode: 40056 };
      const shape = Object.fromEntries(Object.entries(message).filter(([name]) => name !== 'safe'));
      if (messageFaults(shape, appDialect).length > 0)
        return { errcode: 40058, errmsg: String(messageFaults(shape, appDialect)) };
      if (String(touser).startsWith('nobody')) return { errcode: 81013, errmsg: 'all invalid' };
      if (String(touser).startsWith('unlicensed'))
        return { errcode: 0, unlicenseduser: String(touser), msgid: next('m') };
      const same = JSON.stringify(body);
      const repeated = enable_duplicate_check === 1 && Number(duplicate_check_interval) <= 14_400 && repeats.has(same);
      if (!repeated) {
        repeats.add(same);
        seen.push({ chat: String(touser), by: 'app', body: shape });
      }
      const code = next('code');
      codes.add(code);
      return { errcode: 0, msgid: next('m'), response_code: code };
    },
    'message/update_template_card': (body) => {
      const card = body.template_card as Json;
      if (cardFaults(card, appDialect).length > 0) return { errcode: 40058 };
      if (!codes.delete(String(body.response_code))) return { errcode: 42022, errmsg: 'code used' };
      changes.push({ userIds: body.userids as string[], card });
      return { errcode: 0, invaliduser: [] };
    },
    'message/recall': () => ({ errcode: 0 }),
    'appchat/create': () => ({ errcode: 0, chatid: 'appchat1' }),
    'appchat/send': (body) => {
      seen.push({ chat: String(body.chatid), by: 'appchat', body });
      return { errcode: 0 };
    },
    'media/upload': () => ({ errcode: 0, type: 'image', media_id: next('media'), created_at: '1380000000' }),
    'user/getuserid': (body) => {
      const userid = mobiles.get(String(body.mobile));
      return userid ? { errcode: 0, userid } : { errcode: 46004, errmsg: 'not found' };
    },
    'auth/getuserinfo': (_body, query) =>
      query.get('code') === 'good' ? { errcode: 0, userid: 'ZhangSan' } : { errcode: 0, openid: 'o1' },
    'batch/openuserid_to_userid': (body) => ({
      errcode: 0,
      userid_list: (body.open_userid_list as string[]).map((open_userid) => ({ open_userid, userid: 'ZhangSan' })),
    }),
    'agent/get': () => ({
      errcode: 0,
      agentid: AGENT,
      name: '督导',
      close: 0,
      allow_userinfos: { user: [{ userid: 'ZhangSan' }] },
      allow_partys: { partyid: [1] },
      allow_tags: { tagid: [] },
    }),
    getcallbackip: () => ({ errcode: 0, ip_list: ['101.226.103.*'] }),
  };

  const answerOf = (path: string, query: URLSearchParams, body: Json): Json => {
    if (path === 'gettoken') {
      const good = query.get('corpid') === CORP && query.get('corpsecret') === SECRET;
      return good
        ? { errcode: 0, errmsg: 'ok', access_token: `token-${generation}-must-not-be-said`, expires_in: 7200 }
        : { errcode: 40001, errmsg: 'invalid credential' };
    }
    if (path === 'webhook/send') {
      if (query.get('key') !== ROBOT_KEY) return { errcode: 93000, errmsg: 'invalid webhook' };
      seen.push({ chat: 'robot', by: 'robot', body });
      return { errcode: 0 };
    }
    if (query.get('access_token') !== `token-${generation}-must-not-be-said`)
      return { errcode: 42001, errmsg: 'expired' };
    return app[path]?.(body, query) ?? { errcode: 40008 };
  };

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '', 'http://localhost');
    const path = url.pathname.replace(/^\/(?:cgi-bin\/)?/, '');
    const bytes = await readBody(req);
    const isJson = (req.headers['content-type'] ?? '').includes('json');
    const body = isJson ? (JSON.parse(bytes.toString('utf8')) as Json) : {};
    calls.push({ path, body: isJson ? body : bytes.toString('latin1') });
    const fault = take(path);
    if (fault === 'drop') return void req.socket.destroy();
    if (typeof fault === 'object' && 'http' in fault) return void res.writeHead(fault.http).end('<html>');
    if (path === 'media/get') {
      const file = media.get(url.searchParams.get('media_id') ?? '');
      if (file) {
        res.writeHead(200, {
          'Content-Type': 'image/jpeg',
          'Content-Disposition': 'attachment; filename="门岗.jpg"'.replace('门岗', 'gate'),
        });
        return void res.end(file);
      }
      res.writeHead(200, { 'Content-Type': 'application/json' });
      return void res.end(JSON.stringify({ errcode: 40007, errmsg: 'invalid media_id' }));
    }
    if (path.startsWith('file/')) return void res.end(media.get(path));
    const answer =
      fault !== undefined && typeof fault === 'object'
        ? { ...fault, errmsg: 'as the test wants' }
        : answerOf(path, url.searchParams, body);
    if (fault === 'lose') return void req.socket.destroy();
    res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' });
    res.end(JSON.stringify(answer));
  };

  const http = createServer((req, res) => {
    serve(req, res).catch((error) => res.writeHead(500).end(String(error)));
  });

  // ---- the bot ----

  const bot = (cmd: string, body: Json): Json => {
    if (cmd === 'ping') return {};
    if (cmd === 'aibot_send_msg') {
      const { chatid, chat_type, ...message } = body;
      if (chat_type !== 1 && chat_type !== 2) return { errcode: 40058 };
      if (messageFaults(message, botDialect).length > 0)
        return { errcode: 40058, errmsg: String(messageFaults(message, botDialect)) };
      const task = (message.template_card as Json | undefined)?.task_id;
      if (task !== undefined && botTasks.has(String(task))) return { errcode: 42014, errmsg: 'taskid has existed' };
      if (task !== undefined) botTasks.add(String(task));
      seen.push({ chat: String(chatid), by: 'bot', body: message });
      return {};
    }
    if (cmd === 'aibot_respond_update_msg') {
      const card = body.template_card as Json;
      if (cardFaults(card, botDialect).length > 0) return { errcode: 40058 };
      changes.push({ userIds: (body.userids as string[] | undefined) ?? null, card });
      return {};
    }
    return { errcode: 846605 };
  };

  const wss = new WebSocketServer({ server: http });
  wss.on('connection', (socket) => {
    let known = false;
    socket.on('close', () => {
      if (live === socket) live = null;
    });
    socket.on('message', (data) => {
      const {
        cmd,
        headers,
        body = {},
      } = JSON.parse(String(data)) as { cmd: string; headers: { req_id: string }; body?: Json };
      frames.push({ cmd, body });
      const fault = take(cmd);
      const reply = (answer: Json) => socket.send(JSON.stringify({ headers, errcode: 0, errmsg: 'ok', ...answer }));
      if (fault === 'drop') return socket.terminate();
      if (cmd === 'aibot_subscribe') {
        subscribed += 1;
        if (server.mute) return;
        if (typeof fault === 'object' && 'errcode' in fault) return reply({ ...fault });
        if (body.bot_id !== BOT_ID || body.secret !== BOT_SECRET)
          return reply({ errcode: 853000, errmsg: 'invalid bot_id or secret' });
        if (live && live !== socket) {
          const event = { msgtype: 'event', msgid: next('kick'), event: { eventtype: 'disconnected_event' } };
          live.send(JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id: next('r') }, body: event }));
        }
        live = socket;
        known = true;
        return reply({});
      }
      if (!known) return reply({ errcode: 846609, errmsg: 'not subscribed' });
      if (server.mute) return;
      const answered = answers.get(headers.req_id);
      const answer = typeof fault === 'object' && 'errcode' in fault ? { ...fault } : bot(cmd, body);
      if (fault === 'lose') return;
      reply(answer);
      if (answered) {
        answers.delete(headers.req_id);
        answered({ cmd, ...body });
      }
    });
  });

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;

  const server: WecomServer = {
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    seen,
    changes,
    frames,
    calls,
    media,
    mobiles,
    mute: false,
    fail: (path, ...some) => void faults.set(path, [...(faults.get(path) ?? []), ...some]),
    endTokens: () => {
      generation += 1;
    },
    newCode: () => {
      const code = next('press');
      codes.add(code);
      return code;
    },
    subscriptions: () => subscribed,
    connected: () => live !== null,
    botCallback: (cmd, body, ms = 1_000) => {
      const reqId = next('req');
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          answers.delete(reqId);
          resolve(null);
        }, ms);
        answers.set(reqId, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        live?.send(JSON.stringify({ cmd, headers: { req_id: reqId }, body }));
      });
    },
    cut: () => live?.terminate(),
    kick: () => {
      const event = { msgtype: 'event', msgid: next('kick'), event: { eventtype: 'disconnected_event' } };
      live?.send(JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id: next('r') }, body: event }));
    },
    shownIn: (chat) => seen.filter((one) => one.chat === chat).map((one) => JSON.stringify(one.body)),
    reset: () => {
      for (const list of [seen, changes, frames, calls]) list.length = 0;
      for (const map of [faults, repeats, botTasks]) map.clear();
      server.mute = false;
    },
    close: async () => {
      for (const client of wss.clients) client.terminate();
      wss.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
};
