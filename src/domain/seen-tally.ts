// The figures as one person may see them: what is left out is not added up either, so that a total always has the list
// behind it that the same person may read (R52).
import type { Campaign } from './campaign.ts';
import { type Figures, type HomeFigures, sumOf, type Tally } from './figures.ts';
import type { Person } from './people.ts';
import { type Sight, sightOf } from './sight.ts';

const noHome: HomeFigures = { owed: 0, done: 0, late: 0, excused: 0, excluded: 0 };
const none: Figures = {
  compounds: { known: 0, covered: 0, coveredToday: 0 },
  inspections: { total: 0, today: 0 },
  findings: { total: 0, toFix: 0, toVerify: 0, verified: 0, withdrawn: 0, overdue: 0 },
  letters: { owed: 0, signed: 0, signedLate: 0, unreachable: 0, undecided: 0 },
  home: noHome,
};

/** The zones and areas that may be seen, each with the figures of what may be seen in it; `city` adds these up. */
export const seenTally = (campaign: Campaign, person: Person, tally: Tally): Tally => {
  const figures = sightOf(campaign, person, 'see_figures');
  const records = sightOf(campaign, person, 'see_records');
  const organisations = tally.organisations.flatMap(({ organisation, home, departments }) => {
    const whole = records.everything || (person.organisation === organisation && includes(records, person.area));
    const seen = departments.filter(
      ({ department }) => whole || records.departments.includes(`${organisation}/${department}`),
    );
    if (!whole && seen.length === 0) return [];
    return [{ organisation, home: whole ? home : homeOf(seen), departments: seen }];
  });
  if (figures.everything) return { ...tally, organisations };
  const zones = tally.zones.flatMap((zone) => {
    const areas = zone.areas.filter(({ area }) => figures.areas.includes(area));
    if (areas.length === 0) return [];
    return [{ ...zone, ...(figures.zones.includes(zone.zone) ? {} : sumOf(areas)), areas }];
  });
  const city = zones.length > 0 ? sumOf(zones) : { ...none, home: homeOf(organisations) };
  return { ...tally, city, zones, organisations };
};

const includes = ({ areas }: Sight, area: string | null): boolean => area !== null && areas.includes(area);

const homeOf = (parts: readonly { readonly home: HomeFigures }[]): HomeFigures =>
  parts.reduce(
    (sum, { home }) => ({
      owed: sum.owed + home.owed,
      done: sum.done + home.done,
      late: sum.late + home.late,
      excused: sum.excused + home.excused,
      excluded: sum.excluded + home.excluded,
    }),
    noHome,
  );
