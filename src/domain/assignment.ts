// An assignment: a person, a compound, a strand, a window, with its reasons (DESIGN §4).
// Its states and what may become of it; planning a zone's day is in zone-plan.ts.
import type { Day } from './calendar.ts';
import type { Answers } from './checklist.ts';

export type AssignmentKind = 'home' | 'zone' | 'strengthened' | 'recheck' | 'spot' | 'extra';

export type AssignmentState =
  | 'open'
  | 'partial'
  | 'done'
  | 'done_late'
  | 'covered'
  | 'lapsed'
  | 'excused'
  | 'reassigned'
  | 'excluded'
  | 'left';

export type AssignmentReason =
  | 'home_duty'
  | 'not_yet_checked'
  | 'letter_unsigned'
  | 'look_back'
  | 'spot_check'
  | 'own_wish'
  | 'by_request'
  | 'repeated_no'
  | 'late_fix'
  | 'mismatch'
  | 'long_not_visited';

export interface Assignment {
  readonly id: string;
  readonly campaign: string;
  readonly strand: 'home' | 'zone';
  readonly kind: AssignmentKind;
  readonly personId: string;
  /** What is asked there: the checklist that stood when it was given (E30). */
  readonly checklist: string;
  /** Null only for a home duty whose compound is not known yet (R11). */
  readonly compoundId: string | null;
  readonly area: string | null;
  readonly zone: string | null;
  /** Home duties count by organisation and department; other kinds leave both null. */
  readonly organisation: string | null;
  readonly department: string | null;
  readonly reasons: readonly AssignmentReason[];
  readonly from: Day;
  /** Last day of the window; null = open-ended. */
  readonly to: Day | null;
  readonly state: AssignmentState;
  /** Counts the changes: a row with version n replaces n − 1. */
  readonly version: number;
  readonly givenAt: Date;
  readonly doneAt: Date | null;
  /** A partial answer: waits for the rest, counts nowhere. */
  readonly draft: Draft | null;
  /** The assignment it was handed over from: a deputy's (E13). */
  readonly standsFor?: string | null;
}

export interface Draft {
  readonly answers: Answers;
  readonly note: string | null;
}

/** Still to be done. */
export const isOpen = (assignment: Pick<Assignment, 'state'>): boolean =>
  assignment.state === 'open' || assignment.state === 'partial';
