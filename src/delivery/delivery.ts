// The delivery worker: brings what stands in the outbox to its channels, in order within each chat, many chats at once.
// Any number of processes may run one on the same database. What a message says was decided when its row was written.
import type { ChannelName, Message } from '../domain/message.ts';
import type { Clock, Log, Outlet } from '../ports.ts';
import type { Claim, Notifications, Outbox, SendRate, Settled, Settlement } from '../ports-delivery.ts';
import { attempt } from './attempt.ts';

export interface DeliveryOptions {
  readonly outbox: Outbox;
  readonly notifications: Notifications;
  /** Messages of other channels stay where they are. */
  readonly channels: readonly Outlet[];
  /** Nobody waits for these: a drain does not. */
  readonly aside?: readonly ChannelName[];
  readonly clock: Clock;
  readonly log: Log;
  /** Draws a marked card as it is now; null when it is gone. */
  readonly redraw: (cardId: string) => Promise<Message | null>;
  /** Told after the fact, at most once for each message: a crash in between loses it, so nothing may depend on it alone. */
  readonly onSettled?: (settled: readonly Settled[]) => void | Promise<void>;
  /** What each platform takes, over all processes together. */
  readonly rates?: Partial<Readonly<Record<ChannelName, SendRate>>>;
  /** Messages under way at once in this process. */
  readonly slots?: number;
  readonly leaseMs?: number;
  readonly pollMs?: number;
  /** Marked cards are drawn anew at most once in this time; a drain does not wait for it. */
  readonly redrawEveryMs?: number;
  /** In [0, 1), for the spread of retries. */
  readonly chance?: () => number;
}

export interface Delivery {
  start(): void;
  /** Takes nothing new and waits for what is under way, for at most 4.5 s; what is then left is found as interrupted. */
  stop(): Promise<void>;
  /** There is something new: looks at once, and lets other processes know. Cheap to call often. */
  wake(): void;
  /** Resolves when nothing due is waiting, or after `timeoutMs`: how many messages are left. */
  drain(options: { readonly timeoutMs: number }): Promise<number>;
  /** Throws Problem `not-found` or `not-resendable`. */
  resend(id: string): Promise<void>;
}

const TOPIC = 'outbox';
const STOP_MS = 4_500;
const DRAIN_LOOK_MS = 20;

