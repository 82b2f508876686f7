// Pictures and files that the bot's messages point to: encrypted, for five minutes, at an address that is as secret as
// what it holds. https://developer.work.weixin.qq.com/document/path/101463
import { createDecipheriv } from 'node:crypto';
import { ChannelRefused } from '../../ports.ts';
import { request } from '../http.ts';
import { fileNameOf, type Media } from './client.ts';
import { CallbackRefused, withoutPadding } from './signature.ts';

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 20 * 1024 * 1024;

/** Throws ChannelRefused and ChannelUnreachable; neither holds the address or the key. */
export const fetchBotMedia = async (url: string, aesKey: string): Promise<Media> => {
  if (!URL.canParse(url)) throw new ChannelRefused('bad-url', 'bot media: no address', { fatal: true });
  const { headers, bytes } = await request(
    new URL(url),
    {},
    {
      what: 'bot media',
      timeoutMs: TIMEOUT_MS,
      mostBytes: MOST_BYTES,
    },
  );
  const plain = aesKey === '' ? bytes : decrypt(bytes, aesKey);
  return { name: fileNameOf(headers) ?? 'picture', type: typeOf(plain), bytes: plain };
};

const decrypt = (bytes: Uint8Array, aesKey: string): Uint8Array => {
  try {
    const key = Buffer.from(aesKey, 'base64');
    const aes = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    return new Uint8Array(withoutPadding(Buffer.concat([aes.update(bytes), aes.final()])));
  } catch (error) {
    const reason = error instanceof CallbackRefused ? error.reason : 'cipher';
    throw new ChannelRefused('undecipherable', `bot media: ${reason}`, { fatal: true });
  }
};

const magics: readonly (readonly [string, string])[] = [
  ['89504e47', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['47494638', 'image/gif'],
];

/** The server's own type says nothing once a file is encrypted; its first bytes do. */
export const typeOf = (bytes: Uint8Array): string => {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return magics.find(([magic]) => start.startsWith(magic))?.[1] ?? 'application/octet-stream';
};
