// How figures ran from day to day: for each day what its tally said, from the sums before the first day and what was added
// on each. The last day is as of the cut-off; the others as they were at their tally time, so they agree with the messages.
import type { Day } from './calendar.ts';
import type { Sum } from './figures.ts';
import type { Measure } from './tally.ts';

export interface DaySum {
  readonly measure: Measure;
  readonly area: string;
  readonly day: Day;
  /** After the day's tally time: the next day's figures count it first. */
  readonly late: boolean;
  readonly n: number;
}

const series = {
  covered: ['covered'],
  inspections: ['inspections'],
  toFix: ['to_fix'],
  overdue: ['overdue'],
  signed: ['letters_signed', 'letters_signed_late'],
} as const satisfies Readonly<Record<string, readonly Measure[]>>;

export type TrendName = keyof typeof series;
export const trendMeasures: readonly Measure[] = Object.values(series).flat();

/** One number for each day. */
export type Lines = Readonly<Record<TrendName, readonly number[]>>;

export interface Trend {
  readonly days: readonly Day[];
  readonly city: Lines;
  readonly zones: readonly ({ readonly zone: string } & Lines)[];
}

/** `lastIsLive`: the last day counts what came after its tally time too. */
export const trendOf = (
  days: readonly Day[],
  before: readonly Sum[],
  added: readonly DaySum[],
  lastIsLive: boolean,
  zones: readonly { readonly zone: string; readonly areas: readonly string[] }[],
): Trend => {
  const last = days.at(-1);
  const countsFor = ({ day, late }: DaySum, on: Day): boolean =>
    day < on || (day === on && (!late || (lastIsLive && on === last)));
  const lines = (areas: readonly string[]): Lines => {
    const line = (measures: readonly Measure[]): number[] => {
      const ours = ({ measure, area }: { measure: Measure; area: string }) =>
        measures.includes(measure) && areas.includes(area);
      const base = before.filter(ours).reduce((n, sum) => n + sum.total, 0);
      const own = added.filter(ours);
      return days.map((on) => own.reduce((n, row) => (countsFor(row, on) ? n + row.n : n), base));
    };
    return {
      covered: line(series.covered),
      inspections: line(series.inspections),
      toFix: line(series.toFix),
      overdue: line(series.overdue),
      signed: line(series.signed),
    };
  };
  return {
    days,
    city: lines(['', ...zones.flatMap(({ areas }) => areas)]),
    zones: zones.map(({ zone, areas }) => ({ zone, ...lines(areas) })),
  };
};
