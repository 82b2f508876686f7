// The database the service runs on: an external PostgreSQL, or the embedded one in DATA_DIR. Here is when the embedded
// server starts, comes back and stops; where it lives is embedded-home.ts, its processes are embedded-server.ts, and who
// uses it is embedded-seat.ts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { defaultSharedDir, findHome, type Home, rememberPort } from './embedded-home.ts';
import { databaseUrl, type Seat, takeSeat } from './embedded-seat.ts';
import {
  freePort,
  initCluster,
  isAlive,
  type Launch,
  launchServer,
  runningServer,
  type Settings,
  stopServer,
} from './embedded-server.ts';
import { checkExternal } from './external.ts';
import { type StartLog, StartProblem } from './start-problem.ts';

export interface DatabaseOptions {
  /** An external server; empty or left out: the embedded one. */
  databaseUrl?: string | undefined;
  dataDir: string;
  log: StartLog;
  /** PostgreSQL settings, for the start that launches the embedded server. */
  settings?: Settings;
  /** Where binaries and data go when PostgreSQL's own user cannot enter our folders. */
  sharedDir?: string;
}

export interface Database {
  url: string;
  embedded: boolean;
  /** Resolves when the embedded server died and could not be brought back: time to end the process. */
  lost: Promise<Error>;
  /** Lets go; the last user of an embedded database stops it (under 5 s). Close the pools before. */
  close(): Promise<void>;
}

/** A crash with much to replay may take as long. */
const START_WITHIN_MS = 120_000;
/** How long a start goes on against what a killed predecessor leaves behind. */
const RETRY_WITHIN_MS = 15_000;
const STOP_WITHIN_MS = 4_000;

/** Why a postmaster may refuse although nothing is wrong: another one starts, or the children of a killed one still end. */
const passing = /lock file .* already exists|Address already in use|still in use/;

/** For `serve`, which has DATA_DIR for itself. Throws a StartProblem that says what is in the way. */
export const openDatabase = (options: DatabaseOptions): Promise<Database> => open(options, true);

/** For the other commands: uses the database that runs, or starts it for their time. */
export const attachDatabase = (options: DatabaseOptions): Promise<Database> => open(options, false);

/** Whether there is a database to attach to: DATA_DIR is empty before the first start. */
export const isThere = ({ databaseUrl: external, dataDir }: DatabaseOptions): boolean =>
  Boolean(external) || existsSync(join(dataDir, 'postgres.json'));

async function open(options: DatabaseOptions, serving: boolean): Promise<Database> {
  const { databaseUrl: external, dataDir, log, settings = {}, sharedDir = defaultSharedDir } = options;
  if (external) {
    await checkExternal(external, log);
    return { url: external, embedded: false, lost: new Promise(() => {}), close: async () => {} };
  }
  if (process.platform === 'win32') {
    throw new StartProblem('the embedded PostgreSQL does not run on Windows. Set DATABASE_URL.');
  }
  const home = await findHome(dataDir, sharedDir, log);
  await initCluster(home);
  return keep(home, serving, settings, log);
}

/** Takes the database and keeps it: a server that dies under us is started again on its port, where the pools look for it. */
async function keep(home: Home, serving: boolean, settings: Settings, log: StartLog): Promise<Database> {
  const closing = new AbortController();
  let seat = await sitDown(home, serving, settings, closing.signal);
  const { port } = seat;
  await rememberPort(home, port);

  /** The seat is kept until the server has heard that it must stop, so that nobody can come in between. */
  const leave = async (): Promise<void> => {
    if (await seat.isLast()) await stopServer(home, STOP_WITHIN_MS);
    await seat.end();
  };

  const watch = async (): Promise<void> => {
    for (;;) {
      await seat.gone;
      if (closing.signal.aborted) return;
      log.error({ port }, 'the embedded PostgreSQL is gone, starting it again');
      seat = await sitDown({ ...home, port }, serving, settings, closing.signal);
      if (closing.signal.aborted) return leave();
      if (seat.port !== port) {
        throw new StartProblem(
          `the embedded PostgreSQL came back on port ${seat.port} instead of ${port}. Start again.`,
        );
      }
      log.info({ port }, 'the embedded PostgreSQL is back');
    }
  };
  let watching: Promise<void> = Promise.resolve();
  const lost = new Promise<Error>((resolve) => {
    watching = watch().catch((error: Error) => {
      if (!closing.signal.aborted) resolve(error);
    });
  });

  const close = async (): Promise<void> => {
    if (!closing.signal.aborted) {
      closing.abort();
      await leave();
    }
    await watching;
  };
  return { url: databaseUrl(home, port), embedded: true, lost, close };
}

/** Gets a seat at the server that runs, or at one launched for it. */
async function sitDown(home: Home, serving: boolean, settings: Settings, closing: AbortSignal): Promise<Seat> {
  const begin = performance.now();
  const spentMs = () => performance.now() - begin;
  let launch: Launch | undefined;
  while (spentMs() < START_WITHIN_MS) {
    if (closing.aborted) {
      if (launch) await stopServer(home, STOP_WITHIN_MS);
      throw new StartProblem('closed while the database was starting');
    }
    const server = await runningServer(home);
    if (server) {
      const seat = await takeSeat(home, server.port, serving);
      if (seat && 'gone' in seat) return seat;
      // A holder whose process has ended lets go as soon as the server notices.
      if (seat && ((await isAlive(seat.servedBy)) || spentMs() > RETRY_WITHIN_MS)) {
        throw new StartProblem(
          `${home.dataDir} is already served by process ${seat.servedBy}. Stop that one first, or set DATA_DIR to another folder.`,
        );
      }
    } else if (!launch || launch.ended()) {
      const complaint = (await launch?.output()) ?? '';
      if (complaint && !(passing.test(complaint) && spentMs() < RETRY_WITHIN_MS)) {
        throw new StartProblem(`PostgreSQL does not start on ${home.cluster}: ${complaint}`);
      }
      launch = await launchServer(home, await freePort(home.port), settings);
    }
    await delay(20);
  }
  throw new StartProblem(
    `the database in ${home.cluster} is not ready after ${START_WITHIN_MS / 1000} s. See ${home.dataDir}/postgres.log.`,
  );
}
