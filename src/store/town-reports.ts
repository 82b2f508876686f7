// Reads the reports of towns, and what of their findings was reported in time (R41).
import type pg from 'pg';
import type { TownReports } from '../ports-city-town.ts';
import { decodeTownReport } from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** The key of the card in the outbox: one for each town. */
export const townReportKey = (campaign: string): string => `town_report:${campaign}:`;

export const makeTownReports = (pool: pg.Pool): TownReports => ({
  async latest(campaign, areas) {
    const { rows } = await pool.query<{ r: Row }>(
      `select distinct on (area) to_jsonb(r) as r from town_report r where campaign = $1 and area = any($2) order by area, version desc`,
      [campaign, areas],
    );
    return rows.map(({ r }) => decodeTownReport(r));
  },
  async withoutCard(campaign, areas) {
    const { rows } = await pool.query<{ area: string }>(
      `select area from unnest($2::text[]) a(area) where not exists (select from town_report r where r.campaign = $1 and r.area = a.area)
          and not exists (select from outbox o where o.key = $3 || a.area)`,
      [campaign, areas, townReportKey(campaign)],
    );
    return rows.map(({ area }) => area);
  },
  async rectified({ id, timezone }, areas) {
    const { rows } = await pool.query<{ area: string; inTime: number; late: number }>(
      `select area, (count(*) filter (where (reported_at at time zone $3)::date <= coalesce(promised_on, due_on)))::int as "inTime",
          (count(*) filter (where (reported_at at time zone $3)::date > coalesce(promised_on, due_on)))::int as late
        from finding where campaign = $1 and area = any($2) and state in ('reported', 'verified') and reported_at is not null group by area`,
      [id, areas, timezone],
    );
    return new Map(rows.map(({ area, inTime, late }) => [area, { inTime, late }]));
  },
});
