// Reads the shared records as the office changes them, one at a time (usecases/office).
import type pg from 'pg';
import type { Registry } from '../ports-office.ts';
import * as rows from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

const dates = (alias: string): string => `${alias}.from_on as "from", ${alias}.to_on as "to"`;
const holding = `h.id, h.person_id as "personId", h.role, h.campaign, h.scope_kind as "scopeKind", h.scope, ${dates('h')}, h.batch, h.deputy_for as "deputyFor"`;
const compound = `k.id, k.name, k.aliases, k.pinyin, k.area, k.estate, k.status, k.merged_id as "mergedId"`;
/** Those that are over, or never were, stay out. */
const lasting = (day: string): string =>
  `(h.to_on is null or (h.to_on >= ${day}::date and (h.from_on is null or h.from_on <= h.to_on)))`;

export const makeRegistry = (pool: pg.Pool): Registry => {
  const many = async <T extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<T[]> =>
    (await pool.query<T>(text, values)).rows;
  const one = async <T extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<T | null> =>
    (await many<T>(text, values))[0] ?? null;
  return {
    turn: async () =>
      (await one<{ version: number }>(`select version from registry_turn where id = 'registry'`, []))?.version ?? 0,
    person: (id) =>
      one(
        `select id, name, organisation_id as "organisationId", department, staff_kind as "staffKind", mobile, unit_id as "unitId",
            no_account as "noAccount", joined_on as "joinedOn", left_on as "leftOn" from person where id = $1`,
        [id],
      ),
    byMobile: (mobile) => one('select id, name from person where mobile = $1', [mobile]),
    organisation: (words) => one('select id, name, kind, area from organisation where id = $1 or name = $1', [words]),
    company: (words) => one('select id, name, origin from company where id = $1 or name = $1', [words]),
    unit: (words) =>
      one(
        `select id, company_id as "companyId", name, kind, area, added_on as "addedOn" from company_unit where id = $1 or name = $1`,
        [words],
      ),
    compound: (id) => one(`select ${compound} from compound k where k.id = $1`, [id]),
    compoundNamed: (area, name) =>
      one(`select ${compound} from compound k where k.area = $1 and k.name = $2`, [area, name]),
    holdingsOf: (personId, today) =>
      many(`select ${holding} from role_holding h where h.person_id = $1 and ${lasting('$2')} order by h.id`, [
        personId,
        today,
      ]),
    holding: (id) => one(`select ${holding} from role_holding h where h.id = $1`, [id]),
    holdersOf: (campaign, role, scope, today) =>
      many(
        `select ${holding} from role_holding h where h.role = $2 and h.scope = $3 and ($1::text is null or coalesce(h.campaign, $1) = $1)
            and ${lasting('$4')} order by h.id`,
        [campaign, role, scope, today],
      ),
    managementsOf: (compoundId) =>
      many(
        `select m.id, m.compound_id as "compoundId", m.unit_id as "unitId", ${dates('m')} from management m where m.compound_id = $1`,
        [compoundId],
      ),
    zoneAreasOf: (campaign, area) =>
      many(
        `select z.id, z.campaign, z.zone, z.area, ${dates('z')} from zone_area z where z.campaign = $1 and z.area = $2`,
        [campaign, area],
      ),
    recordsAt: async (campaign, compoundId) =>
      (
        await many<{ i: Row }>(
          'select to_jsonb(i) as i from inspection i where i.campaign = $1 and i.compound_id = $2 and i.live order by i.entered_at, i.id',
          [campaign, compoundId],
        )
      ).map(({ i }) => rows.decodeInspection(i)),
    coverageOf: async (campaign, compoundId) => {
      const found = await one<{ c: Row }>(
        'select to_jsonb(c) as c from coverage c where c.campaign = $1 and c.compound_id = $2',
        [campaign, compoundId],
      );
      return found && rows.decodeCoverage(found.c);
    },
    residentsOf: async (compoundId) =>
      (await many<{ id: string }>('select id from person where compound_id = $1 order by id', [compoundId])).map(
        ({ id }) => id,
      ),
    assignmentsAt: async (campaigns, compoundId) =>
      (
        await many<{ a: Row }>(
          `select to_jsonb(a) as a from assignment a where a.campaign = any($2) and a.compound_id = $1 and a.state in ('open', 'partial', 'reassigned') order by a.id`,
          [compoundId, campaigns],
        )
      ).map(({ a }) => rows.decodeAssignment(a)),
    findingsAt: async (campaigns, compoundId) =>
      (
        await many<{ f: Row }>(
          `select to_jsonb(f) as f from finding f where f.campaign = any($2) and f.compound_id = $1 order by f.id`,
          [compoundId, campaigns],
        )
      ).map(({ f }) => rows.decodeFinding(f)),
  };
};
