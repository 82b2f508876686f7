// Commits a change: one statement, so one round trip and one transaction. Whoever read an older state loses (`stale`).
// Uniqueness and versions are what keeps the records true, not locks held while the domain thinks (DESIGN §4).
import type pg from 'pg';
import { allOf, type Change } from '../domain/change.ts';
import type { Commit, Committer } from '../ports.ts';
import { inBatches } from './batches.ts';
import * as rows from './rows.ts';

/** insert: appended, a repeat of the key is a lost race · keep: a repeat of the key is left alone · versioned: n replaces n − 1 · upsert: last one stands. */
type Mode = 'insert' | 'keep' | 'versioned' | 'upsert' | 'delete' | 'retire';

interface Section {
  readonly table: string;
  readonly mode: Mode;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly encode: (record: never) => Readonly<Record<string, unknown>>;
  /** The section that must be out of the way first: unique indexes look at once. */
  readonly after?: keyof Change;
}

const section = <T>(
  table: string,
  mode: Mode,
  columns: string,
  key: string,
  encode: (record: T) => Readonly<Record<string, unknown>>,
  after?: keyof Change,
): Section => ({ table, mode, columns: columns.split(' '), key: key.split(' '), encode, ...(after ? { after } : {}) });

const plain = (record: object) => record as Readonly<Record<string, unknown>>;

const sections: Readonly<Record<keyof Change, Section>> = {
  inbound: section(
    'inbound',
    'insert',
    'channel event_id at person_id chat kind text press answer',
    'channel event_id',
    rows.encodeInbound,
  ),
  retired: section('inspection', 'retire', 'id', 'id', (id: string) => ({ id })),
  inspections: section(
    'inspection',
    'insert',
    'id campaign assignment_id version replaces_id live strand checklist check_on recorded_at entered_at inspector_id entered_by_id compound_id compound_name compound_status inspector_name company area zone department answers note source flags',
    'id',
    rows.encodeInspection,
    'retired',
  ),
  assignments: section(
    'assignment',
    'versioned',
    'id campaign strand kind person_id compound_id area zone organisation department reasons from_on to_on state version given_at done_at draft',
    'id',
    rows.encodeAssignment,
  ),
  uncovered: section(
    'coverage',
    'delete',
    'campaign compound_id',
    'campaign compound_id',
    (c: { campaign: string; compoundId: string }) => ({ campaign: c.campaign, compound_id: c.compoundId }),
  ),
  covered: section(
    'coverage',
    'insert',
    'campaign compound_id inspection_id area covered_at covered_on',
    'campaign compound_id',
    rows.encodeCoverage,
    'uncovered',
  ),
  findings: section(
    'finding',
    'versioned',
    'id campaign compound_id compound_name item area zone company unit_id state version inspection_ids opened_at notified_at due_on promised_on claimed_at claimed_by_id reported_at verified_at reopened_at referred_at',
    'id',
    rows.encodeFinding,
  ),
  letters: section(
    'letter',
    'versioned',
    'id campaign letter unit_id unit kind origin area zone signatory_id state version answers remark due_on owed_at sent_at read_at signed_at signed_by_id',
    'id',
    rows.encodeLetter,
  ),
  ledger: section(
    'ledger_row',
    'keep',
    'campaign letter_id unit area zone frozen_at state_then attempts reason',
    'campaign letter_id',
    rows.encodeLedgerRow,
  ),
  nudges: section(
    'nudge',
    'insert',
    'campaign about_kind about_id step to_id on outbox_key',
    'campaign about_kind about_id step',
    rows.encodeNudge,
  ),
  cards: section(
    'card',
    'upsert',
    'id campaign kind channel chat person_id data state created_at closes_at',
    'id',
    rows.encodeCard,
  ),
  views: section('card_view', 'upsert', 'card_id person_id card data changed_at', 'card_id person_id', rows.encodeView),
  marks: section('card_mark', 'insert', 'card_id', 'id', (id: string) => ({ card_id: id })),
  events: section(
    'event',
    'insert',
    'campaign at kind subject_kind subject_id by_id by_name inbound data',
    'id',
    rows.encodeEvent,
  ),
  deltas: section(
    'delta',
    'insert',
    'campaign measure area organisation department on_day day late n',
    'id',
    (d: object) => {
      const { onDay, ...rest } = plain(d);
      return { ...rest, on_day: onDay };
    },
  ),
  messages: section(
    'outbox',
    'keep',
    'key campaign channel chat person_id kind verb about rung message card_id state created_at not_before expires_at attempts',
    'key',
    rows.encodeOutgoing,
  ),
};

const order = Object.keys(sections) as (keyof Change)[];
const quoted = (names: readonly string[], prefix = ''): string => names.map((name) => `${prefix}"${name}"`).join(', ');

/** The common table expressions of one section; `$n` holds its rows as JSON. */
const clauses = (
  name: string,
  { table, mode, columns, key, after }: Section,
  n: number,
  present: readonly string[],
): string[] => {
  const from = `jsonb_populate_recordset(null::"${table}", $${n}::jsonb) r`;
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
    case 'upsert':
      return [`"${name}" as (${insert} on conflict (${quoted(key)}) do update set ${set('excluded')} returning 1)`];
    case 'delete':
      return [`"${name}" as (delete from "${table}" t using ${from} where ${same} returning 1)`];
    case 'retire':
      return [`"${name}" as (update "${table}" t set live = false from ${from} where ${same} and t.live returning 1)`];
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
  if (mode === 'retire') return [`(select count(*) from "${name}") = $${n + 1}::int`];
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
    n += guards(name, sections[name], n).length > 0 ? 2 : 1;
  }
  const text = `with ${withs.join(',\n')}\nselect ${checks.length > 0 ? `case when not (${checks.join(' and ')}) then refuse_stale() end` : '1'}`;
  const statement = { name: `commit_${statements.size}`, text };
  statements.set(shape, statement);
  return statement;
};

const parametersFor = (change: Change, present: readonly (keyof Change)[]): unknown[] =>
  present.flatMap((name) => {
    const records = change[name] as readonly never[];
    const json = JSON.stringify(records.map((record) => sections[name].encode(record)));
    return guards(name, sections[name], 1).length > 0 ? [json, records.length] : [json];
  });

/** unique_violation, and the code that refuse_stale() raises. */
const lostRace = (error: unknown): boolean => {
  const code = (error as { code?: string }).code;
  return code === '23505' || code === 'DD001';
};

export const makeCommitter = (pool: pg.Pool): Committer => {
  const commitOne = async (change: Change): Promise<Commit> => {
    const present = order.filter((name) => change[name]?.length);
    if (present.length === 0) return 'committed';
    try {
      await pool.query({ ...statementFor(present), values: parametersFor(change, present) });
      return 'committed';
    } catch (error) {
      if (lostRace(error)) return 'stale';
      throw error;
    }
  };
  /** Changes that come together are committed together; if they get in each other's way, one by one. */
  const commitAll = async (changes: readonly Change[]): Promise<Commit[]> => {
    const [only] = changes;
    if (only && changes.length === 1) return [await commitOne(only)];
    const together = await commitOne(allOf(changes)).catch(() => 'stale' as const);
    if (together === 'committed') return changes.map(() => together);
    const outcomes: Commit[] = [];
    for (const change of changes) outcomes.push(await commitOne(change));
    return outcomes;
  };
  return { commit: inBatches(commitAll, { most: 32, underWay: 3 }) };
};
