// A link to the pages, said on the console: for a person by name, or for the office. An empty service gets its first
// office person here, for somebody must be able to set it up.
import type { Campaign } from '../domain/campaign.ts';
import { LOGIN_MINUTES } from '../domain/link.ts';
import { Problem } from '../domain/problem.ts';
import type { Clock, Committer, Roster } from '../ports.ts';
import type { LinkMaker } from '../ports-web.ts';

export interface LinkDesk {
  readonly clock: Clock;
  readonly committer: Committer;
  readonly links: LinkMaker;
  readonly roster: Pick<Roster, 'holders'>;
  readonly office: {
    peopleCalled(text: string): Promise<readonly { id: string; name: string; organisation: string | null }[]>;
    readonly standInId: string;
    standIn(name: string, at: Date): Promise<{ id: string; name: string }>;
  };
}

export interface HandedLink {
  readonly name: string;
  readonly url: string;
  readonly minutes: number;
}

/** Throws `not-found` for nobody, `several-people` for a name that several share. */
export const linkForPerson = async (desk: LinkDesk, campaign: Campaign, text: string): Promise<HandedLink> => {
  const found = await desk.office.peopleCalled(text);
  const [person, ...others] = found;
  if (!person) throw new Problem('not-found', { what: 'person', id: text });
  if (others.length > 0) {
    throw new Problem('several-people', {
      name: text,
      people: found.map(({ id, organisation }) => (organisation ? `${id} (${organisation})` : id)),
    });
  }
  return handOut(desk, campaign, person);
};

/** For the first of the office's people whom a roster names. */
export const linkForOffice = async (desk: LinkDesk, campaign: Campaign): Promise<HandedLink> => {
  const person = await namedOffice(desk, campaign);
  return handOut(desk, campaign, person ?? (await desk.office.standIn(campaign.organisation.office, desk.clock.now())));
};

/** Null once a roster has named somebody of the office. */
export const linkForNewOffice = async (desk: LinkDesk, campaign: Campaign): Promise<HandedLink | null> =>
  (await namedOffice(desk, campaign)) ? null : linkForOffice(desk, campaign);

const namedOffice = async (
  { clock, roster, office }: LinkDesk,
  campaign: Campaign,
): Promise<{ id: string; name: string } | null> => {
  const holders = await roster.holders(campaign.id, 'office', campaign.calendar.dayOf(clock.now()));
  const named = holders.find(({ personId }) => personId !== office.standInId);
  return named ? { id: named.personId, name: named.name } : null;
};

const handOut = async (
  { clock, committer, links }: LinkDesk,
  campaign: Campaign,
  person: { readonly id: string; readonly name: string },
): Promise<HandedLink> => {
  const now = clock.now();
  const minutes = LOGIN_MINUTES.console;
  const { link, url } = links.make({ purpose: 'login', campaign: campaign.id, personId: person.id, now, minutes });
  await committer.commit({ links: [link] });
  return { name: person.name, url, minutes };
};
