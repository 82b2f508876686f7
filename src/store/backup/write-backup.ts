// Takes a back-up: all tables in one snapshot while the service goes on, and the evidence photos. A folder that is there
// under its own name is whole; what was broken off is a draft, and swept away by the next one.
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { PhotoFiles, PhotoFolder } from '../../ports-photos.ts';
import { BackupProblem } from './backup-problem.ts';
import { type Manifest, type TableCopy, tableFile, writeManifest } from './manifest.ts';
import { copyOut } from './table-copies.ts';

export interface BackupOrder {
  readonly url: string;
  /** The folder that holds all back-ups. */
  readonly folder: string;
  readonly photos: Pick<PhotoFiles, 'get'>;
  /** The copies of photos, which all back-ups of the folder share. */
  readonly copies: PhotoFolder;
  /** Real time. */
  readonly takenAt: Date;
  readonly onTable?: (table: TableCopy) => void;
}

export interface TakenBackup {
  /** Real time. */
  readonly takenAt: Date;
  readonly path: string;
  readonly rows: number;
  readonly photos: number;
  /** Photos that the records name and nobody has any more. */
  readonly missingPhotos: readonly string[];
}

const DRAFT = '.draft';
/** Compressed, a database is a small part of what it takes on disk; a back-up that fits into this share cannot fill it. */
const ROOM_SHARE = 0.5;

/** Throws BackupProblem when there is no room or the folder cannot be written; nothing half-done stays. */
export const writeBackup = async (order: BackupOrder): Promise<TakenBackup> => {
  const { folder, takenAt, url } = order;
  const path = join(folder, takenAt.toISOString().slice(0, 19).replaceAll(':', '-'));
  const draft = `${path}${DRAFT}`;
  const client = new pg.Client({ connectionString: url, application_name: 'dudao backup' });
  try {
    await mkdir(folder, { recursive: true });
    await sweep(folder);
    await mkdir(draft, { mode: 0o700 });
    await client.connect();
    // One snapshot for all tables: what was committed before this line is in, whole; what comes later is not.
    await client.query('begin isolation level repeatable read read only');
    await makeSureOfRoom(client, folder);
    const manifest = await copyAll(client, draft, order);
    const missingPhotos = await copyPhotos(manifest.photos, order);
    await writeManifest(draft, manifest);
    await rename(draft, path);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { takenAt, path, rows, photos: manifest.photos.length - missingPhotos.length, missingPhotos };
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {}); // where nothing can be written, nothing is to be removed
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new BackupProblem(`the disk of ${folder} is full: no back-up was taken. Make room.`);
    if (code === 'EACCES' || code === 'EROFS' || code === 'EEXIST' || code === 'ENOTDIR')
      throw new BackupProblem(`no back-up can be written into ${folder}: ${message}.`);
    throw error;
  } finally {
    await client.end().catch(() => {}); // it may never have been connected
  }
};

const sweep = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (name.endsWith(DRAFT)) await rm(join(folder, name), { recursive: true, force: true });
  }
};

const makeSureOfRoom = async (client: pg.Client, folder: string): Promise<void> => {
  const { rows } = await client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
  const needed = Number(rows[0]?.bytes ?? 0) * ROOM_SHARE;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed)
    throw new BackupProblem(
      `the disk of ${folder} has ${Math.floor((bavail * bsize) / 2 ** 20)} MB left, and a back-up may need ${Math.ceil(needed / 2 ** 20)} MB: none was taken. Make room.`,
    );
};

const copyAll = async (client: pg.Client, draft: string, order: BackupOrder): Promise<Omit<Manifest, 'format'>> => {
  const tables: TableCopy[] = [];
  for (const table of await readTables(client)) {
    const copied = await copyOut(client, table, tableFile(draft, table.name));
    tables.push(copied);
    order.onTable?.(copied);
  }
  const migrations = await client.query<{ name: string }>(
    'select migration_name as name from _prisma_migrations where rolled_back_at is null and finished_at is not null order by migration_name',
  );
  const sequences = await client.query<{ name: string; last: string | null }>(
    `select sequencename as name, last_value as last from pg_sequences where schemaname = 'public' order by 1`,
  );
  const photos = await client.query<{ hash: string }>('select distinct hash from photo order by 1');
  return {
    takenAt: order.takenAt.toISOString(),
    migrations: migrations.rows.map((row) => row.name),
    tables,
    sequences: sequences.rows.map(({ name, last }) => ({ name, last: last === null ? null : Number(last) })),
    photos: photos.rows.map((row) => row.hash),
  };
};

/** Every table of ours with its columns; Prisma's books are made anew by the migrations. */
export const readTables = async (client: pg.Client): Promise<{ name: string; columns: string[] }[]> => {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'
      group by c.relname order by c.relname`,
  );
  return rows;
};

/** Photos lie beside the back-ups and never change: only new ones are copied. */
const copyPhotos = async (hashes: readonly string[], { photos, copies }: BackupOrder): Promise<string[]> => {
  const missing: string[] = [];
  for (const hash of hashes) {
    if (await copies.has(hash)) continue;
    const bytes = await photos.get(hash);
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== hash) missing.push(hash);
    else await copies.put(hash, bytes);
  }
  return missing;
};

/** Keeps the newest back-ups, and of their photos all: they belong to the records that are still there. */
export const keepNewest = async (folder: string, most: number): Promise<void> => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/.test(name)).sort();
  for (const name of names.slice(0, -most)) await rm(join(folder, name), { recursive: true, force: true });
};
