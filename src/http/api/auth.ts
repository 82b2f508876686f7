// Opens the API to whoever has the token, and to nobody when there is none.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { Problem } from '../../domain/problem.ts';

/** Throws `api-disabled` or `unauthorised`. */
export const checkToken = (ctx: Context, token: string | null): void => {
  if (token === null) throw new Problem('api-disabled');
  const [, given = ''] = /^Bearer (.+)$/i.exec(ctx.get('Authorization')) ?? [];
  if (!sameSecret(given, token)) throw new Problem('unauthorised');
};

/** Hashed first: equal lengths for the comparison, and its time tells nothing. */
export const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
