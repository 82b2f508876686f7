// Commits a change: one statement, so one round trip and one transaction. Whoever read an older state loses (`stale`).
// Uniqueness and versions are what keeps the records true, not locks held while the domain thinks (DESIGN §4).
import type pg from 'pg';
import type { Change } from '../domain/change.ts';
import { announcements } from '../domain/webhook.ts';
import type { Commit, Committer } from '../ports.ts';
import { inBatches } from './batches.ts';
import { deltaColumns, type Row, type Section, sections } from './sections.ts';

const order = Object.keys(sections) as (keyof Change)[];
const quoted = (names: readonly string[], prefix = ''): string => names.map((name) => `${prefix}"${name}"`).join(', ');

const deltaNames = deltaColumns.split(' ');

/** The common table expressions of one section; `$n` holds its rows as JSON, `$n+1` how many they are. */
const clauses = (
  name: string,
  { table, mode, columns, key, after }: Section,
  n: number,
  present: readonly string[],
): string[] => {
  // The limit cuts nothing off: without it the planner thinks of a hundred rows and reads the whole table to match them.
  const from = `(select * from jsonb_populate_recordset(null::"${table}", $${n}::jsonb) limit $${n + 1}::int) r`;
  const same = key.map((k) => `t."${k}" = r."${k}"`).join(' and ');
  const insert = `insert into "${table}" (${quoted(columns)}) select ${quoted(columns, 'r.')} from ${from}`;
  const set = (source: string) =>
    columns
      .filter((c) => !key.includes(c))
      .map((c) => `"${c}" = ${source}."${c}"`)
      .join(', ');
  const once = after && present.includes(after) ? ` where (select count(*) from "${after}") >= 0` : '';
  switch (mode) {
    case 'insert':
      return [`"${name}" as (${insert}${once} returning 1)`];
    case 'keep':
      return [`"${name}" as (${insert} on conflict do nothing returning 1)`];
    case 'cover':
      // Whoever was faster has covered it: neither the row nor what it adds to the figures is written.
      return [
        `"${name}" as (${insert}${once} on conflict do nothing returning inspection_id)`,
        `"${name}_deltas" as (insert into delta (${quoted(deltaNames)}) select ${quoted(deltaNames, 'd.')}
          from jsonb_array_elements($${n}::jsonb) x join "${name}" c on c.inspection_id = x->>'inspection_id'
          cross join lateral jsonb_populate_recordset(null::delta, x->'deltas') d)`,
      ];
    case 'upsert':
      return [`"${name}" as (${insert} on conflict (${quoted(key)}) do update set ${set('excluded')} returning 1)`];
    case 'update':
      return [`"${name}" as (update "${table}" t set ${set('r')} from ${from} where ${same} returning 1)`];
    case 'delete':
      return [`"${name}" as (delete from "${table}" t using ${from} where ${same} returning 1)`];
    case 'retire':
      return [`"${name}" as (update "${table}" t set live = false from ${from} where ${same} and t.live returning 1)`];
    case 'announce':
      // In the events' order, one message in the lane of each webhook that wants it.
      return [
        `"${name}" as (insert into outbox (key, campaign, channel, chat, kind, verb, about, message, state, created_at, not_before, expires_at, attempts)
          select r.key || ':' || w.id, r.campaign, 'webhook', w.id, 'event', 'send', r.about, r.message, 'waiting', r.at, r.at, r.at + interval '30 days', 0
            from (select * from rows from (jsonb_to_recordset($${n}::jsonb) as (key text, campaign text, type text, at timestamptz, about jsonb, message jsonb))
                  with ordinality limit $${n + 1}::int) r
            join webhook w on w.campaign = r.campaign and w.removed_at is null
             and (w.types = '{}' or r.type = any(w.types) or split_part(r.type, '.', 1) = any(w.types))
           order by r.ordinality returning 1)`,
      ];
    case 'spend':
      return [
        `"${name}" as (update "${table}" t set used_at = r.used_at from ${from} where ${same} and t.used_at is null returning 1)`,
      ];
    case 'versioned':
      return [
        `"${name}_new" as (${insert} where r.version = 1 returning 1)`,
        `"${name}_next" as (update "${table}" t set ${set('r')} from ${from} where ${same} and t.version = r.version - 1 and r.version > 1 returning 1)`,
      ];
  }
};

