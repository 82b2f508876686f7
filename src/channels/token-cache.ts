// An access token that is fetched once for everybody who waits for it, and again when it is old or was refused.
// In the memory of one process; real time, not the campaign's.

export interface FreshToken {
  readonly value: string;
  readonly lifeSeconds: number;
}

export interface TokenCache {
  get(): Promise<string>;
  /** The platform refused this one. Another that was fetched meanwhile is kept. */
  drop(value: string): void;
}

/** Renewed before it ends, so that no request leaves with a token that dies on its way. */
const EARLY_MS = 300_000;

/**
 * After a failure nobody asks again for `restMs`: everybody gets the same error, for platforms that lock out whoever asks
 * with a wrong secret time after time.
 */
export const makeTokenCache = (
  fetchToken: () => Promise<FreshToken>,
  { now = Date.now, restMs = 0 }: { readonly now?: () => number; readonly restMs?: number } = {},
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

  return {
    async get() {
      if (held && now() < held.until) return held.value;
      if (failed && now() < failed.until) throw failed.error;
      fetching ??= fetchOne();
      return fetching;
    },
    drop(value) {
      if (held?.value === value) held = null;
    },
  };
};
