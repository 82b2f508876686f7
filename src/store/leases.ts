// Leases as rows, and keys that are good for one use: what processes on one database agree on. Real time, the database's.
import type pg from 'pg';
import type { Leases, SingleUse } from '../ports-channels.ts';

export const makeLeases = (pool: pg.Pool): Leases => ({
  async hold(name, holder, ms) {
    const { rowCount } = await pool.query({
      name: 'leases:hold',
      text: `insert into lease as l (name, holder, until) values ($1, $2, clock_timestamp() + $3 * interval '1 ms')
              on conflict (name) do update set holder = excluded.holder, until = excluded.until
              where l.holder = excluded.holder or l.until < clock_timestamp()`,
      values: [name, holder, ms],
    });
    return rowCount === 1;
  },
  async release(name, holder) {
    await pool.query('delete from lease where name = $1 and holder = $2', [name, holder]);
  },
});

/** Nothing that is taken stays useful for longer than this. */
const KEPT_DAYS = 7;
const SWEEP_MS = 60 * 60_000;

export const makeSingleUse = (pool: pg.Pool): SingleUse => {
  let sweptAt = performance.now();
  return {
    async take(key) {
      const { rowCount } = await pool.query({
        name: 'single-use:take',
        text: 'insert into single_use (key, at) values ($1, clock_timestamp()) on conflict do nothing',
        values: [key],
      });
      if (performance.now() - sweptAt > SWEEP_MS) {
        sweptAt = performance.now();
        await pool.query(`delete from single_use where at < clock_timestamp() - $1 * interval '1 day'`, [KEPT_DAYS]);
      }
      return rowCount === 1;
    },
  };
};
