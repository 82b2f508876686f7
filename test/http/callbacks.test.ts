// The doors that platforms knock at: bytes go in as they came, and the channel's own answer goes out.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { callbackRouter } from '../../src/http/callbacks.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createApp, type Listening, listen } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';
import type { RawCallback } from '../../src/ports.ts';
import { sinkChannel } from '../support/sink-channel.ts';

let web: Listening;
let received: RawCallback[];

beforeAll(async () => {
  const channel = {
    ...sinkChannel({ name: 'wecom' }),
    receive: async (callback: RawCallback) => {
      received.push(callback);
      return { status: 202, type: 'text/plain', body: 'taken' };
    },
  };
  const log = createLog({ level: 'silent' });
  const router = callbackRouter([channel], async () => null);
  web = await listen(createApp({ log, metrics: createMetrics(), routers: [router], secure: false }), {
    host: '127.0.0.1',
    port: 0,
  });
});
afterAll(() => web.close());
beforeEach(() => {
  received = [];
});

const call = (path: string, init: RequestInit = {}) => fetch(`${web.url}${path}`, init);

it('hands over the bytes untouched, with query and headers', async () => {
  const body = Buffer.from([0, 255, 60, 62]);
  const answer = await call('/callbacks/wecom/app?nonce=a%2Bb', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'text/xml' },
  });
  expect([answer.status, await answer.text()]).toEqual([202, 'taken']);
  expect(received).toMatchObject([
    { method: 'POST', path: '/callbacks/wecom/app', query: { nonce: 'a+b' }, headers: { 'content-type': 'text/xml' } },
  ]);
  expect(Buffer.from(received[0]?.body ?? []).equals(body)).toBe(true);
});

it('passes on an address check', async () => {
  expect((await call('/callbacks/wecom/app?echostr=x')).status).toBe(202);
  expect(received).toMatchObject([{ method: 'GET', query: { echostr: 'x' } }]);
});

it.each([
  ['a name that comes twice in the query', '/callbacks/wecom/app?nonce=a&nonce=b', 'POST', 'x', 400],
  ['more than a megabyte', '/callbacks/wecom/app', 'POST', 'x'.repeat(1024 * 1024 + 1), 413],
  ['another method', '/callbacks/wecom/app', 'PUT', 'x', 405],
  ['the door of a platform that is not configured', '/callbacks/telegram', 'POST', 'x', 404],
])('lets nothing through with %s', async (_, path, method, body, status) => {
  expect((await call(path, { method, body })).status).toBe(status);
  expect(received).toEqual([]);
});
