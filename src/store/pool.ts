// Opens the pool of connections that hand-written SQL runs on. Not the embedded server, and not Prisma's own pool.
import pg from 'pg';
import type { Log } from '../ports.ts';

const { DATE, INT8 } = pg.types.builtins;
const parsers = new Map<number, (text: string) => unknown>([
  // A day has no time zone (domain/calendar.ts); pg would make it midnight of wherever this process runs.
  [DATE, (text) => text],
  // Ids and counts stay far below 2^53.
  [INT8, Number],
]);

/** These parsers for this pool only; pg's own for every other type, and for binary. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

export interface PoolOptions {
  /** Connections at most; PostgreSQL allows 100 by default, shared by all replicas. */
  readonly max?: number;
  readonly log?: Pick<Log, 'warn'>;
}

/** `date` columns come as `YYYY-MM-DD`, `bigint` as number, instants as Date. */
export const openPool = (url: string, { max = 16, log }: PoolOptions = {}): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: 'dudao',
    // Every statement is an index look-up whatever its values; planning anew for each would cost more than running it.
    options: '-c plan_cache_mode=force_generic_plan',
  });
  // An idle connection that breaks (the server restarts) would end the process if nobody listened; the pool replaces it.
  pool.on('error', (error) => log?.warn({ err: error }, 'a database connection broke'));
  return pool;
};
