// The clock of business instants: real time and an offset that is kept in the database and never goes back (DOORS §2).
import type { Clock } from '../ports.ts';

export interface OffsetStore {
  get<T>(key: string): Promise<T | null>;
  set(key: string, value: unknown): Promise<void>;
}

const key = 'clock.offset';

export interface ServiceClock extends Clock {
  /** Sets the clock to an instant, from where it runs on. An instant that has passed changes nothing. */
  advanceTo(at: Date): Promise<void>;
}

/** `start` = where the clock begins, unless it was further on before; null = real time. */
export const openServiceClock = async (
  store: OffsetStore,
  start: Date | null,
  realNow: () => number = Date.now,
): Promise<ServiceClock> => {
  const before = (await store.get<{ ms: number }>(key))?.ms ?? null;
  const asked = start === null ? null : start.getTime() - realNow();
  let offset = before ?? asked ?? 0;
  if (before !== null && asked !== null) offset = Math.max(before, asked);
  const keep = () => store.set(key, { ms: offset });
  if (offset !== before && (before !== null || asked !== null)) await keep();
  return {
    now: () => new Date(realNow() + offset),
    async advanceTo(at) {
      const ahead = at.getTime() - realNow();
      if (ahead <= offset) return;
      offset = ahead;
      await keep();
    },
  };
};
