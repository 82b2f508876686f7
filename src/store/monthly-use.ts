// What platforms count by the month, over all processes. One row for each platform, month and thing: platforms that count
// so small allow a few calls a second, so nobody waits for the row.
import type pg from 'pg';
import type { MonthlyUse } from '../ports-channels.ts';

export const makeMonthlyUse = (pool: pg.Pool): MonthlyUse => ({
  async add(channel, month, what, n) {
    const { rows } = await pool.query<{ used: number }>({
      name: 'monthly-use:add',
      text: `insert into monthly_use as u (channel, month, what, used) values ($1, $2, $3, $4)
             on conflict (channel, month, what) do update set used = u.used + excluded.used
             returning used`,
      values: [channel, month, what, n],
    });
    return rows[0]?.used ?? n;
  },
  async of(channel, month) {
    const { rows } = await pool.query<{ what: string; used: number }>(
      'select what, used from monthly_use where channel = $1 and month = $2',
      [channel, month],
    );
    return Object.fromEntries(rows.map(({ what, used }) => [what, used]));
  },
});
