// Whom a town's findings are told to: the chain of REQUIREMENTS 1.7, whoever of it can be reached first.
import type { Day } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Address, Outgoing, Ref } from '../domain/message.ts';
import { inWorkingHours } from '../domain/sending.ts';
import type { Service, Situation } from './service.ts';

export interface TownEars {
  /** Town contact → town head → area group → supervisor; null = nobody can be reached. */
  of(area: string, zone: string | null): Address | null;
  /** The one above the contact, where it is somebody else: hears of what was found not right again. */
  headOf(area: string): Address | null;
}

export const townEars = async (service: Service, campaign: Campaign, today: Day): Promise<TownEars> => {
  const [contacts, heads, areaGroups, supervisors] = await Promise.all([
    service.roster.holders(campaign.id, 'town_contact', today),
    service.roster.holders(campaign.id, 'town_head', today),
    service.roster.groups('area'),
    service.roster.holders(campaign.id, 'supervisor', today),
  ]);
  const contactOf = (area: string) => contacts.find((c) => c.scope === area && c.to)?.to ?? null;
  const headOf = (area: string) => heads.find((h) => h.scope === area && h.to)?.to ?? null;
  return {
    of: (area, zone) =>
      contactOf(area) ??
      headOf(area) ??
      areaGroups.find((g) => g.serves === area)?.to ??
      supervisors.find((s) => s.scope === zone && s.to)?.to ??
      null,
    headOf: (area) => (contactOf(area) === null ? null : headOf(area)),
  };
};

/** One line to one chat, in working hours, once for its key. */
export const line = (
  s: Pick<Situation, 'campaign' | 'now'>,
  key: string,
  to: Address,
  text: string,
  about: readonly Ref[] = [],
): Outgoing => ({
  key,
  campaign: s.campaign.id,
  to,
  kind: 'notice',
  about,
  message: { text },
  ...inWorkingHours(s.campaign.calendar, s.campaign.settings, s.now),
});
