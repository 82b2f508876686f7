// Who is in the playground: groups whose members follow from roles, one private chat for each account, and the people
// one may act as.
import type pg from 'pg';
import { areasOf, zonesOf } from '../domain/campaign.ts';
import type { RoleName } from '../domain/people.ts';
import type { PlaygroundChat, PlaygroundDoors, PlaygroundPerson, PlaygroundRooms } from '../ports-playground.ts';
import { unreadOf } from './playground-messages.ts';

const roles = (...names: RoleName[]): string => `h.role in (${names.map((name) => `'${name}'`).join(', ')})`;

/** Roles that hold in these campaigns on a day, of people with an account here. */
const holdings = (campaigns: string, day: string): string => `
  select h.person_id, h.campaign, h.role, h.scope_kind, h.scope, o.area as office_area from role_holding h
    join binding b on b.channel = 'playground' and b.person_id = h.person_id
    join person p on p.id = h.person_id left join organisation o on o.id = p.organisation_id
   where (h.campaign is null or h.campaign = any(${campaigns}::text[])) and (h.from_on is null or h.from_on <= ${day}::date)
     and (h.to_on is null or h.to_on >= ${day}::date) and (p.left_on is null or p.left_on > ${day}::date)`;

/**
 * Which groups a holding leads into (DOORS §4), by what the group serves. Joined by equality, because the chats are asked
 * for again and again; `*` = every group of its kind, but a campaign's own command group.
 */
const seats = `
  select distinct g.external_id as chat, h.person_id
    from held h cross join lateral (values
      ('zone', case when ${roles('zone_lead', 'inspector', 'liaison', 'supervisor')} and h.scope_kind = 'zone' then h.scope end),
      ('area', case when ${roles('town_contact', 'town_head')} then h.scope when ${roles('staff', 'department_head')} then h.office_area end),
      ('organisation', case when ${roles('association', 'liaison')} then '*' end),
      ('command', case when ${roles('commander', 'supervisor', 'liaison', 'office')} then '*' end)) as into_(kind, name)
    join chat_group g on g.channel = 'playground' and g.serves_kind = into_.kind
     and case when g.serves_kind in ('zone', 'area') then g.serves_name else '*' end = into_.name
     and (g.serves_kind <> 'command' or h.campaign is null or h.campaign = g.serves_name)`;

const chats = `
  with held as materialized (${holdings('$1', '$2')}),
  seat as materialized (${seats}),
  called as materialized (select person_id, jsonb_agg(distinct role) as roles from held group by person_id),
  room as (
    select g.external_id as id, g.title, 'group' as kind, array_position(array['command', 'zone', 'area', 'organisation'], g.serves_kind) as place
      from chat_group g where g.channel = 'playground'
       and ($3::text is null or exists (select from seat s where s.chat = g.external_id and s.person_id = $3))
    union all
    select 'person:' || b.external_id, case when $3::text is null then p.name else '督导' end, 'person', 0
      from binding b join person p on p.id = b.person_id where b.channel = 'playground' and ($3::text is null or p.id = $3)),
  member as (
    select s.chat, jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'roles', coalesce(c.roles, '[]')) order by p.id) as members
      from (select * from seat union all select 'person:' || person_id, person_id from binding where channel = 'playground') s
      join room on room.id = s.chat join person p on p.id = s.person_id left join called c on c.person_id = p.id group by s.chat)
  select room.id, room.title, room.kind, coalesce(member.members, '[]') as members, latest.at as "lastAt", latest.words as "lastText"
         , case when $3::text is not null then ${unreadOf('$3', 'room.id')} end as unread
    from room left join member on member.chat = room.id
    left join lateral (
      select m.at, coalesce(m.card ->> 'title', nullif(m.text, ''), '[照片]') as words from playground_message m
       where m.chat = room.id order by m.born desc limit 1) latest on true
   order by room.place, room.id`;

