// An access token that is fetched once for everybody who waits for it, and again when it is old or was refused.
// In the memory of one process; real time, not the campaign's.
import { ChannelRefused, ChannelUnreachable } from '../ports.ts';

export interface FreshToken {
  readonly value: string;
  readonly lifeSeconds: number;
}

export interface TokenCache {
  /** Throws what the platform says to whoever asks for a token. */
  get(): Promise<string>;
  /**
   * Runs a call with a token; where the platform ended it early, once more with a new one. When no token is to be had,
   * nothing of the call has left, however the asking for one ended: then `mayHaveArrived` is false. `what`: for errors.
   */
  use<T>(what: string, work: (token: string) => Promise<T>): Promise<T>;
}

export interface TokenOptions {
  /** Whether this code says that the token is over. */
  readonly isOver: (code: string) => boolean;
  readonly now?: () => number;
  readonly restMs?: number;
}

/** Renewed before it ends, so that no request leaves with a token that dies on its way. */
const EARLY_MS = 300_000;

/**
 * After a failure nobody asks again for `restMs`: everybody gets the same error, for platforms that lock out whoever asks
 * with a wrong secret time after time.
 */
export const makeTokenCache = (
  fetchToken: () => Promise<FreshToken>,
  { isOver, now = Date.now, restMs = 0 }: TokenOptions,
): TokenCache => {
  let held: { readonly value: string; readonly until: number } | null = null;
  let failed: { readonly error: unknown; readonly until: number } | null = null;
  let fetching: Promise<string> | null = null;

  const fetchOne = async (): Promise<string> => {
    try {
      const { value, lifeSeconds } = await fetchToken();
      const lifeMs = lifeSeconds * 1000;
      held = { value, until: now() + Math.max(lifeMs - EARLY_MS, lifeMs / 2) };
      failed = null;
      return value;
    } catch (error) {
      failed = { error, until: now() + restMs };
      throw error;
    } finally {
      fetching = null;
    }
  };

  const get = async (): Promise<string> => {
    if (held && now() < held.until) return held.value;
    if (failed && now() < failed.until) throw failed.error;
    fetching ??= fetchOne();
    return fetching;
  };

  const tokenFor = (what: string): Promise<string> =>
    get().catch((error) => {
      if (error instanceof ChannelUnreachable) throw new ChannelUnreachable(`${what}: ${error.message}`, false);
      throw error;
    });

  return {
    get,
    async use(what, work) {
      const token = await tokenFor(what);
      try {
        return await work(token);
      } catch (error) {
        if (!(error instanceof ChannelRefused && isOver(error.code))) throw error;
        // One that was fetched meanwhile is kept.
        if (held?.value === token) held = null;
        return work(await tokenFor(what));
      }
    },
  };
};
