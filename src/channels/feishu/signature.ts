// Opens what Feishu's servers send: the signature over the raw body first, then the cipher. There is no way in without the
// encrypt key. The format of the signed timestamp is not documented, so no age is judged here: a callback that is sent
// again has the event id of the first, and changes nothing.
// https://open.feishu.cn/document/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/encrypt-key-encryption-configuration-case
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RawCallback } from '../../ports.ts';

const IV_BYTES = 16;

const digest = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Digests are compared, so that lengths tell nothing. */
export const isSame = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));

/** True, false, or `none` where the request carries no signature: Feishu signs all but the check of a new address. */
export const isSigned = ({ headers, body }: RawCallback, encryptKey: string): boolean | 'none' => {
  const {
    'x-lark-signature': given,
    'x-lark-request-timestamp': timestamp = '',
    'x-lark-request-nonce': nonce = '',
  } = headers;
  if (given === undefined) return 'none';
  return isSame(given, signatureOf(body, { timestamp, nonce }, encryptKey));
};

interface Stamp {
  readonly timestamp: string;
  readonly nonce: string;
}

const signatureOf = (body: Uint8Array, { timestamp, nonce }: Stamp, encryptKey: string): string =>
  digest(timestamp, nonce, encryptKey, body).toString('hex');

/** Null for what was not sealed with this key. */
export const openCipher = (cipher: string, encryptKey: string): string | null => {
  const bytes = Buffer.from(cipher, 'base64');
  try {
    const aes = createDecipheriv('aes-256-cbc', digest(encryptKey), bytes.subarray(0, IV_BYTES));
    const plain = Buffer.concat([aes.update(bytes.subarray(IV_BYTES)), aes.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return null;
  }
};

/** A body as Feishu would send it, with its signature; tests and `replay` seal with this. */
export const sealBody = (
  message: object,
  stamp: Stamp,
  encryptKey: string,
): { readonly body: Buffer; readonly signature: string } => {
  const iv = randomBytes(IV_BYTES);
  const aes = createCipheriv('aes-256-cbc', digest(encryptKey), iv);
  const encrypt = Buffer.concat([iv, aes.update(JSON.stringify(message), 'utf8'), aes.final()]).toString('base64');
  const body = Buffer.from(JSON.stringify({ encrypt }));
  return { body, signature: signatureOf(body, stamp, encryptKey) };
};
