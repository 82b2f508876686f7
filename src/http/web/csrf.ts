// Requests that change something must come from our own pages: the browser says where a request comes from, and a token
// that only our pages can read goes with each. Either alone would do in a new browser; old web views lack the first.
import { createHmac } from 'node:crypto';
import type { Context } from 'koa';
import { Problem } from '../../domain/problem.ts';
import { sameSecret } from '../api/auth.ts';

const HEADER = 'X-Dudao-Csrf';

export interface Csrf {
  /** Belongs to one session; it says nothing about the cookie it is made from. */
  tokenOf(sessionToken: string): string;
  /** Throws `other-origin` for what the browser says comes from another site. */
  checkOrigin(ctx: Context): void;
  /** Throws `other-origin` unless the request is one of our own page in this session. */
  check(ctx: Context, token: string): void;
}

/** `publicUrl` counts beside the request's own host, which a proxy may have put in its place. */
export const makeCsrf = (cookieSecret: string, publicUrl: string | null): Csrf => {
  const hosts = (ctx: Context): string[] => [ctx.host, ...(publicUrl === null ? [] : [new URL(publicUrl).host])];
  const checkOrigin = (ctx: Context): void => {
    const site = ctx.get('Sec-Fetch-Site');
    const origin = ctx.get('Origin');
    const ours =
      site === ''
        ? origin === '' || (URL.canParse(origin) && hosts(ctx).includes(new URL(origin).host))
        : site === 'same-origin' || site === 'none';
    if (!ours) throw new Problem('other-origin');
  };
  return {
    tokenOf: (token) => createHmac('sha256', cookieSecret).update(`csrf:${token}`).digest('base64url').slice(0, 32),
    checkOrigin,
    check(ctx, token) {
      checkOrigin(ctx);
      if (!sameSecret(ctx.get(HEADER), token)) throw new Problem('other-origin');
    },
  };
};
