// A back-up is taken while others write, proved, and brought back into an empty database; what is wrong is said before
// anything is changed (R45).
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '../../src/photos/folder-files.ts';
import { proveBackup, restoreBackup } from '../../src/store/backup/restore-backup.ts';
import { keepNewest, type TakenBackup, writeBackup } from '../../src/store/backup/write-backup.ts';
import { openPool } from '../../src/store/pool.ts';
import { createTestDatabase } from '../support/database.ts';
import { insert, seedStory } from '../support/seed.ts';
import { silent } from '../support/silent-log.ts';
import { tempFolder } from '../support/temp-folder.ts';

const picture = Buffer.from('a picture, as far as a back-up knows');
const hash = createHash('sha256').update(picture).digest('hex');
const lost = 'f'.repeat(64);
const at = '2022-04-19T10:12:00+08:00';

let url: string;
let pool: pg.Pool;
let folder: string;
let backup: TakenBackup;

const take = (takenAt: string, into = folder): Promise<TakenBackup> =>
  writeBackup({
    url,
    folder: into,
    copies: folderFiles(join(into, 'photos')),
    photos: { get: async (wanted) => (wanted === hash ? picture : null) },
    takenAt: new Date(takenAt),
  });
const restore = async (path: string, target?: string) => {
  const photos = new Map<string, Uint8Array>();
  const into = target ?? (await createTestDatabase('empty')).url;
  const restored = await restoreBackup({
    path,
    url: into,
    copies: folderFiles(join(dirname(path), 'photos')),
    photos: { put: async (name, bytes) => void photos.set(name, bytes) },
    log: silent,
  });
  return { ...restored, url: into, pictures: photos };
};
const reading = async <T>(from: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> => {
  const other = openPool(from);
  return work(other).finally(() => other.end());
};
const tables = async (one: pg.Pool): Promise<Record<string, number>> => {
  const { rows } = await one.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations' order by 1`,
  );
  const counts = await Promise.all(rows.map(({ name }) => one.query(`select count(*)::int as n from "${name}"`)));
  return Object.fromEntries(rows.map(({ name }, i) => [name, counts[i]?.rows[0].n]));
};

beforeAll(async () => {
  ({ url } = await createTestDatabase());
  pool = openPool(url);
  folder = join(await tempFolder(), 'backups');
  await seedStory(pool, 'c1');
  await insert(
    pool,
    'photo',
    [hash, hash, lost].map((one, i) => ({
      id: `photo-${i}`,
      campaign: 'c1',
      hash: one,
      bytes: picture.length,
      width: 1,
      height: 1,
      at,
      by_id: 'p1',
      by_name: '张工',
      inbound: `playground/${i}`,
    })),
  );
  await pool.query(`insert into setting (key, value) values ('service.first_start', '"2022-04-01T00:00:00Z"')`);
  await pool.query(`insert into lease (name, holder, until) values ('wecom-bot', 'gone', now() + interval '1 hour')`);
  backup = await take('2022-04-19T12:30:00Z');
}, 60_000);
afterAll(() => pool.end());

