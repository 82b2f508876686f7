// A roster as a clerk's file says it: the words for sheets, rows, faults, and for what each good row says.
// Rows become lines in check.ts; what lines change in the records is in plan.ts.
import type { Day } from '../calendar.ts';

export interface RosterSheet {
  readonly name: string;
  readonly rows: readonly RosterRow[];
}

export interface RosterRow {
  /** As the clerk's program numbers it, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** In the clerk's language: the office reads it and repairs the row. `line` 0 = the file or sheet as a whole. */
export interface RosterFault {
  readonly sheet: string;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
}

/** What the campaigns say that a roster must fit. */
export interface RosterContext {
  /** Areas of the zone tables; empty = no campaign has one, then the file's own sheet of areas decides. */
  readonly areas: readonly string[];
  readonly zones: readonly string[];
  readonly bureaus: readonly string[];
  readonly associations: readonly string[];
}

export interface Place {
  readonly sheet: string;
  readonly line: number;
}

export interface NamedPerson {
  readonly name: string;
  readonly mobile: string | null;
  /** Null = the cell is empty and says nothing. */
  readonly noAccount: boolean | null;
}

export interface TownLine {
  readonly kind: 'town';
  readonly at: Place;
  readonly area: string;
  readonly bureau: string;
  readonly contact: NamedPerson | null;
  readonly head: NamedPerson | null;
}

export interface UnitLine {
  readonly kind: 'unit';
  readonly at: Place;
  readonly company: string;
  readonly origin: 'local' | 'outside';
  readonly unit: string;
  readonly unitKind: 'HQ' | 'branch';
  /** Null = outside the city. */
  readonly area: string | null;
  readonly head: NamedPerson | null;
}

export interface CompoundLine {
  readonly kind: 'compound';
  readonly at: Place;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly area: string;
  readonly estate: string | null;
  /** `none` = no company manages it (自管, E18); null = the cell says nothing. */
  readonly managedBy: { readonly unit: string } | 'none' | null;
  readonly from: Day | null;
}

export interface StaffLine {
  readonly kind: 'staff';
  readonly at: Place;
  readonly organisation: string;
  readonly department: string;
  readonly person: NamedPerson;
  readonly staffKind: string;
  /** `none` = lives in no managed compound (R10); null = the cell says nothing. */
  readonly home: { readonly area: string | null; readonly name: string } | 'none' | null;
  readonly isHead: boolean | null;
  readonly joinedOn: Day | null;
}

export interface InspectorLine {
  readonly kind: 'inspector';
  readonly at: Place;
  readonly zone: string;
  readonly unit: string;
  readonly person: NamedPerson;
}

export interface OfficerLine {
  readonly kind: 'officer';
  readonly at: Place;
  readonly role: 'office' | 'association' | 'archivist';
  readonly organisation: string;
  readonly organisationKind: 'bureau' | 'association';
  readonly department: string | null;
  readonly person: NamedPerson;
}

export type RosterLine = TownLine | UnitLine | CompoundLine | StaffLine | InspectorLine | OfficerLine;

/** The four kinds of R09. */
export const STAFF_KINDS = ['公务员', '工勤', '事业编', '雇员'] as const;
export const NO_COMPOUND = '不住物业小区';
export const NO_COMPANY = '无';
export const OUTSIDE = '市外';

/** `翠亨新区（含南朗街道）` is also found by `翠亨新区` and `南朗街道` (R02). Null when no area is called so. */
export const areaNamed = (areas: readonly string[], name: string): string | null => {
  const plain = (text: string) => text.replaceAll('(', '（').replaceAll(')', '）');
  const names = (area: string) => [area, ...(/^(.+)（含(.+)）$/.exec(area)?.slice(1) ?? [])];
  return areas.find((area) => names(area).includes(plain(name))) ?? null;
};

/** Everybody named in a line, with the column that holds the number. */
export const peopleOf = (line: RosterLine): { person: NamedPerson; column: string }[] => {
  const all: { person: NamedPerson | null; column: string }[] =
    line.kind === 'town'
      ? [
          { person: line.contact, column: '联系人手机' },
          { person: line.head, column: '负责人手机' },
        ]
      : line.kind === 'unit'
        ? [{ person: line.head, column: '负责人手机' }]
        : line.kind === 'compound'
          ? []
          : [{ person: line.person, column: '手机' }];
  return all.flatMap(({ person, column }) => (person ? [{ person, column }] : []));
};
