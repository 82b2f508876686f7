// What the office changes by hand: the shared records as they stand, and the settings of a campaign. A roster file changes
// the same rows (domain/roster); whoever decided on an older state of them decides anew.
import type { Day } from '../calendar.ts';
import type { CompoundRow, PersonRow } from '../roster/rows.ts';

export type {
  CompanyRow,
  CompoundRow,
  HoldingRow,
  ManagementRow,
  OrganisationRow,
  UnitRow,
  ZoneAreaRow,
} from '../roster/rows.ts';

/** Where a person lives is told by the person (home.ts), everything else by the office. */
export interface PersonFacts extends Omit<PersonRow, 'compoundId' | 'lives'> {
  /** The first day the person is no longer there (E14). */
  readonly leftOn: Day | null;
}

export interface NewPerson extends PersonFacts {
  readonly lives: 'unknown';
  readonly addedAt: Date;
}

/** With how its names sound, for the search. */
export interface CompoundEntry extends CompoundRow {
  readonly pinyin: string;
}

export interface NewCompound extends CompoundEntry {
  readonly addedAt: Date;
}

/** One setting as the office set it; null = as the pack says again. */
export interface SettingChange {
  readonly id: string;
  readonly campaign: string;
  /** As the pack's plan.yaml spells it. */
  readonly key: string;
  readonly value: unknown;
  readonly byId: string;
  readonly byName: string;
  readonly at: Date;
}

/** The version that a change of these records takes: whoever takes the same one later has read an older state. */
export interface RegistryTurn {
  readonly id: 'registry';
  readonly version: number;
}
