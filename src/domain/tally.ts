// What each record contributes to the figures, and how a change of it moves them (R29, R32, R49, R52). A figure at any
// cut-off is the sum of the deltas up to it, live ones included; how the sums add up to figures is figures.ts.
import type { Assignment } from './assignment.ts';
import { type Calendar, type Day, minutes, plusDays, type TimeOfDay } from './calendar.ts';
import type { Coverage } from './coverage.ts';
import { type Finding, isToFix, lastDayOf } from './finding.ts';
import { type Inspection, isValid } from './inspection.ts';
import type { Letter } from './letter.ts';

export type Measure =
  | 'covered'
  | 'inspections'
  | 'findings'
  | 'to_fix'
  | 'to_verify'
  | 'verified'
  | 'withdrawn'
  | 'overdue'
  | 'letters_owed'
  | 'letters_signed'
  | 'letters_signed_late'
  | 'letters_unreachable'
  | 'letters_undecided'
  | 'home_owed'
  | 'home_done'
  | 'home_late'
  | 'home_excused'
  | 'home_excluded';

/** Where a contribution counts. Empty area = the city's own rows; organisation and department for home duties only. */
export interface Place {
  readonly area: string;
  readonly organisation: string;
  readonly department: string;
}

interface Contribution extends Place {
  readonly measure: Measure;
  /** The day it counts for; null = the day of the change. */
  readonly onDay: Day | null;
  /** The first day it is true, where time alone makes it so (overdue). */
  readonly since: Day | null;
}

/** A ±1 row: the place, the day it counts for, and when it became true: the day, and whether after the tally time. */
export interface Delta extends Place {
  readonly campaign: string;
  readonly measure: Measure;
  readonly onDay: Day;
  readonly day: Day;
  readonly late: boolean;
  readonly n: number;
}

export interface Moment {
  readonly day: Day;
  readonly late: boolean;
}

/** A moment as the figures see it: the day, and whether its tally time has passed. */
export const momentOf = (calendar: Calendar, tallyAt: TimeOfDay, at: Date): Moment => ({
  day: calendar.dayOf(at),
  late: at.getTime() > calendar.instant(calendar.dayOf(at), tallyAt).getTime(),
});

const at = (area: string | null, organisation: string | null = null, department: string | null = null): Place => ({
  area: area ?? '',
  organisation: organisation ?? '',
  department: department ?? '',
});

const one = (measure: Measure, place: Place, onDay: Day | null = null, since: Day | null = null): Contribution => ({
  measure,
  ...place,
  onDay,
  since,
});

export const ofInspection = (inspection: Inspection, calendar: Calendar): Contribution[] =>
  isValid(inspection) ? [one('inspections', at(inspection.area), calendar.dayOf(inspection.enteredAt))] : [];

export const ofCoverage = (coverage: Coverage): Contribution[] => [
  one('covered', at(coverage.area), coverage.coveredOn),
];

export const ofFinding = (finding: Finding): Contribution[] => {
  const place = at(finding.area);
  const last = lastDayOf(finding);
  const state: Measure = isToFix(finding)
    ? 'to_fix'
    : finding.state === 'reported'
      ? 'to_verify'
      : finding.state === 'withdrawn'
        ? 'withdrawn'
        : 'verified';
  const overdue = state === 'to_fix' && last !== null ? [one('overdue', place, null, plusDays(last, 1))] : [];
  return [one('findings', place), one(state, place), ...overdue];
};

export const ofLetter = (letter: Letter): Contribution[] => {
  const place = at(letter.area);
  const state: Partial<Record<Letter['state'], Measure>> = {
    signed: 'letters_signed',
    signed_late: 'letters_signed_late',
    unreachable: 'letters_unreachable',
    undecided: 'letters_undecided',
  };
  const measure = state[letter.state];
  return [one('letters_owed', place), ...(measure ? [one(measure, place)] : [])];
};

/** Home duties only; what a zone inspector owes is no figure. */
export const ofAssignment = (assignment: Assignment): Contribution[] => {
  if (assignment.kind !== 'home') return [];
  const place = at(assignment.area, assignment.organisation, assignment.department);
  switch (assignment.state) {
    case 'excluded':
      return [one('home_excluded', place)];
    case 'left':
      return [];
    case 'done':
      return [one('home_owed', place), one('home_done', place)];
    case 'done_late':
      return [one('home_owed', place), one('home_late', place)];
    case 'excused':
      return [one('home_owed', place), one('home_excused', place)];
    default:
      return [one('home_owed', place)];
  }
};

const same = (a: Contribution, b: Contribution): boolean =>
  a.measure === b.measure &&
  a.area === b.area &&
  a.organisation === b.organisation &&
  a.department === b.department &&
  a.onDay === b.onDay &&
  a.since === b.since;

/** The ±1 rows that turn one set of contributions into another at one moment. What time would have made true later is taken back there. */
export const deltas = (
  campaign: string,
  moment: Moment,
  before: readonly Contribution[],
  after: readonly Contribution[],
): Delta[] => {
  const row = (c: Contribution, n: number): Delta => {
    const later = c.since !== null && c.since > moment.day;
    const day = later ? (c.since as Day) : moment.day;
    return {
      campaign,
      measure: c.measure,
      area: c.area,
      organisation: c.organisation,
      department: c.department,
      onDay: c.onDay ?? day,
      day,
      late: later ? false : moment.late,
      n,
    };
  };
  return [
    ...before.filter((b) => !after.some((a) => same(a, b))).map((b) => row(b, -1)),
    ...after.filter((a) => !before.some((b) => same(a, b))).map((a) => row(a, 1)),
  ];
};

/** The tally time of a campaign: its tally slot's, else the end of the day. */
export const tallyTime = (slots: readonly { readonly kind: string; readonly at: TimeOfDay }[]): TimeOfDay =>
  slots.find((slot) => slot.kind === 'tally')?.at ?? '23:59';

/** Whether the figures of `day` are final: its tally time has passed. */
export const isFrozen = (calendar: Calendar, tallyAt: TimeOfDay, day: Day, now: Date): boolean =>
  day < calendar.dayOf(now) || (day === calendar.dayOf(now) && calendar.minuteOf(now) >= minutes(tallyAt));
