// Does reading grow with history? Times the tally, `/report` and the digest on 1,000, 100,000 and 1,000,000 inspections
// of one campaign of 31 days, each with the ±1 rows and events that recording it writes. Prints medians; the largest
// should be at most 1.2 times the smallest.

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { loadHolidays } from '../src/campaigns/holidays.ts';
import { campaignFrom } from '../src/campaigns/pack-body.ts';
import { loadPack } from '../src/campaigns/read-pack.ts';
import { plusDays } from '../src/domain/calendar.ts';
import { areasOf, type Campaign } from '../src/domain/campaign.ts';
import { EVERYTHING } from '../src/domain/sight.ts';
import { makeCommandLists } from '../src/store/command-lists.ts';
import { attachDatabase } from '../src/store/embedded.ts';
import { makeFigured } from '../src/store/figured.ts';
import { makeListings } from '../src/store/listings.ts';
import { migrate } from '../src/store/migrations.ts';
import { openPool } from '../src/store/pool.ts';
import { openPrisma } from '../src/store/prisma.ts';
import { makeTallyStore, type TallyStore } from '../src/store/tally.ts';
import { readTrend } from '../src/usecases/read-trend.ts';

const SIZES = [1_000, 100_000, 1_000_000];
const DAYS = 31;
const COMPOUNDS = 1_800;
const WARM_UP = 50;
const ROUNDS = 200;

const silent = { info: () => {}, warn: () => {}, error: () => {} };

export default async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'dudao-bench-'));
  await chmod(folder, 0o755);
  const settings = { synchronous_commit: 'off', max_wal_size: '4GB' };
  const database = await attachDatabase({ dataDir: folder, sharedDir: join(folder, 'shared'), settings, log: silent });
  const pools: pg.Pool[] = [];
  try {
    const campaign = await shipped();
    for (const size of SIZES) pools.push(await prepare(database.url, campaign, size));
    report(await measure(pools.map((pool) => readings(pool, campaign))));
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
    await database.close();
    await rm(folder, { recursive: true });
  }
};

const shipped = async (): Promise<Campaign> => {
  const pack = await loadPack('campaigns/zhongshan-2022');
  if (!pack.ok) throw new Error('the shipped pack has faults');
  return campaignFrom(pack.body, 1, await loadHolidays());
};

/** A database of its own with that many inspections, folded. */
const prepare = async (url: string, campaign: Campaign, size: number): Promise<pg.Pool> => {
  const admin = openPool(url, { max: 1 });
  await admin.query(`create database reading_${size}`);
  await admin.end();
  const own = Object.assign(new URL(url), { pathname: `/reading_${size}` }).href;
  await migrate(own, silent);
  const pool = openPool(own, { max: 6 });
  await seed(pool, campaign, size);
  await foldAll(makeTallyStore(pool));
  await pool.query('vacuum analyze');
  return pool;
};

type Readings = Readonly<Record<string, () => Promise<unknown>>>;

