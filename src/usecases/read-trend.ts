// Reads how the figures ran over the last days, up to a day's tally or to now: the same sums as the tally's, day by day.
import { type Day, plusDays } from '../domain/calendar.ts';
import { areasOf, type Campaign, zonesOf } from '../domain/campaign.ts';
import type { Measure } from '../domain/tally.ts';
import { type DaySum, type Trend, trendMeasures, trendOf } from '../domain/trend.ts';
import { campaignOn } from '../domain/zone-map.ts';
import { cutOff, type TallyReading } from './read-tally.ts';

export interface TrendReading extends Pick<TallyReading, 'sumsUpTo'> {
  /** What was added to these measures from one day to another, both included. */
  addedOn(campaign: string, measures: readonly Measure[], from: Day, to: Day): Promise<DaySum[]>;
}

/** `sees` leaves out the areas that whoever asks may not see. Throws `day-not-yet` for a day to come. */
export const readTrend = async (
  reading: TrendReading,
  campaign: Campaign,
  now: Date,
  {
    on,
    days,
    sees,
  }: { readonly on?: Day | undefined; readonly days: number; readonly sees: (area: string) => boolean },
): Promise<Trend> => {
  const { day, late } = cutOff(campaign, now, on);
  const earliest = plusDays(day, 1 - days);
  const first = earliest < campaign.firstDay && campaign.firstDay <= day ? campaign.firstDay : earliest;
  const [before, added] = await Promise.all([
    reading.sumsUpTo(campaign.id, { day: plusDays(first, -1), late: true }),
    reading.addedOn(campaign.id, trendMeasures, first, day),
  ]);
  const window: Day[] = [];
  for (let d = first; d <= day; d = plusDays(d, 1)) window.push(d);
  // One line for each zone as it is on the last day: an area that moved brings its past along, so that no line jumps.
  const last = campaignOn(campaign, day);
  const zones = zonesOf(last)
    .map((zone) => ({ zone, areas: areasOf(last, zone).filter(sees) }))
    .filter(({ areas }) => areas.length > 0);
  return trendOf(window, before, added, late, zones);
};
