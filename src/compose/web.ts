// The pages connected: links, sessions, the way in and out. The secret that signs them is made once and kept.
import { randomBytes } from 'node:crypto';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Config } from '../config.ts';
import type { Person } from '../domain/people.ts';
import { Problem } from '../domain/problem.ts';
import { formRoutes } from '../http/web/form.ts';
import { loginRouter } from '../http/web/login.ts';
import { makeSessionDoor, type SessionDoor } from '../http/web/session.ts';
import type { Campaigns, Clock } from '../ports.ts';
import type { LinkMaker } from '../ports-web.ts';
import { makeCommitter } from '../store/commit.ts';
import { makeLinks } from '../store/links.ts';
import { makeOffice } from '../store/office.ts';
import { makeRoster } from '../store/roster-reading.ts';
import { makeSessions } from '../store/sessions.ts';
import type { LinkDesk } from '../usecases/hand-out-link.ts';
import type { Service } from '../usecases/service.ts';
import type { Foundation } from './foundation.ts';

type Secrets = Pick<Foundation, 'settings'>;

export const randomSecret = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Signs cookies and links: as configured, else made once and kept in the database. */
export const cookieSecretOf = async (config: Pick<Config, 'cookieSecret'>, { settings }: Secrets): Promise<string> =>
  config.cookieSecret ?? (await settings.keep('cookie.secret', randomSecret(32)));

/** The address people reach the pages by, before the service says where it listens. */
export const baseOf = ({ publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>): string =>
  publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

export const openLinkDesk = (foundation: Foundation, clock: Clock, links: LinkMaker): LinkDesk => ({
  clock,
  links,
  committer: makeCommitter(foundation.pool),
  roster: makeRoster(foundation.pool),
  office: makeOffice(foundation.pool),
});

export interface Web {
  readonly door: SessionDoor;
  readonly router: Router;
  /** Who is looking, as one campaign sees him. Throws `no-session` for anonymous visitors and for a screen on a wall. */
  viewer(ctx: Context, campaign: string): Promise<Person>;
}

export interface WebParts {
  readonly config: Config;
  readonly foundation: Foundation;
  readonly campaigns: Campaigns;
  readonly clock: Clock;
  readonly links: LinkMaker;
  readonly cookieSecret: string;
  /** What one-time forms are handed in to. */
  readonly service: Service;
}

export const openWeb = async ({
  config,
  foundation,
  campaigns,
  clock,
  links,
  cookieSecret,
  service,
}: WebParts): Promise<Web> => {
  const { pool } = foundation;
  const sessions = makeSessions(pool);
  const realClock: Clock = { now: () => new Date() };
  const door = makeSessionDoor({ sessions, clock, realClock, cookieSecret, publicUrl: config.publicUrl });
  const router = await loginRouter({
    entrance: {
      campaigns,
      clock,
      realClock,
      linkMaker: links,
      links: makeLinks(pool),
      sessions,
      roster: makeRoster(pool),
      committer: makeCommitter(pool),
    },
    door,
    sessions,
    campaigns,
    demoAt: config.playground && !config.playgroundNeedsToken ? '/playground' : null,
  });
  formRoutes(router, { desk: { service, links: makeLinks(pool) }, checkOrigin: (ctx) => door.checkOrigin(ctx) });
  return {
    door,
    router,
    async viewer(ctx, id) {
      const campaign = campaigns.get(id) ?? campaigns.all()[0];
      const viewer = campaign && (await door.required(ctx, campaign));
      if (!viewer || viewer.kind === 'wall') throw new Problem('no-session');
      return viewer.person;
    },
  };
};
