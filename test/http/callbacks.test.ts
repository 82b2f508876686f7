// The doors that platforms knock at: bytes go in as they came, and the channel's own answer goes out.
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { callbackRouter } from '../../src/http/callbacks.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createApp, type Listening, listen } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';
import type { Acknowledged, Channel, RawCallback } from '../../src/ports.ts';
import { sinkChannel } from '../support/sink-channel.ts';

let web: Listening;
let received: RawCallback[];
/** What the channel was told of each acknowledgement. */
let written: Acknowledged[];
/** The channel takes its time. */
let slowly: Promise<void>;

beforeAll(async () => {
  const channel: Channel = {
    ...sinkChannel({ name: 'wecom' }),
    receive: async (callback, _onEvent, acknowledged) => {
      received.push(callback);
      if (acknowledged) written.push(acknowledged);
      await slowly;
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
  written = [];
  slowly = Promise.resolve();
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

it('tells the channel that its acknowledgement was written', async () => {
  expect((await call('/callbacks/wecom/app', { method: 'POST', body: 'x' })).status).toBe(202);
  expect(await Promise.all(written)).toEqual([true]);
});

it('tells the channel that nobody waited for its acknowledgement any more', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  slowly = promise;
  const platform = new AbortController();
  const called = call('/callbacks/wecom/app', { method: 'POST', body: 'x', signal: platform.signal });
  await vi.waitFor(() => expect(written).toHaveLength(1));
  platform.abort();
  await expect(called).rejects.toThrow();
  expect(await Promise.all(written)).toEqual([false]);
  resolve();
});
