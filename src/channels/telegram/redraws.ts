// Brings a person's own card up to date after a press: one edit at a time for each message, always of the newest state,
// however many presses came meanwhile. Nothing waits for it: the press itself was answered by its toast.
import { setTimeout as wait } from 'node:timers/promises';
import { ChannelRefused, type Log } from '../../ports.ts';
import type { ShownPlace } from '../../ports-channels.ts';

export interface Redraws {
  /** `draw` reads the state when its turn comes. */
  want(key: string, draw: () => Promise<void>): void;
  /** Begins nothing new, lets go what waits, and resolves when what is being drawn is done. */
  stop(): Promise<void>;
}

/** One message, whoever draws it. */
export const keyOf = ({ chat, message, ephemeral }: ShownPlace): string => `${chat}/${ephemeral ?? ''}/${message}`;

const LONGEST_WAIT_S = 60;

export const makeRedraws = (log: Log): Redraws => {
  const running = new Map<string, { again: boolean; readonly done: Promise<void> }>();
  const stopping = new AbortController();

  const drawOnce = async (draw: () => Promise<void>): Promise<void> => {
    try {
      await draw();
    } catch (error) {
      const seconds = error instanceof ChannelRefused ? error.retryAfterSeconds : null;
      // The next press draws it; what was recorded does not depend on it.
      if (seconds === null || seconds > LONGEST_WAIT_S) throw error;
      await wait(seconds * 1_000, undefined, { signal: stopping.signal });
      await drawOnce(draw);
    }
  };

  const run = async (key: string, draw: () => Promise<void>): Promise<void> => {
    try {
      for (;;) {
        await drawOnce(draw);
        const state = running.get(key);
        if (!state?.again) return;
        state.again = false;
      }
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ channel: 'telegram', err: error }, 'a card could not be redrawn');
    } finally {
      running.delete(key);
    }
  };

  return {
    want(key, draw) {
      const state = running.get(key);
      if (state) {
        state.again = true;
        return;
      }
      if (stopping.signal.aborted) return;
      const { promise: done, resolve } = Promise.withResolvers<void>();
      running.set(key, { again: false, done });
      void run(key, draw).finally(resolve);
    },
    async stop() {
      stopping.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
};
