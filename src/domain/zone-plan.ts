// Plans one zone's day (R28, R30–R32): which compounds, why, and by whom; balanced by load and area, fair and repeatable.
import type { Assignment, AssignmentKind, AssignmentReason } from './assignment.ts';
import type { Day } from './calendar.ts';

export interface Candidate {
  readonly compoundId: string;
  readonly area: string;
  readonly unitId: string | null;
  readonly kind: Extract<AssignmentKind, 'zone' | 'strengthened' | 'recheck'>;
  readonly reasons: readonly AssignmentReason[];
  /** The one who may not look again at what he claimed himself (R40); null = anybody. */
  readonly notBy: string | null;
  readonly checklist: string;
}

export interface Inspector {
  readonly personId: string;
  readonly unitId: string | null;
  /** Compounds the inspector still has today. */
  readonly load: number;
  /** Areas the inspector was in most lately, best first: whoever is there already need not travel. */
  readonly areas: readonly string[];
}

const rank: Readonly<Record<Candidate['kind'], number>> = { recheck: 0, strengthened: 1, zone: 2 };

/**
 * Hands each inspector up to `perDay` compounds. Looking again comes first, then strengthened checks, then gaps (R28, R31);
 * within a kind the given order stands. A compound goes to the inspector with the least load, rather one who is in its
 * area already, never to an employee of the unit that manages it while somebody else is free (E21).
 */
export const planZoneDay = (
  campaign: string,
  zone: string,
  day: Day,
  candidates: readonly Candidate[],
  inspectors: readonly Inspector[],
  perDay: number,
  at: Date,
  nextId: () => string,
): Assignment[] => {
  const load = new Map(inspectors.map((i) => [i.personId, i.load]));
  const areas = new Map(inspectors.map((i) => [i.personId, new Set(i.areas)]));
  const planned: Assignment[] = [];
  const order = candidates.map((c, i) => ({ c, i })).sort((a, b) => rank[a.c.kind] - rank[b.c.kind] || a.i - b.i);
  for (const { c } of order) {
    const free = inspectors.filter((i) => (load.get(i.personId) ?? 0) < perDay && i.personId !== c.notBy);
    if (free.length === 0) continue;
    const cost = (i: Inspector): number =>
      (i.unitId !== null && i.unitId === c.unitId ? 1000 : 0) +
      (load.get(i.personId) ?? 0) * 10 +
      (areas.get(i.personId)?.has(c.area) ? 0 : 1);
    const chosen = free.reduce((best, i) => (cost(i) < cost(best) ? i : best));
    load.set(chosen.personId, (load.get(chosen.personId) ?? 0) + 1);
    areas.get(chosen.personId)?.add(c.area);
    planned.push({
      id: nextId(),
      campaign,
      strand: 'zone',
      kind: c.kind,
      personId: chosen.personId,
      checklist: c.checklist,
      compoundId: c.compoundId,
      area: c.area,
      zone,
      organisation: null,
      department: null,
      reasons: c.reasons,
      from: day,
      to: day,
      state: 'open',
      version: 1,
      givenAt: at,
      doneAt: null,
      draft: null,
    });
  }
  return planned;
};
