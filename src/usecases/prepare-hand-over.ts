// The evening slots. 17:30: each zone lead reads what the day came to and tomorrow's list, and confirms the one for the
// liaison (R07, R35). 18:00: each liaison gets the zones' summary, to confirm it for the supervisor (R06). One message for
// each person with all zones in it; where nobody holds a step, the next one up gets it (R03).
import { type Day, plusDays } from '../domain/calendar.ts';
import { type Campaign, phaseOn, strandOf, zonesOf } from '../domain/campaign.ts';
import type { HandoverCardData } from '../domain/card-data.ts';
import type { HandOverPress, HandOverStep } from '../domain/hand-over.ts';
import type { MessageKind } from '../domain/message.ts';
import { withSlot } from '../domain/sending.ts';
import { campaignOn } from '../domain/zone-map.ts';
import type { PlannedRow, Reachable } from '../ports.ts';
import { type CardMessage, cardMessage, sending } from './card-message.ts';
import { planZone } from './plan-zone.ts';
import type { Service } from './service.ts';
import { missingHandOvers, type ZoneDays, zoneDays } from './zone-day.ts';

const mostRows = 30;

export const sendNextDay = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  const days = await prepare(service, campaign, day);
  const leads = await holdersByPerson(service, campaign, 'zone_lead', day);
  const drawn: CardMessage[] = [];
  for (const { to, zones } of leads) {
    const tomorrow = await listOf(
      service,
      campaignOn(campaign, campaign.calendar.plusWorkingDays(day, 1)),
      zones,
      day,
      now,
    );
    const card = handOverCard(service, campaign, now, {
      to,
      zones,
      step: 'zone_lead',
      day,
      days,
      tomorrow,
      as: 'next_day',
    });
    if (card) drawn.push(card);
  }
  await service.committer.commit(sending(drawn));
  service.wake();
};

export const sendHandOvers = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  const days = await prepare(service, campaign, day);
  const liaisons = await holdersByPerson(service, campaign, 'liaison', day);
  const held = new Set(liaisons.filter(({ to }) => to.to !== null).flatMap(({ zones }) => zones));
  const vacant = zonesOf(campaign).filter((zone) => !held.has(zone));
  const above = await supervisorsOf(service, campaign, vacant, day);
  const drawn = [
    ...liaisons.map((own) =>
      handOverCard(service, campaign, now, { ...own, step: 'liaison', day, days, tomorrow: null, as: 'handover' }),
    ),
    ...above.map((own) =>
      handOverCard(service, campaign, now, { ...own, step: 'supervisor', day, days, tomorrow: null, as: 'handover' }),
    ),
  ];
  await service.committer.commit(sending(drawn.flatMap((card) => card ?? [])));
  service.wake();
};

/** The day's rows are on the books, whichever of the two slots comes first. */
const prepare = async (service: Service, campaign: Campaign, day: Day): Promise<ZoneDays> => {
  const days = await zoneDays(service, campaign, day);
  // Another process may have been faster with them: then they are there, and nothing is lost.
  await service.committer.commit({ handOvers: missingHandOvers(service, campaign, day, days) });
  return days;
};

interface Own {
  readonly to: Reachable;
  readonly zones: readonly string[];
}

const byPerson = (holders: readonly (Reachable & { readonly scope: string })[]): Own[] =>
  [...Map.groupBy(holders, (h) => h.personId).values()].flatMap((own) =>
    own[0] ? [{ to: own[0], zones: own.map((h) => h.scope) }] : [],
  );

const holdersByPerson = async (service: Service, campaign: Campaign, role: HandOverStep, day: Day): Promise<Own[]> =>
  byPerson(await service.roster.holders(campaign.id, role, day));

/** Who gets what the liaisons hand on: the zone's supervisors, where there is none the commander (R03). */
export const supervisorsOf = async (
  service: Service,
  campaign: Campaign,
  zones: readonly string[],
  day: Day,
): Promise<Own[]> => {
  if (zones.length === 0) return [];
  const [supervisors, commanders] = await Promise.all([
    service.roster.holders(campaign.id, 'supervisor', day),
    service.roster.holders(campaign.id, 'commander', day),
  ]);
  const own = supervisors.filter((h) => h.to !== null && zones.includes(h.scope));
  const vacant = zones.filter((zone) => !own.some((h) => h.scope === zone));
  const climbed = commanders.slice(0, 1).flatMap((h) => vacant.map((scope) => ({ ...h, scope })));
  return byPerson([...own, ...climbed]);
};

export interface HandOverOrder extends Own {
  readonly step: HandOverStep;
  readonly day: Day;
  readonly days: ZoneDays;
  readonly tomorrow: HandoverCardData['tomorrow'];
  readonly as: Extract<MessageKind, 'next_day' | 'handover'>;
}

/** Null for somebody who cannot be reached (E22). */
export const handOverCard = (
  service: Service,
  campaign: Campaign,
  now: Date,
  { to, zones, step, day, days, tomorrow, as }: HandOverOrder,
): CardMessage | null =>
  to.to &&
  cardMessage(service, campaign, now, {
    key: `${as}:${campaign.id}:${day}:${step}:${to.personId}:${zones.join('+')}`,
    to: to.to,
    kind: 'handover',
    as,
    draws: { person: to.name, step, day, cutOffAt: days.cutOffAt, places: placesOf(days, zones), tomorrow },
    data: { handOver: { day, zones, step } satisfies HandOverPress },
    about: zones.map((id) => ({ kind: 'zone', id })),
    window: withSlot(campaign.calendar, campaign.settings, now),
  });

export const placesOf = (days: ZoneDays, zones: readonly string[]): HandoverCardData['places'] =>
  zones.flatMap((zone) => days.zones.get(zone) ?? []);

// ---- tomorrow -------------------------------------------------------------------------------------------------------

/** Tomorrow's compounds as they would be planned now; the morning plans them anew (REQUIREMENTS, "Readings decided"). */
const listOf = async (
  service: Service,
  campaign: Campaign,
  zones: readonly string[],
  day: Day,
  now: Date,
): Promise<HandoverCardData['tomorrow']> => {
  const { calendar } = campaign;
  const next = calendar.plusWorkingDays(day, 1);
  if (!phaseOn(strandOf(campaign, 'zone'), next)) return null;
  const rows = (await Promise.all(zones.map((zone) => rowsOf(service, campaign, zone, next, now)))).flat();
  return {
    day: next,
    afterBreak: next !== plusDays(day, 1),
    rows: rows.slice(0, mostRows),
    total: rows.length,
  };
};

type Tomorrow = NonNullable<HandoverCardData['tomorrow']>['rows'][number];

const rowsOf = async (service: Service, campaign: Campaign, zone: string, day: Day, now: Date): Promise<Tomorrow[]> => {
  const [given, { planned, nameOf }] = await Promise.all([
    service.planning.zoneDay(campaign.id, zone, day),
    planZone(service, campaign, zone, day, now),
  ]);
  const ids = planned.flatMap((a) => a.compoundId ?? []);
  const names = new Map((await service.scenes.compounds(ids, day)).map((k) => [k.id, k.name]));
  return [
    ...given.map(({ assignment, compound, inspector }: PlannedRow) => ({
      compound,
      area: assignment.area ?? '',
      inspector,
      reasons: assignment.reasons,
    })),
    ...planned.map((a) => ({
      compound: names.get(a.compoundId ?? '') ?? '',
      area: a.area ?? '',
      inspector: nameOf(a.personId),
      reasons: a.reasons,
    })),
  ];
};
