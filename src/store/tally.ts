// The figures' sums: read over what is folded and what is not yet, and folded in the background (DESIGN §7).
// Reading costs a few rows for each figure and place, however many records and days stand behind them.
import type pg from 'pg';
import type { Day } from '../domain/calendar.ts';
import type { Sum } from '../domain/figures.ts';
import type { Moment } from '../domain/tally.ts';
import type { DaySum } from '../domain/trend.ts';
import type { TallyReading } from '../usecases/read-tally.ts';
import type { TrendReading } from '../usecases/read-trend.ts';

export interface TallyStore extends TallyReading, TrendReading {
  /** Compounds newly covered in the whole campaign on each of these days, in their order. */
  newlyCovered(campaign: string, days: readonly Day[]): Promise<number[]>;
  /** Moves delta rows into the rollup and says how many; safe beside writers, readers and other replicas. */
  foldDeltas(limit?: number): Promise<number>;
}

const place = 'measure, area, organisation, department';
const columns = `${place}, on_day, day, late`;

export const makeTallyStore = (pool: pg.Pool): TallyStore => ({
  async sumsUpTo(campaign: string, moment: Moment): Promise<Sum[]> {
    // Spans for the days before, rows for the moment's own day, and what is not folded yet. A row that counts for a day
    // never became true before it, so `today` is found among the rows of that day.
    const { rows } = await pool.query<Sum>(
      `select ${place}, sum(n)::int as total, coalesce(sum(n) filter (where on_day = $2::date), 0)::int as today
         from (select ${place}, null::date as on_day, n from rollup_span where campaign = $1 and last_day = any($4::date[])
               union all
               select ${place}, on_day, n from rollup where campaign = $1 and day = $2::date and (not late or $3)
               union all
               select ${place}, on_day, n from delta
                where campaign = $1 and (day < $2::date or (day = $2::date and (not late or $3)))) r
        group by ${place} having sum(n) <> 0 or sum(n) filter (where on_day = $2::date) <> 0
        order by organisation, department, area, measure`,
      [campaign, moment.day, moment.late, spansBefore(moment.day)],
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
    const of = (table: string) => `select on_day, n from ${table} where campaign = $1 and measure = 'covered'
      and on_day = any($2::date[]) and day >= (select min(d) from unnest($2::date[]) d)`;
    const { rows } = await pool.query<{ day: Day; n: number }>(
      `select on_day as day, sum(n)::int as n from (${of('rollup')} union all ${of('delta')}) r group by on_day`,
      [campaign, days],
    );
    const byDay = new Map(rows.map(({ day, n }) => [day, n]));
    return days.map((day) => byDay.get(day) ?? 0);
  },

  async addedOn(campaign, measures, from, to) {
    const of = (table: string) => `select measure, area, day, late, n from ${table}
      where campaign = $1 and day between $3::date and $4::date and measure = any($2)`;
    const { rows } = await pool.query<DaySum>(
      `select measure, area, day, late, sum(n)::int as n from (${of('rollup')} union all ${of('delta')}) r
        group by measure, area, day, late having sum(n) <> 0`,
      [campaign, measures, from, to],
    );
    return rows;
  },

  async foldDeltas(limit = 10_000) {
    // One statement: a reader sees a row in one place, never in two or none. Upserts go in the order of the key, so that
    // two replicas cannot wait for each other in a ring.
    const { rows } = await pool.query<{ n: number }>(
      `with taken as (
         delete from delta where id in (select id from delta order by id limit $1 for update skip locked)
         returning campaign, ${columns}, n),
       by_day as (
         insert into rollup as r (campaign, ${columns}, n)
         select campaign, ${columns}, sum(n)::int from taken group by campaign, ${columns} order by campaign, day, ${columns}
         on conflict (campaign, ${columns}) do update set n = r.n + excluded.n),
       by_span as (
         insert into rollup_span as r (campaign, ${place}, last_day, n)
         select campaign, ${place}, last_day, sum(n)::int from taken cross join lateral (${SPANS_OF_DAY}) s
          group by campaign, last_day, ${place} having sum(n) <> 0 order by campaign, last_day, ${place}
         on conflict (campaign, last_day, ${place}) do update set n = r.n + excluded.n)
       select count(*)::int as n from taken`,
      [limit],
    );
    return rows[0]?.n ?? 0;
  },
});

// Days are numbered from 1970-01-01. The span that ends on day i covers as many days as the lowest set bit of i says; so
// everything up to a day is made of at most 16 spans, those of a campaign's first year of at most 9, and a day belongs to
// at most 17.
const DAY_MS = 86_400_000;
const LEVELS = 16;

/** The last days of the spans that make up everything before `day`. */
const spansBefore = (day: Day): Day[] => {
  const spans: Day[] = [];
  for (let i = Date.parse(day) / DAY_MS - 1; i > 0; i -= i & -i) {
    spans.push(new Date(i * DAY_MS).toISOString().slice(0, 10));
  }
  return spans;
};

/** The last days of the spans that `taken.day` belongs to: on each level the span around it, where there is one. */
const SPANS_OF_DAY = `select date '1970-01-01' + (m << k) as last_day from generate_series(0, ${LEVELS}) k
  cross join lateral (select (day - date '1970-01-01' + (1 << k) - 1) >> k as m) l where m % 2 = 1`;
