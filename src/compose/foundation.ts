// What every command stands on: the database with its migrations, and the pools over it. Closed in the reverse order.
import type pg from 'pg';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { attachDatabase, type Database, type DatabaseOptions, isThere, openDatabase } from '../store/embedded.ts';
import { migrate, unapplied } from '../store/migrations.ts';
import { openPool } from '../store/pool.ts';
import { openPrisma, type PrismaClient } from '../store/prisma.ts';
import { makeSettings, type ServiceSettings } from '../store/settings.ts';

export interface Foundation {
  readonly database: Database;
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  readonly settings: ServiceSettings;
  close(): Promise<void>;
}

type Where = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** `serve` has the embedded database for itself; other commands attach to the running one or start it for their time. */
export const layFoundation = async (
  { databaseUrl, dataDir }: Where,
  log: Logger,
  serving: boolean,
  settings: DatabaseOptions['settings'] = {},
): Promise<Foundation> => {
  const open = serving ? openDatabase : attachDatabase;
  const database = await open({ databaseUrl: databaseUrl ?? undefined, dataDir, settings, log });
  try {
    await migrate(database.url, log);
  } catch (error) {
    await database.close();
    throw error;
  }
  return foundationOn(database, log);
};

/** What whoever only looks finds: no database is made, no migration applied. */
export interface Looked {
  readonly foundation: Foundation;
  /** Migrations that the next start applies; with any, the tables are not those of this program. */
  readonly unapplied: readonly string[];
}

/** Null: there is no database yet. Throws a StartProblem as `layFoundation` does. */
export const lookAtFoundation = async ({ databaseUrl, dataDir }: Where, log: Logger): Promise<Looked | null> => {
  const options = { databaseUrl: databaseUrl ?? undefined, dataDir, log };
  if (!isThere(options)) return null;
  const database = await attachDatabase(options);
  try {
    return { unapplied: await unapplied(database.url, log), foundation: foundationOn(database, log) };
  } catch (error) {
    await database.close();
    throw error;
  }
};

const foundationOn = (database: Database, log: Logger): Foundation => {
  const pool = openPool(database.url, { log });
  const prisma = openPrisma(pool);
  return {
    database,
    pool,
    prisma,
    settings: makeSettings(pool),
    async close() {
      await prisma.$disconnect();
      // Prisma may have ended the pool that it shares with us.
      if (!pool.ended) await pool.end();
      await database.close();
    },
  };
};
