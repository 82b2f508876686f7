import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenNotifications, openNotifications } from '../../src/store/notifications.ts';
import { openPool } from '../../src/store/pool.ts';
import { createTestDatabase } from '../support/database.ts';
import { silent } from '../support/silent-log.ts';

let pool: pg.Pool;
const open: OpenNotifications[] = [];

beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
});
afterAll(async () => {
  for (const one of open) await one.close();
  await pool.end();
});

const process = (): OpenNotifications => {
  const one = openNotifications(pool, silent);
  open.push(one);
  return one;
};

/** How many sessions of this database listen. */
const listeners = async (): Promise<number> =>
  (
    await pool.query(
      `select from pg_stat_activity where datname = current_database() and query = 'listen dudao' and state = 'idle'`,
    )
  ).rowCount ?? 0;

const untilListening = async (n: number): Promise<void> => {
  while ((await listeners()) < n);
};

describe('what one process tells', () => {
  it('is heard by the others once for each text, and not by itself', async () => {
    const [one, two] = [process(), process()];
    const heard: string[] = [];
    const { promise: all, resolve } = Promise.withResolvers<void>();
    one.on('chat', (text) => heard.push(`one: ${text}`));
    two.on('chat', (text) => {
      heard.push(`two: ${text}`);
      if (heard.length === 2) resolve();
    });
    two.on('outbox', (text) => heard.push(`outbox: ${text}`));
    await untilListening(2);
    for (const text of ['a', 'a', 'b', 'a']) one.tell('chat', text);
    await all;
    expect(heard).toEqual(['two: a', 'two: b']);
  });

  it('is heard again after the connection was cut', async () => {
    const [one, two] = [process(), process()];
    const { promise: heard, resolve } = Promise.withResolvers<string>();
    two.on('again', resolve);
    await untilListening(3);
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen dudao'`,
    );
    while ((await listeners()) > 0);
    await untilListening(3);
    one.tell('again', 'back');
    expect(await heard).toBe('back');
  });
});
