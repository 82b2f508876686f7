// How a group can still be reached when a platform's own way is closed: its robot's key, and where cards wait.
import type pg from 'pg';
import type { Clock } from '../ports.ts';
import type { GroupWays } from '../ports-channels.ts';

export const makeGroupWays = (pool: pg.Pool, clock: Clock): GroupWays => ({
  async robotKey(channel, chat) {
    const { rows } = await pool.query<{ key: string | null }>({
      name: 'group-ways:robot',
      text: 'select webhook_key as key from chat_group where channel = $1 and external_id = $2',
      values: [channel, chat],
    });
    return rows[0]?.key ?? null;
  },
  async withOpenCards(channel) {
    const { rows } = await pool.query<{ chat: string }>(
      `select distinct c.chat from card c join chat_group g on g.channel = c.channel and g.external_id = c.chat
        where c.channel = $1 and c.person_id is null and c.state = 'open' and (c.closes_at is null or c.closes_at > $2)
          and c.created_at > $2::timestamptz - interval '2 days' order by 1`,
      [channel, clock.now()],
    );
    return rows.map((row) => row.chat);
  },
});
