// The marks of callbacks that this process has not acknowledged yet: what they brought about waits in the outbox.
import { randomUUID } from 'node:crypto';
import type { Holds, OpenHolds } from '../ports-delivery.ts';

export const makeHolds = (holder: string = randomUUID().slice(0, 8)): Holds & OpenHolds => {
  const open = new Set<string>();
  let count = 0;
  return {
    holder,
    open: () => [...open],
    until(acknowledged) {
      count += 1;
      const mark = `${holder}:${count}`;
      open.add(mark);
      const free = (): void => void open.delete(mark);
      acknowledged.then(free, free);
      return mark;
    },
  };
};
