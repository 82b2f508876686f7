// The figures' sums: read over what is folded and what is not yet, and folded in the background (DESIGN §7).
// Reading costs days × areas × departments, however many records stand behind them.
import type pg from 'pg';
import type { Day } from '../domain/calendar.ts';
import type { Moment, Sum } from '../domain/tally.ts';
import type { TallyReading } from '../usecases/read-tally.ts';

export interface TallyStore extends TallyReading {
  /** Compounds newly covered in the whole campaign on each of these days, in their order. */
  newlyCovered(campaign: string, days: readonly Day[]): Promise<number[]>;
  /** Moves delta rows into the rollup and says how many; safe beside writers, readers and other replicas. */
  foldDeltas(limit?: number): Promise<number>;
}

const columns = 'measure, area, organisation, department, on_day, day, late';

export const makeTallyStore = (pool: pg.Pool): TallyStore => ({
  async sumsUpTo(campaign: string, moment: Moment): Promise<Sum[]> {
    const upTo = (table: string) =>
      `select measure, area, organisation, department, on_day, n from ${table}
        where campaign = $1 and (day < $2::date or (day = $2::date and (not late or $3)))`;
    const { rows } = await pool.query<Sum>(
      `select measure, area, organisation, department, sum(n)::int as total,
              coalesce(sum(n) filter (where on_day = $2::date), 0)::int as today
         from (${upTo('rollup')} union all ${upTo('delta')}) r
        group by measure, area, organisation, department
        order by organisation, department, area, measure`,
      [campaign, moment.day, moment.late],
    );
    return rows;
  },

  async knownCompounds(areas: readonly string[], at: Date): Promise<ReadonlyMap<string, number>> {
    const { rows } = await pool.query<{ area: string; n: number }>(
      `select area, count(*)::int as n from compound
        where area = any($1) and status = 'listed' and added_at <= $2 group by area`,
      [areas, at],
    );
    return new Map(rows.map(({ area, n }) => [area, n]));
  },

  async newlyCovered(campaign, days) {
    const { rows } = await pool.query<{ day: Day; n: number }>(
      `select on_day::text as day, sum(n)::int as n
         from (select on_day, n from rollup where campaign = $1 and measure = 'covered' and on_day = any($2::date[])
               union all select on_day, n from delta where campaign = $1 and measure = 'covered' and on_day = any($2::date[])) r
        group by on_day`,
      [campaign, days],
    );
    const byDay = new Map(rows.map(({ day, n }) => [day, n]));
    return days.map((day) => byDay.get(day) ?? 0);
  },

  async foldDeltas(limit = 10_000) {
    // One statement: a reader sees a row in one of the two tables, never in both or neither. Upserts go in the order of
    // the key, so that two replicas cannot wait for each other in a ring.
    const { rows } = await pool.query<{ n: number }>(
      `with taken as (
         delete from delta where id in (select id from delta order by id limit $1 for update skip locked)
         returning campaign, ${columns}, n),
       folded as (
         insert into rollup as r (campaign, ${columns}, n)
         select campaign, ${columns}, sum(n)::int from taken group by campaign, ${columns} order by campaign, ${columns}
         on conflict (campaign, ${columns}) do update set n = r.n + excluded.n)
       select count(*)::int as n from taken`,
      [limit],
    );
    return rows[0]?.n ?? 0;
  },
});
