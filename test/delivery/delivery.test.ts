import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery, type DeliveryOptions, makeDelivery } from '../../src/delivery/delivery.ts';
import type { Message } from '../../src/domain/message.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { ChannelRefused, ChannelUnreachable, OWN_PACE } from '../../src/ports.ts';
import type { Settled } from '../../src/ports-delivery.ts';
import { makeOutbox } from '../../src/store/outbox.ts';
import { openPool } from '../../src/store/pool.ts';
import { createTestDatabase } from '../support/database.ts';
import { bringRetriesForward, enqueue, expireLeases, noon, outboxState, outgoing } from '../support/outbox-rows.ts';
import { silent } from '../support/silent-log.ts';
import { type SinkChannel, type SinkOptions, sinkChannel } from '../support/sink-channel.ts';
import { testClock } from '../support/test-clock.ts';

let pool: pg.Pool;
let workers: Delivery[] = [];

beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
});
afterAll(() => pool.end());
beforeEach(() => pool.query('truncate outbox, lane, card_mark, send_limit'));
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
});

const deaf = { tell: () => {}, on: () => {} };
const clock = testClock(noon);

const deliveryTo = (channel: SinkChannel, more: Partial<DeliveryOptions> = {}): Delivery => {
  clock.set(noon);
  const worker = makeDelivery({
    outbox: makeOutbox(pool),
    notifications: deaf,
    channels: [channel],
    clock,
    log: silent,
    redraw: async (cardId) => ({ text: `${cardId} drawn anew` }),
    chance: () => 0,
    pollMs: 20,
    ...more,
  });
  worker.start();
  workers.push(worker);
  return worker;
};

/** Drains as if every retry came due at once. */
const drained = async (worker: Delivery): Promise<number> => {
  for (;;) {
    const left = await worker.drain({ timeoutMs: 200 });
    if (left === 0) return left;
    if ((await bringRetriesForward(pool)) === 0 && (await worker.drain({ timeoutMs: 200 })) === left) return left;
  }
};

const numbered = (chat: string, n: number) => Array.from({ length: n }, (_, i) => outgoing(chat, `${chat} ${i + 1}`));

describe('messages of one chat', () => {
  it('arrive in order and one at a time, while two workers share many chats and some attempts fail', async () => {
    const chats = Array.from({ length: 12 }, (_, i) => `chat-${i}`);
    const channel = sinkChannel({
      before: async (arrival, nth) => {
        await new Promise(setImmediate);
        if (nth === 1 && /[37]$/.test(arrival.text))
          throw new ChannelRefused('busy', 'later', { retryAfterSeconds: 0 });
      },
    });
    const one = deliveryTo(channel, { slots: 5 });
    const two = deliveryTo(channel, { slots: 5 });
    await Promise.all(
      chats.map(async (chat) => {
        for (const message of numbered(chat, 10)) {
          await enqueue(pool, message);
          one.wake();
          two.wake();
        }
      }),
    );
    expect(await drained(one)).toBe(0);
    for (const chat of chats) {
      expect(channel.textsOf(chat)).toEqual(numbered(chat, 10).map(({ message }) => message.text));
    }
    expect(channel.mostAtOnceInAChat()).toBe(1);
  });

  it('go on after one that failed for good', async () => {
    const channel = sinkChannel({
      before: ({ text }) => {
        if (text === 'a 1') throw new ChannelRefused('no-chat', 'there is no such chat', { fatal: true });
      },
    });
    await enqueue(pool, ...numbered('a', 3));
    expect(await deliveryTo(channel).drain({ timeoutMs: 5_000 })).toBe(0);
    expect(channel.textsOf('a')).toEqual(['a 2', 'a 3']);
    expect(await outboxState(pool, 'a/a 1')).toMatchObject({
      state: 'failed',
      error: 'no-chat: there is no such chat',
    });
  });

  it('wait while the first is tried again', async () => {
    const channel = sinkChannel({
      before: ({ text }, nth) => {
        if (text === 'a 1' && nth < 3) throw new ChannelUnreachable('connection refused', false);
      },
    });
    await enqueue(pool, ...numbered('a', 2), ...numbered('b', 1));
    const worker = deliveryTo(channel);
    await drained(worker);
    expect(channel.textsOf('a')).toEqual(['a 1', 'a 2']);
    expect(channel.arrived[0]?.chat).toBe('b');
    expect(await outboxState(pool, 'a/a 1')).toMatchObject({ state: 'sent', attempts: 3, error: null });
  });
});

