// The group robot (群机器人, 消息推送): a key for one group, send only. The one way to ring somebody in a group, and what
// is left for a group that has no bot. https://developer.work.weixin.qq.com/document/path/91770

import { request } from '../http.ts';
import { readAnswer } from './client.ts';
import { emptyAnswer } from './payloads.ts';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 100_000;
export const robotLimits = { textBytes: 2048, markdownBytes: 4096 } as const;

export interface Robot {
  /** Both throw ChannelRefused and ChannelUnreachable. The key is the only secret and in no error. */
  sayMarkdown(key: string, content: string): Promise<void>;
  /** Rings these people, by user id. */
  ring(key: string, content: string, userIds: readonly string[]): Promise<void>;
}

export const makeRobot = (apiBase: string): Robot => {
  const post = async (key: string, message: object): Promise<void> => {
    const url = new URL(`${apiBase}/cgi-bin/webhook/send`);
    url.searchParams.set('key', key);
    const { bytes } = await request(
      url,
      { method: 'POST', body: JSON.stringify(message), headers: { 'Content-Type': 'application/json; charset=utf-8' } },
      { what: 'webhook/send', timeoutMs: TIMEOUT_MS, mostBytes: MOST_BYTES },
    );
    readAnswer({ what: 'webhook/send', answer: emptyAnswer }, bytes, [key]);
  };
  return {
    sayMarkdown: (key, content) => post(key, { msgtype: 'markdown', markdown: { content } }),
    ring: (key, content, userIds) => post(key, { msgtype: 'text', text: { content, mentioned_list: [...userIds] } }),
  };
};
