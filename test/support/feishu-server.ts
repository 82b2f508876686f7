// Feishu's open platform as far as our app goes: keeps messages, knows a uuid when it comes again, enforces the documented
// limits, and fails when a test wants it. Speaks the wire format over real HTTP.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cardFaults, MOST_CARD_BYTES } from './feishu-limits.ts';

export const APP_ID = 'cli_a5fb0ae6a4dudao';
export const APP_SECRET = 'an-app-secret-that-must-not-be-said';
export const BOT = 'ou_bot';

export type Json = Record<string, unknown>;

export interface ServedMessage {
  readonly id: string;
  /** A group, or the account of a private chat. */
  readonly chat: string;
  /** Set for a card that only this member of the group sees. */
  readonly receiver: string | null;
  readonly type: string;
  body: Json;
}

export interface Call {
  readonly path: string;
  readonly method: string;
  readonly body: Json;
}

interface Reply {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** What goes wrong with one call: an answer, or a broken connection. */
type Fault = Reply | 'drop';

export const refusal = (code: number, msg: string, status = 400, headers: Record<string, string> = {}): Reply => ({
  status,
  body: { code, msg, error: { log_id: 'x' } },
  headers,
});

export interface FeishuServer {
  readonly url: string;
  readonly messages: ServedMessage[];
  readonly calls: Call[];
  readonly files: Map<string, Buffer>;
  /** Groups of topics, in which nobody can be shown a card alone. */
  readonly topicGroups: Set<string>;
  /** Tokens given out so far are not good any more. */
  endTokens(): void;
  failNext(path: RegExp, fault: Fault): void;
  shownIn(chat: string): string[];
  reset(): void;
  close(): Promise<void>;
}

export const startFeishuServer = async (): Promise<FeishuServer> => {
  const messages: ServedMessage[] = [];
  const calls: Call[] = [];
  const faults: { path: RegExp; fault: Fault }[] = [];
  const files = new Map<string, Buffer>();
  const topicGroups = new Set<string>();
  const uuids = new Map<string, string>();
  let tokens: string[] = [];
  let last = 0;

  const ok = (data: object = {}): Reply => ({ body: { code: 0, msg: 'success', data } });
  const next = (prefix: string): string => {
    last += 1;
    return `${prefix}${last}`;
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://feishu');
    const path = url.pathname.replace('/open-apis/', '');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = (text === '' ? {} : JSON.parse(text)) as Json;
    const method = request.method ?? '';
    calls.push({ path, method, body });
    const at = faults.findIndex((one) => one.path.test(path));
    const fault = at < 0 ? null : (faults.splice(at, 1)[0]?.fault ?? null);
    if (fault === 'drop') return void request.socket.destroy();
    const file = /^im\/v1\/messages\/[^/]+\/resources\/(.+)$/.exec(path)?.[1];
    const bytes = file === undefined ? undefined : files.get(file);
    if (!fault && bytes) {
      response.writeHead(200, { 'content-type': 'image/jpeg' });
      response.end(bytes);
      return;
    }
    const reply = fault ?? answer({ method, path, url, body, text }, request.headers.authorization ?? '');
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json; charset=utf-8', ...reply.headers });
    response.end(JSON.stringify(reply.body));
  };

  interface Asked extends Call {
    readonly url: URL;
    readonly text: string;
  }

  const answer = (asked: Asked, authorization: string): Reply => {
    const { method, path, url, body } = asked;
    if (path === 'auth/v3/tenant_access_token/internal') {
      if (body.app_id !== APP_ID || body.app_secret !== APP_SECRET) return refusal(10014, 'app secret invalid');
      const token = next('t-');
      tokens.push(token);
      return { body: { code: 0, msg: 'ok', tenant_access_token: token, expire: 7200 } };
    }
    if (!tokens.includes(authorization.replace('Bearer ', ''))) return refusal(99991663, 'Invalid access token');
    if (path === 'bot/v3/info') return { body: { code: 0, msg: 'ok', bot: { open_id: BOT, activate_status: 2 } } };
    if (path === 'im/v1/messages') return create(asked);
    if (path === 'ephemeral/v1/send') return whisper(asked);
    if (path === 'ephemeral/v1/delete') {
      const index = messages.findIndex((m) => m.id === body.message_id && m.receiver !== null);
      if (index < 0) return refusal(18051, 'message deleted');
      messages.splice(index, 1);
      return ok();
    }
    const message = messages.find((m) => path === `im/v1/messages/${m.id}`);
    if (path.includes('/resources/')) return refusal(234003, 'File not in message.');
    if (!message) return refusal(99992354, 'these ids not existed');
    if (method === 'GET' && url.searchParams.get('card_msg_content_type') === 'user_card_content')
      return ok({ items: [{ msg_type: message.type, body: { content: JSON.stringify(message.body) } }] });
    return patch(asked, message);
  };

  const create = ({ url, body, text }: Asked): Reply => {
    const kind = url.searchParams.get('receive_id_type');
    const chat = String(body.receive_id);
    if (kind !== (chat.startsWith('oc_') ? 'chat_id' : 'open_id')) return refusal(230034, 'The receive_id is invalid.');
    if (String(body.uuid).length > 50) return refusal(230001, 'invalid uuid');
    const known = uuids.get(String(body.uuid));
    if (known !== undefined) return ok({ message_id: known });
    const content = JSON.parse(String(body.content)) as Json;
    const fault = faultOf(String(body.msg_type), content, text);
    if (fault) return fault;
    const id = next('om_');
    uuids.set(String(body.uuid), id);
    messages.push({ id, chat, receiver: null, type: String(body.msg_type), body: content });
    return ok({ message_id: id });
  };

  const whisper = ({ body, text }: Asked): Reply => {
    if (topicGroups.has(String(body.chat_id))) return refusal(230001, 'topic chat is not supported');
    const card = body.card as Json;
    const fault = faultOf('interactive', card, text);
    if (fault) return fault;
    const id = next('om_');
    messages.push({ id, chat: String(body.chat_id), receiver: String(body.open_id), type: 'interactive', body: card });
    return ok({ message_id: id });
  };

  const patch = ({ body, text }: Asked, message: ServedMessage): Reply => {
    if (message.receiver !== null || message.type !== 'interactive') return refusal(230001, 'not a card');
    const content = JSON.parse(String(body.content)) as Json;
    const fault = faultOf('interactive', content, text);
    if (fault) return fault;
    message.body = content;
    return ok();
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    calls,
    files,
    topicGroups,
    endTokens() {
      tokens = [];
    },
    failNext: (path, fault) => void faults.push({ path, fault }),
    shownIn: (chat) => messages.filter((m) => m.chat === chat && m.receiver === null).map(({ body }) => wordsIn(body)),
    reset() {
      for (const list of [messages, calls, faults]) list.length = 0;
      uuids.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** What the real server would refuse; null when it would not. */
const faultOf = (type: string, content: Json, request: string): Reply | null => {
  if (type === 'text') {
    if (String(content.text).trim() === '') return refusal(230001, 'empty text');
    return Buffer.byteLength(request) > 150 * 1024 ? refusal(230025, 'length reaches its limit') : null;
  }
  if (Buffer.byteLength(request) > MOST_CARD_BYTES) return refusal(230025, 'length reaches its limit');
  const faults = cardFaults(content);
  return faults.length > 0 ? refusal(230099, `Failed to create card content, ext=${faults.join('; ')}`) : null;
};

/** Every word that a message shows. */
export const wordsIn = (body: Json): string => {
  const found: string[] = [];
  JSON.stringify(body, (name, value) => {
    if (name === 'summary') return undefined;
    if ((name === 'content' || name === 'text') && typeof value === 'string') found.push(value);
    return value;
  });
  return found.join('\n');
};

export interface ServedButton {
  readonly label: string;
  readonly value: Json;
  readonly inForm: boolean;
}

/** The buttons of a card that call us. */
export const buttonsOf = (card: Json): ServedButton[] => {
  const found: ServedButton[] = [];
  JSON.stringify(card, (_, part) => {
    if (part?.tag === 'button' && part.behaviors[0].type === 'callback')
      found.push({
        label: part.text.content,
        value: part.behaviors[0].value,
        inForm: part.form_action_type === 'submit',
      });
    return part;
  });
  return found;
};

/** The names of the card's inputs, by what they are. */
export const inputsOf = (card: Json): { tag: string; name: string; options: string[] }[] => {
  const found: { tag: string; name: string; options: string[] }[] = [];
  JSON.stringify(card, (_, part) => {
    if (['select_static', 'checker', 'input'].includes(part?.tag))
      found.push({
        tag: part.tag,
        name: part.name,
        options: (part.options ?? []).map((o: { value: string }) => o.value),
      });
    return part;
  });
  return found;
};
