// Reminders and rungs (REQUIREMENTS 1.7, R48): who is due what on a day. Sends nothing, and knows nothing of wording.
// At most two private reminders for each obligation, then somebody else is told: first the next level, then the one above.
import type { Calendar, Day } from './calendar.ts';
import type { Nudge } from './change.ts';

/** Working days before the last day on which the first and the second reminder go. */
const reminderDays = {
  home: [2, 0],
  letter: [2, 0],
  finding: [1, 0],
  town_report: [1, 0],
} as const;

/** A zone's inspector and a hand-over are not reminded of by this rule: their days are their own (1.7). */
export type ObligationKind = keyof typeof reminderDays | 'zone' | 'hand_over';

/** Something a person or unit owes until the end of `dueOn`. */
export interface Obligation {
  readonly kind: ObligationKind;
  readonly id: string;
  /** Who is reminded; null = nobody can be (unreachable, undecided): only the ladder runs. */
  readonly personId: string | null;
  readonly dueOn: Day;
  /** Steps that were taken already, with the day. */
  readonly taken: readonly { readonly step: Nudge['step']; readonly on: Day }[];
  /** Recorded leave of the person. */
  readonly absences: readonly { readonly from: Day; readonly to: Day }[];
}

const isAway = (obligation: Obligation, day: Day): boolean =>
  obligation.absences.some((a) => a.from <= day && day <= a.to);

/**
 * The day a deadline is worked towards: itself, or the working day before when it falls on a day off, which happens when
 * a campaign is moved (REQUIREMENTS, "Readings decided").
 */
const lastWorkingDay = (calendar: Calendar, dueOn: Day): Day =>
  calendar.isWorkingDay(dueOn) ? dueOn : calendar.plusWorkingDays(dueOn, -1);

/** The private reminder due on `today`, a working day; null when none is. */
export const reminderDue = (obligation: Obligation, today: Day, calendar: Calendar, most: number): 1 | 2 | null => {
  if (obligation.kind === 'zone' || obligation.kind === 'hand_over') return null;
  if (obligation.personId === null || isAway(obligation, today)) return null;
  const had = obligation.taken.filter((t) => t.step.startsWith('reminder_'));
  const last = lastWorkingDay(calendar, obligation.dueOn);
  const [before] = reminderDays[obligation.kind];
  const first = calendar.plusWorkingDays(last, -before);
  const awayOnLastDay = isAway(obligation, last);
  if (today > last)
    return awayOnLastDay && had.length < most && !had.some((t) => t.on > last) ? (had.length === 0 ? 1 : 2) : null;
  if (had.length >= most) return null;
  if (today === last) return had.length === 0 ? 1 : 2;
  return had.length === 0 && today >= first ? 1 : null;
};

/** The rung due on `today`, a working day: one after another, never two on one day, never while the person is away. */
export const rungDue = (obligation: Obligation, today: Day, calendar: Calendar): 1 | 2 | 3 | null => {
  const last = lastWorkingDay(calendar, obligation.dueOn);
  if (today <= last || today <= obligation.dueOn || isAway(obligation, today)) return null;
  if (obligation.taken.some((t) => t.on === today)) return null;
  const climbed = obligation.taken.filter((t) => t.step.startsWith('rung_')).length;
  // Somebody who was away on the last day is reminded once after returning; the ladder waits for the slot after that.
  const returned =
    isAway(obligation, last) && !obligation.taken.some((t) => t.step.startsWith('reminder_') && t.on > last);
  if (returned && obligation.personId !== null) return null;
  const next = climbed + 1;
  const since = calendar.workingDaysBetween(last, today);
  return next <= 3 && since >= next ? (next as 1 | 2 | 3) : null;
};

/**
 * An inspector whose compounds lapsed on so many working days without a record: at the first threshold the zone lead is
 * told, at the second the liaison; each once for one idle stretch, never two on one day (1.7).
 */
export const idleRung = (
  idleDays: number,
  thresholds: readonly number[],
  taken: readonly { readonly step: Nudge['step'] }[],
): 1 | 2 | null => {
  const next = taken.filter((t) => t.step.startsWith('rung_')).length + 1;
  const threshold = thresholds[next - 1];
  return next <= 2 && threshold !== undefined && idleDays >= threshold ? (next as 1 | 2) : null;
};
