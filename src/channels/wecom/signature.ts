// Opens what WeCom's servers send and seals what they get: signature, freshness, AES frame, in the strict order that
// keeps anything from being parsed before it is verified. @wecom/crypto signs and encrypts; the frame is opened here,
// because its `decrypt` looks neither at the signature nor at length, padding and receiver.
// https://developer.work.weixin.qq.com/document/path/90968
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';

export interface CallbackKeys {
  readonly token: string;
  readonly encodingAesKey: string;
  /** The corp id for a self-built app. */
  readonly receiveId: string;
}

/** Why a callback is refused. Told to the log only: whoever sent it learns nothing. */
export class CallbackRefused extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`callback refused: ${reason}`);
    this.name = 'CallbackRefused';
    this.reason = reason;
  }
}

const FRESH_MS = 5 * 60_000;
const BLOCK = 32;
const HEAD = 20;

/** What the query of a callback says; formats first, because the signed text has no separators and can be split anew. */
export interface SignedQuery {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

export const readSignedQuery = (query: Readonly<Record<string, string>>, nowMs: number): SignedQuery => {
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = query;
  if (!/^[0-9a-f]{40}$/.test(signature)) throw new CallbackRefused('signature format');
  if (!/^\d{10}$/.test(timestamp)) throw new CallbackRefused('timestamp format');
  if (!/^[0-9A-Za-z_-]{1,32}$/.test(nonce)) throw new CallbackRefused('nonce format');
  if (Math.abs(nowMs - Number(timestamp) * 1000) > FRESH_MS) throw new CallbackRefused('stale');
  return { signature, timestamp, nonce };
};

/** The plain text of a cipher that carries our signature and our receive id. Throws CallbackRefused for anything else. */
export const openCipher = (
  cipher: string,
  { signature, timestamp, nonce }: SignedQuery,
  keys: CallbackKeys,
): string => {
  const expected = Buffer.from(getSignature(keys.token, timestamp, nonce, cipher), 'utf8');
  const given = Buffer.from(signature, 'utf8');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new CallbackRefused('signature');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(cipher))
    throw new CallbackRefused('base64');
  const bytes = Buffer.from(cipher, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) throw new CallbackRefused('cipher length');
  return openFrame(decipher(bytes, keys.encodingAesKey), keys.receiveId);
};

const decipher = (bytes: Buffer, encodingAesKey: string): Buffer => {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const aes = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return withoutPadding(Buffer.concat([aes.update(bytes), aes.final()]));
};

/** PKCS#7 with blocks of 32 bytes; every byte of it must say the same. Throws CallbackRefused. */
export const withoutPadding = (bytes: Buffer): Buffer => {
  const size = bytes.at(-1) ?? 0;
  if (size < 1 || size > BLOCK || size > bytes.length) throw new CallbackRefused('padding');
  if (!bytes.subarray(-size).every((byte) => byte === size)) throw new CallbackRefused('padding');
  return bytes.subarray(0, -size);
};

/** 16 random bytes, the length of the message, the message, whom it is for. */
const openFrame = (frame: Buffer, receiveId: string): string => {
  if (frame.length < HEAD) throw new CallbackRefused('frame');
  const length = frame.readUInt32BE(16);
  if (HEAD + length > frame.length) throw new CallbackRefused('frame');
  const receiver = Buffer.from(frame.subarray(HEAD + length));
  if (!receiver.equals(Buffer.from(receiveId, 'utf8'))) throw new CallbackRefused('receive id');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(HEAD, HEAD + length));
  } catch {
    throw new CallbackRefused('utf-8');
  }
};

/** A callback as WeCom would send it. The service itself answers with an empty body; tests and `replay` seal with this. */
export const sealMessage = (
  message: string,
  keys: CallbackKeys,
  { timestamp, nonce }: { readonly timestamp: string; readonly nonce: string },
): { readonly cipher: string; readonly signature: string } => {
  const cipher = encrypt(keys.encodingAesKey, message, keys.receiveId);
  return { cipher, signature: getSignature(keys.token, timestamp, nonce, cipher) };
};

/** Nonces of the last minutes with what they came with: the same callback again is let through, another one is not. */
export const makeNonceMemory = (most = 10_000): ((key: string, message: string) => boolean) => {
  const seen = new Map<string, string>();
  return (key, message) => {
    const content = createHash('sha256').update(message).digest('base64');
    const before = seen.get(key);
    if (before !== undefined) return before === content;
    seen.set(key, content);
    if (seen.size > most) seen.delete(seen.keys().next().value as string);
    return true;
  };
};
