// Long polling, for a service without a public address: asks for updates and hands them on. People are served side by side,
// each person's own updates in their order. What was not kept is not confirmed, so a crash repeats updates and loses none.
// Telegram lets one process poll a bot: the others wait for the lease.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../ports.ts';
import type { Leases } from '../../ports-channels.ts';
import { backOffMs } from '../back-off.ts';
import type { TelegramClient } from './client.ts';
import { numberedSchema } from './payloads.ts';
import { isRefused } from './refusals.ts';

export interface PollingNeeds {
  readonly client: Pick<TelegramClient, 'updates' | 'deleteWebhook'>;
  readonly handle: (update: unknown) => Promise<void>;
  readonly leases: Leases;
  readonly log: Log;
  /** In [0, 1). */
  readonly chance: () => number;
  readonly pollSeconds?: number;
  /** How often a process without the lease looks whether it is free. */
  readonly leaseLookMs?: number;
  readonly backOff?: { readonly firstMs: number; readonly longestMs: number };
}

export interface Polling {
  start(): void;
  /** Ends the waiting poll and waits for the updates that are being handled. */
  stop(): Promise<void>;
}

const POLL_SECONDS = 25;
const LEASE = 'telegram.polling';
/** Two polls: whoever holds it renews it before each one. */
const LEASE_MS = 60_000;
const LEASE_LOOK_MS = 5_000;
/** An update that fails so often would hold up everybody: it is given up, and the log says so. */
const MOST_TRIES = 5;

/** Presses queue by their person and messages by their chat, as on Telegram's side. */
const queueOf = (update: unknown): string => {
  const {
    callback_query: press,
    message,
    update_id: id,
  } = (update ?? {}) as {
    callback_query?: { from?: { id?: unknown } };
    message?: { chat?: { id?: unknown } };
    update_id?: unknown;
  };
  return String(press?.from?.id ?? message?.chat?.id ?? id);
};

export const makePolling = (needs: PollingNeeds): Polling => {
  const { client, handle, leases, log, chance, pollSeconds = POLL_SECONDS } = needs;
  const holder = randomUUID();
  const leaseLookMs = needs.leaseLookMs ?? LEASE_LOOK_MS;
  const backOff = needs.backOff ?? { firstMs: 500, longestMs: 60_000 };
  const stopping = new AbortController();
  const { signal } = stopping;
  let looping: Promise<void> | null = null;

  const rest = (failures: number, leastMs = 0): Promise<void> =>
    wait(Math.max(leastMs, backOffMs(failures, backOff, chance())), undefined, { signal });

  const handleOne = async (update: unknown): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await handle(update);
      } catch (error) {
        signal.throwIfAborted();
        if (tries === MOST_TRIES) {
          log.error({ channel: 'telegram', err: error }, 'an update could not be handled and is given up');
          return;
        }
        log.warn({ channel: 'telegram', err: error, tries }, 'an update could not be handled yet');
        await rest(tries);
      }
    }
  };

  const handleAll = async (updates: readonly unknown[]): Promise<void> => {
    const queues = [...Map.groupBy(updates, queueOf).values()];
    await Promise.all(
      queues.map(async (queue) => {
        for (const update of queue) await handleOne(update);
      }),
    );
  };

  const poll = async (): Promise<void> => {
    let offset = 0;
    let failures = 0;
    let webhookGone = false;
    while (!signal.aborted) {
      try {
        if (!(await leases.hold(LEASE, holder, LEASE_MS))) {
          await wait(leaseLookMs, undefined, { signal });
          continue;
        }
        if (!webhookGone) {
          await client.deleteWebhook();
          webhookGone = true;
        }
        const updates = numberedSchema.array().parse(await client.updates(offset, pollSeconds, signal));
        failures = 0;
        await handleAll(updates);
        offset = Math.max(offset, ...updates.map(({ update_id }) => update_id + 1));
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        const refused = isRefused(error) ? error : null;
        // Somebody else polls, or a webhook was set meanwhile.
        if (refused?.reason === 'conflict') webhookGone = false;
        log.warn({ channel: 'telegram', err: error, failures }, 'polling Telegram failed');
        await rest(failures, (refused?.retryAfterSeconds ?? 0) * 1_000).catch(() => {});
      }
    }
  };

  return {
    start() {
      looping ??= poll().catch((error: unknown) => {
        if (!signal.aborted) log.error({ channel: 'telegram', err: error }, 'polling Telegram ended');
      });
    },
    async stop() {
      stopping.abort();
      await looping;
      await leases
        .release(LEASE, holder)
        .catch((error: unknown) =>
          log.warn({ channel: 'telegram', err: error }, 'the polling lease runs out by itself'),
        );
    },
  };
};
