// Calls of DingTalk's new host (api) and its old one (oapi), and nothing else. Not only HTTP says no: an errcode inside a
// 200, `success: false`, and lists of people who were left out do too. Throws ChannelRefused and ChannelUnreachable.
import type * as z from 'zod';
import { ChannelRefused, ChannelUnreachable } from '../../ports.ts';
import { request } from '../http.ts';
import { makeTokenCache } from '../token-cache.ts';
import { limits } from './limits.ts';
import {
  apiRefusal,
  deliveredAnswer,
  doneAnswer,
  downloadAnswer,
  emptyAnswer,
  gatewayAnswer,
  oapiHead,
  recalledAnswer,
  sentAnswer,
  sentToPeopleAnswer,
  tokenAnswer,
  topics,
  uploadedAnswer,
  userIdAnswer,
} from './payloads.ts';
import { isKnownCard, isTokenRefusal, isTooFast, refusal } from './refusals.ts';

export interface ClientSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly apiBase: string;
  readonly oapiBase: string;
}

/** What each call costs, in DingTalk's seconds and in its months. */
export interface Meter {
  /** Waits for its turn. Throws ChannelRefused when that would take long. */
  turn(): Promise<void>;
  /** DingTalk said that it was too fast. */
  rest(): Promise<void>;
  counted(): Promise<void>;
}

export type RobotBody = { readonly msgKey: string; readonly msgParam: string };

interface Call<S extends z.ZodType> {
  /** The path without the version, for errors. */
  readonly what: string;
  readonly method?: 'POST' | 'PUT';
  readonly path: string;
  readonly body: object;
  readonly query?: Readonly<Record<string, string>>;
  readonly answer: S;
  /** Contact calls, tokens and connections cost nothing (docs 1432). */
  readonly free?: boolean;
}

/** DingTalk itself gives up after three seconds. */
const TIMEOUT_MS = 8_000;
const MEDIA_TIMEOUT_MS = 30_000;
const MOST_JSON = 1_000_000;
export const MOST_MEDIA = 20 * 1024 * 1024;
const TOKEN_REST_MS = 30_000;
const BLOCKED_SECONDS = 300;

export type DingtalkClient = ReturnType<typeof makeDingtalkClient>;