const people = `
  with held as (${holdings('$1', '$2')}),
  known as (
    select h.person_id, array_agg(jsonb_build_object('role', h.role, 'scope', coalesce(u.name, case when h.scope_kind <> 'city' then h.scope end))
             order by array_position($5::text[], h.role), h.scope) as roles,
           string_agg(concat_ws(' ', $3::jsonb ->> h.role, coalesce(u.name, h.scope)), ' ') as words
      from held h left join company_unit u on h.scope_kind = 'unit' and u.id = h.scope group by h.person_id)
  select p.id, p.name, k.roles, o.name as organisation, p.department
    from known k join person p on p.id = k.person_id left join organisation o on o.id = p.organisation_id
   where concat_ws(' ', p.name, o.name, p.department, k.words) ilike all($4::text[])
   order by p.name = any($7::text[]) desc, array_position($5::text[], k.roles[1] ->> 'role'), p.id limit $6`;

/** One of each role: best somebody of the zone $4 or its areas $5. */
const favourites = `
  with held as (${holdings('$1', '$2')})
  select distinct on (array_position($3::text[], h.role)) h.person_id
    from held h left join company_unit u on h.scope_kind = 'unit' and u.id = h.scope
   order by array_position($3::text[], h.role), (h.scope = $4 or h.scope = any($5) or h.office_area = any($5) or u.area = any($5)) desc nulls last, h.person_id`;

interface ChatRow extends Omit<PlaygroundChat, 'unread' | 'last'> {
  readonly unread: number | null;
  readonly lastAt: Date | null;
  readonly lastText: string | null;
}

export const makePlaygroundPeople = (pool: pg.Pool): Pick<PlaygroundRooms, 'chats' | 'people'> & PlaygroundDoors => ({
  async chats(campaigns, today, as) {
    const { rows } = await pool.query<ChatRow>({
      name: 'playground:chats',
      text: chats,
      values: [campaigns, today, as],
    });
    return rows.map(({ unread, lastAt, lastText, ...chat }) => ({
      ...chat,
      ...(unread === null ? {} : { unread }),
      ...(lastAt === null ? {} : { last: { at: lastAt, text: (lastText ?? '').slice(0, 80) } }),
    }));
  },

  async people(campaign, today, words, labels, limit) {
    const order = Object.keys(labels);
    const list = async (patterns: string[], most: number): Promise<PlaygroundPerson[]> =>
      (
        await pool.query<PlaygroundPerson>({
          name: 'playground:people',
          text: people,
          values: [[campaign.id], today, JSON.stringify(labels), patterns, order, most, words],
        })
      ).rows;
    if (words.length > 0) {
      return list(
        words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
        limit,
      );
    }
    const [zone = ''] = zonesOf(campaign);
    const { rows } = await pool.query<{ person_id: string }>(favourites, [
      [campaign.id],
      today,
      order,
      zone,
      areasOf(campaign, zone),
    ]);
    const { rows: found } = await pool.query<PlaygroundPerson>(
      people.replace('ilike all($4::text[])', 'is not null and p.id = any($4::text[])'),
      [[campaign.id], today, JSON.stringify(labels), rows.map((row) => row.person_id), order, limit, []],
    );
    return found;
  },

  async open(groups, at) {
    const opened = await pool.query(
      `insert into chat_group (channel, external_id, title, serves_kind, serves_name, bound_at)
       select 'playground', g.id, g.title, g."servesKind", g."servesName", $2
         from jsonb_to_recordset($1::jsonb) as g(id text, title text, "servesKind" text, "servesName" text)
       on conflict (channel, external_id) do nothing`,
      [JSON.stringify(groups), at],
    );
    const bound = await pool.query(
      `insert into binding (channel, external_id, person_id, bound_at)
       select 'playground', id, id, $1 from person where not no_account and left_on is null on conflict do nothing`,
      [at],
    );
    return { groups: opened.rowCount ?? 0, people: bound.rowCount ?? 0 };
  },
});
