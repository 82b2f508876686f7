// Long polling: people side by side, each in his own order, nothing confirmed that was not kept, nothing left when it stops.
import { afterEach, describe, expect, it } from 'vitest';
import { makeTelegramClient } from '../../../src/channels/telegram/client.ts';
import { makePolling, type Polling } from '../../../src/channels/telegram/socket.ts';
import type { Leases } from '../../../src/ports-channels.ts';
import { silent } from '../../support/silent-log.ts';
import { refusal, startTelegramServer, type TelegramServer, TOKEN } from '../../support/telegram-server.ts';

let server: TelegramServer;
let polling: Polling | null = null;
afterEach(async () => {
  await polling?.stop();
  await server.close();
});

const press = (update_id: number, from: number) => ({
  update_id,
  callback_query: { id: `${update_id}`, from: { id: from } },
});
const numberOf = (update: unknown): number => (update as { update_id: number }).update_id;
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

const nobodyElse: Leases = { hold: async () => true, release: async () => {} };

const start = async (handle: (update: unknown) => Promise<void>, leases: Leases = nobodyElse): Promise<void> => {
  server = await startTelegramServer();
  polling = makePolling({
    client: makeTelegramClient({ botToken: TOKEN, apiRoot: server.url }),
    handle,
    leases,
    leaseLookMs: 1,
    log: silent,
    chance: () => 0,
    backOff: { firstMs: 1, longestMs: 5 },
  });
  polling.start();
};

describe('polling', () => {
  it('takes a webhook away first, hands on what comes and confirms it', async () => {
    const handled: number[] = [];
    await start(async (update) => void handled.push(numberOf(update)));
    server.push(press(7, 1), press(8, 2));
    await soon(() => server.confirmed()).toBe(9);
    server.push(press(9, 1));
    await soon(() => server.confirmed()).toBe(10);
    expect(handled).toEqual([7, 8, 9]);
    expect(server.calls[0]?.method).toBe('deleteWebhook');
  });

  it('lets nobody wait for somebody else, and keeps everybody’s own order', async () => {
    const ended: number[] = [];
    const first = Promise.withResolvers<void>();
    await start(async (update) => {
      if (numberOf(update) === 1) await first.promise;
      ended.push(numberOf(update));
    });
    server.push(press(1, 31), press(2, 31), press(3, 32));
    await soon(() => ended).toEqual([3]);
    first.resolve();
    await soon(() => ended).toEqual([3, 1, 2]);
  });

  it('confirms nothing before it is kept, and tries again what failed', async () => {
    let tries = 0;
    await start(async () => {
      tries += 1;
      expect(server.confirmed()).toBe(0);
      if (tries < 3) throw new Error('the database is away');
    });
    server.push(press(5, 31));
    await soon(() => server.confirmed()).toBe(6);
    expect(tries).toBe(3);
  });

  it('gives up an update that nothing helps, so that others are served', async () => {
    const handled: number[] = [];
    await start(async (update) => {
      if (numberOf(update) === 1) throw new Error('always');
      handled.push(numberOf(update));
    });
    server.push(press(1, 31), press(2, 31));
    await soon(() => server.confirmed()).toBe(3);
    expect(handled).toEqual([2]);
  });

  it.each([
    ['another poller', refusal(409, 'Conflict: terminated by other getUpdates request')],
    ['a gateway page', { status: 502, body: 'bad gateway' }],
    ['a broken connection', 'drop' as const],
    ['something that is no update', { body: { ok: true, result: [{ nothing: 1 }] } }],
  ])('goes on after %s', async (_, fault) => {
    const handled: number[] = [];
    await start(async (update) => void handled.push(numberOf(update)));
    await soon(() => server.callsOf('getUpdates').length).toBeGreaterThan(0);
    server.failNext('getUpdates', fault);
    server.push(press(1, 31));
    await soon(() => server.confirmed()).toBe(2);
    expect(handled.filter((n) => n !== undefined)).toEqual([1]);
  });

  it('waits while another process holds the lease, and gives it back at the end', async () => {
    let others = true;
    const held: string[] = [];
    await start(async () => {}, {
      hold: async (_, holder) => {
        held.push(holder);
        return !others;
      },
      release: async (_, holder) => void held.push(`released ${holder}`),
    });
    await soon(() => held.length).toBeGreaterThan(3);
    expect(server.calls).toEqual([]);
    others = false;
    await soon(() => server.callsOf('getUpdates').length).toBe(1);
    await polling?.stop();
    expect(held.at(-1)).toBe(`released ${held[0]}`);
  });

  it('stops at once while it waits for updates', async () => {
    await start(async () => {});
    await soon(() => server.callsOf('getUpdates').length).toBe(1);
    await polling?.stop();
    expect(server.callsOf('getUpdates')).toHaveLength(1);
  });
});
