// A compound that somebody named and the registry did not know (E20) is taken up by the office: listed as it is, or found
// to be another one under a second name. What was recorded there counts from then on.
import { type Campaign, zoneOf } from '../campaign.ts';
import type { Change } from '../change.ts';
import type { Coverage } from '../coverage.ts';
import { type Inspection, isValid } from '../inspection.ts';
import { deltas, momentOf, ofCoverage, ofInspection, tallyTime } from '../tally.ts';
import { campaignOn } from '../zone-map.ts';
import type { CompoundEntry } from './records.ts';

/** The live records of one campaign at a pending compound, and whether the listed one is covered there already. */
export interface Waiting {
  readonly campaign: Campaign;
  readonly records: readonly Inspection[];
  readonly coverage: Coverage | null;
}

/** The records go over to `listed`; the first valid one covers it, unless something did before. */
export const recordsListed = (
  listed: CompoundEntry,
  { campaign, records, coverage }: Waiting,
  now: Date,
): Pick<Change, 'placed' | 'covered' | 'deltas'> => {
  const { calendar } = campaign;
  const moment = momentOf(calendar, tallyTime(campaign.slots), now);
  const steps = records.map((before) => ({
    before,
    after: {
      ...before,
      compoundId: listed.id,
      compoundStatus: 'listed' as const,
      area: listed.area,
      zone: zoneOf(campaignOn(campaign, before.checkOn), listed.area),
      flags: before.flags.filter((flag) => flag !== 'pending_compound'),
    },
  }));
  const first = steps
    .map(({ after }) => after)
    .filter(isValid)
    .sort((a, b) => a.enteredAt.getTime() - b.enteredAt.getTime())[0];
  const covers: Coverage | null =
    coverage === null && first
      ? {
          campaign: campaign.id,
          compoundId: listed.id,
          inspectionId: first.id,
          area: listed.area,
          coveredAt: first.enteredAt,
          coveredOn: calendar.dayOf(first.enteredAt),
        }
      : null;
  return {
    placed: steps.map(({ after }) => after),
    covered: covers ? [{ ...covers, deltas: deltas(campaign.id, moment, [], ofCoverage(covers)) }] : [],
    deltas: steps.flatMap(({ before, after }) =>
      deltas(campaign.id, moment, ofInspection(before, calendar), ofInspection(after, calendar)),
    ),
  };
};
