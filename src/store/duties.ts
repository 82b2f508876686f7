// Reads what is still owed and what was done about it, and which findings a town has yet to hear of.
import type pg from 'pg';
import type { Day } from '../domain/calendar.ts';
import type { Obligation, ObligationKind } from '../domain/nudge.ts';
import type { LateRow, Notices, Obligations } from '../ports.ts';
import * as rows from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

interface OwedRow {
  readonly id: string;
  readonly person: string | null;
  readonly due: Day;
  readonly name: string;
  readonly detail: string;
  readonly area: string | null;
  readonly zone: string | null;
  readonly organisation: string | null;
  readonly department: string | null;
  readonly compound?: string | null;
  readonly taken: Obligation['taken'] | null;
  readonly absences: Obligation['absences'] | null;
}

const steps = (kind: string, id: string): string =>
  `(select jsonb_agg(jsonb_build_object('step', n.step, 'on', n.on)) from nudge n where n.campaign = $1 and n.about_kind = '${kind}' and n.about_id = ${id}) as taken`;

const leaves = (person: string): string =>
  `(select jsonb_agg(jsonb_build_object('from', x.from_on, 'to', x.to_on)) from absence x where x.person_id = ${person}) as absences`;

const lateRow =
  (kind: ObligationKind) =>
  (row: OwedRow): LateRow => ({
    obligation: {
      kind,
      id: row.id,
      personId: row.person,
      dueOn: row.due,
      taken: row.taken ?? [],
      absences: row.absences ?? [],
    },
    name: row.name,
    detail: row.detail,
    area: row.area,
    zone: row.zone,
    organisation: row.organisation,
    department: row.department,
    compoundId: row.compound ?? null,
  });

export const makeObligations = (pool: pg.Pool): Obligations => {
  const owed = async (kind: ObligationKind, text: string, campaign: string, until: Day): Promise<LateRow[]> =>
    (await pool.query<OwedRow>(text, [campaign, until])).rows.map(lateRow(kind));
  return {
    home: (campaign, until) =>
      owed(
        'home',
        `select a.id, case when a.state = 'reassigned' then (select d.person_id from assignment d where d.campaign = $1 and d.stands_for = a.id and d.state in ('open', 'partial') limit 1)
              when p.lives <> 'exclusion_claimed' then a.person_id end as person, a.to_on as due, p.name, coalesce(k.name, '') as detail, a.area, a.zone, a.organisation, a.department, a.compound_id as compound,
            ${steps('assignment', 'a.id')}, ${leaves('a.person_id')}
          from assignment a join person p on p.id = a.person_id left join compound k on k.id = a.compound_id
          where a.campaign = $1 and a.kind = 'home' and a.state in ('open', 'partial', 'reassigned') and a.to_on <= $2::date order by a.id`,
        campaign,
        until,
      ),
    letters: (campaign, until) =>
      owed(
        'letter',
        `select l.id, case when l.state not in ('unreachable', 'undecided') then l.signatory_id end as person, l.due_on as due, l.unit as name,
            coalesce(p.name, '') as detail, l.area, l.zone, null as organisation, null as department, ${steps('letter', 'l.id')}, ${leaves('l.signatory_id')}
          from letter l left join person p on p.id = l.signatory_id
          where l.campaign = $1 and l.state not in ('signed', 'signed_late') and l.due_on <= $2::date order by l.id`,
        campaign,
        until,
      ),
    findings: (campaign, until) =>
      owed(
        'finding',
        `select f.id, null as person, coalesce(f.promised_on, f.due_on) as due, f.compound_name as name, f.item as detail, f.area, f.zone,
            null as organisation, null as department, ${steps('finding', 'f.id')}, null as absences
          from finding f where f.campaign = $1 and f.state in ('notified', 'claimed', 'reopened') and coalesce(f.promised_on, f.due_on) <= $2::date order by f.id`,
        campaign,
        until,
      ),
    async townReports({ id, townReportDue, zones }, until) {
      if (townReportDue === null || townReportDue > until) return [];
      const found = await pool.query<OwedRow>(
        `select z.area as id, null as person, $2 as due, z.area as name, '' as detail, z.area, z.zone, null as organisation, null as department,
            ${steps('town_report', 'z.area')}, null as absences
          from unnest($3::text[], $4::text[]) z(area, zone) where not exists (select from town_report r where r.campaign = $1 and r.area = z.area)`,
        [id, townReportDue, zones.map((z) => z.area), zones.map((z) => z.zone)],
      );
      return found.rows.map(lateRow('town_report'));
    },
    async idle(campaign, until) {
      // A stretch begins with the first compound that lapsed after the inspector's last record; it has its own ladder.
      const found = await pool.query<OwedRow & { days: number }>(
        `with lapsed as (
           select a.person_id, a.zone, a.from_on from assignment a
            where a.campaign = $1 and a.state = 'lapsed' and a.kind in ('zone', 'strengthened', 'recheck') and a.to_on <= $2::date and a.to_on > $2::date - 30
              and not exists (select from inspection i where i.campaign = $1 and i.inspector_id = a.person_id and i.check_on >= a.from_on)),
         stretch as (select person_id, min(zone) as zone, min(from_on) as since, max(from_on) as last, count(distinct from_on)::int as days from lapsed group by person_id)
         select s.person_id || ':' || s.since as id, null as person, $2::date as due, p.name, '' as detail, null as area, s.zone, null as organisation, null as department,
             s.days, ${steps('inspector', "s.person_id || ':' || s.since")}, null as absences
           from stretch s join person p on p.id = s.person_id where s.days >= 2 and s.last = $2::date order by s.person_id`,
        [campaign, until],
      );
      return found.rows.map((row) => ({ ...lateRow('zone')(row), idleDays: row.days }));
    },
    async dueOn(campaign, day) {
      const [duties, letters] = await Promise.all([
        pool.query<{ a: Row }>(
          `select to_jsonb(a) as a from assignment a where campaign = $1 and kind = 'home' and state in ('open', 'partial') and to_on = $2::date`,
          [campaign, day],
        ),
        pool.query<{ l: Row }>(
          `select to_jsonb(l) as l from letter l where campaign = $1 and state not in ('signed', 'signed_late') and due_on = $2::date`,
          [campaign, day],
        ),
      ]);
      return {
        duties: duties.rows.map((row) => rows.decodeAssignment(row.a)),
        letters: letters.rows.map((row) => rows.decodeLetter(row.l)),
      };
    },
    async unsigned(campaign, before) {
      const found = await pool.query<{ l: Row; attempts: number }>(
        `select to_jsonb(l) as l, (select count(*)::int from nudge n where n.campaign = $1 and n.about_kind = 'letter' and n.about_id = l.id)
            + (case when l.sent_at is null then 0 else 1 end) as attempts
          from letter l where l.campaign = $1 and l.due_on < $2::date and l.state not in ('signed', 'signed_late')
            and not exists (select from ledger_row g where g.campaign = $1 and g.letter_id = l.id) order by l.id`,
        [campaign, before],
      );
      return found.rows.map((row) => ({ ...rows.decodeLetter(row.l), attempts: row.attempts }));
    },
  };
};

