// A town's report (R41): pre-filled from the live figures, frozen as it was sent, and beside it what changed since (E33).
import type { Calendar, Day } from './calendar.ts';
import type { Figures } from './figures.ts';

/** How many of the reported findings were reported in time, and how many later (R39). */
export interface Rectified {
  readonly inTime: number;
  readonly late: number;
}

export interface TownFigures extends Pick<Figures, 'compounds' | 'inspections' | 'findings' | 'letters' | 'home'> {
  readonly rectified: Rectified;
}

export interface TownReport {
  readonly campaign: string;
  readonly area: string;
  readonly version: number;
  /** What the town says beside the figures; empty = nothing. */
  readonly text: string;
  readonly figures: TownFigures;
  /** When it was sent, and up to when its figures count. */
  readonly cutOffAt: Date;
  readonly byId: string;
  readonly byName: string;
  /** Sent after the deadline. */
  readonly late: boolean;
}

/** The day the pre-filled report comes: two working days before the last day, which itself may be a day off. */
export const prefillOn = (calendar: Calendar, dueOn: Day): Day =>
  calendar.plusWorkingDays(calendar.isWorkingDay(dueOn) ? dueOn : calendar.plusWorkingDays(dueOn, -1), -2);

/** What a town's report speaks of, as one number each. */
export const measuresOf = (f: TownFigures) => ({
  home: f.home.done + f.home.late,
  covered: f.compounds.covered,
  signed: f.letters.signed + f.letters.signedLate,
  findings: f.findings.total,
  to_fix: f.findings.toFix,
  verified: f.findings.verified,
});

export type TownMeasure = keyof ReturnType<typeof measuresOf>;

export interface Since {
  readonly measure: TownMeasure;
  /** Never 0. */
  readonly n: number;
}

/** What is different now from what the report says. */
export const sinceThen = (frozen: TownFigures, live: TownFigures): Since[] => {
  const before = measuresOf(frozen);
  return Object.entries(measuresOf(live)).flatMap(([measure, now]) => {
    const n = now - before[measure as TownMeasure];
    return n === 0 ? [] : [{ measure: measure as TownMeasure, n }];
  });
};

/** The next version; a correction without words keeps those of the version before. */
export const nextReport = (
  before: TownReport | null,
  given: Omit<TownReport, 'version' | 'text' | 'late'> & { readonly text: string },
  today: Day,
  dueOn: Day,
): TownReport => ({
  ...given,
  version: (before?.version ?? 0) + 1,
  text: given.text || (before?.text ?? ''),
  late: today > dueOn,
});
