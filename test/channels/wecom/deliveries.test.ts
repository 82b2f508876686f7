// WeCom under the delivery worker, on a real database: faults at random, and two processes that share one bot.
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeWecomChannel, type WecomChannel } from '../../../src/channels/wecom/channel.ts';
import type { WecomDeps } from '../../../src/channels/wecom/deps.ts';
import { type Delivery, makeDelivery } from '../../../src/delivery/delivery.ts';
import { makeFollowUps } from '../../../src/store/follow-ups.ts';
import { makeGroupWays } from '../../../src/store/group-ways.ts';
import { makeLeases, makeSingleUse } from '../../../src/store/leases.ts';
import { makeOutbox } from '../../../src/store/outbox.ts';
import { openPool } from '../../../src/store/pool.ts';
import { createTestDatabase } from '../../support/database.ts';
import { bringRetriesForward, enqueue, noon, outgoing } from '../../support/outbox-rows.ts';
import { someCard } from '../../support/playground-stage.ts';
import { silent } from '../../support/silent-log.ts';
import { type Fault, startWecomServer, type WecomServer } from '../../support/wecom-server.ts';
import { configFor, memoryDeps, quickTimes, until } from '../../support/wecom-stage.ts';

let pool: pg.Pool;
let server: WecomServer;
let running: { channel: WecomChannel; delivery: Delivery }[] = [];
const clock = { now: () => noon };

beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
  server = await startWecomServer();
});
afterAll(async () => {
  await server.close();
  await pool.end();
});
beforeEach(async () => {
  server.reset();
  await pool.query('truncate outbox, lane, card_mark, send_limit, lease, single_use, chat_group, card');
});
afterEach(async () => {
  for (const { channel, delivery } of running) {
    await delivery.stop();
    await channel.stop?.();
  }
  running = [];
});

/** One process of the service, as far as deliveries go. */
const launch = async (holder: string, more: Partial<WecomDeps> = {}) => {
  const deps: WecomDeps = {
    ...memoryDeps().deps,
    leases: makeLeases(pool),
    singleUse: makeSingleUse(pool),
    groups: makeGroupWays(pool, clock),
    followUps: makeFollowUps(pool, clock, () => {}),
    holder,
    ...more,
  };
  const channel = makeWecomChannel(configFor(server, 'both'), deps, { bot: { times: quickTimes, leaseMs: 2_000 } });
  const outbox = makeOutbox(pool);
  const deaf = { tell: () => {}, on: () => {} };
  const delivery = makeDelivery({
    outbox,
    notifications: deaf,
    channels: [channel],
    clock,
    log: silent,
    redraw: async () => null,
    chance: () => 0,
    pollMs: 10,
  });
  await channel.start?.(async () => null);
  delivery.start();
  running.push({ channel, delivery });
  return { channel, delivery };
};

/** Until nothing is on its way any more, as if every retry came due at once. */
const drained = () =>
  vi.waitFor(
    async () => {
      await bringRetriesForward(pool);
      const { rows } = await pool.query(`select count(*)::int as n from outbox where state in ('waiting', 'sending')`);
      expect(rows[0].n).toBe(0);
    },
    { timeout: 20_000, interval: 15 },
  );
const states = async (): Promise<Map<string, string>> => {
  const { rows } = await pool.query<{ key: string; state: string }>('select key, state from outbox');
  return new Map(rows.map(({ key, state }) => [key, state]));
};

/** The same every time it runs. */
const dice = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

describe('faults at random', () => {
  it('lose nothing that WeCom knows again, send nothing twice, list what is unknown, and keep the order', async () => {
    const roll = dice(7);
    const faults: Fault[] = [{ errcode: 45009 }, { errcode: 42001 }, { errcode: -1 }, { http: 502 }, 'drop', 'lose'];
    const some = (n: number): Fault[] =>
      Array.from({ length: n }, () => faults[Math.floor(roll() * faults.length)] as Fault);
    server.fail('message/send', ...some(40));
    server.fail('aibot_send_msg', ...some(12).filter((fault) => !(typeof fault === 'object' && 'http' in fault)));
    const people = Array.from({ length: 8 }, (_, i) => `person:u${i}`);
    const groups = ['wrGroupA', 'wrGroupB'];
    const text = (chat: string, n: number) =>
      outgoing(chat, `第${n}条`, { to: { channel: 'wecom', chat, personId: null } });
    const card = (chat: string, n: number) => ({
      ...text(chat, n),
      message: { card: someCard(`card-${chat.replace(':', '-')}-${n}`, { title: `第${n}条` }) },
    });
    await enqueue(
      pool,
      ...people.flatMap((chat) => [1, 2, 3, 4].map((n) => (n % 2 ? text : card)(chat, n))),
      ...groups.flatMap((chat) => [1, 2, 3, 4, 5].map((n) => (n === 3 ? text : card)(chat, n))),
    );
    await launch('one');
    await drained();

    const ended = await states();
    const shownIn = (chat: string) =>
      server.shownIn(chat.replace('person:', '')).map((body) => /第(\d)条/.exec(body)?.[1]);
    for (const chat of people) {
      expect(shownIn(chat)).toEqual(['1', '2', '3', '4']);
    }
    for (const chat of groups) {
      const shown = shownIn(chat);
      expect(shown).toEqual([...new Set(shown)].toSorted());
      for (const n of [1, 2, 4, 5]) expect(shown).toContain(String(n));
    }
    const unknown = [...ended].filter(([, state]) => state !== 'sent').map(([key]) => key);
    expect(unknown.every((key) => groups.some((chat) => key === `${chat}/第3条`))).toBe(true);
    expect([...ended.values()].every((state) => state === 'sent' || state === 'unknown')).toBe(true);
  }, 30_000);
});

