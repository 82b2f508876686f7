// Writes the shared records that a roster changes, in bulk: one statement for each table, whatever the number of rows.
// What changes is decided outside (usecases/import-roster.ts); reading people for the rules is in roster-reading.ts.
import type pg from 'pg';
import type { CompoundRow, KnownRoster, RosterRefs } from '../domain/roster/rows.ts';
import type { RosterStore, RosterWrite } from '../usecases/import-roster.ts';
import { loadPinyin } from './pinyin.ts';
import { encodeEvent } from './rows.ts';

interface TableSpec {
  readonly table: string;
  /** Field of the row → column and its type. */
  readonly columns: readonly (readonly [field: string, column: string, type: string])[];
  /** Columns beside the row's own, written once: `column type`. */
  readonly once?: readonly (readonly [column: string, type: string])[];
}

const ROSTER_LOCK = 72_707_370;

const spec = (table: string, fields: string, once: TableSpec['once'] = []): TableSpec => ({
  table,
  once,
  columns: fields.split(' ').map((entry) => {
    const [name = '', type = 'text'] = entry.split(':');
    const [field = '', column = field] = name.split('=');
    return [field, column, type];
  }),
});

/** In the order of writing. */
const specs = {
  organisations: spec('organisation', 'id name kind area'),
  companies: spec('company', 'id name origin'),
  units: spec('company_unit', 'id companyId=company_id name kind area addedOn=added_on:date'),
  compounds: spec('compound', 'id name aliases:text[] area estate status mergedId=merged_id pinyin', [
    ['added_at', 'timestamptz'],
  ]),
  managements: spec('management', 'id compoundId=compound_id unitId=unit_id from=from_on:date to=to_on:date'),
  people: spec(
    'person',
    'id name organisationId=organisation_id department staffKind=staff_kind mobile compoundId=compound_id lives unitId=unit_id noAccount=no_account:boolean joinedOn=joined_on:date',
    [['added_at', 'timestamptz']],
  ),
  holdings: spec(
    'role_holding',
    'id personId=person_id role campaign scopeKind=scope_kind scope from=from_on:date to=to_on:date batch',
  ),
  zoneAreas: spec('zone_area', 'id campaign zone area from=from_on:date to=to_on:date'),
} as const satisfies Record<Exclude<keyof KnownRoster, 'first'>, TableSpec>;

type Kind = keyof typeof specs;

export const makeRosterStore = (pool: pg.Pool): RosterStore => ({
  async change(refs, decide) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query('select pg_advisory_xact_lock($1)', [ROSTER_LOCK]);
      // Whoever of the office decides meanwhile waits for the end of this, and then decides anew.
      await client.query(
        `insert into registry_turn (id, version) values ('registry', 1) on conflict (id) do update set version = registry_turn.version + 1`,
      );
      await write(client, decide(await readKnown(client, refs)));
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => {}); // the connection itself may be what failed
      throw error;
    } finally {
      client.release();
    }
  },
});

const readKnown = async (client: pg.PoolClient, refs: RosterRefs): Promise<KnownRoster> => {
  const read = async <K extends Kind>(kind: K, where: string, values: unknown[]): Promise<KnownRoster[K]> => {
    const { table, columns } = specs[kind];
    const fields = columns
      .filter(([field]) => field !== 'pinyin')
      .map(([field, column]) => `'${field}', t.${column}`)
      .join(', ');
    const { rows } = await client.query<{ row: unknown }>(
      `select jsonb_build_object(${fields}) as row from ${table} t where ${where}`,
      values,
    );
    return rows.map(({ row }) => row) as unknown as KnownRoster[K];
  };
  const companies = await read('companies', 't.name = any($1)', [refs.companies]);
  const companyIds = companies.map((row) => row.id);
  const units = await read('units', 't.name = any($1) or t.company_id = any($2)', [refs.units, companyIds]);
  const compounds = await read('compounds', 't.name = any($1) or t.aliases && $1', [refs.compounds]);
  const people = await read('people', 't.name = any($1) or t.mobile = any($2)', [refs.people, refs.mobiles]);
  // People are recognised by where they work: their organisations, units and companies are needed too.
  const moreUnits = await read('units', 't.id = any($1) and not t.id = any($2)', [
    people.flatMap((person) => person.unitId ?? []),
    units.map((row) => row.id),
  ]);
  const allUnits = [...units, ...moreUnits];
  const moreCompanies = await read('companies', 't.id = any($1) and not t.id = any($2)', [
    allUnits.map((row) => row.companyId),
    companyIds,
  ]);
  const { rows } = await client.query<{ first: boolean }>('select not exists (select from roster_import) as first');
  return {
    first: rows[0]?.first ?? true,
    companies: [...companies, ...moreCompanies],
    units: allUnits,
    compounds,
    people,
    organisations: await read('organisations', 't.name = any($1) or t.id = any($2)', [
      [...refs.organisations, ...moreCompanies.map((row) => row.name)],
      people.flatMap((person) => person.organisationId ?? []),
    ]),
    managements: await read('managements', 't.to_on is null and t.compound_id = any($1)', [
      compounds.map((row) => row.id),
    ]),
    holdings: await read('holdings', 't.to_on is null and (t.person_id = any($1) or t.scope = any($2))', [
      people.map((row) => row.id),
      [...refs.scopes, ...allUnits.map((row) => row.id)],
    ]),
    zoneAreas: await read('zoneAreas', 't.to_on is null and t.campaign = $1', [refs.campaign]),
  };
};

const write = async (client: pg.PoolClient, { at, rows, import: imported, events }: RosterWrite): Promise<void> => {
  // Numbers may go from one person to another within one file: everybody who changes lets go first.
  await client.query('update person set mobile = null where id = any($1)', [rows.people.map((row) => row.id)]);
  for (const kind of Object.keys(specs) as Kind[]) {
    if (rows[kind].length === 0) continue;
    const complete = kind === 'compounds' ? await withPinyin(rows.compounds) : rows[kind];
    await client.query(upsertSql(specs[kind]), [JSON.stringify(complete), ...(specs[kind].once?.length ? [at] : [])]);
  }
  if (imported) {
    await client.query(
      `insert into roster_import (id, at, hash, added, changed, unchanged, faults) values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        imported.id,
        at,
        imported.hash,
        imported.new,
        imported.changed,
        imported.unchanged,
        JSON.stringify(imported.faults),
      ],
    );
  }
  for (const event of events) {
    const row = encodeEvent(event);
    const columns = Object.keys(row);
    await client.query(
      `insert into event (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
  }
};

const withPinyin = async (compounds: readonly CompoundRow[]) => {
  const pinyinOf = await loadPinyin();
  return compounds.map((row) => ({ ...row, pinyin: pinyinOf([row.name, ...row.aliases]) }));
};

/** $1 = the rows as JSON, $2 = when they were added. */
const upsertSql = ({ table, columns, once = [] }: TableSpec): string => {
  const names = columns.map(([, column]) => column);
  const typed = columns.map(([field, , type]) => `"${field}" ${type}`).join(', ');
  const values = columns.map(([field]) => `r."${field}"`);
  const all = [...names, ...once.map(([column]) => column)].join(', ');
  const given = [...values, ...once.map(([, type]) => `$2::${type}`)].join(', ');
  const changes = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  return `insert into ${table} (${all}) select ${given} from jsonb_to_recordset($1::jsonb) as r(${typed})
    on conflict (id) do update set ${changes.join(', ')}`;
};
