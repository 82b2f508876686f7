// The figures that commands, tallies and digests ask for, at the service's own time.
import type pg from 'pg';
import type { Clock, Figured } from '../ports.ts';
import { tallyOn } from '../usecases/read-tally.ts';
import type { TallyStore } from './tally.ts';

export const makeFigured = (pool: pg.Pool, store: TallyStore, clock: Clock): Figured => ({
  tally: (campaign, on) => tallyOn(store, campaign, clock.now(), on),

  newlyCovered: (campaign, days) => store.newlyCovered(campaign, days),

  async messagesSent(from, to) {
    const { rows } = await pool.query<{ sent: number; people: number; most: number; answers: number }>(
      `select coalesce(sum(n), 0)::int as sent, count(person_id)::int as people,
              coalesce(max(n) filter (where person_id is not null), 0)::int as most,
              (select count(*)::int from inbound where at >= $1 and at < $2 and person_id is not null) as answers
         from (select person_id, count(*) as n from outbox
                where state = 'sent' and verb = 'send' and sent_at >= $1 and sent_at < $2
                group by person_id) o`,
      [from, to],
    );
    return rows[0] ?? { sent: 0, people: 0, most: 0, answers: 0 };
  },
});
