// Looks at an external PostgreSQL (DATABASE_URL) before it is used: what we would find out only later, and worse.
import pg from 'pg';
import { type StartLog, StartProblem } from './start-problem.ts';

/** Throws a StartProblem unless a PostgreSQL ≥ 15 in UTF-8 answers at `url`. */
export async function checkExternal(url: string, log: StartLog): Promise<void> {
  const client = clientFor(url);
  const where = `${client.host}:${client.port}/${client.database ?? ''}`;
  client.on('error', (error) => log.warn({ err: error }, 'connection lost while checking DATABASE_URL'));
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; number: number; encoding: string; ctype: string }>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
              current_setting('server_encoding') as encoding, datctype as ctype
         from pg_database where datname = current_database()`,
    );
    const [found] = rows;
    if (!found) throw new StartProblem(`DATABASE_URL: ${where} does not say what it is.`);
    if (found.number < 150_000) {
      throw new StartProblem(`DATABASE_URL: ${where} is PostgreSQL ${found.version}; 15 or newer is needed.`);
    }
    if (found.encoding !== 'UTF8') {
      throw new StartProblem(
        `DATABASE_URL: ${where} keeps text as ${found.encoding}; UTF8 is needed. Make it anew: CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0.`,
      );
    }
    if (found.ctype === 'C' || found.ctype === 'POSIX') {
      log.warn(
        { ctype: found.ctype },
        `DATABASE_URL: with LC_CTYPE ${found.ctype} PostgreSQL cannot tell Chinese letters; C.UTF-8 is better`,
      );
    }
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(
      `DATABASE_URL: no database to be had at ${where}: ${reason(error)}. Check the address, the name and the password, and that the server runs.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {}); // it may never have been connected
  }
}

function clientFor(url: string): pg.Client {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new StartProblem(
      'DATABASE_URL is not an address of PostgreSQL: it begins with postgresql://user:password@host:port/database.',
    );
  }
  try {
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'dudao check' });
  } catch {
    throw new StartProblem(
      'DATABASE_URL cannot be read: write it as postgresql://user:password@host:port/database, with % escapes in the password.',
    );
  }
}

/** Node's AggregateError (several addresses tried) has an empty message. */
const reason = (error: unknown) => (error as Error).message || String((error as NodeJS.ErrnoException).code);
