// One call: a POST to exactly one address, which was judged before; no redirect is followed and little of the answer read.
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { WebhookDoor } from '../ports-webhooks.ts';
import { type Addresses, PRIVATE } from './addresses.ts';

/** What came of a call: a status, or in our own words why there is none. */
export type Answered =
  | { readonly status: number; readonly retryAfterSeconds: number | null }
  | { readonly status: null; readonly why: string };

export type Post = (url: string, body: string, headers: Readonly<Record<string, string>>) => Promise<Answered>;

/** Names of a proxy as the environment gives them; null: calls go straight. */
export type ProxyEnvironment = Readonly<Record<string, string>> | null;

const TIMEOUT_MS = 15_000;
const CONNECTIONS = 8;
/** An answer's body is of no use to us. */
const MOST_BYTES = 16 * 1024;
const MOST_RETRY_AFTER_SECONDS = 60 * 60;

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

export const webhookDoor = (addresses: Addresses): WebhookDoor => ({
  refuses(text) {
    if (!URL.canParse(text)) return 'no address';
    const url = new URL(text);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'https:// or http:// is needed';
    if (url.username !== '' || url.password !== '') return 'no name and password in an address';
    if (isIP(hostOf(url)) !== 0 && !addresses.admits(hostOf(url))) return privateAddress;
    return null;
  },
});

const privateAddress = 'a private address; WEBHOOK_PRIVATE_NETWORKS does not name it';

export const makePost = (addresses: Addresses, proxy: ProxyEnvironment, timeoutMs = TIMEOUT_MS): Post => {
  const door = webhookDoor(addresses);
  const options = { keepAlive: true, maxSockets: CONNECTIONS, ...(proxy ? { proxyEnv: proxy } : {}) };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  return async (text, body, headers) => {
    // The networks that are allowed may be others than when it was set up.
    const refused = door.refuses(text);
    if (refused) return { status: null, why: refused };
    const url = new URL(text);
    const isHttps = url.protocol === 'https:';
    return new Promise<Answered>((resolve) => {
      const sent = (isHttps ? https : http).request(
        url,
        {
          method: 'POST',
          agent: agents[isHttps ? 'https:' : 'http:'],
          // A proxy's own name is the operator's; the receiver's is asked for here unless the proxy does it.
          lookup: (host, about, done) =>
            proxy && host !== hostOf(url) ? dns.lookup(host, about, done) : addresses.lookup(host, about, done),
          signal: AbortSignal.timeout(timeoutMs),
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (answer) => {
          resolve({ status: answer.statusCode ?? 0, retryAfterSeconds: retryAfter(answer.headers['retry-after']) });
          let bytes = 0;
          answer.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes > MOST_BYTES) answer.destroy();
          });
          answer.on('error', () => {});
        },
      );
      sent.on('error', (error) => resolve({ status: null, why: reasonOf(error) }));
      sent.end(body);
    });
  };
};

const retryAfter = (text: string | undefined): number | null => {
  const seconds = Number(text);
  return text !== undefined && Number.isInteger(seconds) && seconds > 0
    ? Math.min(seconds, MOST_RETRY_AFTER_SECONDS)
    : null;
};

/** In our own words: an address may hold a key. */
const reasonOf = (error: NodeJS.ErrnoException): string => {
  if (error.code === PRIVATE) return privateAddress;
  return error.name === 'TimeoutError' || error.name === 'AbortError'
    ? 'no answer in time'
    : (error.code ?? 'no answer');
};
