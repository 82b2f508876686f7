// The night's back-up: proved and remembered where it can be proved, kept and alarmed about where it cannot (R45).
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { lastBackup, takeNightlyBackup } from '../../src/compose/backups.ts';
import type { Foundation } from '../../src/compose/foundation.ts';
import { folderFiles } from '../../src/photos/folder-files.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openPool } from '../../src/store/pool.ts';
import { makeSettings } from '../../src/store/settings.ts';
import { createTestDatabase } from '../support/database.ts';
import { silent } from '../support/silent-log.ts';
import { tempFolder } from '../support/temp-folder.ts';

const PASSWORD = 'for-tests-only';
let folder: string;
const pools: pg.Pool[] = [];
const alarms: string[] = [];

const foundationOn = (url: string): Pick<Foundation, 'database' | 'settings'> => {
  const pool = openPool(url);
  pools.push(pool);
  const database = { url, embedded: false, lost: new Promise<Error>(() => {}), close: async () => {} };
  return { database, settings: makeSettings(pool) };
};
const night = (foundation: Pick<Foundation, 'database' | 'settings'>): Promise<void> =>
  takeNightlyBackup(
    foundation,
    { folder, photos: folderFiles(join(folder, 'none')) },
    { ...silent, error: (_, message) => void alarms.push(message) },
  );
const taken = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.startsWith('20'));

beforeAll(async () => {
  folder = join(await tempFolder(), 'backups');
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
});

/** A role that owns its database and may make no other. */
const weakDatabase = async (): Promise<string> => {
  const { url } = await createTestDatabase('empty');
  const name = new URL(url).pathname.slice(1);
  const role = `weak_${name}`;
  const client = new pg.Client({ connectionString: inject('clusterUrl') });
  await client.connect();
  await client.query(`create role ${role} login password '${PASSWORD}'`);
  await client.query(`alter database ${name} owner to ${role}`);
  await client.end();
  const weak = Object.assign(new URL(url), { username: role, password: PASSWORD }).href;
  await migrate(weak, silent);
  return weak;
};

describe('the night’s back-up', { timeout: 60_000 }, () => {
  it('is proved and remembered, and one in an hour is enough', async () => {
    const foundation = foundationOn((await createTestDatabase()).url);
    await night(foundation);
    const [only] = await taken();
    expect(await lastBackup(foundation)).toMatchObject({ path: join(folder, only ?? '') });
    await night(foundation);
    expect(await taken()).toHaveLength(1);
  });

  it('is kept where nobody may make a database to prove it, with an alarm and not as the last one proved', async () => {
    const before = await taken();
    const foundation = foundationOn(await weakDatabase());
    await expect
      .poll(() => new Date().toISOString().slice(0, 19))
      .not.toBe(before[0]?.replace(/T(..)-(..)-/, 'T$1:$2:'));
    await night(foundation);
    expect(await taken()).toHaveLength(2);
    expect(await lastBackup(foundation)).toBeNull();
    expect(alarms).toEqual(['the back-up could not be proved']);
  });
});