const readings = (pool: pg.Pool, campaign: Campaign): Readings => {
  const { calendar } = campaign;
  const today = plusDays(campaign.firstDay, DAYS - 1);
  const now = calendar.instant(today, '20:01');
  const figured = makeFigured(pool, makeTallyStore(pool), { now: () => now });
  const lists = makeCommandLists(pool);
  const pace = [0, 1, 2, 3, 4].map((n) => calendar.plusWorkingDays(today, -n));
  const listings = makeListings(pool, openPrisma(pool));
  const page = { campaign, today, sight: EVERYTHING, after: null, limit: 50, places: null };
  const zone = { ...page, places: areasOf(campaign).slice(0, 1) };
  const tallies = makeTallyStore(pool);
  const cutOffAt = now;
  return {
    'page: trend of 30 days': () => readTrend(tallies, campaign, now, { days: 30, sees: () => true }),
    'page: compounds not covered': () =>
      listings.compounds({
        ...zone,
        coverage: { group: 'not_covered', cutOffAt, day: today },
        words: null,
        id: null,
      }),
    'page: findings to fix': () =>
      listings.findings({ ...page, group: 'to_fix', compound: null, id: null, order: 'asc' }),
    'page: findings verified, newest': () =>
      listings.findings({ ...zone, group: 'verified', compound: null, id: null, order: 'desc' }),
    'page: records of a compound': () =>
      listings.inspections({ ...page, versions: 'live', order: 'desc', compound: 'k7' }),
    'page: letters unsigned': () => listings.letters({ ...page, group: 'unsigned' }),
    'page: deliveries, newest': () => listings.deliveries({ ...page, state: null, verb: 'send', order: 'desc' }),
    'page: deliveries that failed': () =>
      listings.deliveries({ ...page, state: 'failed', verb: 'send', order: 'desc' }),
    'tally, live': () => figured.tally(campaign),
    'tally of today, 20:00': () => figured.tally(campaign, today),
    'tally of day 5': () => figured.tally(campaign, plusDays(campaign.firstDay, 4)),
    '/report and its lists': () =>
      Promise.all([
        figured.tally(campaign),
        lists.unsigned(campaign.id, areasOf(campaign), 10),
        lists.overdue(campaign.id, areasOf(campaign), today, 10),
      ]),
    digest: () =>
      Promise.all([
        figured.tally(campaign, today),
        figured.newlyCovered(campaign.id, pace),
        figured.messagesSent(calendar.instant(today, '00:00'), now),
        lists.reachedTop(campaign.id, today),
        lists.undecided(campaign.id),
      ]),
  };
};

/** In turns, so that a busy moment of the machine or a warm cache falls on all sizes alike. */
const measure = async (bySize: readonly Readings[]): Promise<Record<string, number>[]> => {
  const medians = bySize.map((): Record<string, number> => ({}));
  for (const name of Object.keys(bySize[0] ?? {})) {
    const times: number[][] = bySize.map(() => []);
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      for (const [i, read] of bySize.map((of) => of[name]).entries()) {
        const begin = performance.now();
        await read?.();
        if (round >= WARM_UP) times[i]?.push(performance.now() - begin);
      }
    }
    for (const [i, own] of times.entries()) {
      const median = own.sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
      Object.assign(medians[i] ?? {}, { [name]: median });
    }
  }
  return medians;
};

const foldAll = async (store: TallyStore): Promise<void> => {
  while ((await store.foldDeltas(50_000)) > 0);
};

