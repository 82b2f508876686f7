// Tells other processes on the same database that something happened (NOTIFY), and hears of theirs (LISTEN). Lossy by
// nature: nothing may depend on it but how soon something is noticed.
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Log } from '../ports.ts';
import type { Notifications } from '../ports-delivery.ts';

const CHANNEL = 'dudao';
const COLLECT_MS = 50;
const RECONNECT_MS = 1_000;

export interface OpenNotifications extends Notifications {
  close(): Promise<void>;
}

interface Told {
  readonly from: string;
  readonly topic: string;
  readonly text: string;
}

/**
 * What is told within 50 ms leaves in one NOTIFY of its own. Never inside a business transaction: PostgreSQL lets only
 * one transaction that notifies commit at a time, which would queue up every press behind every other.
 */
export const openNotifications = (pool: pg.Pool, log: Pick<Log, 'warn'>): OpenNotifications => {
  const self = randomUUID();
  const handlers = new Map<string, Set<(text: string) => void>>();
  const waiting = new Map<string, Told>();
  let timer: NodeJS.Timeout | null = null;
  let telling: Promise<void> = Promise.resolve();
  let listener: pg.PoolClient | null = null;
  let reconnect: NodeJS.Timeout | null = null;
  let closed = false;

  const flush = async (): Promise<void> => {
    const told = [...waiting.values()];
    waiting.clear();
    await pool
      .query('select pg_notify($1, said) from unnest($2::text[]) said', [CHANNEL, told.map((t) => JSON.stringify(t))])
      .catch((error) => log.warn({ err: error }, 'other processes could not be told; they will see it when they poll'));
  };

  const hear = ({ payload = '{}' }: pg.Notification): void => {
    const { from, topic, text } = JSON.parse(payload) as Told;
    if (from !== self) for (const handler of handlers.get(topic) ?? []) handler(text);
  };

  const listen = async (): Promise<void> => {
    reconnect = null;
    try {
      const client = await pool.connect();
      listener = client;
      client.on('notification', hear);
      client.on('error', (error) => {
        if (listener !== client) return;
        listener = null;
        client.release(error);
        again();
      });
      await client.query(`listen ${CHANNEL}`);
      if (closed) release();
    } catch (error) {
      log.warn({ err: error }, 'cannot listen to other processes, trying again');
      release();
      again();
    }
  };

  const again = (): void => {
    if (!closed) reconnect ??= setTimeout(listen, RECONNECT_MS);
  };

  /** Closed, not given back: the next user of the connection must not hear our notifications. */
  const release = (): void => {
    const client = listener;
    listener = null;
    client?.release(true);
  };

  let listening: Promise<void> | null = null;

  return {
    tell(topic, text = '') {
      if (closed) return;
      waiting.set(`${topic} ${text}`, { from: self, topic, text });
      timer ??= setTimeout(() => {
        timer = null;
        telling = flush();
      }, COLLECT_MS);
    },
    on(topic, handler) {
      handlers.set(topic, (handlers.get(topic) ?? new Set()).add(handler));
      listening ??= listen();
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      if (reconnect) clearTimeout(reconnect);
      await listening;
      await telling;
      release();
    },
  };
};
