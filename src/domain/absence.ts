// Recorded leave (E13): no reminder on these days, and excused if it covers the last day of a window.
import { type Assignment, isOpen } from './assignment.ts';
import { type Day, plusDays } from './calendar.ts';
import type { DutyStep } from './home.ts';

export interface Absence {
  readonly id: string;
  readonly personId: string;
  readonly from: Day;
  /** Inclusive. A leave that was taken back ends before it began. */
  readonly to: Day;
  readonly reason: string | null;
  readonly byId: string | null;
  readonly at: Date;
}

export const isAwayOn = (absences: readonly Pick<Absence, 'from' | 'to'>[], day: Day): boolean =>
  absences.some((absence) => absence.from <= day && day <= absence.to);

/** Open home duties whose last day lies in the leave are excused. */
export const dutiesExcused = (
  duties: readonly Assignment[],
  absences: readonly Pick<Absence, 'from' | 'to'>[],
): DutyStep[] =>
  duties.flatMap((before) =>
    isOpen(before) && before.to !== null && isAwayOn(absences, before.to)
      ? [{ before, after: { ...before, state: 'excused' as const, draft: null, version: before.version + 1 } }]
      : [],
  );

/** The person is there after all: what was excused, and is not over, is owed again. */
export const dutiesOwedAgain = (
  duties: readonly Assignment[],
  absences: readonly Pick<Absence, 'from' | 'to'>[],
  today: Day,
): DutyStep[] =>
  duties.flatMap((before) =>
    before.state === 'excused' && before.to !== null && before.to >= today && !isAwayOn(absences, before.to)
      ? [{ before, after: { ...before, state: 'open' as const, version: before.version + 1 } }]
      : [],
  );

/** The leave ends with yesterday; one that has not begun never was. */
export const cutShort = (absence: Absence, today: Day): Absence => ({ ...absence, to: plusDays(today, -1) });