/** The same roster, letters, open findings and messages of today for every size; the history is what grows. */
const seed = async (pool: pg.Pool, campaign: Campaign, size: number): Promise<void> => {
  const { id, firstDay } = campaign;
  const areas = areasOf(campaign);
  const run = (sql: string, ...values: unknown[]) => pool.query(sql, values);
  await run(
    `insert into compound (id, name, aliases, pinyin, area, status, added_at)
     select 'k' || i, '小区' || i, '{}', '', ($1::text[])[1 + i % $2::int], 'listed', $3::date from generate_series(1, $4::int) i`,
    areas,
    areas.length,
    firstDay,
    COMPOUNDS,
  );
  await run(
    `insert into inspection (id, campaign, assignment_id, version, live, strand, checklist, check_on, recorded_at, entered_at,
       inspector_id, inspector_name, compound_id, compound_name, compound_status, area, answers, source, flags)
     select 'i' || i, $1, 'a' || i, 1, true, 'zone', 'checklist-2022-04', day, at, at, 'p' || i % 90, '检查人', 'k' || 1 + i % $5::int,
            '小区', 'listed', ($2::text[])[1 + (1 + i % $5::int) % $3::int], '{"wall_notice":"yes","staff_mask":"no"}', '{"channel":"playground","kind":"tap"}', '{}'
       from (select i, $4::date + i % $6::int as day, ($4::date + i % $6::int) + (i % 86400) * interval '1 s' as at from generate_series(1, $7::int) i) r`,
    id,
    areas,
    areas.length,
    firstDay,
    COMPOUNDS,
    DAYS,
    size,
  );
  await run(
    `insert into coverage select campaign, compound_id, min(id), min(area), min(entered_at), min(check_on) from inspection group by 1, 2`,
  );
  // Each record counts on its day; one in eight is of the evening. One in ten has a finding that is put right next day.
  await run(
    `insert into delta (campaign, measure, area, organisation, department, on_day, day, late, n)
     select i.campaign, m.measure, i.area, '', '', i.check_on + m.after, i.check_on + m.after, substr(i.id, 2)::int % 8 = 0, m.n
       from inspection i cross join (values ('inspections', 0, 1, 1), ('findings', 0, 1, 10), ('to_fix', 0, 1, 10), ('to_fix', 1, -1, 10),
                               ('to_verify', 1, 1, 10), ('to_verify', 2, -1, 10), ('verified', 2, 1, 10)) m(measure, after, n, one_in)
      where substr(i.id, 2)::int % m.one_in = 0`,
  );
  await run(
    `insert into delta (campaign, measure, area, organisation, department, on_day, day, late, n)
     select campaign, 'covered', area, '', '', covered_on, covered_on, false, 1 from coverage`,
  );
  await run(
    `insert into delta (campaign, measure, area, organisation, department, on_day, day, late, n)
     select $1, m, ($2::text[])[1 + i % $3::int], '单位' || i % $3::int, '科室' || i % 5, d, d, false, 1
       from generate_series(1, 600) i cross join (values ('home_owed', $4::date), ('home_done', $4::date + 3)) v(m, d)`,
    id,
    areas,
    areas.length,
    firstDay,
  );
  await run(
    `insert into letter (id, campaign, letter, unit_id, unit, kind, origin, area, state, version, answers, due_on, owed_at)
     select 'l' || i, $1, 'letter', 'u' || i, '企业' || i, 'HQ', 'local', ($2::text[])[1 + i % $3::int], case when i % 3 = 0 then 'sent' else 'signed' end, 1, '{}', $4::date + 7, $4::date
       from generate_series(1, 1000) i`,
    id,
    areas,
    areas.length,
    firstDay,
  );
  await run(
    `insert into finding (id, campaign, compound_id, compound_name, item, area, state, version, inspection_ids, opened_at, due_on)
     select 'f' || i, $1, 'k' || 1 + i % $4::int, '小区', 'staff_mask', ($2::text[])[1 + i % $3::int],
            case when i <= 60 then 'notified' else 'verified' end, 1, array['i' || i], $5::date, $5::date + 2
       from generate_series(1, greatest(60, $6::int / 10)) i`,
    id,
    areas,
    areas.length,
    COMPOUNDS,
    firstDay,
    size,
  );
  await run(
    `insert into outbox (key, campaign, channel, chat, person_id, kind, verb, about, message, state, created_at, not_before, attempts, sent_at)
     select 'o' || i, $1, 'playground', 'g' || i % 9, 'p' || i % 1000, 'notice', 'send', '[]', '{}', 'sent', at, at, 1, at
       from (select i, case when i <= 300 then $2::date + $3::int - 1 else $2::date + i % ($3::int - 1) end + interval '9 hours' as at
               from generate_series(1, greatest(300, $4::int / 2)) i) o`,
    id,
    firstDay,
    DAYS,
    size,
  );
};

const report = (medians: readonly Record<string, number>[]): void => {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(
    `reading, median of ${ROUNDS}, ms      ${SIZES.map((size) => size.toLocaleString('en').padStart(10)).join('')}   largest / smallest`,
  );
  for (const name of Object.keys(medians[0] ?? {})) {
    const times = medians.map((m) => m[name] ?? 0);
    const ratio = (times.at(-1) ?? 0) / (times[0] || 1);
    say(`${name.padEnd(30)} ${times.map((t) => t.toFixed(2).padStart(10)).join('')}   ${ratio.toFixed(2)}`);
  }
};
