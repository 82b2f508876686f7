// When a message that did not get through is tried again, and when it is given up. Pure.

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
/** With the waits above: given up after about 20 minutes, so that an outage does not hold a chat for a day. */
const MOST_ATTEMPTS = 12;

/**
 * How long to wait after the n-th attempt (n ≥ 1), in ms; null = give it up. Doubles each time, and is spread over the
 * upper half so that what failed together does not come back together. What the platform asks for is the least.
 * `chance` is in [0, 1).
 */
export const retryDelayMs = (attempts: number, retryAfterSeconds: number | null, chance: number): number | null => {
  if (attempts >= MOST_ATTEMPTS) return null;
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
  return Math.max(full / 2 + (full / 2) * chance, (retryAfterSeconds ?? 0) * 1_000);
};
