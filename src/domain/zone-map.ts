// Which zone an area belongs to on a day (R08). The pack's table is where a campaign begins; the office moves areas from a
// date, and each day is looked at with the zones it had: plans with tomorrow's, a past tally with those of its day.
import { type Day, plusDays } from './calendar.ts';
import type { Campaign, ZoneRow, ZoneSpan } from './campaign.ts';
import { spanAt } from './office/spans.ts';

/** Every zone the table names, also one that has no area for the time being. */
export const zonesKnown = ({ zoneMap }: Campaign): string[] => [...new Set(zoneMap.table.map((row) => row.zone))];

/** An area that moved takes the levels of the zone it is in; the order of zones and areas stays the table's. */
const rowsOn = ({ zoneMap: { table, spans } }: Campaign, day: Day): ZoneRow[] => {
  const rows = table.map((row) => {
    const own = spans.filter((span) => span.area === row.area);
    const zone = spanAt(own, day)?.zone ?? row.zone;
    return zone === row.zone ? row : { ...(table.find((other) => other.zone === zone) ?? row), zone, area: row.area };
  });
  const place = new Map([...new Set(table.map((row) => row.zone))].map((zone, i) => [zone, i]));
  return rows.sort((a, b) => (place.get(a.zone) ?? place.size) - (place.get(b.zone) ?? place.size));
};

export const withZoneSpans = (campaign: Campaign, spans: readonly ZoneSpan[]): Campaign => ({
  ...campaign,
  zoneMap: { ...campaign.zoneMap, spans },
});

/** The campaign with the zones of that day. */
export const campaignOn = (campaign: Campaign, day: Day): Campaign => {
  const moved = campaign.zoneMap.spans.some((span) => span.from !== null || span.to !== null);
  return moved ? { ...campaign, zones: rowsOn(campaign, day) } : campaign;
};

/** The first day after `day` on which some area changes its zone; null = none is set. */
export const nextMoveAfter = ({ zoneMap: { spans } }: Campaign, day: Day): Day | null =>
  spans
    .flatMap(({ from, to }) => [...(from === null ? [] : [from]), ...(to === null ? [] : [plusDays(to, 1)])])
    .filter((at) => at > day)
    .sort()[0] ?? null;
