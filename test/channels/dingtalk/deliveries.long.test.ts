// DingTalk under the delivery worker, on a real database: faults at random inside twenty calls a second, two processes that
// share what is counted, and a month that is nearly used up.
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DingtalkChannel, makeDingtalkChannel } from '../../../src/channels/dingtalk/channel.ts';
import { type Delivery, makeDelivery } from '../../../src/delivery/delivery.ts';
import { makeFollowUps } from '../../../src/store/follow-ups.ts';
import { makeMonthlyUse } from '../../../src/store/monthly-use.ts';
import { makeOutbox } from '../../../src/store/outbox.ts';
import { openPool } from '../../../src/store/pool.ts';
import { makeSendBudget } from '../../../src/store/send-budget.ts';
import { makeSettings } from '../../../src/store/settings.ts';
import { createTestDatabase } from '../../support/database.ts';
import { type DingtalkServer, type Fault, startDingtalkServer } from '../../support/dingtalk-server.ts';
import { configFor, memoryDeps, quickTimes } from '../../support/dingtalk-stage.ts';
import { bringRetriesForward, enqueue, noon, outboxState, outgoing } from '../../support/outbox-rows.ts';
import { someCard } from '../../support/playground-stage.ts';
import { silent } from '../../support/silent-log.ts';

let pool: pg.Pool;
let server: DingtalkServer;
let running: { channel: DingtalkChannel; delivery: Delivery }[] = [];
const clock = { now: () => noon };

beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
  server = await startDingtalkServer();
});
afterAll(async () => {
  await server.close();
  await pool.end();
});
beforeEach(async () => {
  server.reset();
  await pool.query('truncate outbox, lane, card_mark, send_limit, setting, monthly_use, card');
});
afterEach(async () => {
  for (const { channel, delivery } of running) {
    await delivery.stop();
    await channel.stop?.();
  }
  running = [];
});

/** One process of the service, as far as deliveries go. */
const launch = async () => {
  const { deps } = memoryDeps({
    budget: makeSendBudget(pool),
    memory: makeSettings(pool),
    use: makeMonthlyUse(pool),
    followUps: makeFollowUps(pool, clock, () => {}),
  });
  const channel = makeDingtalkChannel(configFor(server), deps, { times: quickTimes });
  const delivery = makeDelivery({
    outbox: makeOutbox(pool),
    notifications: { tell: () => {}, on: () => {} },
    channels: [channel],
    clock,
    log: silent,
    redraw: async () => null,
    chance: () => 0,
    pollMs: 10,
  });
  delivery.start();
  running.push({ channel, delivery });
};

/** Until nothing is on its way any more, as if every retry came due at once. */
const drained = () =>
  vi.waitFor(
    async () => {
      await bringRetriesForward(pool);
      const { rows } = await pool.query(`select count(*)::int as n from outbox where state in ('waiting', 'sending')`);
      expect(rows[0].n).toBe(0);
    },
    { timeout: 40_000, interval: 15 },
  );

/** The same every time it runs. */
const dice = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
const text = (chat: string, n: number) =>
  outgoing(chat, `第${n}条`, { to: { channel: 'dingtalk', chat, personId: null } });
const card = (chat: string, n: number) => ({
  ...text(chat, n),
  message: { card: someCard(`card-${chat.replaceAll(/\W/g, '-')}-${n}`, { title: `第${n}条` }) },
});

describe('faults at random', () => {
  it('send nothing twice, lose no card, list what is unknown, keep the order, inside 20 calls a second', async () => {
    const roll = dice(7);
    const faults: Fault[] = [
      { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', status: 403 },
      { code: 'InvalidAuthentication' },
      { code: 'system.busy' },
      { http: 502 },
      'drop',
      'lose',
    ];
    const some = (n: number, more: Fault[] = []): Fault[] => {
      const all = [...faults, ...more];
      return Array.from({ length: n }, () => all[Math.floor(roll() * all.length)] as Fault);
    };
    server.fail('card/instances/createAndDeliver', ...some(24, ['undelivered']));
    server.fail('robot/oToMessages/batchSend', ...some(10));
    server.fail('robot/groupMessages/send', ...some(4));
    const people = Array.from({ length: 8 }, (_, i) => `person:u${i}`);
    const groups = ['cidA==', 'cidB=='];
    await enqueue(
      pool,
      ...people.flatMap((chat) => [1, 2, 3, 4].map((n) => (n === 2 ? text : card)(chat, n))),
      ...groups.flatMap((chat) => [1, 2, 3, 4, 5].map((n) => (n === 3 ? text : card)(chat, n))),
    );
    await Promise.all([launch(), launch()]);
    await drained();

    const { rows } = await pool.query<{ key: string; state: string }>('select key, state from outbox');
    const shownIn = (chat: string) => server.shownIn(chat).map((body) => Number(/第(\d)条/.exec(body)?.[1]));
    for (const chat of [...people, ...groups]) {
      const shown = shownIn(chat);
      expect(shown).toEqual([...new Set(shown)].toSorted());
      const words = groups.includes(chat) ? 3 : 2;
      for (const n of groups.includes(chat) ? [1, 2, 4, 5] : [1, 3, 4]) expect(shown).toContain(n);
      // Words whose fate nobody knows are listed; those that are said to be sent are there.
      const state = rows.find(({ key }) => key === `${chat}/第${words}条`)?.state;
      if (state === 'sent') expect(shown).toContain(words);
      else expect(state).toBe('unknown');
    }
    expect(rows.filter(({ key }) => !/第[23]条/.test(key)).every(({ state }) => state === 'sent')).toBe(true);
    expect(server.rush()).toMatchObject({ refused: 0 });
    expect(server.rush().most).toBeLessThanOrEqual(20);
  }, 60_000);

  it('two processes together stay inside 20 calls a second, and count every call of both', async () => {
    const people = Array.from({ length: 50 }, (_, i) => `person:u${i}`);
    await enqueue(pool, ...people.map((chat) => card(chat, 1)));
    await Promise.all([launch(), launch()]);
    await drained();
    expect(server.seen).toHaveLength(50);
    expect(server.rush()).toMatchObject({ refused: 0 });
    expect(server.rush().most).toBeLessThanOrEqual(20);
    const { rows } = await pool.query('select what, used from monthly_use');
    expect(rows).toEqual([{ what: 'calls', used: 50 }]);
  }, 30_000);
});

describe('a month that is nearly used up', () => {
  it('lets go what is due today and answers, and lists the rest with the reason', async () => {
    const month = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(Date.now()).slice(0, 7);
    await makeMonthlyUse(pool).add('dingtalk', month, 'calls', 4_800);
    const kinds = ['tally', 'assignment', 'digest', 'answer', 'reminder'] as const;
    await enqueue(pool, ...kinds.map((kind) => ({ ...text('cidA==', kinds.indexOf(kind)), kind })));
    await launch();
    await drained();
    expect(server.shownIn('cidA==')).toEqual(['第1条', '第3条', '第4条']);
    for (const n of [0, 2])
      expect(await outboxState(pool, `cidA==/第${n}条`)).toMatchObject({
        state: 'failed',
        error: expect.stringContaining('this month’s calls'),
      });
  });

  it('counts what many processes add at once', async () => {
    const use = makeMonthlyUse(pool);
    await Promise.all(Array.from({ length: 20 }, () => use.add('dingtalk', '2022-04', 'calls', 2)));
    await use.add('dingtalk', '2022-05', 'calls', 1);
    expect(await use.of('dingtalk', '2022-04')).toEqual({ calls: 40 });
    expect(await use.of('dingtalk', '2022-06')).toEqual({});
  });
});
