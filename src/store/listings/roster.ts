// The pages of who and where: people with their roles and accounts, groups, compounds.
import type pg from 'pg';
import { areasOf } from '../../domain/campaign.ts';
import type { CompoundRow, GroupRow, Listings, PersonRow } from '../../ports-listings.ts';
import type { ChatGroup, PrismaClient } from '../generated/client.ts';
import { keyParts, pageOf } from './paging.ts';

export const rosterListings = (
  pool: pg.Pool,
  prisma: PrismaClient,
): Pick<Listings, 'compounds' | 'people' | 'groups'> => ({
  async compounds(query) {
    const { rows } = await pool.query<CompoundRow>(
      `select k.id, k.name, k.aliases, k.area, u.name as company, k.status, c.inspection_id as "coveredBy",
              c.covered_at as "coveredAt",
              exists (select from inspection i where i.campaign = $1 and i.compound_id = k.id and i.live
                       and 'doubtful' = any(i.flags)) as doubtful
         from compound k
         left join coverage c on c.campaign = $1 and c.compound_id = k.id
         left join lateral (
           select unit_id from management where compound_id = k.id
              and (from_on is null or from_on <= $2::date) and (to_on is null or $2::date <= to_on)
            order by from_on desc nulls last limit 1) m on true
         left join company_unit u on u.id = m.unit_id
        where k.area = any($3) and ($4::text is null or (k.area, k.name) > ($4, $5))
        order by k.area, k.name limit $6`,
      [query.campaign.id, query.today, areasOf(query.campaign), ...keyParts(query, 2), query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => [row.area, row.name], asIs);
  },

  async people(query) {
    const { rows } = await pool.query<PersonRow>(
      `select p.id, p.name, o.name as organisation, p.department, o.area, p.compound_id as compound,
              left(p.mobile, 3) || '****' || right(p.mobile, 4) as "mobileMasked",
              coalesce((select jsonb_agg(jsonb_build_object('role', h.role, 'scopeKind', h.scope_kind, 'scope', h.scope,
                                 'from', h.from_on, 'to', h.to_on) order by h.from_on nulls first, h.id)
                          from role_holding h where h.person_id = p.id and coalesce(h.campaign, $1) = $1), '[]') as roles,
              coalesce((select jsonb_agg(jsonb_build_object('channel', b.channel, 'externalId', b.external_id) order by b.channel)
                          from binding b where b.person_id = p.id), '[]') as bindings,
              exists (select from binding b where b.person_id = p.id and b.lost_at is null) as reachable
         from person p left join organisation o on o.id = p.organisation_id
        where $2::text is null or p.id > $2
        order by p.id limit $3`,
      [query.campaign.id, ...keyParts(query, 1), query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => [row.id], asIs);
  },

  async groups(query) {
    const [channel, externalId] = keyParts(query, 2);
    const rows = await prisma.chatGroup.findMany({
      where:
        channel && externalId
          ? { channel: { gte: channel }, OR: [{ channel: { gt: channel } }, { externalId: { gt: externalId } }] }
          : {},
      orderBy: [{ channel: 'asc' }, { externalId: 'asc' }],
      take: query.limit + 1,
    });
    return pageOf(rows, query.limit, (row) => [row.channel, row.externalId], decodeGroup);
  },
});

const asIs = <T>(row: T): T => row;

export const decodeGroup = (row: ChatGroup): GroupRow => ({
  channel: row.channel as GroupRow['channel'],
  externalId: row.externalId,
  title: row.title,
  serves: { kind: row.servesKind as GroupRow['serves']['kind'], name: row.servesName },
  hasWebhook: row.webhookKey !== null,
});
