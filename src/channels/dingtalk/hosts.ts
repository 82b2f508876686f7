// DingTalk's new host (api) and its old one (oapi): asked in turn, counted, with a token that is renewed once. Not only HTTP
// says no: an errcode inside a 200 does too. Throws ChannelRefused and ChannelUnreachable.
import type * as z from 'zod';
import { ChannelRefused, ChannelUnreachable } from '../../ports.ts';
import { request } from '../http.ts';
import { makeTokenCache } from '../token-cache.ts';
import { apiRefusal, oapiHead, tokenAnswer } from './payloads.ts';
import { isTokenRefusal, isTooFast, refusal } from './refusals.ts';

export interface HostSettings {
  readonly clientId: string;
  readonly clientSecret: string;
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
export const TIMEOUT_MS = 8_000;
export const MEDIA_TIMEOUT_MS = 30_000;
export const MOST_JSON = 1_000_000;
const TOKEN_REST_MS = 30_000;
const BLOCKED_SECONDS = 300;

export const makeHosts = (
  { clientId, clientSecret, apiBase, oapiBase }: HostSettings,
  meter: Meter,
  now: () => number,
) => {
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
  const tokens = makeTokenCache(fetchToken, { isOver: isTokenRefusal, now, restMs: TOKEN_REST_MS });

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

  /** In its turn, counted, and with a token that DingTalk ended early renewed once. */
  const call = <S extends z.ZodType>(
    one: Call<S>,
    ask: (one: Call<S>, token: string) => Promise<z.output<S>> = askApi,
  ): Promise<z.output<S>> => tokens.use(one.what, (token) => metered(one, () => ask(one, token)));

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
    askApi,
    askOapi,
    call,
    /** Throws what the token call answers. */
    async checkToken(): Promise<void> {
      await tokens.get();
    },
  };
};

/** Without `Accept` the gateway answers in XML. */
export const json = { 'Content-Type': 'application/json', Accept: 'application/json' };

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

export const readOapi = <S extends z.ZodType>(
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
