// Token buckets for what a platform counts by chat, over all processes together. Real time, the database's (DESIGN §1).
// The delivery worker's buckets for whole platforms are taken with the claim (outbox.ts); these are asked by channels.
import type pg from 'pg';
import type { SendBudget } from '../ports-channels.ts';

const full =
  'insert into send_limit (key, tokens, refilled_at) values ($1, $2, clock_timestamp()) on conflict do nothing';

/** $1 key, $2 burst, $3 per second, $4 how many must be left. */
const take = `
  with bucket as materialized (
    select least($2::float, tokens + $3::float * extract(epoch from clock_timestamp() - refilled_at)) as tokens
      from send_limit where key = $1 for update),
  spent as (
    update send_limit s set tokens = bucket.tokens - 1, refilled_at = clock_timestamp()
      from bucket where s.key = $1 and bucket.tokens >= 1 + $4::float returning 1)
  select tokens, exists (select from spent) as taken from bucket`;

/** Below zero by what would come in during the silence. $1 key, $2 what is owed. */
const hold = `
  insert into send_limit (key, tokens, refilled_at) values ($1, -$2::float, clock_timestamp())
  on conflict (key) do update set tokens = least(send_limit.tokens, excluded.tokens), refilled_at = excluded.refilled_at`;

export const makeSendBudget = (pool: pg.Pool): SendBudget => ({
  async take(key, { perSecond, burst }, leave = 0) {
    for (;;) {
      const { rows } = await pool.query<{ tokens: number; taken: boolean }>({
        name: 'send-budget:take',
        text: take,
        values: [key, burst, perSecond, leave],
      });
      const [row] = rows;
      if (row) return row.taken ? 0 : Math.max(1, Math.ceil(((1 + leave - row.tokens) / perSecond) * 1_000));
      await pool.query(full, [key, burst]);
    }
  },
  async hold(key, { perSecond }, seconds) {
    await pool.query(hold, [key, seconds * perSecond]);
  },
});
