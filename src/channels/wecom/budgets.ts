// How much WeCom takes from us in each conversation, over all replicas. Beyond it the app's messages are dropped without
// a word, so we stop before.
import { ChannelRefused, OWN_PACE } from '../../ports.ts';
import type { SendBudget } from '../../ports-channels.ts';
import type { SendRate } from '../../ports-delivery.ts';

/** A bucket that lets through at most `most` in any window: a fifth at once, the rest over its time. */
const within = (most: number, seconds: number): SendRate => ({ burst: most / 5, perSecond: (most * 4) / 5 / seconds });

const rates = {
  /** The app to one member: 30 a minute, 1000 an hour. */
  member: { minute: within(30, 60), hour: within(1000, 3600) },
  /** The bot in one conversation: 30 a minute, 1000 an hour; a few are left for answers to presses, which cannot wait. */
  bot: { minute: within(25, 60), hour: within(900, 3600) },
  /** One group robot: 20 a minute. */
  robot: { minute: within(20, 60), hour: within(1200, 3600) },
} as const;

/** Takes room for `n` messages. Throws ChannelRefused with how long to wait when there is none. */
export const takeRoom = async (
  budget: SendBudget,
  kind: keyof typeof rates,
  name: string,
  n: number,
): Promise<void> => {
  for (const window of ['hour', 'minute'] as const) {
    const rate = rates[kind][window];
    const key = `wecom:${kind}:${window}:${name}`;
    for (let left = Math.min(n, Math.floor(rate.burst)) - 1; left >= 0; left -= 1) {
      const waitMs = await budget.take(key, rate, left);
      if (waitMs > 0) {
        throw new ChannelRefused(OWN_PACE, `no more than ${rates[kind][window].burst} at once to one ${kind}`, {
          retryAfterSeconds: Math.ceil(waitMs / 1000),
        });
      }
    }
  }
};