describe('a back-up', { timeout: 60_000 }, () => {
  it('is a folder named by its time, with every table and each photo once', async () => {
    expect(backup).toMatchObject({ path: join(folder, '2022-04-19T12-30-00'), photos: 1, missingPhotos: [lost] });
    expect(backup.rows).toBe(Object.values(await tables(pool)).reduce((a, b) => a + b, 0));
    expect(await readFile(join(folder, 'photos', hash.slice(0, 2), `${hash}.jpg`))).toEqual(picture);
  });

  it('is proved by restoring it and comparing every table', async () => {
    await proveBackup(backup.path, url, silent);
    const { rows } = await pool.query(`select 1 from pg_database where datname like 'dudao_proof_%'`);
    expect(rows).toEqual([]);
  });

  it('comes back whole, photos too, and new rows go on counting where the old ones ended', async () => {
    const back = await restore(backup.path);
    expect(back).toMatchObject({
      takenAt: '2022-04-19T12:30:00.000Z',
      rows: backup.rows,
      photos: 1,
      missingPhotos: [lost],
    });
    expect([...back.pictures]).toEqual([[hash, picture]]);
    const [before, after] = await Promise.all([tables(pool), reading(back.url, tables)]);
    expect(after).toEqual({ ...before, lease: 0, setting: (before.setting ?? 0) - 1 });
    const newest = async (one: pg.Pool): Promise<number> =>
      Number((await one.query('select max(id) from event')).rows[0].max);
    const next = await reading(back.url, async (one) => {
      await one.query(
        `insert into event (campaign, at, kind, subject_kind, subject_id, data) values ('c1', now(), 'x.y', 'x', '1', '{}')`,
      );
      return newest(one);
    });
    expect(next).toBeGreaterThan(await newest(pool));
  });

  it('sends nothing that waited then: it is held back and listed (R45)', async () => {
    const waiting = (await pool.query(`select count(*)::int as n from outbox where state in ('waiting', 'sending')`))
      .rows[0].n;
    expect(waiting).toBeGreaterThan(0);
    const back = await restore(backup.path);
    expect(back.held).toBe(waiting);
    const states = await reading(back.url, async (one) =>
      (await one.query('select distinct state from outbox')).rows.map((r) => r.state),
    );
    expect(states).not.toContain('waiting');
    expect(states).toContain('unknown');
  });

  it('holds what was committed before it began, and nothing of what came later', async () => {
    const writer = openPool(url);
    let written = 0;
    let go = true;
    const writing = (async () => {
      while (go) {
        await writer.query(`insert into setting (key, value) values ($1, '1')`, [`load.${written}`]);
        written += 1;
      }
    })();
    await expect.poll(() => written).toBeGreaterThan(20);
    const before = written;
    const one = await take('2022-04-19T13:00:00Z');
    const after = written;
    go = false;
    await writing;
    await writer.end();
    await pool.query(`delete from setting where key like 'load.%'`);
    const back = await restore(one.path);
    const kept = await reading(
      back.url,
      async (other) => (await other.query(`select count(*)::int as n from setting where key like 'load.%'`)).rows[0].n,
    );
    expect(kept).toBeGreaterThanOrEqual(before);
    expect(kept).toBeLessThanOrEqual(after + 1);
  });

  it('that was broken off leaves a draft, which the next one sweeps away', async () => {
    await mkdir(join(folder, '2022-04-19T13-30-00.draft'));
    await take('2022-04-19T14:00:00Z');
    expect((await readdir(folder)).filter((name) => name.endsWith('.draft'))).toEqual([]);
  });

  it('is kept for as many nights as asked', async () => {
    await keepNewest(folder, 1);
    expect((await readdir(folder)).sort()).toEqual(['2022-04-19T14-00-00', 'photos']);
    backup = await take('2022-04-19T15:00:00Z');
  });

  it('that cannot be written says where, and leaves nothing', async () => {
    const file = join(await tempFolder(), 'a-file');
    await writeFile(file, '');
    await expect(take('2022-04-19T16:00:00Z', file)).rejects.toThrow(/no back-up can be written into .*a-file/);
  });
});

describe('a restore says before it changes anything that', { timeout: 60_000 }, () => {
  const copyOfBackup = async (): Promise<string> => {
    const one = await take(
      new Date(Date.now() + 1000 * Math.floor(Math.random() * 1e6)).toISOString(),
      await tempFolder(),
    );
    return one.path;
  };
  const refused = async (path: string, expected: RegExp): Promise<void> => {
    const target = await createTestDatabase('empty');
    await expect(restore(path, target.url)).rejects.toThrow(expected);
    expect(await reading(target.url, tables)).toEqual({});
  };

  it('a file is cut off', async () => {
    const path = await copyOfBackup();
    await truncate(join(path, 'event.copy.zst'), 20);
    await refused(path, /event\.copy\.zst is cut off or damaged/);
  });

  it('a file is missing', async () => {
    const path = await copyOfBackup();
    await writeFile(
      join(path, 'manifest.json'),
      (await readFile(join(path, 'manifest.json'), 'utf8')).replace('"name": "event"', '"name": "evento"'),
    );
    await refused(path, /evento\.copy\.zst/);
  });

  it('a file is another one', async () => {
    const path = await copyOfBackup();
    await writeFile(join(path, 'event.copy.zst'), await readFile(join(path, 'person.copy.zst')));
    await refused(path, /does not hold what was written/);
  });

  it('a folder is none of ours', async () => {
    await refused(await tempFolder(), /no finished back-up/);
    const path = await copyOfBackup();
    await writeFile(join(path, 'manifest.json'), '{"format":"tar"}');
    await refused(path, /not what Dudao writes/);
  });

  it('the back-up is of a newer program', async () => {
    const path = await copyOfBackup();
    const text = await readFile(join(path, 'manifest.json'), 'utf8');
    await writeFile(join(path, 'manifest.json'), text.replace('"0001_records"', '"0001_records", "9999_later"'));
    await refused(path, /newer program: it has the migration 9999_later/);
  });

  it('the database has records already', async () => {
    await expect(restore(backup.path, url)).rejects.toThrow(/an empty one/);
    expect((await tables(pool)).event).toBeGreaterThan(0);
  });

  it('the database is somebody else’s', async () => {
    const target = await createTestDatabase('empty');
    await reading(target.url, (one) => one.query('create table accounts (id int)'));
    await expect(restore(backup.path, target.url)).rejects.toThrow(/an empty one/);
    expect(await reading(target.url, tables)).toEqual({ accounts: 0 });
  });
});
