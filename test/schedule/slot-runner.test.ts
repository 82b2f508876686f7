import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Clock } from '../../src/ports.ts';
import { openServiceClock } from '../../src/schedule/service-clock.ts';
import { makeSlotRunner, type SlotHandlers } from '../../src/schedule/slot-runner.ts';
import { openPool } from '../../src/store/pool.ts';
import { makeSettings } from '../../src/store/settings.ts';
import { makeSlots } from '../../src/store/slots.ts';
import { moveClock } from '../../src/usecases/move-clock.ts';
import { createTestDatabase } from '../support/database.ts';
import { silent } from '../support/silent-log.ts';
import { at, zhongshan } from '../support/universe.ts';

let pool: pg.Pool;
let campaign: Campaign;
beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
  campaign = await zhongshan();
});
afterAll(() => pool.end());
beforeEach(() => pool.query('delete from slot'));

const leaseEnd = async (): Promise<number> =>
  Number((await pool.query('select extract(epoch from lease_until) * 1000 as ms from slot')).rows[0]?.ms);

const runner = (clock: Clock, handlers: SlotHandlers, log: typeof silent = silent, slots = makeSlots(pool)) =>
  makeSlotRunner({
    campaigns: { all: () => [campaign], get: () => campaign },
    clock,
    slots,
    handlers,
    chores: [],
    firstStart: at('2022-04-01 00:00'),
    log,
  });

const still = (text: string): Clock => ({ now: () => at(text) });

describe('slots', () => {
  it('run once, though two processes look at the same time, again and again', async () => {
    const ran: string[] = [];
    const handlers: SlotHandlers = { assignments: async (_, day) => void ran.push(day) };
    const clock = still('2022-04-19 08:30');
    const processes = [runner(clock, handlers), runner(clock, handlers)];
    await Promise.all(processes.flatMap((p) => [p.runDue(), p.runDue()]));
    expect(ran).toEqual(['2022-04-19']);
  });

  it('are tried again after a failure, and hold up no other slot', async () => {
    const ran: string[] = [];
    const errors: string[] = [];
    let broken = true;
    const handlers: SlotHandlers = {
      tally: async () => {
        if (broken) throw new Error('no luck');
        ran.push('tally');
      },
      digest: async () => void ran.push('digest'),
    };
    const process = runner(still('2022-04-19 20:00'), handlers, {
      ...silent,
      error: (_facts: object, message: string) => errors.push(message),
    });
    await process.runDue();
    expect([ran, errors.length]).toEqual([['digest'], 1]);
    broken = false;
    await process.runDue();
    expect(ran).toEqual(['digest', 'tally']);
  });

  it('are taken over from a process that died with them', async () => {
    const slots = makeSlots(pool);
    expect(await slots.claim(campaign.id, 'assignments', '2022-04-19', at('2022-04-19 08:30'))).toBe(true);
    const ran: string[] = [];
    const process = runner(still('2022-04-19 08:31'), { assignments: async (_, day) => void ran.push(day) });
    await process.runDue();
    expect(ran).toEqual([]);
    await pool.query(`update slot set lease_until = clock_timestamp() - interval '1 s'`);
    await process.runDue();
    expect(ran).toEqual(['2022-04-19']);
  });

  it('are not taken over from a process that is still at them, however long it takes', async () => {
    const shortLease = makeSlots(pool, 150);
    const ran: string[] = [];
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const slow: SlotHandlers = {
      assignments: async () => {
        ran.push('slow');
        begin();
        await finished;
      },
    };
    const clock = still('2022-04-19 08:30');
    const slowRun = runner(clock, slow, silent, shortLease).runDue();
    await begun;
    const claimed = await leaseEnd();
    // Until the lease has been renewed twice: well past the end of the first one.
    await vi.waitUntil(async () => (await leaseEnd()) > claimed + 2 * 50, { timeout: 5_000, interval: 20 });
    await runner(clock, { assignments: async () => void ran.push('second') }, silent, shortLease).runDue();
    finish();
    await slowRun;
    expect(ran).toEqual(['slow']);
  });

  it('come in order when the clock is moved over days, with deliveries between them', async () => {
    const real = 1_000_000;
    const clock = await openServiceClock(makeSettings(pool), at('2022-04-22 19:00'), () => real);
    const seen: string[] = [];
    const note = (kind: string) => async (_: Campaign, day: string, now: Date) =>
      void seen.push(`${kind} ${day.slice(8)} ${campaign.calendar.minuteOf(now) / 60}`);
    const process = runner(clock, {
      assignments: note('assignments'),
      tally: note('tally'),
      digest: note('digest'),
      day_close: note('close'),
    });
    await pool.query('delete from slot');
    const moved = await moveClock(
      {
        campaigns: { all: () => [campaign], get: () => campaign },
        clock,
        runDue: process.runDue,
        drain: async () => {
          if (seen.at(-1) !== 'sent') seen.push('sent');
          return 0;
        },
        nextStops: async () => [],
      },
      at('2022-04-24 09:00'),
    );
    expect(seen).toEqual([
      expect.stringMatching('close 22'),
      'sent',
      'tally 22 20',
      'digest 22 20',
      'sent',
      expect.stringMatching('close 23'),
      'sent',
      expect.stringMatching('close 24'),
      'sent',
      'assignments 24 8.5',
      'sent',
    ]);
    expect(moved).toMatchObject({ now: at('2022-04-24 09:00'), waiting: 0 });
    expect(moved.slotsRun).toHaveLength(6);
  });
});

