// One request to a platform and what became of it. Addresses carry tokens and keys, so no address is in any error.
import { ChannelRefused, ChannelUnreachable } from '../ports.ts';

export interface RequestOptions {
  /** What is being done, for errors. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly mostBytes: number;
  /** The platform says why in the body of a refusal (4xx): it is returned like any answer. */
  readonly refusalsHaveBodies?: boolean;
}

export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Failures that come before anything of the request has left. */
const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Throws ChannelUnreachable when no answer came, or one of a server in trouble; ChannelRefused for other HTTP refusals. */
export const request = async (url: URL, init: RequestInit, options: RequestOptions): Promise<Response> => {
  const { what, timeoutMs } = options;
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const bytes = await readAtMost(response, options.mostBytes, what);
    if (response.status >= 500) throw new ChannelUnreachable(`${what}: HTTP ${response.status}`, true);
    if (!response.ok && !options.refusalsHaveBodies) throw httpRefusal(what, response);
    return { status: response.status, headers: response.headers, bytes };
  } catch (error) {
    if (error instanceof ChannelUnreachable || error instanceof ChannelRefused) throw error;
    throw unanswered(what, error);
  }
};

const httpRefusal = (what: string, response: globalThis.Response): ChannelRefused => {
  const wait = Number(response.headers.get('retry-after'));
  const text = `${what}: HTTP ${response.status}`;
  const code = `http-${response.status}`;
  if (response.status !== 429 && response.status !== 408) return new ChannelRefused(code, text, { fatal: true });
  return new ChannelRefused(code, text, { retryAfterSeconds: Number.isFinite(wait) && wait > 0 ? wait : 60 });
};

const readAtMost = async (
  response: globalThis.Response,
  most: number,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw new ChannelRefused('too-large', `${what}: more than ${most} bytes`, { fatal: true });
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
};

/** What silence means. In our own words only: an address may hold a token, and a cause may hold the address. */
export const unanswered = (what: string, error: unknown): ChannelUnreachable => {
  const code = codeOf(error);
  return new ChannelUnreachable(`${what}: ${code ?? 'no answer'}`, !notSent.has(code ?? ''));
};

const codeOf = (error: unknown): string | null => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === 'TimeoutError') return 'no answer in time';
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return null;
};
