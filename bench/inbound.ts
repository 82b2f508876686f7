// How many presses are recorded in a second? 64 people press 全部落实 at once, again and again, on 1,800 compounds with
// 20,000 open assignments; beside a floor in the same process: the same koa, the same pool, one committed row a request.
import Router from '@koa/router';
import type pg from 'pg';
import { readJson } from '../src/http/body.ts';
import { createMetrics } from '../src/http/metrics.ts';
import { createApp, listen } from '../src/http/server.ts';
import { createLog } from '../src/log.ts';
import { openPool } from '../src/store/pool.ts';
import { type Round, report, sendCrowd } from './support/crowd.ts';
import type { Crowd } from './support/loader.ts';
import { openAssignments } from './support/open-assignments.ts';
import { startBenchService } from './support/service.ts';

const CONNECTIONS = 64;
const ROUND_MS = 4_000;
const ROUNDS = 5;
/** Of each before the first round: a service that has run for a minute is measured, not its compiler. */
const WARM_UP = 3_000;

export default async (): Promise<void> => {
  const service = await startBenchService();
  const pool = openPool(service.databaseUrl);
  const floor = await startFloor(pool);
  try {
    await advance(service.url);
    await openAssignments(pool);
    const presses = await pressesOf(pool);
    const load = (path: string, bodies: readonly string[]): Promise<Crowd> =>
      sendCrowd({ url: path, connections: CONNECTIONS, forMs: ROUND_MS, bodies });
    await load(`${floor.url}/floor`, floorBodies('warm-up', WARM_UP));
    await load(`${service.url}/playground/api/press`, presses.splice(0, WARM_UP));
    const each = Math.floor(presses.length / ROUNDS);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const onFloor = await load(`${floor.url}/floor`, floorBodies(round, 60_000));
      const share = presses.splice(0, each);
      rounds.push({ floor: onFloor, press: await load(`${service.url}/playground/api/press`, share) });
    }
    const records = await pool.query<{ n: number }>('select count(*)::int as n from inspection');
    report(rounds, 0.5, records.rows[0]?.n ?? 0);
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

/** The presses that answer them, each in the group card of its zone. */
const pressesOf = async (pool: pg.Pool): Promise<string[]> => {
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

const floorBodies = (round: number | string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => JSON.stringify({ id: `${round}-${i}`, text: 'x'.repeat(120) }));
