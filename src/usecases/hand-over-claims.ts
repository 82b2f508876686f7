// Brings claims of exclusion to whoever decides: the head of the department, above a vacancy the head of the town, then
// the office (R10, R03). Runs each minute; claims of one department are collected for ten minutes, in working hours.
import type { Campaign } from '../domain/campaign.ts';
import { isWorkingHour, nextWorkingInstant } from '../domain/sending.ts';
import type { Reachable } from '../ports.ts';
import type { OpenExclusion } from '../ports-people.ts';
import { cardMessage, sending } from './card-message.ts';
import type { ExclusionsPending } from './claim-exclusion.ts';
import type { Service } from './service.ts';

const collectMinutes = 10;
const mostOnCard = 10;

const unheard = async (service: Service, campaign: Campaign): Promise<OpenExclusion[]> =>
  (await service.people.openExclusions(campaign.id, null)).filter(({ exclusion }) => exclusion.toldAt === null);

/** When the claims that wait now are to leave; null when none waits. For the playground's clock. */
export const nextClaimAt = async (service: Service, campaign: Campaign): Promise<Date | null> => {
  const [oldest] = await unheard(service, campaign);
  if (!oldest) return null;
  const ripe = new Date(oldest.exclusion.claimedAt.getTime() + collectMinutes * 60_000);
  return nextWorkingInstant(campaign.calendar, campaign.settings.workingHours, ripe);
};

export const handOverClaims = async (service: Service, campaign: Campaign, now: Date): Promise<void> => {
  if (!isWorkingHour(campaign.calendar, campaign.settings.workingHours, now)) return;
  const waiting = await unheard(service, campaign);
  const isRipe = ({ exclusion }: OpenExclusion) =>
    now.getTime() - exclusion.claimedAt.getTime() >= collectMinutes * 60_000;
  if (!waiting.some(isRipe)) return;
  const today = campaign.calendar.dayOf(now);
  const [heads, townHeads, office] = await Promise.all(
    (['department_head', 'town_head', 'office'] as const).map((role) =>
      service.roster.holders(campaign.id, role, today),
    ),
  );
  const deciders = (claim: OpenExclusion): Reachable[] => {
    const others = (list: typeof heads) => (list ?? []).filter((h) => h.to && h.personId !== claim.exclusion.personId);
    const own = others(heads).filter((h) => h.scope === `${claim.organisation ?? ''}/${claim.department ?? ''}`);
    const town = others(townHeads).filter((h) => h.scope === claim.area);
    return own.length > 0 ? own : town.length > 0 ? town : others(office);
  };
  const byDeciders = Map.groupBy(waiting, (claim) =>
    deciders(claim)
      .map((d) => d.personId)
      .join(','),
  );
  for (const own of byDeciders.values()) {
    const [first] = own;
    const to = first ? deciders(first) : [];
    if (!own.some(isRipe) || to.length === 0) continue;
    for (let i = 0; i < own.length; i += mostOnCard)
      await ask(service, campaign, own.slice(i, i + mostOnCard), to, now);
  }
  service.wake();
};

const ask = async (
  service: Service,
  campaign: Campaign,
  claims: readonly OpenExclusion[],
  deciders: readonly Reachable[],
  now: Date,
): Promise<void> => {
  const book = service.cards(campaign);
  const persons = claims.map(({ exclusion }) => exclusion.personId);
  const people = claims.map((claim) => ({
    id: claim.exclusion.personId,
    label: claim.department === null ? claim.name : `${claim.name} · ${claim.department}`,
  }));
  const cards = deciders.flatMap(({ personId, to }) =>
    to
      ? cardMessage(service, campaign, now, {
          key: `exclusions:${claims[0]?.exclusion.id}:${personId}`,
          to,
          kind: 'question',
          as: 'notice',
          draws: {
            asks: 'exclusions',
            words: '',
            compound: null,
            details: people.map((person) => person.label),
            answers: ['option_confirm', 'option_refuse'].map((key) => ({ id: key, label: book.say(key) })),
            people,
          },
          data: { exclusions: { persons } satisfies ExclusionsPending },
          about: persons.map((id) => ({ kind: 'person', id })),
          window: { notBefore: now },
        })
      : [],
  );
  await service.committer.commit({
    ...sending(cards),
    exclusions: claims.map(({ exclusion }) => ({ ...exclusion, toldAt: now, version: exclusion.version + 1 })),
  });
};