describe('a message that does not get through', () => {
  const always = (error: Error): SinkOptions => ({
    before: () => {
      throw error;
    },
  });

  it('is tried again no sooner than the platform asks', async () => {
    await enqueue(pool, outgoing('a', '1'));
    const worker = deliveryTo(
      sinkChannel(always(new ChannelRefused('flood', 'slow down', { retryAfterSeconds: 600 }))),
    );
    expect(await worker.drain({ timeoutMs: 100 })).toBe(1);
    const { rows } = await pool.query("select due_at > now() + interval '590 s' as later from lane");
    expect(rows).toEqual([{ later: true }]);
  });

  it('is given up at last, with the reason', async () => {
    await enqueue(pool, outgoing('a', '1'));
    await drained(deliveryTo(sinkChannel(always(new ChannelRefused('busy', 'try later')))));
    expect(await outboxState(pool, 'a/1')).toMatchObject({ state: 'failed', attempts: 12, error: 'busy: try later' });
  });

  it('is not given up because our own pace keeps it back, however often', async () => {
    let turns = 0;
    await enqueue(pool, outgoing('a', '1'));
    const channel = sinkChannel({
      before: () => {
        turns += 1;
        if (turns <= 20) throw new ChannelRefused(OWN_PACE, 'too fast', { retryAfterSeconds: 1 });
      },
    });
    await drained(deliveryTo(channel));
    expect(channel.textsOf('a')).toEqual(['1']);
    expect(await outboxState(pool, 'a/1')).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('is told of with what it was about', async () => {
    const told: Settled[] = [];
    await enqueue(pool, outgoing('a', '1'));
    const worker = deliveryTo(sinkChannel(always(new ChannelRefused('no', 'never', { fatal: true }))), {
      onSettled: (settled) => void told.push(...settled),
    });
    await worker.drain({ timeoutMs: 5_000 });
    expect(told).toMatchObject([
      { kind: 'notice', about: [{ kind: 'test', id: '1' }], channel: 'telegram', state: 'failed' },
    ]);
  });

  it('shows nothing of an error that nobody foresaw', async () => {
    await enqueue(pool, outgoing('a', '1'));
    await deliveryTo(sinkChannel(always(new TypeError('token 12345:secret')))).drain({ timeoutMs: 5_000 });
    expect(await outboxState(pool, 'a/1')).toMatchObject({ state: 'unknown', error: 'internal error (TypeError)' });
  });
});

describe('a message whose outcome is not known', () => {
  const silentOnce: SinkOptions['after'] = (_, nth) => {
    if (nth === 1) throw new ChannelUnreachable('timed out', true);
  };

  it('is not sent again where the platform cannot tell a repeat', async () => {
    const channel = sinkChannel({ after: silentOnce });
    await enqueue(pool, ...numbered('a', 2));
    await drained(deliveryTo(channel));
    expect(channel.textsOf('a')).toEqual(['a 1', 'a 2']);
    expect(await outboxState(pool, 'a/a 1')).toMatchObject({ state: 'unknown', error: 'timed out' });
  });

  it('is sent again under the same key where the platform can', async () => {
    const channel = sinkChannel({ after: silentOnce, supports: { recognisesRepeats: true } });
    await enqueue(pool, outgoing('a', '1'));
    await drained(deliveryTo(channel));
    expect(channel.arrived.map(({ key }) => key)).toEqual(['a/1', 'a/1']);
    expect(await outboxState(pool, 'a/1')).toMatchObject({ state: 'sent' });
  });
});

describe('a worker that dies between sending and noting', () => {
  /** Claims as a worker does, and is heard of no more. */
  const die = async (): Promise<void> => {
    const outbox = makeOutbox(pool);
    await outbox.post(noon);
    const { claims } = await outbox.claim(['telegram'], 10, 60_000);
    expect(claims).toHaveLength(1);
  };

  it.each([
    { recognisesRepeats: false, state: 'unknown', arrived: ['a 2'] },
    { recognisesRepeats: true, state: 'sent', arrived: ['a 1', 'a 2'] },
  ])(
    'leaves it $state when repeats are recognised: $recognisesRepeats',
    async ({ recognisesRepeats, state, arrived }) => {
      await enqueue(pool, ...numbered('a', 2));
      await die();
      const channel = sinkChannel({ supports: { recognisesRepeats } });
      const worker = deliveryTo(channel);
      expect(await worker.drain({ timeoutMs: 60 })).toBe(2);
      await expireLeases(pool);
      expect(await worker.drain({ timeoutMs: 5_000 })).toBe(0);
      expect(channel.textsOf('a')).toEqual(arrived);
      expect(await outboxState(pool, 'a/a 1')).toMatchObject({ state });
    },
  );

  it('cannot note the outcome when it comes back after its lease', async () => {
    const outbox = makeOutbox(pool);
    await enqueue(pool, outgoing('a', '1'));
    await outbox.post(noon);
    const [late] = (await outbox.claim(['telegram'], 1, 60_000)).claims;
    await expireLeases(pool);
    await deliveryTo(sinkChannel()).drain({ timeoutMs: 5_000 });
    expect(late && (await outbox.settle(late, { state: 'sent', at: noon, sent: null }))).toBe(false);
    expect(await outboxState(pool, 'a/1')).toMatchObject({ state: 'unknown' });
  });
});

describe('the business clock', () => {
  it('holds a message until its instant, and lets others pass', async () => {
    const later = new Date(noon.getTime() + 3_600_000);
    await enqueue(pool, outgoing('a', 'held', { notBefore: later }), outgoing('a', 'now'));
    const channel = sinkChannel();
    const worker = deliveryTo(channel);
    expect(await worker.drain({ timeoutMs: 5_000 })).toBe(0);
    expect(channel.textsOf('a')).toEqual(['now']);
    expect(await makeOutbox(pool).nextDue(noon)).toEqual(later);
    clock.set(later);
    expect(await worker.drain({ timeoutMs: 5_000 })).toBe(0);
    expect(channel.textsOf('a')).toEqual(['now', 'held']);
    expect((await outboxState(pool, 'a/held')).sentAt).toEqual(later);
  });

  it('lets a message go that came too late', async () => {
    const told: Settled[] = [];
    await enqueue(pool, outgoing('a', 'stale', { expiresAt: new Date(noon.getTime() - 1) }), outgoing('a', 'fresh'));
    const channel = sinkChannel();
    const worker = deliveryTo(channel, { onSettled: (settled) => void told.push(...settled) });
    expect(await worker.drain({ timeoutMs: 5_000 })).toBe(0);
    expect(channel.textsOf('a')).toEqual(['fresh']);
    expect(told.map(({ key, state }) => [key, state])).toEqual([
      ['a/stale', 'expired'],
      ['a/fresh', 'sent'],
    ]);
  });

  it('lets a message go that grew too old while it was retried', async () => {
    const channel = sinkChannel({
      before: ({ text }) => {
        if (text === '1') throw new ChannelUnreachable('no route', false);
      },
    });
    await enqueue(pool, outgoing('a', '1', { expiresAt: new Date(noon.getTime() + 1_000) }), outgoing('a', '2'));
    const worker = deliveryTo(channel);
    await worker.drain({ timeoutMs: 60 });
    clock.set(new Date(noon.getTime() + 2_000));
    expect(await drained(worker)).toBe(0);
    expect(await outboxState(pool, 'a/1')).toMatchObject({ state: 'expired' });
    expect(channel.textsOf('a')).toEqual(['2']);
  });
});

describe('posting', () => {
  it('gives each place of a lane once when several post at the same time', async () => {
    const outbox = makeOutbox(pool);
    await enqueue(pool, ...Array.from({ length: 30 }, (_, i) => outgoing(`chat-${i % 3}`, `${i}`)));
    await Promise.all([outbox.post(noon), outbox.post(noon), outbox.post(noon), outbox.post(noon)]);
    const { rows } = await pool.query<{ places: number[]; ids: number[]; seq: number }>(
      `select array_agg(o.seq order by o.seq) as places, array_agg(o.id order by o.seq) as ids, l.seq from outbox o join lane l using (channel, chat) group by chat, l.seq`,
    );
    expect(rows).toHaveLength(3);
    for (const { places, ids, seq } of rows) {
      expect(places).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
      expect(ids.map(Number)).toEqual(ids.map(Number).toSorted((a, b) => a - b));
      expect(seq).toBe(10);
    }
  });

  it('leaves no lane due when its messages were taken away', async () => {
    const outbox = makeOutbox(pool);
    await enqueue(pool, outgoing('a', '1'));
    await outbox.post(noon);
    await pool.query('delete from outbox');
    expect((await outbox.claim(['telegram'], 5, 60_000)).claims).toEqual([]);
    expect((await pool.query('select due_at, lease from lane')).rows).toEqual([{ due_at: null, lease: null }]);
  });
});

describe('a platform with a rate', () => {
  it('gets no more than the bucket holds, whoever asks', async () => {
    const rate = { perSecond: 0.001, burst: 5 };
    await enqueue(pool, ...Array.from({ length: 12 }, (_, i) => outgoing(`chat-${i}`, '1')));
    const [one, two] = [makeOutbox(pool), makeOutbox(pool)];
    await one.post(noon);
    const taken = await Promise.all([
      one.claim(['telegram'], 3, 60_000, rate),
      two.claim(['telegram'], 3, 60_000, rate),
      one.claim(['telegram'], 3, 60_000, rate),
    ]);
    expect(taken.flatMap(({ claims }) => claims)).toHaveLength(5);
    expect((await two.claim(['telegram'], 3, 60_000, rate)).emptyForMs).toBeGreaterThan(0);
  });

  it('still gets everything in the end', async () => {
    await enqueue(pool, ...Array.from({ length: 12 }, (_, i) => outgoing(`chat-${i}`, '1')));
    const channel = sinkChannel();
    const worker = deliveryTo(channel, { rates: { telegram: { perSecond: 200, burst: 2 } }, pollMs: 60_000 });
    expect(await worker.drain({ timeoutMs: 10_000 })).toBe(0);
    expect(channel.arrived).toHaveLength(12);
  });
});

describe('resending', () => {
  it('puts a failed message at the end of its lane', async () => {
    let down = true;
    const channel = sinkChannel({
      before: ({ text }) => {
        if (down && text === '1') throw new ChannelRefused('no', 'not now', { fatal: true });
      },
    });
    await enqueue(pool, outgoing('a', '1'), outgoing('a', '2'));
    const worker = deliveryTo(channel);
    await worker.drain({ timeoutMs: 5_000 });
    down = false;
    await worker.resend(String((await outboxState(pool, 'a/1')).id));
    expect(await worker.drain({ timeoutMs: 5_000 })).toBe(0);
    expect(channel.textsOf('a')).toEqual(['2', '1']);
    expect(await outboxState(pool, 'a/1')).toMatchObject({ state: 'sent', error: null, attempts: 1 });
  });

  it('is refused for what was sent and for what is not there', async () => {
    await enqueue(pool, outgoing('a', '1'));
    const worker = deliveryTo(sinkChannel());
    await worker.drain({ timeoutMs: 5_000 });
    const { id } = await outboxState(pool, 'a/1');
    await expect(worker.resend(String(id))).rejects.toMatchObject({
      code: 'not-resendable',
    } satisfies Partial<Problem>);
    await expect(worker.resend('none')).rejects.toMatchObject({ code: 'not-found' } satisfies Partial<Problem>);
  });
});

describe('a marked card', () => {
  const card = {
    id: 'card-1',
    kind: 'assignment',
    title: 'as sent',
    lines: [],
    fields: [],
    actions: [],
    state: 'open',
  } as const;
  const mark = (n = 1) =>
    pool.query(`insert into card_mark (card_id) select 'card-1' from generate_series(1, $1)`, [n]);

  it('is drawn anew once, however often it was marked', async () => {
    const channel = sinkChannel();
    await enqueue(pool, outgoing('a', '1', { message: { card } }));
    await mark(3);
    const worker = deliveryTo(channel);
    await worker.drain({ timeoutMs: 5_000 });
    expect(channel.arrived.map(({ verb, key, text }) => [verb, key, text])).toEqual([
      ['send', 'a/1', 'as sent'],
      ['update', 'a/1', 'card-1 drawn anew'],
    ]);
    await mark();
    expect(await worker.drain({ timeoutMs: 5_000 })).toBe(0);
    expect(channel.arrived).toHaveLength(3);
  });

  it('follows its message when that is held', async () => {
    const later = new Date(noon.getTime() + 60_000);
    const channel = sinkChannel();
    await enqueue(pool, outgoing('a', '1', { message: { card }, notBefore: later }));
    await mark();
    const worker = deliveryTo(channel);
    expect(await worker.drain({ timeoutMs: 5_000 })).toBe(0);
    expect(channel.arrived).toEqual([]);
    clock.set(later);
    await worker.drain({ timeoutMs: 5_000 });
    expect(channel.arrived.map(({ verb }) => verb)).toEqual(['send', 'update']);
  });

  it.each([
    {
      why: 'the platform cannot change cards',
      supports: { update: 'never' as const },
      redraw: async (): Promise<Message | null> => ({ text: 'new' }),
    },
    { why: 'there is nothing to show any more', supports: {}, redraw: async (): Promise<Message | null> => null },
  ])('stays as it is when $why', async ({ supports, redraw }) => {
    const channel = sinkChannel({ supports });
    await enqueue(pool, outgoing('a', '1', { message: { card } }));
    await mark();
    expect(await deliveryTo(channel, { redraw }).drain({ timeoutMs: 5_000 })).toBe(0);
    expect(channel.arrived.map(({ verb }) => verb)).toEqual(['send']);
  });
});

describe('stopping', () => {
  it('waits for what is under way and takes nothing new', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const channel = sinkChannel({
      before: async () => {
        begin();
        await held;
      },
    });
    await enqueue(pool, ...numbered('a', 2));
    const worker = deliveryTo(channel);
    await begun;
    const stopped = worker.stop();
    letGo();
    await stopped;
    expect(channel.textsOf('a')).toEqual(['a 1']);
    expect(await outboxState(pool, 'a/a 1')).toMatchObject({ state: 'sent' });
    expect(await outboxState(pool, 'a/a 2')).toMatchObject({ state: 'waiting' });
  });
});