export const makeNotices = (pool: pg.Pool): Notices => ({
  async unheard(campaign) {
    const found = await pool.query<{ f: Row; at: Date; inspector: { id: string; name: string } }>(
      `select to_jsonb(f) as f, i.entered_at as at, jsonb_build_object('id', i.inspector_id, 'name', i.inspector_name) as inspector
        from finding f join inspection i on i.id = f.inspection_ids[1]
        where f.campaign = $1 and f.state in ('open', 'reopened')
          and not exists (select from outbox o where o.campaign = $1 and o.kind = 'finding' and o.about @> jsonb_build_array(jsonb_build_object('kind', 'finding', 'id', f.id))
            and (f.reopened_at is null or o.created_at >= f.reopened_at))
        order by coalesce(f.reopened_at, f.opened_at), f.id limit 500`,
      [campaign],
    );
    return found.rows.map(({ f, at, inspector }) => ({
      finding: rows.decodeFinding(f),
      checkedAt: at,
      inspector,
      remark: null,
    }));
  },
  async delivered(campaign) {
    const found = await pool.query<{ f: Row; at: Date }>(
      `select to_jsonb(f) as f, o.at from finding f
        join lateral (select min(coalesce(sent_at, not_before)) as at from outbox o where o.campaign = $1 and o.kind = 'finding' and o.state in ('sent', 'unknown')
          and o.about @> jsonb_build_array(jsonb_build_object('kind', 'finding', 'id', f.id))) o on o.at is not null
        where f.campaign = $1 and f.state = 'open' order by f.opened_at limit 500`,
      [campaign],
    );
    return found.rows.map((row) => ({ finding: rows.decodeFinding(row.f), at: row.at }));
  },
});
