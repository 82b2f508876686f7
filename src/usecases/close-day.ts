// The 00:05 slot: what ended at midnight. Zone assignments lapse and are planned again; unsigned letters go on the ledger,
// once and for ever (R27); from then on their compounds are checked first (R28).
import type { Day } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import { dutiesMoved } from './move-duties.ts';
import type { Service } from './service.ts';

const batch = 1000;

export const closeDay = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  for (;;) {
    const over = await service.planning.overdueZoneAssignments(campaign.id, day, batch);
    if (over.length === 0) break;
    const lapsed = over.map((a) => ({ ...a, state: 'lapsed' as const, version: a.version + 1 }));
    const done = await service.committer.commit({
      assignments: lapsed,
      events: lapsed.map((a) => ({
        campaign: campaign.id,
        at: now,
        kind: 'assignment.lapsed',
        subject: { kind: 'assignment', id: a.id },
        by: null,
        inbound: null,
        data: {},
      })),
    });
    if (done === 'stale') continue;
    await giveBack(
      service,
      lapsed.flatMap((a) => a.standsFor ?? []),
      now,
    );
  }
  const unsigned = await service.obligations.unsigned(campaign.id, day);
  await service.committer.commit({
    ledger: unsigned.map((l) => ({
      campaign: campaign.id,
      letterId: l.id,
      unit: l.unit,
      area: l.area,
      zone: l.zone,
      frozenAt: now,
      stateThen: l.state,
      attempts: l.attempts,
      reason: l.remark,
    })),
    events: unsigned.map((l) => ({
      campaign: campaign.id,
      at: now,
      kind: 'letter.ledgered',
      subject: { kind: 'letter', id: l.id },
      by: null,
      inbound: null,
      data: { state: l.state },
    })),
  });
};

/** The deputy did not come: the duty is the person's own again (E13). */
const giveBack = async (service: Service, ids: readonly string[], now: Date): Promise<void> => {
  if (ids.length === 0) return;
  const given = await service.people.reassigned(ids);
  const steps = given.map((before) => ({
    before,
    after: { ...before, state: 'open' as const, version: before.version + 1 },
  }));
  await service.committer.commit(dutiesMoved(service, steps, { at: now, by: null, inbound: null }));
};
