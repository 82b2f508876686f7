// Where a person lives, and the home duty that follows it (R10, R11, E15, E16): a move takes the open duty along, an
// exclusion ends it once the department head has confirmed, and either can be turned back.
import { type Assignment, isOpen } from './assignment.ts';
import type { Day } from './calendar.ts';
import type { Lives } from './people.ts';

/** Where a person lives from now on. */
export interface Home {
  readonly personId: string;
  readonly compoundId: string | null;
  readonly lives: Lives;
}

/** A home that was left: checks of days up to `until` are still of one's own compound (E16). */
export interface FormerHome {
  readonly personId: string;
  readonly compoundId: string;
  readonly until: Day;
}

/** A compound that somebody lives in and the registry does not know (E20). */
export interface PendingCompound {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly pinyin: string;
  readonly area: string;
  readonly addedAt: Date;
}

export type ExclusionState = 'claimed' | 'confirmed' | 'refused' | 'withdrawn';

/** Somebody says that he lives in no managed compound (R10); whoever answers for the department confirms it or not. */
export interface Exclusion {
  readonly id: string;
  readonly campaign: string;
  readonly personId: string;
  readonly state: ExclusionState;
  readonly version: number;
  readonly claimedAt: Date;
  /** When whoever decides was asked. */
  readonly toldAt: Date | null;
  readonly decidedAt: Date | null;
  readonly decidedById: string | null;
}

export interface DutyStep {
  readonly before: Assignment;
  readonly after: Assignment;
}

const step = (before: Assignment, change: Partial<Assignment>): DutyStep => ({
  before,
  after: { ...before, ...change, version: before.version + 1 },
});

/** The home duties of somebody who lives at `compoundId` now: open ones go there, an excluded one is owed again. */
export const dutiesAt = (duties: readonly Assignment[], compoundId: string): DutyStep[] =>
  duties.flatMap((duty) => {
    const owed = isOpen(duty) || duty.state === 'excluded';
    const same = duty.compoundId === compoundId && duty.state !== 'excluded';
    // What was said of the home before says nothing of this one.
    return owed && !same ? [step(duty, { compoundId, state: 'open', draft: null })] : [];
  });

/** The home duties of somebody who lives in no managed compound: nothing is owed. */
export const dutiesExcluded = (duties: readonly Assignment[]): DutyStep[] =>
  duties.flatMap((duty) => (isOpen(duty) ? [step(duty, { compoundId: null, state: 'excluded', draft: null })] : []));

/** What the roster says now of a person who owes a home duty. */
export interface DutyFacts {
  readonly compoundId: string | null;
  readonly lives: Lives;
  /** Has left (E14). */
  readonly gone: boolean;
  /** On leave on the last day (E13). */
  readonly away: boolean;
}

/** An open duty brought into step with the roster: closed as left, excluded or excused, or moved to the new home. */
export const dutyInStep = (duty: Assignment, now: DutyFacts): DutyStep[] => {
  if (now.gone) return [step(duty, { state: 'left', draft: null })];
  if (now.lives === 'excluded') return dutiesExcluded([duty]);
  if (now.away) return [step(duty, { state: 'excused', draft: null })];
  return now.lives === 'known' && now.compoundId !== null ? dutiesAt([duty], now.compoundId) : [];
};