describe('the service’s clock', () => {
  it('runs on from where it was set, keeps its offset over a restart, and never goes back', async () => {
    let real = 5_000;
    const settings = makeSettings(pool);
    await pool.query('delete from setting');
    const clock = await openServiceClock(settings, at('2022-04-19 08:00'), () => real);
    real += 60_000;
    expect(clock.now()).toEqual(at('2022-04-19 08:01'));
    await clock.advanceTo(at('2022-04-20 08:00'));
    await clock.advanceTo(at('2022-04-19 09:00'));
    expect(clock.now()).toEqual(at('2022-04-20 08:00'));
    const again = await openServiceClock(settings, at('2022-04-19 08:00'), () => real);
    expect(again.now()).toEqual(at('2022-04-20 08:00'));
  });

  it('is one for all processes: what one of them moves, the others follow, told at once or at the minute tick', async () => {
    const real = 5_000;
    const settings = makeSettings(pool);
    await pool.query('delete from setting');
    const heard: ((text: string) => void)[] = [];
    const notifications = {
      tell: () => {},
      on: (_: string, handler: (text: string) => void) => void heard.push(handler),
    };
    const [a, b, told] = await Promise.all([
      openServiceClock(settings, at('2022-04-19 08:00'), () => real),
      openServiceClock(settings, at('2022-04-19 08:00'), () => real),
      openServiceClock(settings, at('2022-04-19 08:00'), () => real, notifications),
    ]);
    await a.advanceTo(at('2022-04-20 08:30'));
    await b.advanceTo(at('2022-04-20 08:00'));
    expect(b.now()).toEqual(at('2022-04-20 08:30'));
    for (const hear of heard) hear('');
    await vi.waitUntil(() => told.now().getTime() === at('2022-04-20 08:30').getTime());

    await a.advanceTo(at('2022-04-22 08:31'));
    const ran: string[] = [];
    await runner(b, { assignments: async (_, day) => void ran.push(day) }).runDue();
    expect(ran).toEqual(['2022-04-22']);
  });

  it('is real time when nobody set it', async () => {
    await pool.query('delete from setting');
    expect((await openServiceClock(makeSettings(pool), null, () => 42)).now()).toEqual(new Date(42));
  });
});
