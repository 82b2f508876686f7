// Puts messages into the outbox as a business transaction does, and looks at what became of them.
import type pg from 'pg';
import type { Outgoing } from '../../src/domain/message.ts';
import { makeCommitter } from '../../src/store/commit.ts';

export const noon = new Date('2022-04-19T12:00:00+08:00');

export const outgoing = (chat: string, text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  key: `${chat}/${text}`,
  campaign: 'c',
  to: { channel: 'telegram', chat, personId: null },
  kind: 'notice',
  about: [{ kind: 'test', id: text }],
  message: { text },
  notBefore: noon,
  ...more,
});

export const enqueue = async (pool: pg.Pool, ...messages: readonly Outgoing[]): Promise<void> => {
  await makeCommitter(pool).commit({ messages });
};

export interface OutboxState {
  readonly id: number;
  readonly key: string;
  readonly state: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly sentAt: Date | null;
}

export const outboxState = async (pool: pg.Pool, key: string): Promise<OutboxState> => {
  const { rows } = await pool.query<OutboxState>(
    'select id, key, state, attempts, error, sent_at as "sentAt" from outbox where key = $1',
    [key],
  );
  if (!rows[0]) throw new Error(`no message ${key}`);
  return rows[0];
};

/** A lease runs out: nobody has to wait for it. */
export const expireLeases = async (pool: pg.Pool): Promise<void> => {
  await pool.query(`update lane set lease_until = now() - interval '1 s' where lease_until is not null`);
};

/** Retries come due: nobody has to wait for them. */
export const bringRetriesForward = async (pool: pg.Pool): Promise<number> =>
  (await pool.query('update lane set due_at = now() where due_at > now()')).rowCount ?? 0;
