// A person lives at a compound from now on: the registry, the open home duties and the checklist follow (R11, E16).
import { plusDays } from '../domain/calendar.ts';
import { allOf, type Change } from '../domain/change.ts';
import { dutiesAt, type PendingCompound } from '../domain/home.ts';
import type { CompoundFacts } from '../domain/visit.ts';
import { cardMessage, sending } from './card-message.ts';
import { checklistForm } from './checklist-form.ts';
import { dutiesMoved } from './move-duties.ts';
import { actOf, eventOf, type Outcome, type Situation, saying } from './service.ts';
import { answered } from './show-card.ts';

/** The key by which the morning knows that this duty's card was sent for this compound. */
export const homeCardKey = (assignment: string, compound: string): string => `home:${assignment}:${compound}`;

export const settleHome = async (s: Situation, compoundId: string, added?: PendingCompound): Promise<Outcome> => {
  const { people, scenes, campaigns } = s.service;
  const ids = campaigns.all().map((campaign) => campaign.id);
  const [[known], duties, claims] = await Promise.all([
    scenes.compounds([compoundId], s.today),
    people.homeDuties(ids, [s.person.id], s.today),
    people.openExclusions(s.campaign.id, [s.person.id]),
  ]);
  const compound: CompoundFacts | undefined = added
    ? { ...added, status: 'pending', unitId: null, company: null }
    : known;
  if (!compound) return saying(s, 'card_refreshed');
  const before = s.person.compoundId;
  const steps = before === compound.id && s.person.lives === 'known' ? [] : dutiesAt(duties, compound.id);
  const moved: Change = {
    homes: [{ personId: s.person.id, compoundId: compound.id, lives: 'known' }],
    ...(before === null || before === compound.id
      ? {}
      : { formerHomes: [{ personId: s.person.id, compoundId: before, until: plusDays(s.today, -1) }] }),
    ...(added ? { pendingCompounds: [added] } : {}),
    // Whoever names a home takes back that he has none.
    exclusions: claims.map(({ exclusion }) => ({
      ...exclusion,
      state: 'withdrawn',
      version: exclusion.version + 1,
      decidedAt: s.now,
      decidedById: s.person.id,
    })),
    events: [
      eventOf(
        s,
        'person.moved',
        { kind: 'person', id: s.person.id },
        { from: before, to: compound.id, ...(added ? { pending: compound.name } : {}) },
      ),
    ],
  };
  const cards = steps.flatMap(({ after }) => {
    const campaign = campaigns.get(after.campaign);
    return campaign?.id === s.campaign.id && after.from <= s.today
      ? cardMessage(s.service, campaign, s.now, {
          key: homeCardKey(after.id, compound.id),
          to: { channel: s.event.channel, chat: `person:${s.event.sender}`, personId: s.person.id },
          kind: 'checklist',
          as: 'assignment',
          draws: checklistForm(campaign, compound, s.person.name, s.today, after, false),
          data: { assignment: after.id, compound: compound.id, strand: 'home', checklist: after.checklist },
          about: [{ kind: 'assignment', id: after.id }],
          window: { notBefore: s.now },
        })
      : [];
  });
  const shown = answered(s, 'home_settled', {
    compound: compound.name,
    area: compound.area,
    pending: compound.status === 'pending',
    due: cards.length > 0,
  });
  return {
    answer: shown.answer,
    change: allOf([shown.change, moved, dutiesMoved(s.service, steps, actOf(s)), sending(cards)]),
  };
};
