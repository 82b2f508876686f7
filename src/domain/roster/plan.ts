// What the lines of a roster change in the records: rows that are new, that differ, that end.
// Pure: known rows in, rows to write out. An empty cell says nothing and erases nothing.
import type { Day } from '../calendar.ts';
import { makeDesk } from './desk.ts';
import { layLine } from './lay.ts';
import type { RosterContext, RosterFault } from './lines.ts';
import type { AnyLine } from './refs.ts';
import type { KnownRoster, MakeId, RosterRows } from './rows.ts';
import type { Mark } from './table.ts';

export interface RosterCounts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface RosterPlan {
  /** To insert or replace, by id. Rows with a `to` end: roles whose seat another took, managements handed on (E03, E14). */
  readonly rows: RosterRows;
  /** What became of each line without a fault. */
  readonly counts: RosterCounts;
  readonly faults: readonly RosterFault[];
}

/** In this order a later line may rely on an earlier one. */
const ORDER: readonly AnyLine['kind'][] = [
  'zone_area',
  'town',
  'officer',
  'unit',
  'compound',
  'staff',
  'inspector',
  'zone_role',
];

export const planRoster = (
  lines: readonly AnyLine[],
  known: KnownRoster,
  context: Pick<RosterContext, 'bureaus' | 'associations'>,
  today: Day,
  makeId: MakeId,
): RosterPlan => {
  const desk = makeDesk(lines, known, context, today, makeId);
  const laid = ORDER.flatMap((kind) => lines.filter((line) => line.kind === kind)).map((line) => layLine(desk, line));
  const rows = desk.finish();
  return {
    rows,
    counts: countLines(laid.flatMap((one) => ('marks' in one ? [one.marks] : []))),
    faults: laid.flatMap((one) => ('fault' in one ? [one.fault] : [])),
  };
};

/** A line is as new as its chief row, and changed if anything it says was otherwise. */
const countLines = (marks: readonly (readonly Mark[])[]): RosterCounts => {
  const counts = { new: 0, changed: 0, unchanged: 0 };
  for (const [chief, ...others] of marks) {
    if (chief?.() === 'new') counts.new += 1;
    else if ([chief, ...others].some((mark) => mark && mark() !== 'same')) counts.changed += 1;
    else counts.unchanged += 1;
  }
  return counts;
};
