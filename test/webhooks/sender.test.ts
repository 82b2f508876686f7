// What an answer means: told, tried again, held until the system is back, or paused.
import { describe, expect, it } from 'vitest';
import { ChannelRefused } from '../../src/ports.ts';
import type { Answered } from '../../src/webhooks/post.ts';
import { makeWebhookSender } from '../../src/webhooks/sender.ts';
import { newWebhookSecret } from '../../src/webhooks/signature.ts';
import { silent } from '../support/silent-log.ts';

const HOUR_MS = 3_600_000;

const stage = (answered: Answered, failing = { failures: 1, failingMs: 0 }) => {
  const noted: string[] = [];
  const webhook = {
    id: 'w1',
    campaign: 'c',
    title: '市平台',
    url: 'https://example.com/hook',
    types: [],
    secret: newWebhookSecret(),
    oldSecret: null,
    oldSecretUntil: null,
    addedAt: new Date(0),
    pausedAt: null as Date | null,
    removedAt: null,
  };
  const sender = makeWebhookSender({
    notes: {
      find: async (id) => (id === 'w1' ? webhook : null),
      gotThrough: async () => void noted.push('got through'),
      async failed(_, error) {
        noted.push(`failed: ${error}`);
        return failing;
      },
      async pause(_, why) {
        noted.push(`paused: ${why}`);
      },
    },
    post: async () => answered,
    log: silent,
    chance: () => 1,
  });
  const send = (id = 'w1') =>
    sender
      .send(id, { call: { id: 'msg_1', type: 't', timestamp: '2022-04-19T00:00:00Z', data: {} } }, 'k')
      .catch((error: unknown) => error as ChannelRefused);
  return { noted, send, webhook };
};
const status = (code: number, retryAfterSeconds: number | null = null): Answered => ({
  status: code,
  retryAfterSeconds,
});

describe('a call', () => {
  it.each([200, 201, 204])('got through with %i', async (code) => {
    const { noted, send } = stage(status(code));
    expect(await send()).toEqual({ status: String(code) });
    expect(noted).toEqual(['got through']);
  });

  it.each([400, 413, 415, 422])('is tried a few times and then given up with %i: another may be well', async (code) => {
    const { noted, send } = stage(status(code));
    expect(await send()).toMatchObject({ held: false, fatal: false, message: `HTTP ${code}` });
    expect(noted).toEqual([]);
  });

  it.each([
    [status(500), 'HTTP 500'],
    [status(404), 'HTTP 404'],
    [status(302), 'HTTP 302: redirects are not followed'],
    [{ status: null, why: 'ECONNREFUSED' } as const, 'ECONNREFUSED'],
  ])('is held until the system is back: %j', async (answered, error) => {
    const { noted, send } = stage(answered, { failures: 3, failingMs: HOUR_MS });
    expect(await send()).toMatchObject({ held: true, message: error, retryAfterSeconds: 20 });
    expect(noted).toEqual([`failed: ${error}`]);
  });

  it('waits as long as it was asked to, and no longer than five minutes otherwise', async () => {
    expect(await stage(status(429, 900)).send()).toMatchObject({ retryAfterSeconds: 900 });
    expect(await stage(status(503), { failures: 40, failingMs: 1 }).send()).toMatchObject({ retryAfterSeconds: 300 });
  });

  it('pauses the webhook after a day of failures, and at once when the receiver says that it is gone', async () => {
    const long = stage(status(503), { failures: 300, failingMs: 25 * HOUR_MS });
    expect(await long.send()).toMatchObject({ held: true, message: 'paused' });
    expect(long.noted).toEqual(['failed: HTTP 503', 'paused: HTTP 503']);
    const gone = stage(status(410));
    await gone.send();
    expect(gone.noted).toEqual(['paused: HTTP 410']);
  });

  it('waits while its webhook is paused, and is not sent once it was removed', async () => {
    const { send, webhook, noted } = stage(status(204));
    webhook.pausedAt = new Date();
    expect(await send()).toMatchObject({ held: true, message: 'paused' });
    expect(await send('another')).toBeInstanceOf(ChannelRefused);
    expect(await send('another')).toMatchObject({ fatal: true });
    expect(noted).toEqual([]);
  });
});
