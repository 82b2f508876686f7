// What a callback must be before anything in it is read. The scheme's official sample is among the vectors.
import { createCipheriv } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  makeNonceMemory,
  openCipher,
  readSignedQuery,
  type SignedQuery,
  sealMessage,
} from '../../../src/channels/wecom/signature.ts';

const keys = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wx5823bf96d3bd56c7',
};
const now = 1_650_333_600;
const stamp = { timestamp: String(now), nonce: '1372623149' };
const sealed = (message: string, more: Partial<typeof keys> = {}) => sealMessage(message, { ...keys, ...more }, stamp);
const signed = (cipher: string, { timestamp, nonce } = stamp): SignedQuery => ({
  timestamp,
  nonce,
  signature: getSignature(keys.token, timestamp, nonce, cipher),
});

describe('the query of a callback', () => {
  const good = { msg_signature: 'a'.repeat(40), ...stamp };

  it.each<[string, Record<string, string>]>([
    ['a signature in capitals', { ...good, msg_signature: 'A'.repeat(40) }],
    ['a short signature', { ...good, msg_signature: 'a'.repeat(39) }],
    ['no signature', { ...stamp }],
    ['a timestamp with eleven digits', { ...good, timestamp: `${stamp.timestamp}1` }],
    ['a nonce with a space', { ...good, nonce: 'a b' }],
    ['an empty nonce', { ...good, nonce: '' }],
    ['a nonce as long as a piece of the cipher', { ...good, nonce: 'A'.repeat(64) }],
    ['a time more than five minutes ago', { ...good, timestamp: String(now - 301) }],
    ['a time more than five minutes ahead', { ...good, timestamp: String(now + 301) }],
  ])('is refused with %s', (_, query) => {
    expect(() => readSignedQuery(query, now * 1000)).toThrow('callback refused');
  });

  it('is good within five minutes', () => {
    expect(readSignedQuery({ ...good, timestamp: String(now - 299) }, now * 1000).nonce).toBe(stamp.nonce);
  });
});

describe('a cipher', () => {
  it('opens the sample of the documentation', () => {
    const official = {
      signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
      timestamp: '1409659589',
      nonce: '263014780',
    };
    const echo = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
    expect(openCipher(echo, official, keys)).toBe('1616140317555161061');
  });

  it.each(['你好', '', 'x'.repeat(100_000), '🌧'])('comes back as it was sealed', (message) => {
    const { cipher, signature } = sealed(message);
    expect(openCipher(cipher, { ...stamp, signature }, keys)).toBe(message);
  });

  it.each<[string, () => { cipher: string; query: SignedQuery }]>([
    ['another signature', () => ({ cipher: sealed('a').cipher, query: { ...stamp, signature: '0'.repeat(40) } })],
    ['another receiver', () => of(sealed('a', { receiveId: 'ww-other' }).cipher)],
    ['no receiver', () => of(sealed('a', { receiveId: '' }).cipher)],
    ['its end cut off by a block', () => of(cut(sealed('a'.repeat(90)).cipher, 16))],
    ['its end cut off by two blocks', () => of(cut(sealed('a'.repeat(90)).cipher, 32))],
    ['stray characters in its base64', () => of(`*${sealed('a').cipher}`)],
    ['nothing in it', () => of('')],
    ['another key', () => of(encrypt('b'.repeat(43), 'a', keys.receiveId))],
    ['a frame shorter than its length says', () => of(frameOf(0xffffffff, Buffer.from(`a${keys.receiveId}`)))],
    ['bytes that are no text', () => of(frameOf(1, Buffer.concat([Buffer.from([0xff]), Buffer.from(keys.receiveId)])))],
  ])('is refused with %s', (_, make) => {
    const { cipher, query } = make();
    expect(() => openCipher(cipher, query, keys)).toThrow('callback refused');
  });

  it('is refused when its first letters were moved into the nonce, though the signature still fits', () => {
    const { cipher, signature } = sealed('a'.repeat(200));
    const moved = { ...stamp, nonce: `${stamp.nonce}${cipher.slice(0, 64)}` };
    const orders = [
      moved,
      { timestamp: stamp.timestamp.slice(0, 9), nonce: `${stamp.timestamp.slice(9)}${stamp.nonce}` },
    ];
    for (const query of orders) {
      expect(() => readSignedQuery({ msg_signature: signature, ...query }, now * 1000)).toThrow('callback refused');
    }
  });
});

describe('the memory of nonces', () => {
  let isFresh: ReturnType<typeof makeNonceMemory>;
  beforeAll(() => {
    isFresh = makeNonceMemory(2);
  });

  it('lets the same callback through again, and no other with its nonce', () => {
    expect([isFresh('n1', 'a'), isFresh('n1', 'a'), isFresh('n1', 'b')]).toEqual([true, true, false]);
  });

  it('forgets the oldest when it is full', () => {
    for (const key of ['n2', 'n3']) isFresh(key, 'a');
    expect(isFresh('n1', 'b')).toBe(true);
  });
});

const of = (cipher: string) => ({ cipher, query: signed(cipher) });
const cut = (cipher: string, bytes: number) => Buffer.from(cipher, 'base64').subarray(0, -bytes).toString('base64');

/** A frame whose length field says what it likes; `encrypt` writes 16 random bytes, a length and the rest. */
function frameOf(length: number, rest: Buffer): string {
  const head = Buffer.alloc(20);
  head.writeUInt32BE(length, 16);
  const frame = Buffer.concat([head, rest]);
  const padding = 32 - (frame.length % 32);
  const key = Buffer.from(`${keys.encodingAesKey}=`, 'base64');
  const aes = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([aes.update(Buffer.concat([frame, Buffer.alloc(padding, padding)])), aes.final()]).toString(
    'base64',
  );
}
