// Calls of the self-built app (自建应用) and nothing else: token, messages, card updates, group chats of the app, media,
// identities. HTTP 200 with an errcode is a refusal. Throws ChannelRefused and ChannelUnreachable.
import type * as z from 'zod';
import { ChannelRefused, ChannelUnreachable } from '../../ports.ts';
import { request } from '../http.ts';
import { makeTokenCache } from '../token-cache.ts';
import {
  agentAnswer,
  answerHead,
  callbackIpsAnswer,
  chatAnswer,
  emptyAnswer,
  loginAnswer,
  plainIdsAnswer,
  sentAnswer,
  tokenAnswer,
  updatedAnswer,
  uploadedAnswer,
  userIdAnswer,
} from './payloads.ts';
import { isTokenRefusal, refusal } from './refusals.ts';

export interface AppSettings {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly apiBase: string;
}

export interface Media {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

type MediaKind = 'image' | 'voice' | 'video' | 'file';
type Json = Readonly<Record<string, unknown>>;

interface Call<S extends z.ZodType> {
  readonly what: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** A plain object goes as JSON, a form as it is; without one it is a GET. */
  readonly body?: Json | FormData;
  readonly answer: S;
}

const TIMEOUT_MS = 10_000;
const MEDIA_TIMEOUT_MS = 30_000;
const MOST_JSON = 1_000_000;
const MOST_MEDIA = 20 * 1024 * 1024;
/** A wrong secret asked with again and again locks our address out for an hour. */
const TOKEN_REST_MS = 60_000;

export type AppClient = ReturnType<typeof makeAppClient>;

export const makeAppClient = (settings: AppSettings, { now = Date.now }: { readonly now?: () => number } = {}) => {
  const address = (path: string, query: Readonly<Record<string, string>>): URL => {
    const url = new URL(`${settings.apiBase}/cgi-bin/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  };

  /** https://developer.work.weixin.qq.com/document/path/91039 */
  const fetchToken = async () => {
    const query = { corpid: settings.corpId, corpsecret: settings.secret };
    const answer = await ask({ what: 'gettoken', path: 'gettoken', query, answer: tokenAnswer });
    return { value: answer.access_token, lifeSeconds: answer.expires_in };
  };
  const tokens = makeTokenCache(fetchToken, { isOver: isTokenRefusal, now, restMs: TOKEN_REST_MS });

  const ask = async <S extends z.ZodType>(call: Call<S>, token?: string): Promise<z.output<S>> => {
    const { what, path, query = {}, body } = call;
    const form = body instanceof FormData;
    const response = await request(
      address(path, token === undefined ? query : { access_token: token, ...query }),
      body === undefined ? {} : { method: 'POST', body: form ? body : JSON.stringify(body), headers: form ? {} : json },
      { what, timeoutMs: form ? MEDIA_TIMEOUT_MS : TIMEOUT_MS, mostBytes: MOST_JSON },
    );
    return readAnswer(call, response.bytes, [settings.secret, token ?? '']);
  };

  const call = <S extends z.ZodType>(one: Call<S>): Promise<z.output<S>> =>
    tokens.use(one.what, (token) => ask(one, token));

  return {
    /** Throws what gettoken answers: the first thing to look at when nothing goes out. */
    async checkToken(): Promise<void> {
      await tokens.get();
    },

    /** https://developer.work.weixin.qq.com/document/path/90236 — the answer may name receivers that were left out. */
    async sendMessage(message: Json) {
      const body = { agentid: settings.agentId, ...message };
      return call({ what: 'message/send', path: 'message/send', body, answer: sentAnswer });
    },

    /** https://developer.work.weixin.qq.com/document/path/94867 — within 24 hours. */
    async recall(msgid: string): Promise<void> {
      await call({ what: 'message/recall', path: 'message/recall', body: { msgid }, answer: emptyAnswer });
    },

    /** https://developer.work.weixin.qq.com/document/path/94888 — each response code once, within 72 hours. */
    async updateCard(update: Json) {
      const body = { agentid: settings.agentId, ...update };
      return call({
        what: 'update_template_card',
        path: 'message/update_template_card',
        body,
        answer: updatedAnswer,
      });
    },

    /** https://developer.work.weixin.qq.com/document/path/90245 — a group of the app itself, of 2 to 2000 members. */
    async createChat(chat: { readonly name: string; readonly owner?: string; readonly userlist: readonly string[] }) {
      return call({ what: 'appchat/create', path: 'appchat/create', body: chat, answer: chatAnswer });
    },

    /** https://developer.work.weixin.qq.com/document/path/90248 — only groups that the app created; no cards. */
    async sendToChat(message: Json): Promise<void> {
      await call({ what: 'appchat/send', path: 'appchat/send', body: message, answer: emptyAnswer });
    },

    /** https://developer.work.weixin.qq.com/document/path/90253 — kept for three days. */
    async uploadMedia(kind: MediaKind, { name, type, bytes }: Media): Promise<string> {
      const body = new FormData();
      body.set('media', new File([new Uint8Array(bytes)], name, { type }));
      const answer = await call({
        what: 'media/upload',
        path: 'media/upload',
        query: { type: kind },
        body,
        answer: uploadedAnswer,
      });
      return answer.media_id;
    },

    /** https://developer.work.weixin.qq.com/document/path/90254 — bytes, or JSON with an errcode. */
    async downloadMedia(mediaId: string): Promise<Media> {
      const once = async (token: string): Promise<Media> => {
        const { bytes, headers } = await request(
          address('media/get', { access_token: token, media_id: mediaId }),
          {},
          { what: 'media/get', timeoutMs: MEDIA_TIMEOUT_MS, mostBytes: MOST_MEDIA },
        );
        const type = headers.get('content-type') ?? '';
        if (/json|text\/plain/.test(type)) {
          readAnswer({ what: 'media/get', answer: emptyAnswer }, bytes, [token]);
          throw new ChannelRefused('unreadable', 'media/get: no media in the answer', { fatal: true });
        }
        return { name: fileNameOf(headers) ?? mediaId.slice(0, 40), type, bytes };
      };
      return tokens.use('media/get', once);
    },

    /** https://developer.work.weixin.qq.com/document/path/95402 — wrong numbers in bulk block it for a day: never guess. */
    async userIdByMobile(mobile: string): Promise<string | null> {
      try {
        const answer = await call({
          what: 'user/getuserid',
          path: 'user/getuserid',
          body: { mobile },
          answer: userIdAnswer,
        });
        return answer.userid;
      } catch (error) {
        if (error instanceof ChannelRefused && error.code === '46004') return null;
        throw error;
      }
    },

    /** https://developer.work.weixin.qq.com/document/path/91023 — whose login this code is; null for no member of the corp. */
    async userIdByLogin(code: string): Promise<string | null> {
      const answer = await call({
        what: 'auth/getuserinfo',
        path: 'auth/getuserinfo',
        query: { code },
        answer: loginAnswer,
      });
      return answer.userid ?? null;
    },

    /** https://developer.work.weixin.qq.com/document/path/101521 — ids of a bot whose maker is no super administrator. */
    async plainUserId(openUserId: string): Promise<string | null> {
      const answer = await call({
        what: 'openuserid_to_userid',
        path: 'batch/openuserid_to_userid',
        body: { open_userid_list: [openUserId] },
        answer: plainIdsAnswer,
      });
      return answer.userid_list.find((pair) => pair.open_userid === openUserId)?.userid ?? null;
    },

    /** https://developer.work.weixin.qq.com/document/path/90227 — the app as the admin console has it: how many are in its range. */
    async agent() {
      const query = { agentid: String(settings.agentId) };
      const answer = await call({ what: 'agent/get', path: 'agent/get', query, answer: agentAnswer });
      return {
        name: answer.name,
        close: answer.close !== 0,
        people: answer.allow_userinfos.user.length,
        parties: answer.allow_partys.partyid.length,
        tags: answer.allow_tags.tagid.length,
      };
    },

    /** https://developer.work.weixin.qq.com/document/path/90930 — where callbacks come from. */
    async callbackIps(): Promise<readonly string[]> {
      return (await call({ what: 'getcallbackip', path: 'getcallbackip', answer: callbackIpsAnswer })).ip_list;
    },
  };
};

const json = { 'Content-Type': 'application/json; charset=utf-8' };

/** The answer's fields once its errcode says that all is well. An answer that cannot be read leaves the outcome open. */
export const readAnswer = <S extends z.ZodType>(
  { what, answer }: Pick<Call<S>, 'what' | 'answer'>,
  bytes: Uint8Array,
  secrets: readonly string[],
): z.output<S> => {
  const unreadable = () => new ChannelUnreachable(`${what}: the answer cannot be read`, true);
  let said: unknown;
  try {
    said = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw unreadable();
  }
  const head = answerHead.safeParse(said);
  if (!head.success) throw unreadable();
  if (head.data.errcode !== 0) throw refusal(head.data.errcode, `${what}: ${head.data.errmsg}`, secrets);
  const read = answer.safeParse(said);
  if (!read.success) throw unreadable();
  return read.data;
};

/** The name in `Content-Disposition`, in either spelling. */
export const fileNameOf = (headers: Headers): string | null => {
  const disposition = headers.get('content-disposition') ?? '';
  const encoded = /filename\*=(?:UTF-8'[^']*')?([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  try {
    return encoded ? decodeURIComponent(encoded.trim()) : (plain ?? null);
  } catch {
    return plain ?? null;
  }
};
