// Brings a back-up into an empty database, or into a database of its own that is thrown away, to prove that it can be done.

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { PhotoFiles } from '../../ports-photos.ts';
import { knownMigrations, migrate } from '../migrations.ts';
import type { StartLog } from '../start-problem.ts';
import { BackupProblem } from './backup-problem.ts';
import { type Manifest, readManifest, tableFile } from './manifest.ts';
import { checkCopy, copyIn, copyOut } from './table-copies.ts';

export interface RestoreOrder {
  /** The folder of one back-up. */
  readonly path: string;
  /** The database that it goes into. */
  readonly url: string;
  /** The copies that lie beside the back-up, and where they belong. */
  readonly copies: Pick<PhotoFiles, 'get'>;
  readonly photos: Pick<PhotoFiles, 'put'>;
  readonly log: StartLog;
}

export interface Restored {
  readonly takenAt: string;
  readonly rows: number;
  readonly photos: number;
  readonly missingPhotos: readonly string[];
  /** Messages that waited then: they may have left since, and are listed to be sent by hand. */
  readonly held: number;
}

/**
 * Says what is wrong before anything is changed: a back-up that is damaged or of a newer program, a database that is not
 * empty. The rows come in as one transaction. What waited to be sent is not sent: nobody can know whether it left after
 * the back-up was taken. Throws BackupProblem.
 */
export const restoreBackup = async (order: RestoreOrder): Promise<Restored> => {
  const { path, url, log } = order;
  const manifest = await checkBackup(path);
  await connected(url, async (client) => {
    if (!(await isEmpty(client)))
      throw new BackupProblem(
        'this database has records: a back-up goes into an empty one. Use another DATA_DIR or DATABASE_URL.',
      );
    await client.query('drop schema public cascade; create schema public');
  });
  await migrate(url, log, undefined, manifest.migrations);
  const held = await connected(url, async (client) => {
    await client.query('begin');
    await readIn(client, path, manifest);
    const waiting = await holdBack(client);
    await client.query('commit');
    return waiting;
  });
  await migrate(url, log);
  const missingPhotos = await restorePhotos(manifest.photos, order);
  return {
    takenAt: manifest.takenAt,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    photos: manifest.photos.length - missingPhotos.length,
    missingPhotos,
    held,
  };
};

/** Whether it is whole, and of this program or an older one. Throws BackupProblem. */
export const checkBackup = async (path: string): Promise<Manifest> => {
  const manifest = await readManifest(path);
  const known = new Set(await knownMigrations());
  const unknown = manifest.migrations.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new BackupProblem(
      `${path} is of a newer program: it has the migration ${unknown}, which this one has not. Start the newer program.`,
    );
  for (const table of manifest.tables) await checkCopy(table, tableFile(path, table.name));
  return manifest;
};

/**
 * Restores into a database of its own on the same server, reads every table out again and compares. Throws BackupProblem
 * when the server lets nobody make databases, or when anything differs.
 */
export const proveBackup = async (path: string, serverUrl: string, log: StartLog): Promise<void> => {
  const manifest = await checkBackup(path);
  const name = `dudao_proof_${randomUUID().slice(0, 8)}`;
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  await connected(serverUrl, async (client) => {
    await client.query(`create database ${name} template template0`).catch((error: Error) => {
      throw new BackupProblem(`no proof: a database for it cannot be made (${error.message}).`, { cause: error });
    });
  });
  try {
    await migrate(url, log, undefined, manifest.migrations);
    await connected(url, async (client) => {
      await readIn(client, path, manifest);
      for (const table of manifest.tables) {
        const { rows, digest } = await copyOut(client, table, null);
        if (rows !== table.rows || digest !== table.digest)
          throw new BackupProblem(
            `proof failed: ${table.name} comes back as ${rows} rows that are not the ${table.rows} written.`,
          );
      }
    });
  } finally {
    await connected(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  }
};

const connected = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, application_name: 'dudao restore' });
  client.on('error', () => {}); // what is under way fails with the reason
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Nothing at all, or our tables with nothing in them yet. Somebody else's tables are no empty database. */
const isEmpty = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ tables: number; ours: boolean }>(
    `select count(*)::int as tables, coalesce(bool_or(relname = '_prisma_migrations'), false) and to_regclass('public.event') is not null as ours
       from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  const { tables = 0, ours = false } = rows[0] ?? {};
  if (tables === 0) return true;
  if (!ours) return false;
  const used = ['event', 'person', 'inbound', 'inspection', 'outbox'].map((name) => `exists (select from ${name})`);
  const { rows: answer } = await client.query<{ used: boolean }>(`select ${used.join(' or ')} as used`);
  return answer[0]?.used === false;
};

const readIn = async (client: pg.Client, path: string, manifest: Manifest): Promise<void> => {
  const names = manifest.tables.map(({ name }) => `"${name}"`).join(', ');
  await client.query(`truncate ${names}`);
  for (const table of manifest.tables) await copyIn(client, table, tableFile(path, table.name));
  for (const { name, last } of manifest.sequences) {
    if (last !== null) await client.query('select setval($1, $2)', [name, last]);
  }
};

const heldBack = 'restored from a back-up: it may have been sent since that was taken';

/**
 * What a restored service must not do again: send what waited, keep leases of a process that is gone, run slots whose
 * time has passed. Slots begin with the next start of the service.
 */
const holdBack = async (client: pg.Client): Promise<number> => {
  const { rowCount } = await client.query(
    `update outbox set state = 'unknown', error = $1 where state in ('waiting', 'sending')`,
    [heldBack],
  );
  await client.query('update lane set lease = null, lease_until = null, due_at = null');
  await client.query('delete from lease');
  await client.query('delete from card_mark');
  await client.query(`delete from setting where key = 'service.first_start'`);
  return rowCount ?? 0;
};

const restorePhotos = async (hashes: readonly string[], { copies, photos }: RestoreOrder): Promise<string[]> => {
  const missing: string[] = [];
  for (const hash of hashes) {
    const bytes = await copies.get(hash);
    if (bytes === null) missing.push(hash);
    else await photos.put(hash, bytes);
  }
  return missing;
};
