// The pages of what the office keeps: organisations, companies' units, and who holds the four levels.
import type pg from 'pg';
import type { Listings, OrganisationListRow, SeatRow, UnitListRow } from '../../ports-listings.ts';
import { pageOf } from './paging.ts';
import { newWhere, onlyAfter } from './where.ts';

const asIs = <T>(row: T): T => row;

export const officeListings = (pool: pg.Pool): Pick<Listings, 'organisations' | 'units' | 'seats'> => ({
  async organisations({ today, after, limit }) {
    const where = newWhere();
    const day = where.put(today);
    onlyAfter(where, after, [['o.id', 'text']]);
    const { rows } = await pool.query<OrganisationListRow>(
      `select o.id, o.name, o.kind, o.area,
              (select count(*)::int from person p where p.organisation_id = o.id and (p.left_on is null or p.left_on > ${day}::date)) as people
         from organisation o ${where.text()} order by o.id limit ${where.put(limit + 1)}`,
      [...where.values],
    );
    return pageOf(rows, limit, (row) => [row.id], asIs);
  },

  async units({ places, words, today, after, limit }) {
    const where = newWhere();
    const day = where.put(today);
    const holds = (x: string) =>
      `(${x}.from_on is null or ${x}.from_on <= ${day}::date) and (${x}.to_on is null or ${day}::date <= ${x}.to_on)`;
    if (places !== null) where.add('u.area = any(?)', places);
    if (words !== null) where.add('u.name like ?', `%${words.replace(/[\\%_]/g, '\\$&')}%`);
    onlyAfter(where, after, [['u.id', 'text']]);
    const { rows } = await pool.query<UnitListRow>(
      `select u.id, u.name, u.kind, u.area, jsonb_build_object('id', c.id, 'name', c.name, 'origin', c.origin) as company,
              (select jsonb_build_object('id', p.id, 'name', p.name) from role_holding h join person p on p.id = h.person_id
                where h.role = 'signatory' and h.scope = u.id and ${holds('h')} order by h.from_on desc nulls last limit 1) as head,
              (select count(distinct m.compound_id)::int from management m where m.unit_id = u.id and ${holds('m')}) as compounds,
              u.added_on as "addedOn"
         from company_unit u join company c on c.id = u.company_id
         ${where.text()} order by u.id limit ${where.put(limit + 1)}`,
      [...where.values],
    );
    return pageOf(rows, limit, (row) => [row.id], asIs);
  },

  async seats(campaign, day) {
    const { rows } = await pool.query<SeatRow>(
      `select h.id, h.role, h.scope_kind as "scopeKind", h.scope, jsonb_build_object('id', p.id, 'name', p.name) as person,
              coalesce(u.name, o.name) as organisation, h.from_on as "from", h.to_on as "to", h.batch, h.deputy_for as "deputyFor",
              exists (select from binding b where b.person_id = p.id and b.lost_at is null) as reachable
         from role_holding h join person p on p.id = h.person_id
         left join organisation o on o.id = p.organisation_id
         left join company_unit u on u.id = p.unit_id and o.kind = 'company'
        where h.role in ('commander', 'supervisor', 'liaison', 'zone_lead') and coalesce(h.campaign, $1) = $1
          and (h.from_on is null or h.from_on <= $2::date) and (h.to_on is null or $2::date <= h.to_on)
        order by h.scope_kind, h.scope, array_position(array['commander', 'supervisor', 'liaison', 'zone_lead'], h.role), h.from_on nulls first, h.id`,
      [campaign, day],
    );
    return rows;
  },
});
