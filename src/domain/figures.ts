// How sums of deltas add up to the figures of areas, zones, the city and its organisations (DOORS §3).
import type { Day } from './calendar.ts';
import type { Measure, Place } from './tally.ts';

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
