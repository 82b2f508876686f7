import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeAddresses } from '../../src/webhooks/addresses.ts';
import { makePost, webhookDoor } from '../../src/webhooks/post.ts';
import { type Receiver, startReceiver } from '../support/webhook-receiver.ts';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

const named = () => receiver.url.replace('127.0.0.1', 'receiver.example');
const loopback = ['127.0.0.0/8'];
const call = (post: ReturnType<typeof makePost>, url: string) => post(url, '{"type":"t"}', { 'webhook-id': 'm1' });

it('calls no private address, neither by number nor by name', async () => {
  const closed = makePost(
    makeAddresses([], async () => [{ address: '127.0.0.1', family: 4 }]),
    null,
  );
  const before = receiver.heard.length;
  for (const url of [
    receiver.url,
    named(),
    receiver.url.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
    'http://2130706433/',
  ]) {
    expect(await call(closed, url)).toEqual({ status: null, why: expect.stringContaining('private') });
  }
  expect(receiver.heard).toHaveLength(before);
});

it('connects to the very address that was judged: a name is resolved once for a connection', async () => {
  const answers = ['127.0.0.1', '10.9.9.9'];
  let asked = 0;
  const post = makePost(
    makeAddresses(loopback, async () => {
      const address = answers[asked] ?? '10.9.9.9';
      asked += 1;
      return [{ address, family: 4 }];
    }),
    null,
  );
  expect(await call(post, named())).toMatchObject({ status: 204 });
  expect(asked).toBe(1);
});

it('follows no redirect', async () => {
  const other = await startReceiver();
  receiver.answer(307, { location: other.url });
  const post = makePost(makeAddresses(loopback), null);
  expect(await call(post, receiver.url)).toMatchObject({ status: 307 });
  receiver.answer(204);
  expect(other.heard).toEqual([]);
  await other.close();
});

it('says in its own words why no answer came, and never the address', async () => {
  const post = makePost(makeAddresses(loopback), null, 50);
  const quiet = await startReceiver();
  await quiet.close();
  expect(await call(post, `${quiet.url}?key=secret`)).toEqual({ status: null, why: 'ECONNREFUSED' });
});

it('sends through the proxy where the environment names one, and judges a number all the same', async () => {
  const proxied = makePost(makeAddresses([]), { HTTP_PROXY: new URL(receiver.url).origin });
  expect(await call(proxied, 'http://receiver.example/hook')).toMatchObject({ status: 204 });
  expect(await call(proxied, receiver.url)).toMatchObject({ status: null });
});

it.each([
  ['ftp://example.com/', /https:\/\/ or http:\/\//],
  ['https://user:key@example.com/', /no name and password/],
  ['http://127.0.0.1:1/', /private address/],
  ['nowhere', /no address/],
  ['https://example.com/hook?key=1', null],
])('judges %s when it is set', (url, reason) => {
  const said = webhookDoor(makeAddresses([])).refuses(url);
  if (reason) expect(said).toMatch(reason);
  else expect(said).toBeNull();
});
