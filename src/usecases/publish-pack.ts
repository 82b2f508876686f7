// The office publishes a new version of a campaign's pack, from a day on (E30). What is open goes on as it was given: cards,
// assignments and letters name the checklist or letter they ask. A version that waits is replaced by one published later.
import { type Day, plusDays } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import {
  clashes,
  differenceBetween,
  inForce,
  type PackDifference,
  type VersionedCampaign,
} from '../domain/pack-version.ts';
import { Problem } from '../domain/problem.ts';
import { reason } from '../domain/reason.ts';
import type { Clock } from '../ports.ts';
import type { Packs } from '../ports-packs.ts';

export interface PackDesk {
  readonly packs: Pick<Packs, 'add'>;
  readonly clock: Clock;
  /** What was published of a campaign so far, oldest first. */
  versions(campaign: string): readonly (VersionedCampaign & { readonly hash: string })[];
  /** Lets the running service know; others hear of it within a minute. */
  refresh(): Promise<void>;
}

export interface PackOrder {
  /** The pack as it will run; its version is given by the database. */
  readonly campaign: Campaign;
  readonly body: unknown;
  readonly hash: string;
  /** The day it stands from; null = tomorrow, so that the cards of today are done with. */
  readonly from: Day | null;
  readonly by: { readonly id: string; readonly name: string } | null;
}

export interface PublishedPack {
  readonly campaign: string;
  readonly version: number;
  /** False: the newest version says the same, and nothing was written. */
  readonly isNew: boolean;
  readonly from: Day;
  readonly effectiveAt: Date;
  /** Against the version that stands now. */
  readonly differs: PackDifference;
}

/** Throws `pack-refused` for questions changed under an old id or a day that is over, `stale` if somebody was faster. */
export const publishPack = async (desk: PackDesk, order: PackOrder): Promise<PublishedPack> => {
  const { campaign } = order;
  const { calendar } = campaign;
  const at = desk.clock.now();
  const today = calendar.dayOf(at);
  const versions = desk.versions(campaign.id);
  const first = versions.length === 0;
  const from = order.from ?? (first ? today : plusDays(today, 1));
  const faults = [
    ...clashes(versions, campaign),
    ...(from < today
      ? [{ path: 'from', reason: reason(`${from} 已经过了，今天是 ${today}`, `${from} is over, today is ${today}`) }]
      : []),
  ];
  if (faults.length > 0) throw new Problem('pack-refused', { faults });
  const present = inForce(versions, at)?.campaign ?? null;
  const differs = differenceBetween(present, campaign);
  const newest = versions.at(-1);
  const effectiveAt = from === today ? at : calendar.instant(from, '00:00');
  const stands = newest !== undefined && newest.effectiveAt <= at;
  if (newest?.hash === order.hash && (stands || newest.effectiveAt.getTime() === effectiveAt.getTime()))
    return {
      campaign: campaign.id,
      version: newest.campaign.version,
      isNew: false,
      from: calendar.dayOf(newest.effectiveAt),
      effectiveAt: newest.effectiveAt,
      differs,
    };
  const { body, hash, by } = order;
  const added = await desk.packs.add({ campaign: campaign.id, hash, body, effectiveAt, at, from, by });
  if (!added) throw new Problem('stale');
  await desk.refresh();
  return { campaign: campaign.id, version: added.version, isNew: true, from, effectiveAt, differs };
};
