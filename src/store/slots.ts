// Slots as rows: claimed by one process, marked when done, taken over when the claimer died (DESIGN §1). Leases are real time.
import type pg from 'pg';
import type { Slots } from '../ports-schedule.ts';

export const makeSlots = (pool: pg.Pool, leaseMs = 300_000): Slots => ({
  leaseMs,
  async claim(campaign, kind, day, at) {
    const { rowCount } = await pool.query(
      `insert into slot as s (campaign, kind, day, started_at, lease_until) values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 ms')
        on conflict (campaign, kind, day) do update set lease_until = excluded.lease_until
        where s.done_at is null and s.lease_until < clock_timestamp()`,
      [campaign, kind, day, at, leaseMs],
    );
    return rowCount === 1;
  },
  async renew(campaign, kind, day) {
    await pool.query(
      `update slot set lease_until = clock_timestamp() + $4 * interval '1 ms' where campaign = $1 and kind = $2 and day = $3 and done_at is null`,
      [campaign, kind, day, leaseMs],
    );
  },
  async done(campaign, kind, day, at) {
    await pool.query(
      'update slot set done_at = $4 where campaign = $1 and kind = $2 and day = $3 and done_at is null',
      [campaign, kind, day, at],
    );
  },
  async release(campaign, kind, day) {
    await pool.query(
      'update slot set lease_until = clock_timestamp() where campaign = $1 and kind = $2 and day = $3 and done_at is null',
      [campaign, kind, day],
    );
  },
  async finished(campaign, days) {
    const { rows } = await pool.query<{ kind: string; day: string }>(
      'select kind, day from slot where campaign = $1 and day = any($2) and done_at is not null',
      [campaign, days],
    );
    return new Set(rows.map((row) => `${row.kind}:${row.day}`));
  },
});
