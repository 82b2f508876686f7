// Reads people, the roles they hold and how they can be reached.
import type pg from 'pg';
import type { Day } from '../domain/calendar.ts';
import type { Unit } from '../domain/letter.ts';
import type { Address, ChannelName } from '../domain/message.ts';
import type { StaffMember } from '../domain/obligations.ts';
import type { Reachable, Roster, TeamMember } from '../ports.ts';
import { decodePerson, personJson } from './person-row.ts';
import { decodeLetter } from './rows.ts';

/** The chat of person `p`: the account bound last that the platform has not reported lost. */
export const reachJoin = `left join lateral (select channel, external_id from binding where person_id = p.id and lost_at is null order by bound_at desc limit 1) b on true`;

export interface ReachRow {
  readonly person_id: string;
  readonly person_name: string;
  readonly channel: ChannelName | null;
  readonly external_id: string | null;
}

export const reachColumns = 'p.id as person_id, p.name as person_name, b.channel, b.external_id';

/** A person's own chat with the bot, as every channel's codec reads it. */
export const privateChat = (externalId: string): string => `person:${externalId}`;

export const decodeReach = (row: ReachRow): Reachable => ({
  personId: row.person_id,
  name: row.person_name,
  to:
    row.channel !== null && row.external_id !== null
      ? { channel: row.channel, chat: privateChat(row.external_id), personId: row.person_id }
      : null,
});

const holds = (alias: string, day: string): string =>
  `(${alias}.from_on is null or ${alias}.from_on <= ${day}) and (${alias}.to_on is null or ${day} <= ${alias}.to_on)`;

/** Who heads a unit on a day; of several the one who came last. */
const headOf = (unit: string, day: string): string =>
  `select h.person_id from role_holding h where h.role = 'signatory' and h.scope_kind = 'unit' and h.scope = ${unit} and ${holds('h', `${day}::date`)}
    order by h.from_on desc nulls last limit 1`;

/** Names with one other character, or that go on: 张三 finds 张山 and 张三丰. */
const nearPatterns = (words: string): string[] => {
  const characters = [...words].map((c) => c.replace(/[\\%_]/, '\\$&'));
  if (characters.length < 2) return [];
  return [
    ...characters.map((_, i) => characters.map((c, j) => (i === j ? '_' : c)).join('')),
    `${characters.join('')}_%`,
  ];
};

