// One visit of one person to one compound: everything a recording is decided from, and what was filled in. Data only.
import { type Assignment, isOpen } from './assignment.ts';
import type { Day } from './calendar.ts';
import { type Campaign, checklistAsked, checklistOf } from './campaign.ts';
import type { Answers, Checklist } from './checklist.ts';
import type { Coverage } from './coverage.ts';
import type { Finding } from './finding.ts';
import type { Inspection, InspectionSource } from './inspection.ts';
import type { Person } from './people.ts';

/** A compound as it stands on the check date. */
export interface CompoundFacts {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  readonly status: 'listed' | 'pending' | 'merged';
  readonly unitId: string | null;
  readonly company: string | null;
}

/** Everything a recording is decided from. */
export interface Visit {
  readonly campaign: Campaign;
  readonly person: Person;
  readonly compound: CompoundFacts;
  /** The person's open assignments at this compound, and the home duty. */
  readonly own: readonly Assignment[];
  /** Open assignments of colleagues at this compound today. */
  readonly colleagues: readonly Assignment[];
  /** The person's last live record at this compound today. */
  readonly previous: Inspection | null;
  /** What covers the compound already. */
  readonly coverage: Coverage | null;
  /** Findings at this compound that are not verified or withdrawn. */
  readonly findings: readonly Finding[];
  /** On the day of the check the person still lived here (E16). */
  readonly livedThere?: boolean;
}

/** What is asked at this compound: of whoever has it, else of whoever comes. */
export const checklistGiven = ({ campaign, compound, own, colleagues }: Visit, strand: 'home' | 'zone'): Checklist => {
  const given = own.find((a) => isOpen(a) && a.compoundId === compound.id) ?? colleagues.find(isOpen);
  return given ? checklistAsked(campaign, given) : checklistOf(campaign, strand);
};

export interface Filled {
  /** The checklist that was answered, where a card or form showed one (E30). */
  readonly checklist?: string;
  readonly answers: Answers;
  readonly note: string | null;
  readonly checkOn: Day;
  readonly source: InspectionSource;
  /** Somebody who enters for the inspector (R06). */
  readonly enteredBy: Person | null;
  readonly fixedOnSpot?: boolean;
  /** The person said that this is a second visit (E11). */
  readonly secondVisit?: boolean;
}
