// Each minute: second looks that were made are compared item by item with the record that stood there before (R38). What
// differs is a flag for the supervisor who had it drawn, never an accusation: things change in two days.
import { type Campaign, checklistAsked, itemOf } from '../domain/campaign.ts';
import { inWorkingHours } from '../domain/sending.ts';
import { comparedWith } from '../domain/spot-check.ts';
import type { SpotToCompare } from '../ports-city-town.ts';
import type { Service } from './service.ts';

export const compareSpotChecks = async (service: Service, campaign: Campaign, now: Date): Promise<void> => {
  const made = await service.spotChecks.toCompare(campaign.id);
  if (made.length === 0) return;
  const reach = await service.roster.reach([...new Set(made.map((m) => m.byId))]);
  const compared = made.map((one) => ({
    one,
    ...comparedWith(checklistAsked(campaign, one.again), one.first, one.again),
  }));
  const messages = compared.flatMap(({ one, outcome, items }) => {
    const to = outcome === 'mismatch' ? reach.get(one.byId)?.to : null;
    if (!to) return [];
    return [
      {
        key: `spot-mismatch:${one.draw.assignmentId}`,
        campaign: campaign.id,
        to,
        kind: 'notice' as const,
        about: [{ kind: 'inspection', id: one.again.id }],
        message: { text: service.cards(campaign).say('spot_mismatch', factsOf(campaign, one, items)) },
        ...inWorkingHours(campaign.calendar, campaign.settings, now),
      },
    ];
  });
  await service.committer.commit({
    spotDraws: compared.map(({ one, outcome, items }) => ({
      ...one.draw,
      againId: one.again.id,
      outcome,
      items,
      version: one.draw.version + 1,
    })),
    events: compared.map(({ one, outcome, items }) => ({
      campaign: campaign.id,
      at: now,
      kind: 'spot_check.compared',
      subject: { kind: 'spot_check', id: one.draw.spotCheckId },
      by: null,
      inbound: null,
      data: { compound: one.draw.compoundId, first: one.draw.firstId, again: one.again.id, outcome, items },
    })),
    messages,
  });
  if (messages.length > 0) service.wake();
};

const factsOf = (campaign: Campaign, { first, again }: SpotToCompare, items: readonly string[]) => ({
  compound: again.compoundName,
  before: first?.inspectorName ?? '',
  on: first?.checkOn ?? again.checkOn,
  name: again.inspectorName,
  items: items.map((id) => {
    const item = itemOf(campaign, id);
    return item ? `${item.num} ${item.shortLabel}` : id;
  }),
});
