// What a zone's day came to, for those who hand it on (R35): the figures, what was planned and done, and who has no record.
import type { Day } from '../domain/calendar.ts';
import { type Campaign, zonesOf } from '../domain/campaign.ts';
import type { HandoverCardData } from '../domain/card-data.ts';
import { type HandOver, handOverSteps, passedOver } from '../domain/hand-over.ts';
import type { PlannedRow } from '../ports.ts';
import type { Service } from './service.ts';

export type ZoneDay = HandoverCardData['places'][number];

export interface ZoneDays {
  readonly cutOffAt: Date;
  readonly zones: ReadonlyMap<string, ZoneDay>;
  readonly areas: ReadonlyMap<string, ZoneDay>;
  readonly handOvers: ReadonlyMap<string, HandOver>;
}

/** Every zone of the campaign as it stands now, in three queries. */
export const zoneDays = async (service: Service, campaign: Campaign, day: Day): Promise<ZoneDays> => {
  const [tally, planned, handOvers] = await Promise.all([
    service.figured.tally(campaign),
    service.planning.zoneDay(campaign.id, null, day),
    service.handOvers.on(campaign.id, day),
  ]);
  const byZone = Map.groupBy(planned, (row) => row.assignment.zone ?? '');
  const rowOf = new Map(handOvers.map((h) => [h.zone, h]));
  const zones = tally.zones.map(({ zone, areas: _areas, ...figures }): [string, ZoneDay] => {
    const handOver = rowOf.get(zone);
    return [zone, { place: zone, figures, ...workOf(byZone.get(zone) ?? []), ...progressOf(handOver) }];
  });
  const areas = tally.zones.flatMap((zone) =>
    zone.areas.map(({ area, ...figures }): [string, ZoneDay] => [
      area,
      { place: area, figures, planned: 0, done: 0, silent: [], taken: [], missing: [] },
    ]),
  );
  return { cutOffAt: tally.cutOffAt, zones: new Map(zones), areas: new Map(areas), handOvers: rowOf };
};

/** Of the day's compounds; `silent` are inspectors who had some and recorded none. */
const workOf = (rows: readonly PlannedRow[]): Pick<ZoneDay, 'planned' | 'done' | 'silent'> => {
  const byInspector = Map.groupBy(rows, (row) => row.inspector);
  return {
    planned: rows.length,
    done: rows.filter((row) => row.recordedAt !== null).length,
    silent: [...byInspector].filter(([, own]) => own.every((row) => row.recordedAt === null)).map(([name]) => name),
  };
};

const progressOf = (handOver: HandOver | undefined): Pick<ZoneDay, 'taken' | 'missing'> => ({
  taken: handOverSteps.flatMap((step) => {
    const by = handOver?.steps[step];
    return by ? [{ step, name: by.name, at: new Date(by.at), note: by.note }] : [];
  }),
  missing: handOver ? passedOver(handOver) : [],
});

/** The day as it is once these rows are written. */
export const withHandOvers = (days: ZoneDays, moved: readonly HandOver[]): ZoneDays => {
  const handOvers = new Map([...days.handOvers, ...moved.map((h) => [h.zone, h] as const)]);
  const zones = [...days.zones].map(([zone, day]) => [zone, { ...day, ...progressOf(handOvers.get(zone)) }] as const);
  return { ...days, handOvers, zones: new Map(zones) };
};

/** The rows of a day that are not there yet. */
export const missingHandOvers = (service: Service, campaign: Campaign, day: Day, days: ZoneDays): HandOver[] =>
  zonesOf(campaign)
    .filter((zone) => !days.handOvers.has(zone))
    .map((zone) => ({
      id: service.ids.next(),
      campaign: campaign.id,
      zone,
      day,
      version: 1,
      summary: {},
      steps: {},
    }));
