// What a channel goes on with when a callback is acknowledged: nobody waits for it but whoever stops the channel.
import type { ChannelName } from '../domain/message.ts';
import type { Log } from '../ports.ts';

export interface Afterwards {
  /** Never rejects: a failure is told to the log, by what it was. */
  add(what: string, work: () => Promise<unknown>): void;
  /** Resolves when nothing is under way. */
  settle(): Promise<void>;
}

export const makeAfterwards = (channel: ChannelName, log: Log): Afterwards => {
  const underWay = new Set<Promise<void>>();
  return {
    add(what, work) {
      const tracked: Promise<void> = work()
        .then(
          () => {},
          (error: unknown) => log.error({ channel, err: error }, `${what} failed`),
        )
        .finally(() => underWay.delete(tracked));
      underWay.add(tracked);
    },
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};
