// Signs calls as Standard Webhooks says: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
import { createHmac, randomBytes } from 'node:crypto';
import type { Webhook } from '../domain/webhook.ts';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** `v1,…` over id, seconds and body, as they are sent. */
const sign = (secret: string, id: string, seconds: number, body: string): string => {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
};

/** The three headers. While a secret is being changed both sign, so that the receiver may change when it likes. */
export const signatureHeaders = (
  { secret, oldSecret, oldSecretUntil }: Pick<Webhook, 'secret' | 'oldSecret' | 'oldSecretUntil'>,
  id: string,
  body: string,
  realNow: Date,
): Readonly<Record<string, string>> => {
  const seconds = Math.floor(realNow.getTime() / 1000);
  const old = oldSecret !== null && oldSecretUntil !== null && realNow < oldSecretUntil ? [oldSecret] : [];
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': [secret, ...old].map((one) => sign(one, id, seconds, body)).join(' '),
  };
};
