// Entering the pages by a one-time link: looking at it changes nothing, entering spends it and opens the session in one
// transaction. Previews that chat platforms fetch of a link only look.
import type { Campaign } from '../domain/campaign.ts';
import { type Link, type LinkVerdict, LOGIN_MINUTES, verdictOn } from '../domain/link.ts';
import type { Person } from '../domain/people.ts';
import { Problem } from '../domain/problem.ts';
import { MOST_SESSIONS, openSession, type Session, type SessionKind } from '../domain/session.ts';
import { seesNothing, sightOf } from '../domain/sight.ts';
import type { Campaigns, Clock, Committer, Roster } from '../ports.ts';
import type { LinkMaker, Links, Sessions } from '../ports-web.ts';

export interface Entrance {
  readonly campaigns: Campaigns;
  readonly clock: Clock;
  /** Sessions live in real time. */
  readonly realClock: Clock;
  readonly linkMaker: LinkMaker;
  readonly links: Links;
  readonly sessions: Sessions;
  readonly roster: Pick<Roster, 'person'>;
  readonly committer: Committer;
}

export interface SeenLink {
  readonly verdict: LinkVerdict;
  /** Null unless the link is good. */
  readonly link: Link | null;
  /** Whose it is; null unless the link is good. */
  readonly name: string | null;
}

/** The purposes whose links lead into the pages, and the session each opens. */
const kinds = { login: 'full', wall: 'wall' } as const;

/** What a link is worth now, and whose it is. */
export const lookAtLink = async (entrance: Entrance, token: string): Promise<SeenLink> => {
  const { links, linkMaker, clock } = entrance;
  let seen: SeenLink = { verdict: 'foreign', link: null, name: null };
  for (const purpose of ['login', 'wall'] as const) {
    const key = linkMaker.keyOf(purpose, token);
    if (key === null) continue;
    const link = await links.find(key);
    const verdict = verdictOn(link, purpose, clock.now());
    const name = verdict === 'good' && link ? await nameOf(entrance, link) : null;
    // Whose it was has left the roster: as good as none.
    seen = verdict === 'good' && name === null ? seen : { verdict, link: verdict === 'good' ? link : null, name };
  }
  return seen;
};

const nameOf = async ({ campaigns, clock, roster }: Entrance, link: Link): Promise<string | null> => {
  const campaign = campaigns.get(link.campaign) ?? campaigns.all()[0];
  if (!campaign) return null;
  const person = await roster.person(link.personId, campaign.id, campaign.calendar.dayOf(clock.now()));
  return person?.name ?? null;
};

export type Entered =
  | { readonly verdict: 'good'; readonly session: Session }
  | { readonly verdict: Exclude<LinkVerdict, 'good'> };

/** Spends the link. `sessionKey` is the hash of what the new cookie holds. */
export const enterPages = async (entrance: Entrance, token: string, sessionKey: string): Promise<Entered> => {
  const { verdict, link, name } = await lookAtLink(entrance, token);
  if (verdict !== 'good') return { verdict };
  if (link === null || name === null || link.purpose === 'form') return { verdict: 'foreign' };
  const { clock, realClock, committer, sessions } = entrance;
  const session = openSession(sessionKey, kinds[link.purpose], link.personId, realClock.now());
  const now = clock.now();
  const committed = await committer.commit({
    spent: [{ key: link.key, at: now }],
    sessions: [session],
    events: [
      {
        campaign: link.campaign,
        at: now,
        kind: 'session.opened',
        subject: { kind: 'person', id: link.personId },
        by: { id: link.personId, name },
        inbound: null,
        data: { session: session.kind },
      },
    ],
  });
  // Somebody pressed the same button a moment before.
  if (committed === 'stale') return { verdict: 'used' };
  await sessions.tidy(link.personId, MOST_SESSIONS, session.openedAt);
  return { verdict: 'good', session };
};

/** A link that turns a screen into a wall page. Throws `not-allowed` for somebody without figures, and for a wall itself. */
export const wallLink = async (
  { linkMaker, clock, committer }: Entrance,
  campaign: Campaign,
  person: Person,
  kind: SessionKind,
): Promise<{ readonly url: string; readonly minutes: number }> => {
  if (kind !== 'full' || seesNothing(sightOf(campaign, person, 'see_figures'))) {
    throw new Problem('not-allowed', { who: campaign.organisation.office });
  }
  const minutes = LOGIN_MINUTES.wall;
  const order = { campaign: campaign.id, personId: person.id, now: clock.now(), minutes };
  const { link, url } = linkMaker.make({ ...order, purpose: 'wall' });
  await committer.commit({ links: [link] });
  return { url, minutes };
};
