// The pages of what was planned and found: assignments, inspections, findings.
import type pg from 'pg';
import type { Finding } from '../../domain/finding.ts';
import type { AssignmentRow, InspectionRow, Listings } from '../../ports-listings.ts';
import type { Finding as FindingTable, PrismaClient } from '../generated/client.ts';
import { keyParts, pageOf } from './paging.ts';
import { photosAbout } from './photos.ts';

export const recordListings = (
  pool: pg.Pool,
  prisma: PrismaClient,
): Pick<Listings, 'inspections' | 'findings' | 'assignments'> => ({
  async inspections(query) {
    const { rows } = await pool.query<Omit<InspectionRow, 'photos'>>(
      `select i.id, i.version, i.replaces_id as replaces, i.campaign, i.strand, i.assignment_id as assignment,
              i.check_on::text as "checkOn", i.recorded_at as "recordedAt",
              jsonb_build_object('id', i.inspector_id, 'name', i.inspector_name) as inspector,
              case when i.entered_by_id is not null
                then jsonb_build_object('id', i.entered_by_id, 'name', coalesce(e.name, '')) end as "enteredBy",
              jsonb_build_object('id', i.compound_id, 'name', i.compound_name, 'status', i.compound_status) as compound,
              i.company, i.area, i.zone, i.department, i.answers, i.note, i.source, i.flags
         from inspection i left join person e on e.id = i.entered_by_id
        where i.campaign = $1 and (i.live or $2)
          and ($3::timestamptz is null or (i.recorded_at, i.id) > ($3::timestamptz, $4))
        order by i.recorded_at, i.id limit $5`,
      [query.campaign.id, query.versions === 'all', ...keyParts(query, 2), query.limit + 1],
    );
    const photos = await photosAbout(
      pool,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows,
      query.limit,
      (row) => [row.recordedAt.toISOString(), row.id],
      (row) => ({ ...row, photos: photos([row.id]) }),
    );
  },

  async findings(query) {
    const [at, id] = keyParts(query, 2);
    const rows = await prisma.finding.findMany({
      where: {
        campaign: query.campaign.id,
        // The first condition is what the index is entered by; the second drops the rows of that very instant.
        ...(at && id ? { openedAt: { gte: at }, OR: [{ openedAt: { gt: at } }, { id: { gt: id } }] } : {}),
      },
      orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    });
    const about = (row: FindingTable): string[] => [...row.inspectionIds, row.id];
    const photos = await photosAbout(pool, rows.flatMap(about));
    return pageOf(
      rows,
      query.limit,
      (row) => [row.openedAt.toISOString(), row.id],
      (row) => ({ ...decodeFinding(row), photos: photos(about(row)) }),
    );
  },

  async assignments(query) {
    const { rows } = await pool.query<AssignmentRow>(
      `select a.id, a.strand, a.kind, a.person_id as person, p.name as "personName", a.compound_id as compound,
              k.name as "compoundName", a.area, a.zone, a.reasons, a.from_on::text as "from", a.to_on::text as "to",
              a.state, i.id as inspection
         from assignment a
         left join person p on p.id = a.person_id
         left join compound k on k.id = a.compound_id
         left join inspection i on i.assignment_id = a.id and i.live
        where a.campaign = $1 and ($2::date is null or (a.from_on <= $2::date and (a.to_on is null or $2::date <= a.to_on)))
          and ($3::date is null or (a.from_on, a.id) > ($3::date, $4))
        order by a.from_on, a.id limit $5`,
      [query.campaign.id, query.on, ...keyParts(query, 2), query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => [row.from, row.id], asIs);
  },
});

const asIs = <T>(row: T): T => row;

/** Prisma hands days on as midnight UTC. */
const day = (at: Date | null): string | null => at?.toISOString().slice(0, 10) ?? null;

const decodeFinding = (row: FindingTable): Finding => ({
  ...row,
  state: row.state as Finding['state'],
  dueOn: day(row.dueOn),
  promisedOn: day(row.promisedOn),
});
