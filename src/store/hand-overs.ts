// Hand-overs of zones by day (R35).
import type pg from 'pg';
import type { HandOvers } from '../ports.ts';
import { decodeHandOver } from './rows.ts';

export const makeHandOvers = (pool: pg.Pool): HandOvers => ({
  async on(campaign, day) {
    const { rows } = await pool.query<{ h: Readonly<Record<string, unknown>> }>(
      'select to_jsonb(h) as h from hand_over h where campaign = $1 and day = $2::date order by zone',
      [campaign, day],
    );
    return rows.map(({ h }) => decodeHandOver(h));
  },
});