export const makeDingtalkClient = (
  settings: ClientSettings,
  meter: Meter,
  { now = Date.now }: { readonly now?: () => number } = {},
) => {
  const { clientId, clientSecret, robotCode, apiBase, oapiBase } = settings;

  // ---- asking ----

  const askApi = async <S extends z.ZodType>(call: Omit<Call<S>, 'query'>, token?: string): Promise<z.output<S>> => {
    const { what, method = 'POST', path, body } = call;
    const headers = { ...json, ...(token === undefined ? {} : { 'x-acs-dingtalk-access-token': token }) };
    const { status, bytes } = await request(
      new URL(`${apiBase}/v1.0/${path}`),
      { method, headers, body: JSON.stringify(body) },
      { what, timeoutMs: TIMEOUT_MS, mostBytes: MOST_JSON, refusalsHaveBodies: true },
    );
    const said = parsed(bytes);
    if (status >= 400) throw apiFault(what, status, said, [clientSecret, token ?? '']);
    return fieldsOf(what, call.answer, said);
  };

  /** https://open.dingtalk.com/document/orgapp/obtain-the-access_token-of-an-internal-app */
  const fetchToken = async () => {
    const body = { appKey: clientId, appSecret: clientSecret };
    const { accessToken, expireIn } = await askApi({
      what: 'accessToken',
      path: 'oauth2/accessToken',
      body,
      answer: tokenAnswer,
    });
    return { value: accessToken, lifeSeconds: expireIn };
  };
  const tokens = makeTokenCache(fetchToken, { now, restMs: TOKEN_REST_MS });

  /** The old host takes the token in its address. */
  const askOapi = async <S extends z.ZodType>(call: Call<S>, token: string): Promise<z.output<S>> => {
    const { what, path, body, query = {} } = call;
    const url = new URL(`${oapiBase}/${path}`);
    for (const [name, value] of Object.entries({ access_token: token, ...query })) url.searchParams.set(name, value);
    const form = body instanceof FormData;
    const { bytes } = await request(
      url,
      { method: 'POST', headers: form ? {} : json, body: form ? body : JSON.stringify(body) },
      { what, timeoutMs: form ? MEDIA_TIMEOUT_MS : TIMEOUT_MS, mostBytes: MOST_JSON },
    );
    return readOapi(what, call.answer, bytes, [clientSecret, token]);
  };

  /** Without a token nothing of the message has left, however the asking for it ended. */
  const withToken = async (what: string): Promise<string> => {
    try {
      return await tokens.get();
    } catch (error) {
      if (error instanceof ChannelUnreachable) throw new ChannelUnreachable(`${what}: ${error.message}`, false);
      throw error;
    }
  };

  /** In its turn, counted, and with a token that DingTalk ended early renewed once. */
  const call = async <S extends z.ZodType>(
    one: Call<S>,
    ask: (one: Call<S>, token: string) => Promise<z.output<S>> = askApi,
  ): Promise<z.output<S>> => {
    const token = await withToken(one.what);
    try {
      return await metered(one, () => ask(one, token));
    } catch (error) {
      if (!(error instanceof ChannelRefused) || !isTokenRefusal(error.code)) throw error;
      tokens.drop(token);
      const fresh = await withToken(one.what);
      return metered(one, () => ask(one, fresh));
    }
  };

  const metered = async <T>({ free = false }: Pick<Call<z.ZodType>, 'free'>, work: () => Promise<T>): Promise<T> => {
    if (!free) await meter.turn();
    try {
      const done = await work();
      if (!free) await meter.counted();
      return done;
    } catch (error) {
      const tooFast = error instanceof ChannelRefused && isTooFast(error.code);
      if (tooFast) await meter.rest();
      else if (!free && !(error instanceof ChannelUnreachable && !error.mayHaveArrived)) await meter.counted();
      throw error;
    }
  };

  return {
    /** Throws what the token call answers: the first thing to look at when nothing goes out. */
    async checkToken(): Promise<void> {
      await tokens.get();
    },

    // ---- robot messages ----

    /** https://open.dingtalk.com/document/orgapp/the-robot-sends-a-group-message — the answer is the handle for recall. */
    async sendToGroup(openConversationId: string, body: RobotBody): Promise<string> {
      const { processQueryKey } = await call({
        what: 'groupMessages/send',
        path: 'robot/groupMessages/send',
        body: { robotCode, openConversationId, ...body },
        answer: sentAnswer,
      });
      return processQueryKey;
    },

    /**
     * https://open.dingtalk.com/document/orgapp/chatbots-send-one-on-one-chat-messages-in-batches — HTTP 200 is not
     * delivered: `gone` cannot be written to, `later` have had enough for now.
     */
    async sendToPeople(userIds: readonly string[], body: RobotBody) {
      const keys: string[] = [];
      const gone: string[] = [];
      const later: string[] = [];
      for (let from = 0; from < userIds.length; from += limits.people) {
        const answer = await call({
          what: 'oToMessages/batchSend',
          path: 'robot/oToMessages/batchSend',
          body: { robotCode, userIds: userIds.slice(from, from + limits.people), ...body },
          answer: sentToPeopleAnswer,
        });
        if (answer.processQueryKey !== '') keys.push(answer.processQueryKey);
        gone.push(...(answer.invalidStaffIdList ?? []));
        later.push(...(answer.flowControlledStaffIdList ?? []));
      }
      return { keys, gone, later };
    },

    /** https://open.dingtalk.com/document/orgapp/enterprise-chatbot-withdraws-internal-group-messages — within 24 h; keys that stay, with the reason of each. */
    async recall(where: { readonly group: string } | 'people', processQueryKeys: readonly string[]) {
      const failed: Record<string, string> = {};
      for (let from = 0; from < processQueryKeys.length; from += limits.recalls) {
        const keys = processQueryKeys.slice(from, from + limits.recalls);
        const { failedResult } = await call({
          what: 'recall',
          path: where === 'people' ? 'robot/otoMessages/batchRecall' : 'robot/groupMessages/recall',
          body: {
            robotCode,
            processQueryKeys: keys,
            ...(where === 'people' ? {} : { openConversationId: where.group }),
          },
          answer: recalledAnswer,
        });
        Object.assign(failed, failedResult);
      }
      return failed;
    },

    /** https://open.dingtalk.com/document/orgapp/custom-robot-access — the address is a secret and in no error. */
    async sayInSession(sessionWebhook: string, body: object): Promise<void> {
      await meter.turn();
      const what = 'sendBySession';
      const { bytes } = await request(
        new URL(sessionWebhook),
        { method: 'POST', headers: json, body: JSON.stringify(body) },
        { what, timeoutMs: TIMEOUT_MS, mostBytes: MOST_JSON },
      );
      readOapi(what, emptyAnswer, bytes, [sessionWebhook]);
    },

    // ---- interactive cards ----

    /**
     * https://open.dingtalk.com/document/orgapp/create-and-deliver-cards — every layer of the answer may say no. The
     * handle of the delivered message; empty when a card under this id stood there before.
     */
    async deliverCard(card: object): Promise<{ readonly carrierId: string } | { readonly failed: string }> {
      try {
        const { success, result } = await call({
          what: 'createAndDeliver',
          path: 'card/instances/createAndDeliver',
          body: card,
          answer: deliveredAnswer,
        });
        const results = result?.deliverResults ?? [];
        const bad = results.find((one) => one.success === false);
        if (bad) return { failed: bad.errorMsg };
        if (success === false) return { failed: 'success: false' };
        return { carrierId: results[0]?.carrierId ?? '' };
      } catch (error) {
        if (error instanceof ChannelRefused && isKnownCard(error.code)) return { carrierId: '' };
        throw error;
      }
    },

    /** https://open.dingtalk.com/document/orgapp/interactive-card-update-interface — by key, or all other variables go. */
    async updateCard(update: object): Promise<void> {
      const { success } = await call({
        what: 'updateCard',
        method: 'PUT',
        path: 'card/instances',
        body: {
          ...update,
          cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
          userIdType: 1,
        },
        answer: doneAnswer,
      });
      if (success === false) throw new ChannelRefused('not-updated', 'updateCard: success: false', { fatal: true });
    },

    /** https://open.dingtalk.com/document/orgapp/register-card-callback-address — HTTP mode only. */
    async registerCardCallback(callbackRouteKey: string, callbackUrl: string, apiSecret: string): Promise<void> {
      const { success } = await call({
        what: 'callbacks/register',
        path: 'card/callbacks/register',
        body: { callbackRouteKey, callbackUrl, apiSecret, forceUpdate: true },
        answer: doneAnswer,
        free: true,
      });
      if (success === false) throw new ChannelRefused('not-registered', 'callbacks/register: success: false');
    },

    // ---- files ----

    /** https://open.dingtalk.com/document/orgapp/download-the-file-content-of-the-robot-receiving-message — at once. */
    async fetchFile(downloadCode: string): Promise<{ readonly type: string; readonly bytes: Uint8Array }> {
      const { downloadUrl } = await call({
        what: 'messageFiles/download',
        path: 'robot/messageFiles/download',
        body: { downloadCode, robotCode },
        answer: downloadAnswer,
      });
      const { headers, bytes } = await request(
        new URL(downloadUrl),
        {},
        { what: 'a file', timeoutMs: MEDIA_TIMEOUT_MS, mostBytes: MOST_MEDIA },
      );
      return { type: headers.get('content-type') ?? '', bytes };
    },

    /** https://open.dingtalk.com/document/orgapp/upload-media-files — the id does not expire. */
    async upload(kind: 'image' | 'file', name: string, type: string, bytes: Uint8Array): Promise<string> {
      const body = new FormData();
      body.set('media', new File([new Uint8Array(bytes)], name, { type }));
      const { media_id } = await call(
        { what: 'media/upload', path: 'media/upload', query: { type: kind }, body, answer: uploadedAnswer },
        askOapi,
      );
      return media_id;
    },

    // ---- who is who ----

    /** https://open.dingtalk.com/document/orgapp/query-users-by-phone-number — null for nobody of the corp. */
    async userIdByMobile(mobile: string): Promise<string | null> {
      try {
        const path = 'topapi/v2/user/getbymobile';
        const { result } = await call(
          { what: 'getbymobile', path, body: { mobile }, answer: userIdAnswer, free: true },
          askOapi,
        );
        return result.userid;
      } catch (error) {
        if (error instanceof ChannelRefused && ['60121', '40104'].includes(error.code)) return null;
        throw error;
      }
    },

    // ---- Stream ----

    /** https://opensource.dingtalk.com/developerpedia/docs/learn/stream/protocol — the ticket is good for one connection within 90 s. */
    async openStream(): Promise<{ readonly endpoint: string; readonly ticket: string }> {
      return askApi({
        what: 'connections/open',
        path: 'gateway/connections/open',
        body: {
          clientId,
          clientSecret,
          ua: 'dudao-sdk-nodejs/1.0.0',
          subscriptions: [
            { type: 'CALLBACK', topic: topics.robot },
            { type: 'CALLBACK', topic: topics.card },
          ],
        },
        answer: gatewayAnswer,
      });
    },
  };
};