describe('two processes and one bot', () => {
  it('leave the groups to the one that is connected, and everything arrives once', async () => {
    const before = server.subscriptions();
    const [one, two] = [await launch('one'), await launch('two')];
    await until(() => expect([one, two].map(({ channel }) => channel.botState())).toEqual(['ready', 'elsewhere']));
    const keys = Array.from({ length: 30 }, (_, n) => `第${n}条`);
    await enqueue(
      pool,
      ...keys.map((key) => outgoing('wrGroupA', key, { to: { channel: 'wecom', chat: 'wrGroupA', personId: null } })),
    );
    await drained();
    expect(server.shownIn('wrGroupA')).toHaveLength(30);
    const { rows } = await pool.query('select max(attempts)::int as most from outbox');
    expect(rows[0].most).toBe(1);
    expect(server.subscriptions()).toBe(before + 1);
  });

  it('pass the bot on when its holder is gone without a word', async () => {
    const leases = makeLeases(pool);
    expect(await leases.hold('wecom-bot', 'dead', 150)).toBe(true);
    const { channel } = await launch('heir');
    expect(channel.botState()).toBe('elsewhere');
    await until(() => expect(channel.botState()).toBe('ready'));
    expect(await leases.hold('wecom-bot', 'dead', 150)).toBe(false);
  });
});

describe('what is kept for WeCom', () => {
  it('lets a key be used by the first who comes', async () => {
    const [one, two] = [makeSingleUse(pool), makeSingleUse(pool)];
    const taken = await Promise.all([one.take('k'), two.take('k'), one.take('k'), two.take('other')]);
    expect(taken.filter(Boolean)).toHaveLength(2);
  });

  it('posts a follow-up once, to the person whose chat it is', async () => {
    await pool.query(
      `insert into binding (channel, external_id, person_id, bound_at) values ('wecom', 'zhangsan', 'p-1', $1)`,
      [noon],
    );
    const woken = vi.fn();
    const followUps = makeFollowUps(pool, clock, woken);
    for (const _ of [1, 2]) await followUps.post('wecom', 'person:zhangsan', { text: '请先选择' }, 'answer:1');
    const { rows } = await pool.query('select chat, person_id, kind, message, state from outbox');
    expect(rows).toEqual([
      { chat: 'person:zhangsan', person_id: 'p-1', kind: 'answer', message: { text: '请先选择' }, state: 'waiting' },
    ]);
    expect(woken).toHaveBeenCalled();
  });

  it('knows a group’s robot, and the groups in which a card waits', async () => {
    const groups = makeGroupWays(pool, clock);
    for (const [chat, key] of [
      ['g1', 'key-1'],
      ['g2', null],
      ['g3', null],
    ]) {
      await pool.query(
        `insert into chat_group (channel, external_id, title, serves_kind, serves_name, webhook_key, bound_at) values ('wecom', $1, $1, 'zone', 'z', $2, $3)`,
        [chat, key, noon],
      );
    }
    const card = (id: string, chat: string, state: string, closesAt: Date | null) =>
      pool.query(
        `insert into card (id, campaign, kind, channel, chat, data, state, created_at, closes_at) values ($1, 'c', 'assignment', 'wecom', $2, '{}', $3, $4, $5)`,
        [id, chat, state, noon, closesAt],
      );
    await card('1', 'g1', 'open', null);
    await card('2', 'g2', 'answered', null);
    await card('3', 'g3', 'open', new Date(noon.getTime() - 1));
    await card('4', 'g-unbound', 'open', null);
    expect(await groups.withOpenCards('wecom')).toEqual(['g1']);
    expect(await groups.robotKey('wecom', 'g1')).toBe('key-1');
    expect(await groups.robotKey('wecom', 'g2')).toBeNull();
  });
});