export const makeDelivery = (options: DeliveryOptions): Delivery => {
  const {
    outbox,
    notifications,
    clock,
    log,
    slots = 16,
    leaseMs = 60_000,
    pollMs = 1_000,
    redrawEveryMs = 1_000,
  } = options;
  const { chance = Math.random, rates = {}, aside = [] } = options;
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]));
  const names = [...channels.keys()];
  const awaited = names.filter((name) => !aside.includes(name));
  const redrawable = names.filter((name) => channels.get(name)?.supports.update === 'anytime');
  /** Channels with a rate are asked one by one, the others together. */
  const asked: { names: ChannelName[]; rate?: SendRate }[] = [
    { names: names.filter((name) => !rates[name]) },
    ...names.flatMap((name) => (rates[name] ? [{ names: [name], rate: rates[name] }] : [])),
  ].filter(({ names: some }) => some.length > 0);

  const groupsElsewhere = (): ChannelName[] => names.filter((name) => channels.get(name)?.groupsElsewhere?.());

  const underWay = new Map<Promise<void>, ChannelName>();
  const awaitedWork = (): Promise<void>[] =>
    [...underWay].flatMap(([work, name]) => (aside.includes(name) ? [] : [work]));
  let running = false;
  let draining = 0;
  let wanted: 'nothing' | 'claims' | 'everything' = 'nothing';
  let looking: Promise<void> | null = null;
  let poll: NodeJS.Timeout | null = null;
  let refill: NodeJS.Timeout | null = null;

  const look = (what: 'claims' | 'everything'): void => {
    if (wanted !== 'everything') wanted = what;
    if (!running || looking) return;
    looking = lookUntilNothingIsWanted().finally(() => {
      looking = null;
      if (wanted !== 'nothing') look(wanted);
    });
  };

  const lookUntilNothingIsWanted = async (): Promise<void> => {
    while (running && wanted !== 'nothing') {
      const what = wanted;
      wanted = 'nothing';
      try {
        if (what === 'everything') await post();
        await claim();
      } catch (error) {
        // The next poll tries again.
        log.error({ err: error }, 'the outbox could not be read');
        return;
      }
    }
  };

  /** A card that a crowd presses is drawn anew once in a while, not with each press. */
  let marksTakenAt = -Infinity;
  let remark: NodeJS.Timeout | null = null;
  const takeMarks = async (now: Date): Promise<void> => {
    const since = performance.now() - marksTakenAt;
    if (since < redrawEveryMs && !draining) {
      remark ??= setTimeout(() => {
        remark = null;
        look('everything');
      }, redrawEveryMs - since);
      return;
    }
    marksTakenAt = performance.now();
    await outbox.takeMarks(now, redrawable);
  };

  const post = async (): Promise<void> => {
    const now = clock.now();
    await takeMarks(now);
    await tell(await outbox.post(now));
  };

  const claim = async (): Promise<void> => {
    for (const { names: some, rate } of asked) {
      const free = slots - underWay.size;
      if (free <= 0) return;
      const { claims, emptyForMs } = await outbox.claim(some, free, leaseMs, rate, groupsElsewhere());
      for (const one of claims) begin(one);
      if (claims.length === free) look('claims');
      if (emptyForMs > 0) {
        refill ??= setTimeout(() => {
          refill = null;
          look('claims');
        }, emptyForMs);
      }
    }
  };

  const begin = (one: Claim): void => {
    const work = deliver(one)
      .catch((error) => log.error({ err: error, delivery: one.id }, 'a delivery was not noted; its lease will run out'))
      .finally(() => {
        underWay.delete(work);
        look('claims');
      });
    underWay.set(work, one.channel);
  };

  const deliver = async (one: Claim): Promise<void> => {
    const channel = channels.get(one.channel);
    if (!channel) throw new Error(`claimed a message of ${one.channel}, which is not connected`);
    const { outcome, bug } = await attempt(one, {
      channel,
      now: clock.now(),
      redraw: options.redraw,
      chance: chance(),
      timeoutMs: leaseMs * 0.75,
    });
    const about = { delivery: one.id, channel: one.channel, kind: one.kind, attempts: one.attempts };
    if (bug !== undefined) log.error({ ...about, err: bug }, 'a message could not be sent because of a bug');
    if (!(await outbox.settle(one, outcome))) {
      log.warn(
        { ...about, outcome: outcome.state },
        'a lease ran out while a message was sent; its outcome was not noted',
      );
      return;
    }
    if ('error' in outcome)
      log.warn({ ...about, outcome: outcome.state, error: outcome.error }, 'a message did not get through');
    if (outcome.state !== 'waiting') await tell([settledOf(one, outcome)]);
  };

  const tell = async (settled: readonly Settled[]): Promise<void> => {
    if (settled.length === 0) return;
    try {
      await options.onSettled?.(settled);
    } catch (error) {
      log.error({ err: error }, 'what follows from a delivery failed');
    }
  };

  const wake = (): void => {
    look('everything');
    notifications.tell(TOPIC);
  };

  notifications.on(TOPIC, () => look('everything'));

  return {
    start() {
      running = true;
      poll = setInterval(() => look('everything'), pollMs);
      look('everything');
    },

    async stop() {
      running = false;
      if (poll) clearInterval(poll);
      if (refill) clearTimeout(refill);
      if (remark) clearTimeout(remark);
      const end = timer(STOP_MS);
      await Promise.race([end.passed, Promise.resolve(looking).then(() => Promise.all(underWay.keys()))]);
      end.clear();
    },

    wake,

    async drain({ timeoutMs }) {
      const until = performance.now() + timeoutMs;
      draining += 1;
      try {
        for (;;) {
          look('everything');
          await looking;
          const left = await outbox.waiting(clock.now(), awaited);
          if (left === 0) {
            // What follows from the last ones belongs to them.
            await Promise.all(awaitedWork());
            return 0;
          }
          if (performance.now() >= until) return left;
          // What is under way may end sooner; what another process has under way is looked after again.
          const pause = timer(DRAIN_LOOK_MS);
          const inHand = awaitedWork();
          await (inHand.length > 0 ? Promise.race([pause.passed, Promise.all(inHand)]) : pause.passed);
          pause.clear();
        }
      } finally {
        draining -= 1;
      }
    },

    async resend(id) {
      await outbox.resend(id, clock.now());
      wake();
    },
  };
};

const settledOf = (claim: Claim, outcome: Exclude<Settlement, { state: 'waiting' }>): Settled => {
  const { id, key, campaign, verb, kind, about, cardId, channel, chat, personId } = claim;
  return { id, key, campaign, verb, kind, about, cardId, channel, chat, personId, state: outcome.state };
};

const timer = (ms: number): { passed: Promise<void>; clear(): void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const handle = setTimeout(resolve, ms);
  return { passed: promise, clear: () => clearTimeout(handle) };
};