export const makeRoster = (pool: pg.Pool): Roster => ({
  async person(id, campaign, today) {
    const { rows } = await pool.query(`select ${personJson('p')} as person from person p where p.id = $1`, [id]);
    return rows[0] ? decodePerson(rows[0].person, campaign, today) : null;
  },
  async named(campaign, id, words, today, limit) {
    const { rows } = await pool.query<{ person: unknown; exact: boolean }>(
      // The second part is not even planned into work where the first one found somebody: `exact` is asked once.
      `with exact as (select p.id from person p where (p.name = $2 or p.id = $1) and (p.left_on is null or p.left_on > $3::date) limit $5),
         near as (select p.id from person p where not exists (select from exact) and p.name like any ($4) and (p.left_on is null or p.left_on > $3::date) limit $5)
       select ${personJson('p')} as person, p.id in (select id from exact) as exact
         from person p where p.id in (select id from exact union all select id from near) order by length(p.name), p.name, p.id`,
      [id, words, today, nearPatterns(words), limit],
    );
    return rows.map((row) => ({ person: decodePerson(row.person, campaign, today), exact: row.exact }));
  },
  async team(campaign, personId, today) {
    const { rows } = await pool.query<TeamMember>(
      `with own as (select role, scope_kind, scope from role_holding h where h.person_id = $2 and (h.campaign is null or h.campaign = $1) and ${holds('h', '$3::date')})
       select distinct on (p.id) p.id, p.name, case when h.scope_kind = 'zone' then h.scope end as zone, o.area,
           case when p.department is not null then o.name || '/' || p.department end as department
         from role_holding h join person p on p.id = h.person_id left join organisation o on o.id = p.organisation_id
        where h.role in ('inspector', 'staff') and (h.campaign is null or h.campaign = $1) and ${holds('h', '$3::date')}
          and (p.left_on is null or p.left_on > $3::date)
          and (p.id = $2 or exists (select from own where (own.scope_kind = 'zone' and h.scope_kind = 'zone' and own.scope = h.scope)
            or (own.scope_kind = 'department' and own.scope = o.name || '/' || p.department) or (own.scope_kind = 'area' and own.scope = o.area)))
        order by p.id`,
      [campaign, personId, today],
    );
    return rows;
  },
  async holders(campaign, role, today) {
    const { rows } = await pool.query<ReachRow & { scope: string }>(
      `select h.scope, ${reachColumns} from role_holding h join person p on p.id = h.person_id ${reachJoin}
        where h.role = $2 and (h.campaign is null or h.campaign = $1) and ${holds('h', '$3::date')} order by h.scope, p.id`,
      [campaign, role, today],
    );
    return rows.map((row) => ({ ...decodeReach(row), scope: row.scope }));
  },
  async reach(personIds) {
    const { rows } = await pool.query<ReachRow>(
      `select ${reachColumns} from person p ${reachJoin} where p.id = any($1)`,
      [personIds],
    );
    return new Map(rows.map((row) => [row.person_id, decodeReach(row)]));
  },
  async groups(kind) {
    const { rows } = await pool.query<{ serves_name: string; channel: ChannelName; external_id: string }>(
      'select serves_name, channel, external_id from chat_group where serves_kind = $1 order by channel, external_id',
      [kind],
    );
    return rows.map((row) => ({
      serves: row.serves_name,
      to: { channel: row.channel, chat: row.external_id, personId: null } satisfies Address,
    }));
  },
  async staffWithoutDuty(campaign: string, phaseStart: Day, today: Day) {
    const { rows } = await pool.query<StaffMember>(
      `select p.id, o.name as organisation, p.department, o.area, p.compound_id as "compoundId", p.lives, p.joined_on as "joinedOn"
        from role_holding h join person p on p.id = h.person_id join organisation o on o.id = p.organisation_id
        where h.role = 'staff' and (h.campaign is null or h.campaign = $1) and ${holds('h', '$3::date')}
          and (p.left_on is null or p.left_on > $3::date)
          and not exists (select from assignment a where a.campaign = $1 and a.person_id = p.id and a.kind = 'home' and a.from_on = $2::date)
        order by p.id`,
      [campaign, phaseStart, today],
    );
    return rows;
  },
  async units(today) {
    const { rows } = await pool.query<Unit>(
      `select u.id, u.name, u.company_id as "companyId", c.origin, u.kind, u.area, h.person_id as "headId", u.added_on as "addedOn"
        from company_unit u join company c on c.id = u.company_id
        left join lateral (${headOf('u.id', '$1')}) h on true
        order by u.id`,
      [today],
    );
    return rows;
  },
  async lettersOfFormerHeads(campaign, today, limit) {
    const { rows } = await pool.query<{ l: Readonly<Record<string, unknown>>; headId: string | null }>(
      `select to_jsonb(l) as l, h.person_id as "headId" from letter l left join lateral (${headOf('l.unit_id', '$2')}) h on true
        where l.campaign = $1 and l.state not in ('signed', 'signed_late') and l.signatory_id is distinct from h.person_id order by l.id limit $3`,
      [campaign, today, limit],
    );
    return rows.map(({ l, headId }) => ({ letter: decodeLetter(l), headId }));
  },
  async unitsWithLetter(campaign, letter) {
    const { rows } = await pool.query<{ unit_id: string }>(
      'select distinct unit_id from letter where campaign = $1 and ($2::text is null or letter = $2)',
      [campaign, letter],
    );
    return new Set(rows.map((row) => row.unit_id));
  },
});
