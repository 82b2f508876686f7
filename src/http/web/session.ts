// Who is looking: reads the session's cookie, and hands pages and their routes the person with the roles of today. What
// the person may do is asked of `may()` by whoever needs to know.
import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type { Campaign } from '../../domain/campaign.ts';
import type { Person } from '../../domain/people.ts';
import { Problem } from '../../domain/problem.ts';
import type { Session, SessionKind } from '../../domain/session.ts';
import type { Clock } from '../../ports.ts';
import type { Sessions } from '../../ports-web.ts';
import { makeCsrf } from './csrf.ts';
import { hashOf } from './link-tokens.ts';

export interface Viewer {
  readonly person: Person;
  readonly kind: SessionKind;
  readonly sessionKey: string;
  /** To be sent back with everything that changes something. */
  readonly csrf: string;
}

export interface SessionParts {
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly realClock: Clock;
  readonly cookieSecret: string;
  /** Null: reached by the address it listens on. */
  readonly publicUrl: string | null;
}

export interface SessionDoor {
  /** Null for an anonymous visitor. */
  viewer(ctx: Context, campaign: Campaign): Promise<Viewer | null>;
  /** Throws `no-session`; for anything but reading also `other-origin` unless the page's own token came with it. */
  required(ctx: Context, campaign: Campaign): Promise<Viewer>;
  /** Throws `other-origin`: for posts of somebody who has no session yet. */
  checkOrigin(ctx: Context): void;
  /** A fresh secret for a cookie, and the key it is kept under. */
  fresh(): { readonly token: string; readonly key: string };
  /** Gives the cookie to the browser. */
  give(ctx: Context, token: string, session: Session): void;
  /** Ends this browser's session. */
  leave(ctx: Context): Promise<void>;
}

const COOKIE = 'dudao_session';
const TOKEN_BYTES = 32;

export const makeSessionDoor = (parts: SessionParts): SessionDoor => {
  const { sessions, clock, realClock, cookieSecret, publicUrl } = parts;
  const csrf = makeCsrf(cookieSecret, publicUrl);
  const secure = publicUrl?.startsWith('https://') ?? false;
  const tokenIn = (ctx: Context): string | null => ctx.cookies.get(COOKIE, { signed: true }) ?? null;
  const options = { httpOnly: true, sameSite: 'lax', signed: true, overwrite: true, path: '/' } as const;
  const door: SessionDoor = {
    async viewer(ctx, campaign) {
      const token = tokenIn(ctx);
      if (token === null) return null;
      const today = campaign.calendar.dayOf(clock.now());
      const open = await sessions.find(hashOf(token), realClock.now(), campaign.id, today);
      if (!open) return null;
      const { key, kind } = open.session;
      return { person: open.person, kind, sessionKey: key, csrf: csrf.tokenOf(token) };
    },
    async required(ctx, campaign) {
      const viewer = await door.viewer(ctx, campaign);
      if (!viewer) throw new Problem('no-session');
      if (ctx.method !== 'GET' && ctx.method !== 'HEAD') csrf.check(ctx, viewer.csrf);
      return viewer;
    },
    checkOrigin: (ctx) => csrf.checkOrigin(ctx),
    fresh() {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      return { token, key: hashOf(token) };
    },
    give(ctx, token, session) {
      // Whether the way is secure is said by PUBLIC_URL: a proxy may not say it.
      ctx.cookies.secure = secure;
      ctx.cookies.set(COOKIE, token, { ...options, secure, expires: session.endsAt });
    },
    async leave(ctx) {
      const token = tokenIn(ctx);
      if (token !== null) await sessions.end(hashOf(token));
      ctx.cookies.set(COOKIE, null, options);
    },
  };
  return door;
};
