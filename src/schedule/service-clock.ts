// The clock of business instants: real time and an offset that is kept in the database and never goes back (DOORS §2). The
// processes on one database have one clock: what one of them moves, the others follow.
import type { Clock } from '../ports.ts';
import type { Notifications } from '../ports-delivery.ts';

export interface OffsetStore {
  get<T>(key: string): Promise<T | null>;
  /** Never down, whoever else raises it: the offset that stands now. */
  raise(key: string, ms: number): Promise<number>;
}

const key = 'clock.offset';
const TOPIC = 'clock';

export interface ServiceClock extends Clock {
  /** Sets the clock to an instant, from where it runs on. An instant that has passed changes nothing. */
  advanceTo(at: Date): Promise<void>;
  /** Takes over what another process moved. */
  refresh(): Promise<void>;
}

/**
 * `start` = where the clock begins, unless it was further on before; null = real time. With `notifications` the moves of
 * other processes are followed at once; what they lose, `refresh` finds.
 */
export const openServiceClock = async (
  store: OffsetStore,
  start: Date | null,
  realNow: () => number = Date.now,
  notifications?: Notifications,
): Promise<ServiceClock> => {
  const kept = async (): Promise<number | null> => (await store.get<{ ms: number }>(key))?.ms ?? null;
  const before = await kept();
  const asked = start === null ? null : start.getTime() - realNow();
  let offset = before ?? asked ?? 0;
  if (asked !== null && (before === null || asked > before)) offset = await store.raise(key, asked);
  const refresh = async (): Promise<void> => {
    offset = Math.max(offset, (await kept()) ?? offset);
  };
  notifications?.on(TOPIC, () => void refresh().catch(() => {}));
  return {
    now: () => new Date(realNow() + offset),
    refresh,
    async advanceTo(at) {
      const ahead = at.getTime() - realNow();
      if (ahead <= offset) return;
      offset = await store.raise(key, ahead);
      notifications?.tell(TOPIC);
    },
  };
};
