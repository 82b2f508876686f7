// Calls of the app (企业自建应用) and nothing else: token, messages, cards for one person in a group, files. HTTP 4xx and
// HTTP 200 with a code are refusals. Throws ChannelRefused and ChannelUnreachable.
import type * as z from 'zod';
import { ChannelRefused, ChannelUnreachable } from '../../ports.ts';
import { request } from '../http.ts';
import { makeTokenCache } from '../token-cache.ts';
import { answerHead, botAnswer, emptyAnswer, messageAnswer, sentAnswer, tokenAnswer } from './payloads.ts';
import { isTokenRefusal, refusal } from './refusals.ts';

export interface ClientConfig {
  readonly appId: string;
  readonly appSecret: string;
  readonly apiBase: string;
}

/** What a message is made of, before it is written as a string into the request. */
export interface Content {
  readonly type: 'text' | 'interactive';
  readonly body: object;
}

export interface Receiver {
  readonly kind: 'chat_id' | 'open_id';
  readonly id: string;
}

export interface SentFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

interface Call<S extends z.ZodType> {
  readonly what: string;
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: object;
  readonly answer: S;
}

const TIMEOUT_MS = 10_000;
const FILE_TIMEOUT_MS = 30_000;
const MOST_JSON = 1_000_000;
const MOST_FILE = 20 * 1024 * 1024;

export type FeishuClient = ReturnType<typeof makeFeishuClient>;

export const makeFeishuClient = ({ appId, appSecret, apiBase }: ClientConfig) => {
  /** https://open.feishu.cn/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/tenant_access_token_internal */
  const fetchToken = async () => {
    const answer = await ask({
      what: 'tenant_access_token',
      method: 'POST',
      path: 'auth/v3/tenant_access_token/internal',
      body: { app_id: appId, app_secret: appSecret },
      answer: tokenAnswer,
    });
    return { value: answer.tenant_access_token, lifeSeconds: answer.expire };
  };
  const tokens = makeTokenCache(fetchToken, { isOver: isTokenRefusal });

  const fetchBytes = (call: Omit<Call<z.ZodType>, 'answer'>, token: string | null, most: number, timeoutMs: number) =>
    request(
      new URL(`${apiBase}/open-apis/${call.path}`),
      {
        method: call.method ?? 'GET',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(call.body ? { body: JSON.stringify(call.body) } : {}),
      },
      { what: call.what, timeoutMs, mostBytes: most, refusalsHaveBodies: true },
    );

  const ask = async <S extends z.ZodType>(call: Call<S>, token: string | null = null): Promise<z.output<S>> =>
    readAnswer(call, await fetchBytes(call, token, MOST_JSON, TIMEOUT_MS), [appSecret, token ?? '']);

  const call = <S extends z.ZodType>(one: Call<S>): Promise<z.output<S>> =>
    tokens.use(one.what, (token) => ask(one, token));

  return {
    /** Our own account: https://open.feishu.cn/document/ukTMukTMukTM/uAjMxEjLwITMx4CMyETM */
    async me(): Promise<string> {
      const { bot } = await call({ what: 'bot/info', path: 'bot/v3/info', answer: botAnswer });
      return bot.open_id;
    },

    /** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create — one message for one `uuid` in an hour. */
    async send({ kind, id }: Receiver, { type, body }: Content, uuid: string): Promise<string> {
      const { data } = await call({
        what: 'message/create',
        method: 'POST',
        path: `im/v1/messages?receive_id_type=${kind}`,
        body: { receive_id: id, msg_type: type, content: JSON.stringify(body), uuid },
        answer: sentAnswer,
      });
      return data.message_id;
    },

    /** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/patch — within 14 days. */
    async edit(message: string, card: object): Promise<void> {
      await call({
        what: 'message/patch',
        method: 'PATCH',
        path: `im/v1/messages/${encodeURIComponent(message)}`,
        body: { content: JSON.stringify(card) },
        answer: emptyAnswer,
      });
    },

    /** A card that one member of a group sees: https://open.feishu.cn/document/ukTMukTMukTM/uETOyYjLxkjM24SM5IjN */
    async whisper(group: string, receiver: string, card: object): Promise<void> {
      await call({
        what: 'ephemeral/send',
        method: 'POST',
        path: 'ephemeral/v1/send',
        body: { chat_id: group, open_id: receiver, msg_type: 'interactive', card },
        answer: emptyAnswer,
      });
    },

    /** https://open.feishu.cn/document/ukTMukTMukTM/uITOyYjLykjM24iM5IjN */
    async takeBackWhisper(message: string): Promise<void> {
      await call({
        what: 'ephemeral/delete',
        method: 'POST',
        path: 'ephemeral/v1/delete',
        body: { message_id: message },
        answer: emptyAnswer,
      });
    },

    /** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/get — null where nothing is to be had. */
    async message(id: string): Promise<{ readonly type: string; readonly content: string } | null> {
      const { data } = await call({
        what: 'message/get',
        path: `im/v1/messages/${encodeURIComponent(id)}?card_msg_content_type=user_card_content`,
        answer: messageAnswer,
      });
      const [item] = data.items;
      return item ? { type: item.msg_type, content: item.body.content } : null;
    },

    /** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-resource/get — bytes, or JSON with a code. */
    download: (message: string, key: string, kind: 'image' | 'file'): Promise<SentFile> =>
      tokens.use('message/resource', async (token) => {
        const path = `im/v1/messages/${encodeURIComponent(message)}/resources/${encodeURIComponent(key)}?type=${kind}`;
        const response = await fetchBytes({ what: 'message/resource', path }, token, MOST_FILE, FILE_TIMEOUT_MS);
        const type = response.headers.get('content-type') ?? '';
        if (response.status !== 200 || type.includes('json')) {
          readAnswer({ what: 'message/resource', answer: emptyAnswer }, response, [token]);
          throw new ChannelRefused('unreadable', 'message/resource: no file in the answer', { fatal: true });
        }
        return { type: type.split(';')[0] ?? '', bytes: response.bytes };
      }),
  };
};

/** The answer's fields once its code says that all is well. An answer that cannot be read leaves the outcome open. */
const readAnswer = <S extends z.ZodType>(
  { what, answer }: Pick<Call<S>, 'what' | 'answer'>,
  { status, headers, bytes }: Awaited<ReturnType<typeof request>>,
  secrets: readonly string[],
): z.output<S> => {
  const said = parsed(bytes);
  const head = answerHead.safeParse(said);
  if (!head.success) {
    if (status >= 400) throw new ChannelRefused(`http-${status}`, `${what}: HTTP ${status}`, { fatal: status !== 429 });
    throw new ChannelUnreachable(`${what}: the answer cannot be read`, true);
  }
  const { code, msg } = head.data;
  if (code !== 0) {
    const reset = Number(headers.get('x-ogw-ratelimit-reset'));
    throw refusal(code, `${what}: ${msg}`, { secrets, ...(reset > 0 ? { resetSeconds: reset } : {}) });
  }
  const read = answer.safeParse(said);
  if (!read.success) throw new ChannelUnreachable(`${what}: the answer cannot be read`, true);
  return read.data;
};

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
};
