// Messages that channels themselves add to the outbox: an answer that did not fit into the acknowledgement.
import type pg from 'pg';
import type { Clock } from '../ports.ts';
import type { FollowUps } from '../ports-channels.ts';

/** A private chat is bound to a person; the row names them, so that the deliveries list can. */
const post = `
  insert into outbox (key, campaign, channel, chat, person_id, kind, verb, about, rung, message, card_id, state, created_at, not_before, attempts)
  select $1, null, $2, $3, (select person_id from binding where channel = $2 and external_id = substring($3 from '^person:(.*)$')),
         'answer', 'send', '[]', null, $4, null, 'waiting', $5, $5, 0
  on conflict (key) do nothing`;

export const makeFollowUps = (pool: pg.Pool, clock: Clock, wake: () => void): FollowUps => ({
  async post(channel, chat, message, key) {
    await pool.query({
      name: 'follow-ups:post',
      text: post,
      values: [key, channel, chat, JSON.stringify(message), clock.now()],
    });
    wake();
  },
});