/** Which counts tell that nobody was faster. */
const guards = (name: string, { mode }: Section, n: number): string[] => {
  if (mode === 'versioned')
    return [`(select count(*) from "${name}_new") + (select count(*) from "${name}_next") = $${n + 1}::int`];
  if (mode === 'retire' || mode === 'update' || mode === 'spend')
    return [`(select count(*) from "${name}") = $${n + 1}::int`];
  return [];
};

interface Statement {
  /** PostgreSQL's name for the prepared statement, at most 63 characters. */
  readonly name: string;
  readonly text: string;
}

const statements = new Map<string, Statement>();

/** One statement for each set of sections that occurs, so that it is prepared once on each connection. */
const statementFor = (present: readonly (keyof Change)[]): Statement => {
  const shape = present.join('+');
  const known = statements.get(shape);
  if (known) return known;
  const withs: string[] = [];
  const checks: string[] = [];
  let n = 1;
  for (const name of present) {
    withs.push(...clauses(name, sections[name], n, present));
    checks.push(...guards(name, sections[name], n));
    n += 2;
  }
  const text = `with ${withs.join(',\n')}\nselect ${checks.length > 0 ? `case when not (${checks.join(' and ')}) then refuse_stale() end` : '1'}`;
  const statement = { name: `commit_${statements.size}`, text };
  statements.set(shape, statement);
  return statement;
};

/** Of rows that replace one another only the last is written: one statement may touch a row once. */
const lastOfEach = (records: readonly Row[], key: readonly string[]): Row[] => [
  ...new Map(records.map((row) => [key.map((column) => row[column]).join(' '), row])).values(),
];

/** A change with the mark that its messages wait under. */
interface Pending {
  readonly change: Change;
  readonly hold: string | null;
}

const parametersFor = (pending: readonly Pending[], present: readonly (keyof Change)[]): unknown[] =>
  present.flatMap((name) => {
    const { encode, mode, key } = sections[name];
    const rows = pending.flatMap(({ change, hold }) =>
      ((change[name] ?? []) as readonly never[]).map((record) => encode(record, hold)),
    );
    const written = mode === 'upsert' ? lastOfEach(rows, key) : rows;
    return [JSON.stringify(written), written.length];
  });

/** unique_violation, and the code that refuse_stale() raises. */
const lostRace = (error: unknown): boolean => {
  const code = (error as { code?: string }).code;
  return code === '23505' || code === 'DD001';
};

export const makeCommitter = (pool: pg.Pool): Committer => {
  const commitTogether = async (pending: readonly Pending[]): Promise<Commit> => {
    const present = order.filter((name) => pending.some(({ change }) => change[name]?.length));
    if (present.length === 0) return 'committed';
    try {
      await pool.query({ ...statementFor(present), values: parametersFor(pending, present) });
      return 'committed';
    } catch (error) {
      if (lostRace(error)) return 'stale';
      throw error;
    }
  };
  /** Changes that come together are committed together; those that get in each other's way are parted, half by half. */
  const commitAll = async (pending: readonly Pending[]): Promise<Commit[]> => {
    if (pending.length === 0) return [];
    if (pending.length === 1) return [await commitTogether(pending)];
    const together = await commitTogether(pending).catch(() => 'stale' as const);
    if (together === 'committed') return pending.map(() => together);
    const middle = Math.ceil(pending.length / 2);
    const halves = await Promise.all([commitAll(pending.slice(0, middle)), commitAll(pending.slice(middle))]);
    return halves.flat();
  };
  const commit = inBatches(commitAll, { most: 64, underWay: 1 });
  return {
    commit(change, hold = null) {
      const announced = announcements(change);
      return commit({ change: announced.length > 0 ? { ...change, announced } : change, hold });
    },
  };
};
