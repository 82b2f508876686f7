// What a zone's day is planned as: looking back, strengthened checks and gaps, handed out by load and area (R28, R30–R32).
// Nothing is written: the morning commits it, the evening before only shows it (R07).
import type { Assignment } from '../domain/assignment.ts';
import type { Day } from '../domain/calendar.ts';
import { areasOf, type Campaign } from '../domain/campaign.ts';
import { type Candidate, planZoneDay } from '../domain/zone-plan.ts';
import type { Service } from './service.ts';

export const planZone = async (
  service: Service,
  campaign: Campaign,
  zone: string,
  day: Day,
  now: Date,
): Promise<{ planned: Assignment[]; nameOf: (personId: string) => string }> => {
  const { planning } = service;
  const areas = areasOf(campaign, zone);
  const perDay = campaign.settings.inspectionsPerInspectorPerDay;
  const inspectors = await planning.inspectors(campaign.id, zone, day);
  const names = new Map(inspectors.map((i) => [i.personId, i.name]));
  const nameOf = (personId: string): string => names.get(personId) ?? '';
  const room = inspectors.reduce((n, i) => n + Math.max(0, perDay - i.load), 0);
  if (room === 0) return { planned: [], nameOf };
  const [backs, unsigned, gaps] = await Promise.all([
    planning.lookBacks(campaign.id, areas, day, room),
    planning.unsignedUnitsCompounds(campaign.id, areas, day, room),
    planning.gaps(campaign.id, areas, day, room),
  ]);
  const candidates = candidatesFrom(backs, unsigned, gaps);
  const planned = planZoneDay(campaign.id, zone, day, candidates, inspectors, perDay, now, () => service.ids.next());
  return { planned, nameOf };
};

type Found = { readonly compoundId: string; readonly area: string; readonly unitId: string | null };

/** One candidate for each compound: whoever must look back there need not come for another reason (1.7). */
const candidatesFrom = (
  backs: readonly (Found & { notBy: string | null })[],
  unsigned: readonly Found[],
  gaps: readonly Found[],
): Candidate[] => {
  const all: Candidate[] = [
    ...backs.map((f): Candidate => ({ ...f, kind: 'recheck', reasons: ['look_back'] })),
    ...unsigned.map((f): Candidate => ({ ...f, kind: 'strengthened', reasons: ['letter_unsigned'], notBy: null })),
    ...gaps.map((f): Candidate => ({ ...f, kind: 'zone', reasons: ['not_yet_checked'], notBy: null })),
  ];
  const seen = new Set<string>();
  return all.filter((c) => !seen.has(c.compoundId) && seen.add(c.compoundId));
};
