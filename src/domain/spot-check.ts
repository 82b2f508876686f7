// Random spot checks that can be shown to be fair (R38): what a frame is, how it is drawn from, who looks, and what the second
// look says about the first. Anybody can draw again: the order is that of the digests of `SEED:ID`, the self-checked first.
import type { Checklist } from './checklist.ts';
import type { Inspection } from './inspection.ts';
import type { Inspector } from './zone-plan.ts';

/** covered = has a valid record · all_yes = whose newest record has no "no" · unsigned = of a unit that has not signed. */
export const frameKinds = ['covered', 'all_yes', 'self_check', 'unsigned', 'fixed_on_spot', 'suspicious'] as const;
export type FrameKind = (typeof frameKinds)[number];

/** One compound that may be drawn. */
export interface FrameEntry {
  readonly id: string;
  /** Checked by an employee of the company that manages it: goes first (E21). */
  readonly first: boolean;
}

export interface SpotCheck {
  readonly id: string;
  readonly campaign: string;
  readonly at: Date;
  readonly byId: string;
  readonly byName: string;
  readonly frameKind: FrameKind;
  /** The zones or areas as they are called. */
  readonly place: string;
  readonly seed: string;
  readonly n: number;
  readonly frame: readonly FrameEntry[];
}

export type SpotOutcome = 'match' | 'mismatch' | 'nothing_before';

export interface SpotDraw {
  readonly assignmentId: string;
  readonly spotCheckId: string;
  readonly campaign: string;
  readonly place: number;
  readonly compoundId: string;
  readonly firstId: string | null;
  readonly againId: string | null;
  readonly outcome: SpotOutcome | null;
  readonly items: readonly string[];
  readonly version: number;
}

/** The ids drawn, in order. `digest` is SHA-256 in hex. */
export const drawFrom = (
  frame: readonly FrameEntry[],
  seed: string,
  n: number,
  digest: (text: string) => string,
): string[] =>
  frame
    .map((entry) => ({ ...entry, lot: digest(`${seed}:${entry.id}`) }))
    .sort((a, b) => Number(b.first) - Number(a.first) || (a.lot < b.lot ? -1 : 1))
    .slice(0, n)
    .map((entry) => entry.id);

export interface DrawnCompound {
  readonly id: string;
  readonly area: string;
  readonly unitId: string | null;
  /** Whose records stand there: nobody is drawn to look again at himself. */
  readonly recordedBy: readonly string[];
}

/**
 * Who looks again: the chosen one where he may, else whoever has least to do, rather of another company than the one that
 * manages the compound. Null = nobody may.
 */
export const spotInspectors = (
  drawn: readonly DrawnCompound[],
  inspectors: readonly Inspector[],
  chosen: string | null,
): ReadonlyMap<string, string | null> => {
  const load = new Map(inspectors.map((i) => [i.personId, i.load]));
  const given = new Map<string, string | null>();
  for (const compound of drawn) {
    const free = inspectors.filter((i) => !compound.recordedBy.includes(i.personId));
    const cost = (i: Inspector): number =>
      (i.unitId !== null && i.unitId === compound.unitId ? 1000 : 0) +
      (load.get(i.personId) ?? 0) * 10 +
      (i.areas.includes(compound.area) ? 0 : 1);
    const [first] = free;
    const one =
      free.find((i) => i.personId === chosen && (i.unitId === null || i.unitId !== compound.unitId)) ??
      (first && free.reduce((best, i) => (cost(i) < cost(best) ? i : best), first));
    if (one) load.set(one.personId, (load.get(one.personId) ?? 0) + 1);
    given.set(compound.id, one?.personId ?? null);
  }
  return given;
};

/**
 * Item by item: what was answered differently the second time. What only one of the two checklists asks is no difference
 * (E30). A mismatch is a flag for the supervisor, no accusation.
 */
export const comparedWith = (
  checklist: Checklist,
  first: Pick<Inspection, 'answers'> | null,
  again: Pick<Inspection, 'answers'>,
): { readonly outcome: SpotOutcome; readonly items: string[] } => {
  if (!first) return { outcome: 'nothing_before', items: [] };
  const items = checklist.items
    .filter(({ id }) => id in first.answers && (first.answers[id] ?? null) !== (again.answers[id] ?? null))
    .map(({ id }) => id);
  return { outcome: items.length > 0 ? 'mismatch' : 'match', items };
};

const frameWords: Readonly<Record<Exclude<FrameKind, 'covered'>, readonly string[]>> = {
  all_yes: ['全部落实', '全落实', 'all-yes', 'all_yes'],
  self_check: ['自查', 'self-check', 'self_check'],
  unsigned: ['未签阅', '未签', 'unsigned'],
  fixed_on_spot: ['当场整改', '现场整改', 'fixed'],
  suspicious: ['待核实', 'suspicious'],
};

export interface SpotWords {
  /** Null = no whole number from 1. */
  readonly n: number | null;
  readonly frameKind: FrameKind;
  /** What else stands there: the zone or area. */
  readonly place: string;
  /** Who is to look, after 由. */
  readonly by: string;
}

/** Reads `5 全部落实 东区组团 由张工`: the number anywhere among the words, the rest in any order. */
export const readSpotWords = (text: string): SpotWords => {
  const [before = '', by = ''] = text.split(/(?:^|\s)(?:由|by\s)\s*/, 2);
  const frameKind = frameKinds.find(
    (kind) => kind !== 'covered' && frameWords[kind].some((word) => before.toLowerCase().includes(word)),
  );
  const words = frameKind && frameKind !== 'covered' ? frameWords[frameKind] : [];
  const bare = words.reduce((rest, word) => rest.replace(new RegExp(word, 'i'), ' '), before);
  const number = /(?:^|\s)(\d{1,4})\s*(?:个|家)?(?=\s|$)/.exec(bare);
  const n = number ? Number(number[1]) : null;
  return {
    n: n === 0 ? null : n,
    frameKind: frameKind ?? 'covered',
    place: (number ? bare.replace(number[0], ' ') : bare).trim(),
    by: by.trim(),
  };
};
