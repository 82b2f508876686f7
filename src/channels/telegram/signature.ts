// Whether a webhook call comes from Telegram: the secret that we gave with setWebhook stands in a header. Runs before the
// body is looked at. https://core.telegram.org/bots/api#setwebhook
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RawCallback } from '../../ports.ts';

const header = 'x-telegram-bot-api-secret-token';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** False without a secret: an open door is no door. Digests are compared, so that lengths tell nothing. */
export const isFromTelegram = ({ headers }: Pick<RawCallback, 'headers'>, secret: string | null): boolean => {
  const given = headers[header];
  return secret !== null && given !== undefined && timingSafeEqual(digest(given), digest(secret));
};
