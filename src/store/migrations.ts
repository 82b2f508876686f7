// Brings a database to the form that this program knows: applies prisma/migrations/*/migration.sql in the order of
// their names and keeps the books as Prisma does (`_prisma_migrations`), so that `prisma migrate deploy` agrees.
// It makes no migrations (scripts/make-migration.ts) and creates no database (embedded.ts).
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type StartLog, StartProblem } from './start-problem.ts';

export const migrationsFolder = join(import.meta.dirname, '../../prisma/migrations');

/** The advisory lock that Prisma's own schema engine takes: neither runs beside the other. */
const LOCK = 72_707_369;

/** As Prisma creates it. */
const BOOKS = `create table if not exists _prisma_migrations (
  id                  varchar(36) primary key not null,
  checksum            varchar(64) not null,
  finished_at         timestamptz,
  migration_name      varchar(255) not null,
  logs                text,
  rolled_back_at      timestamptz,
  started_at          timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

interface Migration {
  name: string;
  sql: string;
  /** Prisma's: sha256 of the file's bytes, hex. */
  checksum: string;
}

interface Entry {
  name: string;
  checksum: string;
  finished: boolean;
}

/**
 * Applies what is missing, each migration in a transaction of its own, and returns the names of those applied now.
 * Replicas that start together wait for one another. Throws a StartProblem when a migration fails (nothing of it is
 * kept, earlier ones stay), was changed after it was applied, or is known to the database and not to this program.
 */
export async function migrate(
  url: string,
  log: StartLog,
  folder = migrationsFolder,
  /** Only these: the form that a back-up had. */
  only: readonly string[] | null = null,
): Promise<string[]> {
  const migrations = (await readMigrations(folder)).filter(({ name }) => only?.includes(name) ?? true);
  const client = new pg.Client({ connectionString: url, application_name: 'dudao migrate' });
  client.on('error', (error) => log.error({ err: error }, 'connection lost while migrating'));
  await client.connect();
  try {
    await client.query('set client_min_messages = warning');
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(BOOKS);
    const missing = missingMigrations(migrations, await readEntries(client), folder);
    for (const migration of missing) {
      await apply(client, migration, folder);
      log.info({ migration: migration.name }, 'migration applied');
    }
    return missing.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** The names of those that `migrate` would apply, without applying any. Throws a StartProblem as it does. */
export async function unapplied(url: string, log: StartLog, folder = migrationsFolder): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'dudao migrations' });
  client.on('error', (error) => log.error({ err: error }, 'connection lost while looking at migrations'));
  await client.connect();
  try {
    const { rows } = await client.query<{ kept: boolean }>(
      `select to_regclass('_prisma_migrations') is not null as kept`,
    );
    const entries = rows[0]?.kept ? await readEntries(client) : [];
    return missingMigrations(await readMigrations(folder), entries, folder).map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** The names of the migrations that this program knows, in their order. */
export const knownMigrations = async (): Promise<string[]> =>
  (await readMigrations(migrationsFolder)).map((migration) => migration.name);

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name, 'migration.sql');
      const bytes = await readFile(path).catch(() => {
        throw new StartProblem(`migration ${name} has no SQL: ${path} cannot be read. Restore the file from git.`);
      });
      return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
}

async function readEntries(client: pg.Client): Promise<Entry[]> {
  const { rows } = await client.query<Entry>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null order by started_at`,
  );
  return rows;
}

/** Decides what is still to be applied, or why this program and this database do not belong together. */
function missingMigrations(migrations: readonly Migration[], entries: readonly Entry[], folder: string): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of entries) {
    const migration = known.get(name);
    if (!migration) {
      throw new StartProblem(
        `the database is newer than this program: it has migration ${name}, which ${folder} has not. Start the newer program, or restore a backup of this version.`,
      );
    }
    if (!finished) {
      throw new StartProblem(
        `migration ${name} was begun on this database and never finished. Repair what it left, then run \`npx prisma migrate resolve --rolled-back ${name}\` (or \`--applied\`).`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new StartProblem(
        `migration ${name} was changed after this database got it: ${join(folder, name, 'migration.sql')} has sha256 ${migration.checksum.slice(0, 12)}…, applied was ${checksum.slice(0, 12)}…. Restore the file from git and put the change into a new migration.`,
      );
    }
  }
  const applied = new Set(entries.map((entry) => entry.name));
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration, folder: string): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {}); // the connection itself may be what failed
    throw new StartProblem(
      `migration ${name} failed at ${join(folder, name, 'migration.sql')}${place(sql, error)}: ${(error as Error).message}. Nothing of it was kept; the database stays as it was before. Repair the file or the data, then start again.`,
      { cause: error },
    );
  }
}

/** `:LINE` of the statement that failed, where PostgreSQL tells it. */
function place(sql: string, error: unknown): string {
  const position = error instanceof pg.DatabaseError ? Number(error.position) : Number.NaN;
  return Number.isNaN(position) ? '' : `:${sql.slice(0, position - 1).split('\n').length}`;
}
