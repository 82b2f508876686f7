// Hand-overs of zones by day (R35).
import type pg from 'pg';
import type { HandOvers } from '../ports.ts';
import { decodeHandOver } from './rows.ts';

export const makeHandOvers = (pool: pg.Pool): HandOvers => ({
  async waiting(campaign, day) {
    const { rows } = await pool.query<{ h: Readonly<Record<string, unknown>> }>(
      `select to_jsonb(h) as h from hand_over h where campaign = $1 and day = $2::date and not h.steps ? 'supervisor'
        and not exists (select from nudge n where n.campaign = $1 and n.about_kind = 'hand_over' and n.about_id = h.id) order by zone`,
      [campaign, day],
    );
    return rows.map(({ h }) => decodeHandOver(h));
  },
  async on(campaign, day) {
    const { rows } = await pool.query<{ h: Readonly<Record<string, unknown>> }>(
      'select to_jsonb(h) as h from hand_over h where campaign = $1 and day = $2::date order by zone',
      [campaign, day],
    );
    return rows.map(({ h }) => decodeHandOver(h));
  },
});
