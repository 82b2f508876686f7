// How many presses are recorded in a second? 64 people press 全部落实 at once, again and again, on 1,800 compounds with
// 20,000 open assignments; beside a floor in the same process: the same koa, the same pool, one committed row a request.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import Router from '@koa/router';
import { readJson } from '../src/http/body.ts';
import { createMetrics } from '../src/http/metrics.ts';
import { createApp, listen } from '../src/http/server.ts';
import { createLog } from '../src/log.ts';
import { openPool } from '../src/store/pool.ts';
import type { Crowd } from './support/loader.ts';
import { startBenchService } from './support/service.ts';

const CONNECTIONS = 64;
const ROUND_MS = 4_000;
const ROUNDS = 3;
const OPEN_ASSIGNMENTS = 20_000;

export default async (): Promise<void> => {
  const service = await startBenchService();
  const pool = openPool(service.databaseUrl);
  const floor = await startFloor(pool);
  try {
    await advance(service.url);
    const presses = await openAssignments(pool);
    const rounds: { floor: Crowd; press: Crowd }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const bodies = Array.from({ length: 60_000 }, (_, i) =>
        JSON.stringify({ id: `${round}-${i}`, text: 'x'.repeat(120) }),
      );
      const onFloor = await load(`${floor.url}/floor`, bodies);
      const share = presses.splice(0, Math.floor(OPEN_ASSIGNMENTS / ROUNDS));
      rounds.push({ floor: onFloor, press: await load(`${service.url}/playground/api/press`, share) });
    }
    const records = await pool.query<{ n: number }>('select count(*)::int as n from inspection');
    report(rounds, records.rows[0]?.n ?? 0);
  } finally {
    await floor.close();
    await pool.end();
    await service.close();
  }
};

const advance = async (base: string): Promise<void> => {
  const answer = await fetch(`${base}/playground/api/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceTo: '2022-04-19T08:35:00+08:00' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
};

/** 20,000 spot checks, each of one inspector at one compound, and the presses that answer them. */
const openAssignments = async (pool: ReturnType<typeof openPool>): Promise<string[]> => {
  await pool.query(
    `with p as (select person_id, scope as zone, row_number() over (order by person_id) - 1 as n, count(*) over () as all_people from role_holding where role = 'inspector'),
          k as (select id, area, row_number() over (order by id) - 1 as n, count(*) over () as all_compounds from compound where status = 'listed')
     insert into assignment (id, campaign, strand, kind, person_id, compound_id, area, zone, reasons, from_on, to_on, state, version, given_at)
     select 'bench-' || i, 'zhongshan-2022', 'zone', 'spot', p.person_id, k.id, k.area, p.zone, '{spot_check}', '2022-04-19', '2022-04-21', 'open', 1, '2022-04-19T08:31:00+08:00'
     from generate_series(0, $1::int - 1) i join p on p.n = i % p.all_people join k on k.n = (i % p.all_people * 20 + i / p.all_people) % k.all_compounds`,
    [OPEN_ASSIGNMENTS],
  );
  // Only what was filled by hand: autovacuum would not look at the tables that are still empty either.
  await pool.query('analyze assignment');
  const { rows } = await pool.query<{ body: object }>(
    `select jsonb_build_object('id', a.id, 'as', a.person_id, 'chat', c.chat, 'card', c.id, 'action', 'all_ok', 'values', jsonb_build_object('compound', a.compound_id)) as body
      from assignment a join card c on c.kind = 'assignment' and c.data->>'zone' = a.zone join binding b on b.person_id = a.person_id where a.id like 'bench-%' order by random()`,
  );
  return rows.map((row) => JSON.stringify(row.body));
};

/** One committed row a request, on the same koa with the same log and checks. */
const startFloor = async (pool: ReturnType<typeof openPool>) => {
  await pool.query(
    'create table bench_floor (id text primary key, body jsonb not null, at timestamptz not null default clock_timestamp())',
  );
  const router = new Router();
  router.post('/floor', async (ctx) => {
    const body = (await readJson(ctx, 100_000)) as { id: string };
    await pool.query({
      name: 'floor',
      text: 'insert into bench_floor (id, body) values ($1, $2)',
      values: [body.id, JSON.stringify(body)],
    });
    ctx.body = { accepted: true };
  });
  const log = createLog({ level: 'silent' });
  return listen(createApp({ log, metrics: createMetrics(), routers: [router], secure: false }), {
    host: '127.0.0.1',
    port: 0,
  });
};

const load = (url: string, bodies: readonly string[]): Promise<Crowd> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'support/loader.ts'));
    child.once('message', (crowd) => resolve(crowd as Crowd));
    child.once('error', reject);
    child.send({ url, connections: CONNECTIONS, forMs: ROUND_MS, bodies });
  });

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const report = (rounds: readonly { floor: Crowd; press: Crowd }[], records: number): void => {
  const line = (name: string, crowds: readonly Crowd[]) =>
    `${name.padEnd(6)} ${Math.round(median(crowds.map((c) => c.perSecond)))} a second, p50 ${median(crowds.map((c) => c.p50)).toFixed(1)} ms, p99 ${median(crowds.map((c) => c.p99)).toFixed(1)} ms, failed ${crowds.reduce((n, c) => n + c.failed, 0)}`;
  const floors = rounds.map((r) => r.floor);
  const presses = rounds.map((r) => r.press);
  process.stdout.write(`${line('floor', floors)}\n${line('press', presses)}\n`);
  const ratio = median(rounds.map((r) => r.press.perSecond / r.floor.perSecond));
  const tail = median(rounds.map((r) => r.press.p99 / r.floor.p99));
  process.stdout.write(
    `press / floor: ${ratio.toFixed(2)} of its rate (at least 0.5), p99 ${tail.toFixed(1)} times (at most 5); ${records} records committed\n`,
  );
};
