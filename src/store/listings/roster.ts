// The pages of who and where: people with their roles and accounts, groups, compounds.
import type pg from 'pg';
import { areasOf } from '../../domain/campaign.ts';
import type { CompoundRow, GroupRow, Listings, PersonRow } from '../../ports-listings.ts';
import type { ChatGroup, PrismaClient } from '../generated/client.ts';
import { keyParts, pageOf } from './paging.ts';
import { newWhere, onlyAfter, onlySeen } from './where.ts';

export const rosterListings = (
  pool: pg.Pool,
  prisma: PrismaClient,
): Pick<Listings, 'compounds' | 'people' | 'groups'> => ({
  async compounds({ campaign, places, sight, coverage, words, id, today, after, limit }) {
    const where = newWhere();
    const own = where.put(campaign.id);
    const day = where.put(today);
    where.add('k.area = any(?)', places ?? areasOf(campaign));
    if (id !== null) where.add('k.id = ?', id);
    if (words !== null) {
      const part = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
      where.add('k.name ilike ? or ? = any(k.aliases) or k.pinyin ilike ?', part, words, part);
    }
    if (coverage) {
      where.add(`k.status = 'listed' and k.added_at <= ?`, coverage.cutOffAt);
      if (coverage.group === 'covered') where.add('c.covered_at <= ?', coverage.cutOffAt);
      if (coverage.group === 'not_covered') where.add('c.covered_at is null or c.covered_at > ?', coverage.cutOffAt);
      if (coverage.group === 'covered_today') {
        where.add('c.covered_at <= ? and c.covered_on = ?::date', coverage.cutOffAt, coverage.day);
      }
    }
    onlySeen(where, sight, { area: 'k.area' });
    onlyAfter(where, after, [
      ['k.area', 'text'],
      ['k.name', 'text'],
    ]);
    const { rows } = await pool.query<CompoundRow>(
      `select k.id, k.name, k.aliases, k.area, u.name as company, k.status, c.inspection_id as "coveredBy",
              c.covered_at as "coveredAt",
              exists (select from inspection i where i.campaign = ${own} and i.compound_id = k.id and i.live
                       and 'doubtful' = any(i.flags)) as doubtful
         from compound k
         left join coverage c on c.campaign = ${own} and c.compound_id = k.id
         left join lateral (
           select unit_id from management where compound_id = k.id
              and (from_on is null or from_on <= ${day}::date) and (to_on is null or ${day}::date <= to_on)
            order by from_on desc nulls last limit 1) m on true
         left join company_unit u on u.id = m.unit_id
         ${where.text()} order by k.area, k.name limit ${where.put(limit + 1)}`,
      [...where.values],
    );
    return pageOf(rows, limit, (row) => [row.area, row.name], asIs);
  },

  async people({ campaign, sight, today, reachable, role, words, id, after, limit }) {
    const where = newWhere();
    const own = where.put(campaign.id);
    const bound = 'exists (select from binding b where b.person_id = p.id and b.lost_at is null)';
    if (reachable !== null) where.add(`${bound} = ?`, reachable);
    if (id !== null) where.add('p.id = ?', id);
    if (words !== null) where.add('p.name like ?', `%${words.replace(/[\\%_]/g, '\\$&')}%`);
    if (role !== null) {
      where.add(
        `exists (select from role_holding h where h.person_id = p.id and h.role = ? and coalesce(h.campaign, ${own}) = ${own}
            and coalesce(h.from_on <= ?::date, true) and coalesce(h.to_on >= ?::date, true))`,
        role,
        today,
        today,
      );
    }
    // A person belongs to the area of the bureau, to a department, and to the zones that a role is held over.
    if (!sight.everything) {
      where.add(
        `o.area = any(?) or o.name || '/' || p.department = any(?) or p.id = ? or exists (
           select from role_holding h where h.person_id = p.id and coalesce(h.campaign, ${own}) = ${own}
              and h.scope_kind = 'zone' and h.scope = any(?))`,
        sight.areas,
        sight.departments,
        sight.personId,
        sight.zones,
      );
    }
    onlyAfter(where, after, [['p.id', 'text']]);
    const { rows } = await pool.query<PersonRow>(
      `select p.id, p.name, o.name as organisation, p.department, o.area, p.compound_id as compound, p.staff_kind as "staffKind",
              p.unit_id as unit, p.joined_on as "joinedOn", p.left_on as "leftOn", p.no_account as "noAccount", p.lives,
              left(p.mobile, 3) || '****' || right(p.mobile, 4) as "mobileMasked",
              coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'role', h.role, 'scopeKind', h.scope_kind, 'scope', h.scope,
                                 'from', h.from_on, 'to', h.to_on, 'batch', h.batch, 'deputyFor', h.deputy_for) order by h.from_on nulls first, h.id)
                          from role_holding h where h.person_id = p.id and coalesce(h.campaign, ${own}) = ${own}), '[]') as roles,
              coalesce((select jsonb_agg(jsonb_build_object('channel', b.channel, 'externalId', b.external_id) order by b.channel)
                          from binding b where b.person_id = p.id), '[]') as bindings,
              ${bound} as reachable
         from person p left join organisation o on o.id = p.organisation_id
         ${where.text()} order by p.id limit ${where.put(limit + 1)}`,
      [...where.values],
    );
    return pageOf(rows, limit, (row) => [row.id], asIs);
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
