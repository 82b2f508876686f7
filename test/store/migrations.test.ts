import { readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaEngine } from '../../scripts/schema-engine.ts';
import { migrate, migrationsFolder } from '../../src/store/migrations.ts';
import { createTestDatabase } from '../support/database.ts';
import { silent } from '../support/silent-log.ts';
import { tempFolder } from '../support/temp-folder.ts';

let url: string;
let client: pg.Client;
let folder: string;

beforeEach(async () => {
  ({ url } = await createTestDatabase('empty'));
  client = new pg.Client({ connectionString: url });
  await client.connect();
  folder = await tempFolder();
});
afterEach(async () => {
  await client.end();
  await rm(folder, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}
const run = () => migrate(url, silent, folder);
const problem = () => run().then(String, String);
/** The one migration of the folder, as `prisma migrate deploy` hands it to the engine. */
const list = () => ({
  baseDir: folder,
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  shadowDbInitScript: '',
  migrationDirectories: [
    {
      path: '0001_init',
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(folder, '0001_init/migration.sql'), 'utf8') },
      },
    },
  ],
});
const none = { externalTables: [], externalEnums: [] };
const rows = async (sql: string) => (await client.query(sql)).rows;

describe('migrations', () => {
  it('are applied in the order of their names, once', async () => {
    await write('0002_fill', 'insert into zone values (1);');
    await write('0001_init', 'create table zone (id int); create index on zone (id);');
    expect(await run()).toEqual(['0001_init', '0002_fill']);
    expect(await run()).toEqual([]);
    expect(await rows('select id from zone')).toEqual([{ id: 1 }]);
  });

  it('are applied once by replicas that start together', async () => {
    await write('0001_init', 'create table zone (id int);');
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual(['0001_init']);
  });

  it("are recorded so that Prisma's own engine finds nothing left to deploy, and finds none edited", async () => {
    await write('0001_init', 'create table zone (id int); -- 组团\n');
    await run();
    const prisma = await schemaEngine(new PrismaPg({ connectionString: url }));
    expect(await prisma.applyMigrations({ migrationsList: list(), filters: none })).toEqual({
      appliedMigrationNames: [],
    });
    expect(
      await prisma.diagnoseMigrationHistory({ migrationsList: list(), optInToShadowDatabase: false, filters: none }),
    ).toMatchObject({ hasMigrationsTable: true, editedMigrationNames: [], failedMigrationNames: [], history: null });
  });

  it("find nothing to do where Prisma's own engine has deployed them", async () => {
    await write('0001_init', 'create table zone (id int); -- 组团\n');
    const pool = new pg.Pool({ connectionString: url });
    const prisma = await schemaEngine(new PrismaPg(pool));
    await prisma.applyMigrations({ migrationsList: list(), filters: none });
    await pool.end(); // the engine keeps its advisory lock as long as its connection
    expect(await run()).toEqual([]);
  });

  it('leave nothing behind when one fails, and keep the earlier ones', async () => {
    await write('0001_init', 'create table zone (id int);');
    await write('0002_bad', 'create table half (id int);\n\ninsert into zome values (1);');
    expect(await problem()).toBe(
      `StartProblem: migration 0002_bad failed at ${folder}/0002_bad/migration.sql:3: relation "zome" does not exist. Nothing of it was kept; the database stays as it was before. Repair the file or the data, then start again.`,
    );
    expect(await rows("select to_regclass('zone') as zone, to_regclass('half') as half")).toEqual([
      { zone: 'zone', half: null },
    ]);

    await write('0002_bad', 'insert into zone values (1);');
    expect(await run()).toEqual(['0002_bad']);
  });

  it('are refused when one was changed after it was applied', async () => {
    await write('0001_init', 'create table zone (id int);');
    await run();
    await write('0001_init', 'create table zone (id bigint);');
    expect(await problem()).toMatch(
      /migration 0001_init was changed after this database got it: .*0001_init\/migration\.sql has sha256 \w+…, applied was \w+…\. Restore the file/,
    );
  });

  it('are refused on a database that a newer program has been at', async () => {
    await write('0001_init', 'create table zone (id int);');
    await write('0002_newer', 'create table area (id int);');
    await run();
    await rm(join(folder, '0002_newer'), { recursive: true });
    expect(await problem()).toMatch(/the database is newer than this program: it has migration 0002_newer/);
  });

  it('are refused while one that Prisma began is unfinished, and go on when it is marked as rolled back', async () => {
    await write('0001_init', 'create table zone (id int);');
    await run();
    await client.query('update _prisma_migrations set finished_at = null');
    expect(await problem()).toMatch(
      /migration 0001_init was begun on this database and never finished\. .*migrate resolve --rolled-back 0001_init/,
    );

    await client.query('update _prisma_migrations set rolled_back_at = now(); drop table zone');
    expect(await run()).toEqual(['0001_init']);
  });

  it('are refused when a folder has no SQL', async () => {
    await mkdir(join(folder, '0001_init'));
    expect(await problem()).toMatch(/migration 0001_init has no SQL: .*0001_init\/migration\.sql cannot be read/);
  });

  it('of this program can all be applied to an empty database', async () => {
    const names = (await readdir(migrationsFolder)).filter((name) => /^\d{4}_\w+$/.test(name)).sort();
    expect(await migrate(url, silent)).toEqual(names);
  });
});
