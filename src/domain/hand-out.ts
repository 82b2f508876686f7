// A compound is given to an inspector by hand (R07): it moves from whoever had it that day, or is added to the day.
import type { Assignment, AssignmentReason } from './assignment.ts';
import type { Day } from './calendar.ts';

/** What stands about a compound on a day. */
export interface Standing {
  readonly compoundId: string;
  readonly name: string;
  readonly area: string;
  /** Who has it that day, open still. */
  readonly assignment: Assignment | null;
  /** Somebody said here that a fix is done, and it is yet to be looked at again: not by him (R40). */
  readonly lookBack: { readonly claimedById: string | null } | null;
  readonly covered: boolean;
}

export type HandOut =
  | { readonly kind: 'given'; readonly from: Assignment | null; readonly given: Assignment }
  | { readonly kind: 'has_it' }
  | { readonly kind: 'claimed_it' };

export interface HandOutOrder {
  readonly campaign: string;
  readonly zone: string;
  readonly day: Day;
  readonly personId: string;
  /** What is asked at a compound that nobody had yet. */
  readonly checklist: string;
  readonly at: Date;
}

const reasonsOf = ({ assignment, lookBack, covered }: Standing): readonly AssignmentReason[] => {
  if (assignment) return assignment.reasons;
  if (lookBack) return ['look_back'];
  return [covered ? 'by_request' : 'not_yet_checked'];
};

/** The compound keeps the reasons it is on the day's list for, whoever goes there. */
export const handOut = (standing: Standing, order: HandOutOrder, nextId: () => string): HandOut => {
  const { assignment, lookBack } = standing;
  if (assignment?.personId === order.personId) return { kind: 'has_it' };
  if (lookBack && lookBack.claimedById === order.personId) return { kind: 'claimed_it' };
  return {
    kind: 'given',
    from: assignment && { ...assignment, state: 'reassigned', version: assignment.version + 1 },
    given: {
      id: nextId(),
      campaign: order.campaign,
      strand: 'zone',
      kind: assignment?.kind ?? (lookBack ? 'recheck' : 'zone'),
      personId: order.personId,
      checklist: assignment?.checklist ?? order.checklist,
      compoundId: standing.compoundId,
      area: standing.area,
      zone: order.zone,
      organisation: null,
      department: null,
      reasons: reasonsOf(standing),
      from: order.day,
      to: order.day,
      state: 'open',
      version: 1,
      givenAt: order.at,
      doneAt: null,
      draft: null,
    },
  };
};
