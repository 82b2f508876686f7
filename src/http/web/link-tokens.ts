// What stands in the address of a one-time link: a random secret and a signature over it and its purpose. Altered ones
// and those of another service are known without asking the database, which keeps only a hash.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { LinkPurpose } from '../../domain/link.ts';
import type { LinkMaker } from '../../ports-web.ts';

const SECRET_BYTES = 18;
const MARK_BYTES = 18;
const TOKEN = /^([\w-]{24})([\w-]{24})$/;

/** Where each purpose is opened. */
const paths: Readonly<Record<LinkPurpose, string>> = { login: 'login', wall: 'login', form: 'form' };

/** `base` is asked each time: the port is not known before the service listens. */
export const makeLinkMaker = (cookieSecret: string, base: () => string): LinkMaker => {
  const mark = (purpose: LinkPurpose, secret: string): Buffer =>
    createHmac('sha256', cookieSecret).update(`link:${purpose}:${secret}`).digest().subarray(0, MARK_BYTES);
  return {
    make({ purpose, campaign, personId, data = {}, now, minutes }) {
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      return {
        link: {
          key: hashOf(secret),
          purpose,
          campaign,
          personId,
          data,
          madeAt: now,
          expiresAt: new Date(now.getTime() + minutes * 60_000),
          usedAt: null,
        },
        url: `${base()}/${paths[purpose]}/${secret}${mark(purpose, secret).toString('base64url')}`,
      };
    },
    keyOf(purpose, token) {
      const [, secret = '', signature = ''] = TOKEN.exec(token) ?? [];
      const given = Buffer.from(signature, 'base64url');
      const due = mark(purpose, secret);
      return given.length === due.length && timingSafeEqual(given, due) ? hashOf(secret) : null;
    },
  };
};

/** Of a secret that is as long as a hash: no salt is needed. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
