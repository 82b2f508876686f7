// Whether an account can be written to: a binding is kept when its person blocks the bot, and marked (E22).
import type pg from 'pg';
import type { Reachability } from '../ports-channels.ts';

export const makeReachability = (pool: pg.Pool): Reachability => ({
  async lost(channel, externalId, at) {
    await pool.query('update binding set lost_at = $3 where channel = $1 and external_id = $2 and lost_at is null', [
      channel,
      externalId,
      at,
    ]);
  },
  async back(channel, externalId) {
    await pool.query(
      'update binding set lost_at = null where channel = $1 and external_id = $2 and lost_at is not null',
      [channel, externalId],
    );
  },
});
