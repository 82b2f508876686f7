// A user's seat at the embedded database: one connection that holds two advisory locks and nothing else. They say who is
// there, and vanish with a killed process, which no lock file does.
//   PRESENT  shared by all users of a DATA_DIR; who leaves and can have it alone was the last, and stops the server
//   SERVING  held alone by `serve`
import pg from 'pg';
import type { Home } from './embedded-home.ts';
import { superuser } from './embedded-server.ts';
import { StartProblem } from './start-problem.ts';

const CLASS = 0x6475_6461;
const PRESENT = 1;
const SERVING = 2;

const database = 'dudao';

export interface Seat {
  port: number;
  /** Resolves when the connection has ended, by us or by the server's death. */
  gone: Promise<void>;
  /** True if nobody else is there now, nor can come before the connection ends. */
  isLast(): Promise<boolean>;
  end(): Promise<void>;
}

export const databaseUrl = (home: Home, port: number, name = database): string =>
  `postgresql://${superuser}:${home.password}@127.0.0.1:${port}/${name}`;

/** Undefined: there is no server to connect to, or it is starting or stopping; ask again. */
export async function takeSeat(
  home: Home,
  port: number,
  serving: boolean,
): Promise<Seat | { servedBy: number } | undefined> {
  const client = new pg.Client({
    connectionString: databaseUrl(home, port, 'postgres'),
    application_name: `dudao ${serving ? 'serve' : 'command'} ${process.pid}`,
  });
  const gone = new Promise<void>((resolve) => client.on('end', resolve));
  client.on('error', () => {}); // always followed by `end`
  try {
    await client.connect();
    if (serving && !(await takeLock(client, 'pg_try_advisory_lock', SERVING))) {
      const servedBy = await findServing(client);
      await client.end();
      return servedBy ? { servedBy } : undefined;
    }
    if (!(await takeLock(client, 'pg_try_advisory_lock_shared', PRESENT))) {
      await client.end();
      return undefined;
    }
    await ensureDatabase(client);
  } catch (error) {
    await client.end().catch(() => {}); // it may be the connection that failed
    if (isPassing(error)) return undefined;
    throw asProblem(error, home);
  }
  return {
    port,
    gone,
    isLast: async () => {
      try {
        await client.query('select pg_advisory_unlock_shared($1, $2)', [CLASS, PRESENT]);
        return await takeLock(client, 'pg_try_advisory_lock', PRESENT);
      } catch {
        return false; // the server is gone already
      }
    },
    end: () => client.end(),
  };
}

async function takeLock(client: pg.Client, how: string, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`select ${how}($1, $2) as taken`, [CLASS, lock]);
  return rows[0]?.taken ?? false;
}

async function findServing(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and classid = $1 and objid = $2 and granted`,
    [CLASS, SERVING],
  );
  return rows[0] && Number(rows[0].name.split(' ').at(-1));
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
  if (rowCount) return;
  await client.query(`create database ${database}`).catch((error: pg.DatabaseError) => {
    if (error.code !== '42P04' && error.code !== '23505') throw error; // otherwise another start was faster
  });
}

/** No server yet, or one that starts up, shuts down or just died. */
function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: string; message: string };
  const codes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'];
  return code ? codes.includes(code) : message.startsWith('Connection terminated');
}

function asProblem(error: unknown, home: Home): unknown {
  if ((error as pg.DatabaseError).code !== '28P01') return error;
  return new StartProblem(
    `the password in ${home.dataDir}/postgres.json is not that of the database in ${home.cluster}. Restore the two together from a backup.`,
  );
}
