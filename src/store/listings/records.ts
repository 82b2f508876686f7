// The pages of what was planned and found: assignments, inspections, findings.
import type pg from 'pg';
import type { AssignmentState } from '../../domain/assignment.ts';
import type { Finding, FindingState } from '../../domain/finding.ts';
import type { AssignmentRow, DutyGroup, FindingGroup, InspectionRow, Listings } from '../../ports-listings.ts';
import { pageOf } from './paging.ts';
import { photosAbout } from './photos.ts';
import { newWhere, onlyAfter, onlySeen } from './where.ts';

/** What stands behind each figure of the findings (domain/tally.ts counts the same). */
const findingStates: Readonly<Record<FindingGroup, readonly FindingState[]>> = {
  to_fix: ['open', 'notified', 'claimed', 'reopened'],
  overdue: ['open', 'notified', 'claimed', 'reopened'],
  to_verify: ['reported'],
  verified: ['verified', 'fixed_on_spot'],
  withdrawn: ['withdrawn'],
};

/** Home duties as the figures count them; a zone's visits by the same words. */
const dutyStates: Readonly<Record<DutyGroup, readonly AssignmentState[]>> = {
  open: ['open', 'partial', 'lapsed', 'covered', 'reassigned'],
  done: ['done'],
  done_late: ['done_late'],
  excused: ['excused'],
  excluded: ['excluded'],
};

/** `organisation/department` of the person behind alias `p`. */
const departmentOf = (person: string, department: string): string =>
  `(select o.name || '/' || ${department} from person q join organisation o on o.id = q.organisation_id where q.id = ${person})`;

export const recordListings = (pool: pg.Pool): Pick<Listings, 'inspections' | 'findings' | 'assignments'> => ({
  async inspections({ campaign, places, sight, versions, order, compound, after, limit }) {
    const where = newWhere();
    where.add('i.campaign = ?', campaign.id);
    if (versions === 'live') where.add('i.live');
    if (compound !== null) where.add('i.compound_id = ?', compound);
    if (places) where.add('i.area = any(?)', places);
    onlySeen(where, sight, {
      area: 'i.area',
      department: departmentOf('i.inspector_id', 'i.department'),
      person: 'i.inspector_id',
    });
    onlyAfter(
      where,
      after,
      [
        ['i.recorded_at', 'timestamptz'],
        ['i.id', 'text'],
      ],
      order,
    );
    const { rows } = await pool.query<Omit<InspectionRow, 'photos'>>(
      `select i.id, i.version, i.replaces_id as replaces,
              case when b.id is not null then jsonb_build_object('answers', b.answers, 'note', b.note) end as before,
              i.campaign, i.strand, i.checklist, i.assignment_id as assignment,
              i.check_on::text as "checkOn", i.recorded_at as "recordedAt",
              jsonb_build_object('id', i.inspector_id, 'name', i.inspector_name) as inspector,
              case when i.entered_by_id is not null
                then jsonb_build_object('id', i.entered_by_id, 'name', coalesce(e.name, '')) end as "enteredBy",
              jsonb_build_object('id', i.compound_id, 'name', i.compound_name, 'status', i.compound_status) as compound,
              i.company, i.area, i.zone, i.department, i.answers, i.note, i.source, i.flags
         from inspection i left join person e on e.id = i.entered_by_id left join inspection b on b.id = i.replaces_id
         ${where.text()} order by i.recorded_at ${order}, i.id ${order} limit ${where.put(limit + 1)}`,
      [...where.values],
    );
    const photos = await photosAbout(
      pool,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows,
      limit,
      (row) => [row.recordedAt.toISOString(), row.id],
      (row) => ({ ...row, photos: photos([row.id]) }),
    );
  },

  async findings({ campaign, places, sight, group, compound, id, order, today, after, limit }) {
    const where = newWhere();
    where.add('campaign = ?', campaign.id);
    if (id !== null) where.add('id = ?', id);
    if (compound !== null) where.add('compound_id = ?', compound);
    if (group) where.add('state = any(?)', findingStates[group]);
    if (group === 'overdue') where.add('coalesce(promised_on, due_on) < ?::date', today);
    if (places) where.add('area = any(?)', places);
    onlySeen(where, sight, { area: 'area', unit: 'unit_id' });
    onlyAfter(
      where,
      after,
      [
        ['opened_at', 'timestamptz'],
        ['id', 'text'],
      ],
      order,
    );
    const { rows } = await pool.query<Finding>(
      `select id, campaign, compound_id as "compoundId", compound_name as "compoundName", item, area, zone, company,
              unit_id as "unitId", state, version, inspection_ids as "inspectionIds", opened_at as "openedAt",
              notified_at as "notifiedAt", due_on::text as "dueOn", promised_on::text as "promisedOn",
              claimed_at as "claimedAt", claimed_by_id as "claimedById", reported_at as "reportedAt",
              verified_at as "verifiedAt", reopened_at as "reopenedAt", referred_at as "referredAt"
         from finding ${where.text()} order by opened_at ${order}, id ${order} limit ${where.put(limit + 1)}`,
      [...where.values],
    );
    const about = (row: Finding): string[] => [...row.inspectionIds, row.id];
    const photos = await photosAbout(pool, rows.flatMap(about));
    return pageOf(
      rows,
      limit,
      (row) => [row.openedAt.toISOString(), row.id],
      (row) => ({ ...row, photos: photos(about(row)) }),
    );
  },

  async assignments({ campaign, places, sight, on, kind, group, after, limit }) {
    const where = newWhere();
    where.add('a.campaign = ?', campaign.id);
    if (on !== null) where.add('a.from_on <= ?::date and (a.to_on is null or ?::date <= a.to_on)', on, on);
    if (kind !== null) where.add(`(a.kind = 'home') = ?`, kind === 'home');
    if (group) where.add('a.state = any(?)', dutyStates[group]);
    if (places) where.add('a.area = any(?)', places);
    onlySeen(where, sight, {
      area: 'a.area',
      department: `a.organisation || '/' || a.department`,
      person: 'a.person_id',
    });
    onlyAfter(where, after, [
      ['a.from_on', 'date'],
      ['a.id', 'text'],
    ]);
    const { rows } = await pool.query<AssignmentRow>(
      `select a.id, a.strand, a.kind, a.person_id as person, p.name as "personName", a.compound_id as compound,
              k.name as "compoundName", a.area, a.zone, a.reasons, a.from_on::text as "from", a.to_on::text as "to",
              a.state, i.id as inspection
         from assignment a
         left join person p on p.id = a.person_id
         left join compound k on k.id = a.compound_id
         left join inspection i on i.assignment_id = a.id and i.live
         ${where.text()} order by a.from_on, a.id limit ${where.put(limit + 1)}`,
      [...where.values],
    );
    return pageOf(rows, limit, (row) => [row.from, row.id], asIs);
  },
});

const asIs = <T>(row: T): T => row;
