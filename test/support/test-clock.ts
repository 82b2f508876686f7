// A clock that stands still until a test moves it.
import type { Clock } from '../../src/ports.ts';

export interface TestClock extends Clock {
  set(at: Date): void;
}

export const testClock = (start: Date): TestClock => {
  let now = start;
  return {
    now: () => now,
    set: (at) => {
      now = at;
    },
  };
};
