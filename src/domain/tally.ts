// The figures (R29, R32, R49, R52): what each record contributes, how a change of it moves them, and how they add up.
// A figure at any cut-off is the sum of the deltas up to it; live figures and recomputed ones are the same sum.
import type { Assignment } from './assignment.ts';
import { type Calendar, type Day, minutes, plusDays, type TimeOfDay } from './calendar.ts';
import type { Coverage } from './change.ts';
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
interface Place {
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

export interface HomeFigures {
  readonly owed: number;
  readonly done: number;
  readonly late: number;
  readonly excused: number;
  readonly excluded: number;
}

export interface Figures {
  readonly compounds: { readonly known: number; readonly covered: number; readonly coveredToday: number };
  readonly inspections: { readonly total: number; readonly today: number };
  readonly findings: {
    readonly total: number;
    readonly toFix: number;
    readonly toVerify: number;
    readonly verified: number;
    readonly withdrawn: number;
    readonly overdue: number;
  };
  readonly letters: {
    readonly owed: number;
    readonly signed: number;
    readonly signedLate: number;
    readonly unreachable: number;
    readonly undecided: number;
  };
  readonly home: HomeFigures;
}

/** One sum as the store reads it: everything up to the cut-off, and what of it counts for the cut-off's own day. */
export interface Sum extends Place {
  readonly measure: Measure;
  readonly total: number;
  readonly today: number;
}

export interface Tally {
  readonly on: Day;
  readonly cutOffAt: Date;
  readonly city: Figures;
  readonly zones: readonly ({
    readonly zone: string;
    readonly areas: readonly ({ readonly area: string } & Figures)[];
  } & Figures)[];
  readonly organisations: readonly {
    readonly organisation: string;
    readonly home: HomeFigures;
    readonly departments: readonly { readonly department: string; readonly home: HomeFigures }[];
  }[];
}

type Totals = ReadonlyMap<Measure, { total: number; today: number }>;

const totalled = (sums: readonly Sum[]): Totals => {
  const totals = new Map<Measure, { total: number; today: number }>();
  for (const sum of sums) {
    const t = totals.get(sum.measure) ?? { total: 0, today: 0 };
    totals.set(sum.measure, { total: t.total + sum.total, today: t.today + sum.today });
  }
  return totals;
};

const homeFigures = (totals: Totals): HomeFigures => {
  const n = (measure: Measure) => totals.get(measure)?.total ?? 0;
  return {
    owed: n('home_owed'),
    done: n('home_done'),
    late: n('home_late'),
    excused: n('home_excused'),
    excluded: n('home_excluded'),
  };
};

const figures = (known: number, sums: readonly Sum[]): Figures => {
  const totals = totalled(sums);
  const n = (measure: Measure) => totals.get(measure)?.total ?? 0;
  const today = (measure: Measure) => totals.get(measure)?.today ?? 0;
  return {
    compounds: { known, covered: n('covered'), coveredToday: today('covered') },
    inspections: { total: n('inspections'), today: today('inspections') },
    findings: {
      total: n('findings'),
      toFix: n('to_fix'),
      toVerify: n('to_verify'),
      verified: n('verified'),
      withdrawn: n('withdrawn'),
      overdue: n('overdue'),
    },
    letters: {
      owed: n('letters_owed'),
      signed: n('letters_signed'),
      signedLate: n('letters_signed_late'),
      unreachable: n('letters_unreachable'),
      undecided: n('letters_undecided'),
    },
    home: homeFigures(totals),
  };
};

/** Zones add up their areas, the city its areas and its own rows (REQUIREMENTS "Readings decided"). */
export const tallyOf = (
  moment: { readonly on: Day; readonly cutOffAt: Date },
  sums: readonly Sum[],
  known: ReadonlyMap<string, number>,
  zones: readonly { readonly zone: string; readonly areas: readonly string[] }[],
): Tally => {
  const knownIn = (areas: readonly string[]) => areas.reduce((n, area) => n + (known.get(area) ?? 0), 0);
  const inAreas = (areas: readonly string[]) => sums.filter((s) => areas.includes(s.area));
  const all = zones.flatMap((z) => z.areas);
  const byOrganisation = new Map<string, Sum[]>();
  for (const sum of sums) {
    if (sum.organisation === '') continue;
    byOrganisation.set(sum.organisation, [...(byOrganisation.get(sum.organisation) ?? []), sum]);
  }
  return {
    ...moment,
    city: figures(knownIn(all), inAreas([...all, ''])),
    zones: zones.map(({ zone, areas }) => ({
      zone,
      ...figures(knownIn(areas), inAreas(areas)),
      areas: areas.map((area) => ({ area, ...figures(known.get(area) ?? 0, inAreas([area])) })),
    })),
    organisations: [...byOrganisation].map(([organisation, own]) => ({
      organisation,
      home: homeFigures(totalled(own)),
      departments: [...new Set(own.map((s) => s.department))]
        .filter((department) => department !== '')
        .map((department) => ({
          department,
          home: homeFigures(totalled(own.filter((s) => s.department === department))),
        })),
    })),
  };
};

/** The tally time of a campaign: its tally slot's, else the end of the day. */
export const tallyTime = (slots: readonly { readonly kind: string; readonly at: TimeOfDay }[]): TimeOfDay =>
  slots.find((slot) => slot.kind === 'tally')?.at ?? '23:59';

/** Whether the figures of `day` are final: its tally time has passed. */
export const isFrozen = (calendar: Calendar, tallyAt: TimeOfDay, day: Day, now: Date): boolean =>
  day < calendar.dayOf(now) || (day === calendar.dayOf(now) && calendar.minuteOf(now) >= minutes(tallyAt));

const addedUp = <T extends object>(all: readonly T[]): T =>
  all.reduce(
    (sum, one) =>
      Object.fromEntries(
        Object.entries(sum).map(([key, value]) => {
          const other = (one as Record<string, unknown>)[key];
          return [
            key,
            typeof value === 'number' ? value + (other as number) : addedUp([value as object, other as object]),
          ];
        }),
      ) as T,
  );

/** The figures of several zones as one. Throws TypeError for none. */
export const sumOf = (zones: readonly Figures[]): Figures =>
  addedUp(
    zones.map(({ compounds, inspections, findings, letters, home }) => ({
      compounds,
      inspections,
      findings,
      letters,
      home,
    })),
  );
