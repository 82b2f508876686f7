// Keeps our calls inside what DingTalk takes in a second, over all processes, and counts them for the month.
import { setTimeout as wait } from 'node:timers/promises';
import { ChannelRefused, OWN_PACE } from '../../ports.ts';
import type { SendBudget } from '../../ports-channels.ts';
import type { Allowance } from './allowance.ts';
import type { Meter } from './hosts.ts';
import { callRate, groupRate } from './limits.ts';

const KEY = 'dingtalk:calls';
/** Waiting here is cheaper than a retry; longer waits are the delivery worker's. */
const PATIENCE_MS = 5_000;
/** Too fast once is blocked for a second. */
const REST_SECONDS = 1.5;

export const makeMeter = (budget: SendBudget, allowance: Allowance): Meter => ({
  async turn() {
    for (let waitedMs = 0; ; ) {
      const waitMs = await budget.take(KEY, callRate);
      if (waitMs === 0) return;
      if (waitedMs + waitMs > PATIENCE_MS) throw noRoom('more than 20 calls a second', waitMs);
      waitedMs += waitMs;
      await wait(waitMs);
    }
  },
  rest: () => budget.hold(KEY, callRate, REST_SECONDS),
  counted: () => allowance.count('calls'),
});

/** Room for one message in a group. Throws ChannelRefused with how long to wait when there is none. */
export const takeGroupRoom = async (budget: SendBudget, group: string): Promise<void> => {
  const waitMs = await budget.take(`dingtalk:group:${group}`, groupRate);
  if (waitMs > 0) throw noRoom('more than 20 messages a minute to one group', waitMs);
};

const noRoom = (text: string, waitMs: number): ChannelRefused =>
  new ChannelRefused(OWN_PACE, text, { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
