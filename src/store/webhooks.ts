// Webhooks as rows. What the office sets is committed with its event (commit.ts); here is how they are found, and how
// their calls fare: that is real time, the database's.
import type pg from 'pg';
import type { Webhook } from '../domain/webhook.ts';
import type { WebhookHealth, WebhookNotes, Webhooks } from '../ports-webhooks.ts';

const columns = `w.id, w.campaign, w.title, w.url, w.types, w.secret, w.old_secret as "oldSecret",
  w.old_secret_until as "oldSecretUntil", w.added_at as "addedAt", w.paused_at as "pausedAt", w.removed_at as "removedAt"`;

export const makeWebhooks = (pool: pg.Pool): Webhooks & WebhookNotes => ({
  async of(campaign) {
    const { rows } = await pool.query<Webhook & WebhookHealth>(
      `select ${columns}, w.failures, w.failing_since as "failingSince", w.last_error as "lastError",
              (select count(*) from outbox o where o.channel = 'webhook' and o.chat = w.id and o.state = 'waiting' and o.seq is not null)
              + (select count(*) from outbox o where o.channel = 'webhook' and o.chat = w.id and o.state = 'waiting' and o.seq is null) as waiting
         from webhook w where w.campaign = $1 and w.removed_at is null order by w.added_at, w.id`,
      [campaign],
    );
    return rows;
  },

  async find(id) {
    const { rows } = await pool.query<Webhook>({
      name: 'webhooks:find',
      text: `select ${columns} from webhook w where w.id = $1 and w.removed_at is null`,
      values: [id],
    });
    return rows[0] ?? null;
  },

  async hurry(id) {
    await pool.query(
      `with forgotten as (update webhook set failures = 0, failing_since = null, last_error = null where id = $1)
       update lane set due_at = clock_timestamp() where channel = 'webhook' and chat = $1 and due_at is not null`,
      [id],
    );
  },

  async gotThrough(id) {
    await pool.query(
      'update webhook set failures = 0, failing_since = null, last_error = null where id = $1 and failures > 0',
      [id],
    );
  },

  async failed(id, error) {
    const { rows } = await pool.query<{ failures: number; failingMs: number }>(
      `update webhook set failures = failures + 1, failing_since = coalesce(failing_since, clock_timestamp()), last_error = $2
        where id = $1 returning failures, extract(epoch from clock_timestamp() - failing_since)::float8 * 1000 as "failingMs"`,
      [id, error],
    );
    return rows[0] ?? { failures: 1, failingMs: 0 };
  },

  async pause(id, why) {
    await pool.query(
      'update webhook set paused_at = coalesce(paused_at, clock_timestamp()), last_error = $2 where id = $1',
      [id, why],
    );
  },
});