/** Without `Accept` the gateway answers in XML. */
const json = { 'Content-Type': 'application/json', Accept: 'application/json' };

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
};

/** An answer that cannot be read leaves the outcome open. */
const fieldsOf = <S extends z.ZodType>(what: string, answer: S, said: unknown): z.output<S> => {
  const read = answer.safeParse(said);
  if (!read.success) throw new ChannelUnreachable(`${what}: the answer cannot be read`, true);
  return read.data;
};

/** A 4xx says its code; one without is the guard before DingTalk, which shuts out whole addresses for minutes. */
const apiFault = (what: string, status: number, said: unknown, secrets: readonly string[]): Error => {
  const fault = apiRefusal.safeParse(said);
  if (!fault.success) {
    const text = `${what}: HTTP ${status} without a code`;
    return new ChannelRefused('blocked', text, { retryAfterSeconds: BLOCKED_SECONDS });
  }
  const { code, message, accessdenieddetail } = fault.data;
  const scopes = accessdenieddetail?.requiredScopes ?? [];
  const missing = scopes.length === 0 ? '' : ` (missing permissions: ${scopes.join(', ')})`;
  return refusal(code, `${what}: ${message}${missing}`, secrets);
};

const readOapi = <S extends z.ZodType>(
  what: string,
  answer: S,
  bytes: Uint8Array,
  secrets: readonly string[],
): z.output<S> => {
  const said = parsed(bytes);
  const { errcode, errmsg } = fieldsOf(what, oapiHead, said);
  if (errcode !== '0') throw refusal(errcode, `${what}: ${errmsg}`, secrets);
  return fieldsOf(what, answer, said);
};
