// The office makes a phase longer or shorter (E31, R15). The pack stays as it was imported; the changes are laid over it.
import { type Day, plusDays } from './calendar.ts';
import type { Campaign, Phase, Strand, StrandId } from './campaign.ts';

export interface PhaseChange {
  readonly id: string;
  readonly campaign: string;
  readonly strand: StrandId;
  readonly phase: string;
  /** The new last day; null = until further notice. */
  readonly endOn: Day | null;
  readonly byId: string;
  readonly at: Date;
}

/**
 * The phase with its new end. One that followed at once, and had not begun when the end was moved, begins after it; one
 * that runs already keeps its beginning, and what was late in the earlier one stays so.
 */
const moved = (phases: readonly Phase[], change: PhaseChange, on: Day): Phase[] => {
  const before = phases.find((p) => p.id === change.phase);
  if (!before) return [...phases];
  const follows = (p: Phase): boolean =>
    before.end !== null && change.endOn !== null && p.start === plusDays(before.end, 1) && on < p.start;
  return phases.map((p) => {
    if (p.id === before.id) return { ...p, end: change.endOn };
    return follows(p) ? { ...p, start: plusDays(change.endOn as Day, 1) } : p;
  });
};

/** The campaign as it runs: the changes in their order. */
export const withPhaseChanges = (campaign: Campaign, changes: readonly PhaseChange[]): Campaign => {
  const laid = (strand: Strand): Strand => {
    let { phases } = strand;
    for (const change of changes) {
      if (change.campaign !== campaign.id || change.strand !== strand.id) continue;
      phases = moved(phases, change, campaign.calendar.dayOf(change.at));
    }
    return { ...strand, phases };
  };
  return { ...campaign, strands: campaign.strands.map(laid) };
};
