// Reads the tally of a day: the figures at its tally time once that has passed, else the live ones (DOORS §3, R49).
// Nothing is stored for it; frozen and live figures are the same sums with another cut-off.
import type { Day } from '../domain/calendar.ts';
import { areasOf, type Campaign, zonesOf } from '../domain/campaign.ts';
import { type Sum, type Tally, tallyOf } from '../domain/figures.ts';
import { Problem } from '../domain/problem.ts';
import { isFrozen, type Moment, momentOf, tallyTime } from '../domain/tally.ts';
import { campaignOn } from '../domain/zone-map.ts';

export interface TallyReading {
  /** Everything that had become true by the moment. */
  sumsUpTo(campaign: string, moment: Moment): Promise<Sum[]>;
  /** Listed compounds of each area, as known at the instant. */
  knownCompounds(areas: readonly string[], at: Date): Promise<ReadonlyMap<string, number>>;
}

/** The moment a day's figures stand at: its tally time once that has passed, else now. Throws `day-not-yet` for a day to come. */
export const cutOff = (campaign: Campaign, now: Date, on?: Day): Moment & { readonly at: Date } => {
  const { calendar } = campaign;
  const today = calendar.dayOf(now);
  const day = on ?? today;
  if (day > today) throw new Problem('day-not-yet', { on: day, today });
  const tallyAt = tallyTime(campaign.slots);
  const frozen = on !== undefined && isFrozen(calendar, tallyAt, on, now);
  const at = frozen ? calendar.instant(on, tallyAt) : now;
  return { ...momentOf(calendar, tallyAt, at), at };
};

/** Throws `day-not-yet` for a day to come. */
export const tallyOn = async (reading: TallyReading, asked: Campaign, now: Date, on?: Day): Promise<Tally> => {
  const { at: cutOffAt, ...moment } = cutOff(asked, now, on);
  const campaign = campaignOn(asked, moment.day);
  const [sums, known] = await Promise.all([
    reading.sumsUpTo(campaign.id, moment),
    reading.knownCompounds(areasOf(campaign), cutOffAt),
  ]);
  const zones = zonesOf(campaign).map((zone) => ({ zone, areas: areasOf(campaign, zone) }));
  return tallyOf({ on: moment.day, cutOffAt }, sums, known, zones);
};
