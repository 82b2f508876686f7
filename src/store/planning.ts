// Reads what a zone's day is planned from, and what the morning has to send.
import type pg from 'pg';
import type { Assignment } from '../domain/assignment.ts';
import type { Day } from '../domain/calendar.ts';
import type { Standing } from '../domain/hand-out.ts';
import type { CompoundFacts } from '../domain/visit.ts';
import type { Planning } from '../ports.ts';
import { decodeReach, type ReachRow, reachColumns, reachJoin } from './roster-reading.ts';
import * as rows from './rows.ts';

const managedBy = (day: string): string => `left join lateral (select unit_id from management where compound_id = k.id
    and (from_on is null or from_on <= ${day}) and (to_on is null or ${day} <= to_on) order by from_on desc nulls last limit 1) m on true`;

/** Nobody has this compound today, and nobody was there today. */
const freeToday = `not exists (select from assignment a where a.campaign = $1 and a.compound_id = k.id and a.kind <> 'home' and a.from_on <= $3::date
    and (a.to_on is null or $3::date <= a.to_on) and a.state in ('open', 'partial', 'done', 'covered'))`;

export const makePlanning = (pool: pg.Pool): Planning => {
  const list = async <T>(text: string, values: unknown[]): Promise<T[]> => (await pool.query(text, values)).rows as T[];
  return {
    gaps: (campaign, areas, today, limit) =>
      list(
        `select k.id as "compoundId", k.area, m.unit_id as "unitId" from compound k ${managedBy('$3::date')}
          where k.area = any($2) and k.status = 'listed'
            and not exists (select from coverage c where c.campaign = $1 and c.compound_id = k.id) and ${freeToday}
          order by k.area, k.id limit $4`,
        [campaign, areas, today, limit],
      ),
    unsignedUnitsCompounds: (campaign, areas, today, limit) =>
      list(
        `select k.id as "compoundId", k.area, m.unit_id as "unitId" from compound k ${managedBy('$3::date')}
          join letter l on l.campaign = $1 and l.unit_id = m.unit_id and l.state not in ('signed', 'signed_late')
          join ledger_row g on g.campaign = $1 and g.letter_id = l.id
          where k.area = any($2) and k.status = 'listed' and ${freeToday}
            and not exists (select from inspection i where i.campaign = $1 and i.compound_id = k.id and i.live and i.strand = 'zone' and i.entered_at > g.frozen_at)
          order by k.area, k.id limit $4`,
        [campaign, areas, today, limit],
      ),
    risks: ({ id, timezone }, areas, today, since, until) =>
      list(
        `select k.id as "compoundId", k.area, m.unit_id as "unitId", v.check_on::text as "lastOn", f.repeated as "repeatedNo", f.late as "lateFixes",
            coalesce(m.unit_id in (select l.unit_id from letter l join ledger_row g on g.campaign = $1 and g.letter_id = l.id
              where l.campaign = $1 and l.state not in ('signed', 'signed_late')), false) as unsigned,
            exists (select from assignment a join spot_draw d on d.assignment_id = a.id
              where a.campaign = $1 and a.compound_id = k.id and a.kind = 'spot' and a.from_on >= $4::date and d.outcome = 'mismatch') as mismatch
          from compound k ${managedBy('$3::date')}
          join lateral (select i.check_on from inspection i where i.campaign = $1 and i.compound_id = k.id and i.live and not 'doubtful' = any(i.flags)
            order by i.check_on desc limit 1) v on v.check_on <= $5::date
          cross join lateral (select (count(*) filter (where again))::int as repeated, coalesce(sum(late), 0)::int as late from (
              select coalesce(bool_or(f.reopened_at >= $4::date), false) or count(distinct i.check_on) > 1 as again,
                count(distinct f.id) filter (where coalesce(f.promised_on, f.due_on) >= $4::date and coalesce(f.promised_on, f.due_on) <
                  case when f.state in ('reported', 'verified') then (f.reported_at at time zone $6)::date else $3::date end) as late
              from finding f left join inspection i on i.id = any(f.inspection_ids) and i.check_on >= $4::date
              where f.campaign = $1 and f.compound_id = k.id and f.state <> 'withdrawn' group by f.item) item) f
          where k.area = any($2) and k.status = 'listed' and ${freeToday}
            and exists (select from coverage c where c.campaign = $1 and c.compound_id = k.id)`,
        [id, areas, today, since, until, timezone],
      ),
    lookBacks: (campaign, areas, today, limit) =>
      list(
        `select k.id as "compoundId", k.area, m.unit_id as "unitId", min(f.claimed_by_id) as "notBy", array_agg(distinct f.item) as items from finding f join compound k on k.id = f.compound_id
          ${managedBy('$3::date')}
          where f.campaign = $1 and f.state = 'reported' and k.area = any($2) and ${freeToday}
          group by k.id, k.area, m.unit_id order by min(f.reported_at), k.id limit $4`,
        [campaign, areas, today, limit],
      ),
    async standings(campaign, compounds, personId, day) {
      const [found, absences] = await Promise.all([
        list<{ standing: Omit<Standing, 'assignment'>; a: Record<string, unknown> | null }>(
          `select jsonb_build_object('compoundId', k.id, 'name', k.name, 'area', k.area,
              'covered', exists (select from coverage c where c.campaign = $1 and c.compound_id = k.id),
              'lookBack', (select jsonb_build_object('claimedById', min(f.claimed_by_id)) from finding f where f.campaign = $1 and f.compound_id = k.id and f.state = 'reported' having count(*) > 0)) as standing,
              (select to_jsonb(a) from assignment a where a.campaign = $1 and a.compound_id = k.id and a.kind in ('zone', 'strengthened', 'recheck')
                and a.state in ('open', 'partial') and a.from_on = $3::date order by a.id limit 1) as a
            from compound k where k.id = any($2) order by k.name, k.id`,
          [campaign, compounds, day],
        ),
        list<{ from: Day; to: Day }>(
          'select from_on as "from", to_on as "to" from absence where person_id = $1 and from_on <= $2::date and $2::date <= to_on limit 1',
          [personId, day],
        ),
      ]);
      return {
        away: absences[0] ?? null,
        standings: found.map(({ standing, a }) => ({ ...standing, assignment: a && rows.decodeAssignment(a) })),
      };
    },
    async inspectors(campaign, zone, today) {
      return list(
        `select p.id as "personId", p.name, p.unit_id as "unitId",
            (select count(*)::int from assignment a where a.campaign = $1 and a.person_id = p.id and a.state in ('open', 'partial') and a.kind <> 'home'
              and a.from_on <= $3::date and (a.to_on is null or $3::date <= a.to_on)) as load,
            coalesce((select array_agg(x.area order by x.area) from (select distinct area from (select area from assignment a where a.campaign = $1 and a.person_id = p.id
              and a.kind <> 'home' and a.area is not null order by a.from_on desc, a.id desc limit 4) r) x), '{}') as areas
          from role_holding h join person p on p.id = h.person_id
          where h.role = 'inspector' and h.scope_kind = 'zone' and h.scope = $2 and (h.campaign is null or h.campaign = $1)
            and (h.from_on is null or h.from_on <= $3::date) and (h.to_on is null or $3::date <= h.to_on)
            and (p.left_on is null or p.left_on > $3::date)
            and not exists (select from absence b where b.person_id = p.id and b.from_on <= $3::date and $3::date <= b.to_on)
          order by p.id`,
        [campaign, zone, today],
      );
    },
    async zoneDay(campaign, zone, day) {
      const found = await list<{
        assignment: Record<string, unknown>;
        compound: string;
        inspector: string;
        recordedAt: Date | null;
        recordedBy: string | null;
      }>(
        `select to_jsonb(a) as assignment, k.name as compound, p.name as inspector, i.entered_at as "recordedAt", i.inspector_name as "recordedBy"
          from assignment a join compound k on k.id = a.compound_id join person p on p.id = a.person_id
          left join lateral (select entered_at, inspector_name from inspection i where i.campaign = a.campaign and i.compound_id = a.compound_id and i.live
            and i.entered_at >= a.given_at order by i.entered_at limit 1) i on a.state in ('done', 'done_late', 'covered')
          where a.campaign = $1 and a.from_on = $3::date and a.kind in ('zone', 'strengthened', 'recheck') and ($2::text is null or a.zone = $2)
          order by a.area, k.name, a.id`,
        [campaign, zone, day],
      );
      return found.map((row) => ({ ...row, assignment: rows.decodeAssignment(row.assignment) }));
    },
    async overdueZoneAssignments(campaign, today, limit) {
      const found = await list<{ a: Record<string, unknown> }>(
        `select to_jsonb(a) as a from assignment a where campaign = $1 and state in ('open', 'partial') and to_on < $2::date and kind in ('zone', 'strengthened', 'recheck', 'spot', 'extra')
          order by to_on, id limit $3`,
        [campaign, today, limit],
      );
      return found.map((row): Assignment => rows.decodeAssignment(row.a));
    },
    async homeWithoutCard(campaign, today, limit) {
      const found = await list<ReachRow & { a: Record<string, unknown>; compound: CompoundFacts | null }>(
        `select to_jsonb(a) as a, ${reachColumns},
            case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name, 'area', k.area, 'status', k.status, 'unitId', m.unit_id, 'company', u.name) end as compound
          from assignment a join person p on p.id = a.person_id ${reachJoin}
          left join compound k on k.id = a.compound_id ${managedBy('$2::date')} left join company_unit u on u.id = m.unit_id
          where a.campaign = $1 and a.kind = 'home' and a.state = 'open' and a.from_on <= $2::date and (a.to_on is null or $2::date <= a.to_on)
            and b.external_id is not null and (a.compound_id is not null or p.lives = 'unknown')
            and not exists (select from outbox o where o.key = coalesce('home:' || a.id || ':' || a.compound_id, 'where:' || a.id))
          order by a.id limit $3`,
        [campaign, today, limit],
      );
      return found.map((row) => ({
        assignment: rows.decodeAssignment(row.a),
        to: decodeReach(row),
        compound: row.compound,
      }));
    },
    async lettersToSend(campaign, limit) {
      const found = await list<{ l: Record<string, unknown> }>(
        `select to_jsonb(l) as l from letter l where campaign = $1 and signatory_id is not null
            and (state = 'owed' or (state = 'unreachable' and exists (select from binding b where b.person_id = l.signatory_id and b.lost_at is null)))
          order by signatory_id, unit limit $2`,
        [campaign, limit],
      );
      return found.map((row) => rows.decodeLetter(row.l));
    },
  };
};
