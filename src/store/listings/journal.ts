// The pages of what happened: the append-only events, and what was sent or waits to be.
import type pg from 'pg';
import type { DeliveryRow, DeliveryState, EventRow, Listings } from '../../ports-listings.ts';
import type { Event, PrismaClient } from '../generated/client.ts';
import { keyParts, pageOf } from './paging.ts';

/** A delivery under way is still waiting to whoever asks. */
const states: Readonly<Record<DeliveryState, readonly string[]>> = {
  waiting: ['waiting', 'sending'],
  sent: ['sent'],
  unknown: ['unknown'],
  failed: ['failed'],
  expired: ['expired'],
};

/** Nothing that happens to one record happens more often. */
const MOST_HISTORY = 500;

export const journalListings = (
  pool: pg.Pool,
  prisma: PrismaClient,
): Pick<Listings, 'events' | 'history' | 'deliveries'> => ({
  async events(query) {
    const [after] = keyParts(query, 1);
    const rows = await prisma.event.findMany({
      where: { campaign: query.campaign.id, ...(after ? { id: { gt: BigInt(after) } } : {}) },
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    });
    return pageOf(rows, query.limit, (row) => [String(row.id)], decodeEvent);
  },

  async history(campaign, { kind, id }) {
    const rows = await prisma.event.findMany({
      where: { subjectKind: kind, subjectId: id, campaign },
      orderBy: { id: 'asc' },
      take: MOST_HISTORY,
    });
    return rows.map(decodeEvent);
  },

  async deliveries(query) {
    // Messages of no campaign (a binding confirmed) are listed with each: two walks of one index, merged.
    const { order } = query;
    const own = (campaign: string) =>
      `(select * from outbox where ${campaign} and ($2::bigint is null or id ${order === 'asc' ? '>' : '<'} $2)
          and ($3::text[] is null or state = any($3)) and ($4 or verb = 'send') order by id ${order} limit $5)`;
    const { rows } = await pool.query<DeliveryRow>(
      `select o.id::text, o.channel, o.chat, o.person_id as person, coalesce(p.name, g.title, w.title) as "to", o.kind, o.verb,
              o.about, o.rung, case o.state when 'sending' then 'waiting' else o.state end as state, o.attempts,
              o.not_before as "notBefore", o.sent_at as "sentAt", o.error
         from (${own('campaign = $1')} union all ${own('campaign is null')}) o
         left join person p on p.id = o.person_id
         left join chat_group g on g.channel = o.channel and g.external_id = o.chat
         left join webhook w on o.channel = 'webhook' and w.id = o.chat
        order by o.id ${order} limit $5`,
      [
        query.campaign.id,
        ...keyParts(query, 1),
        query.state && states[query.state],
        query.verb === 'all',
        query.limit + 1,
      ],
    );
    return pageOf(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => row,
    );
  },
});

const decodeEvent = ({ id, at, kind, subjectKind, subjectId, byId, byName, inbound, data }: Event): EventRow => ({
  id: String(id),
  at,
  kind,
  subject: { kind: subjectKind, id: subjectId },
  by: byId === null ? null : { id: byId, name: byName ?? '' },
  inbound,
  data: data as EventRow['data'],
});
