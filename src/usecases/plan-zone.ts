// What a zone's day is planned as: looking back, strengthened checks, gaps and, from the second phase on, what is due again
// by risk; handed out by load and area (R28, R30–R32, R42).
// Nothing is written: the morning commits it, the evening before only shows it (R07).
import type { Assignment } from '../domain/assignment.ts';
import { type Day, plusDays } from '../domain/calendar.ts';
import { areasOf, type Campaign, checklistOf, phaseOn, strandOf } from '../domain/campaign.ts';
import type { Checklist } from '../domain/checklist.ts';
import { type Revisit, revisits } from '../domain/revisit.ts';
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
  const [backs, unsigned, gaps, again] = await Promise.all([
    planning.lookBacks(campaign.id, areas, day, room),
    planning.unsignedUnitsCompounds(campaign.id, areas, day, room),
    planning.gaps(campaign.id, areas, day, room),
    dueAgain(service, campaign, areas, day),
  ]);
  const candidates = candidatesFrom(campaign, backs, unsigned, gaps, again);
  const planned = planZoneDay(campaign.id, zone, day, candidates, inspectors, perDay, now, () => service.ids.next());
  return { planned, nameOf };
};

/** Nothing before the second phase: the first one closes the gaps (R31). */
const dueAgain = async (
  { planning }: Service,
  campaign: Campaign,
  areas: readonly string[],
  day: Day,
): Promise<Revisit[]> => {
  const strand = strandOf(campaign, 'zone');
  const phase = phaseOn(strand, day);
  if (!phase || phase === strand?.phases[0]) return [];
  const { riskDays, revisitAfterDays, revisitAtRiskAfterDays } = campaign.settings;
  const until = plusDays(day, -Math.min(revisitAfterDays, revisitAtRiskAfterDays));
  const facts = await planning.risks(campaign, areas, day, plusDays(day, -riskDays), until);
  return revisits(facts, day, campaign.settings);
};

/** Whoever looks back must be asked about what was found: a checklist that no longer asks it gives way to the last that did (E30). */
const checklistFor = (campaign: Campaign, items: readonly string[]): Checklist => {
  const present = checklistOf(campaign, 'zone');
  const asksAll = (one: Checklist): boolean => items.every((id) => one.items.some((item) => item.id === id));
  return asksAll(present) ? present : (campaign.checklists.find(asksAll) ?? present);
};

type Found = { readonly compoundId: string; readonly area: string; readonly unitId: string | null };

/** One candidate for each compound: whoever must look back there need not come for another reason (1.7). */
const candidatesFrom = (
  campaign: Campaign,
  backs: readonly (Found & { notBy: string | null; items: readonly string[] })[],
  unsigned: readonly Found[],
  gaps: readonly Found[],
  again: readonly Revisit[],
): Candidate[] => {
  const { id: checklist } = checklistOf(campaign, 'zone');
  const all: Candidate[] = [
    ...backs.map(
      ({ items, ...f }): Candidate => ({
        ...f,
        kind: 'recheck',
        reasons: ['look_back'],
        checklist: checklistFor(campaign, items).id,
      }),
    ),
    ...unsigned.map(
      (f): Candidate => ({ ...f, kind: 'strengthened', reasons: ['letter_unsigned'], notBy: null, checklist }),
    ),
    ...gaps.map((f): Candidate => ({ ...f, kind: 'zone', reasons: ['not_yet_checked'], notBy: null, checklist })),
    ...again.map((f): Candidate => ({ ...f, kind: 'zone', notBy: null, checklist })),
  ];
  const seen = new Set<string>();
  return all.filter((c) => !seen.has(c.compoundId) && seen.add(c.compoundId));
};
