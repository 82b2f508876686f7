// The processes of the embedded PostgreSQL: initdb, one postmaster, its end. What they live on is embedded-home.ts;
// who may use the database, and when it stops, is embedded.ts.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Home, openFolder } from './embedded-home.ts';
import { StartProblem } from './start-problem.ts';

export const superuser = 'dudao';

export type Settings = Readonly<Record<string, string>>;

const baseSettings: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  // Plans of the first busy day must not be those of the empty tables of the morning.
  autovacuum_naptime: '15s',
  // A refused statement is the program's to report; PostgreSQL's line about it would carry the row, and so a person.
  log_min_messages: 'log',
  log_checkpoints: 'off',
};

/** UTF-8 in the C locale: with plain `C`, pg_trgm finds nothing in Chinese names. The builtin provider sorts alike everywhere. */
const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
const initdbOptions = [
  '--encoding=UTF8',
  `--locale=${locale}`,
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  `--username=${superuser}`,
];

/** Makes the cluster if there is none. A first start that was broken off, or one beside this, leaves no half of one. */
export async function initCluster(home: Home): Promise<void> {
  if (await exists(join(home.cluster, 'PG_VERSION'))) return;
  if (home.port !== undefined) {
    throw new StartProblem(
      `the database folder ${home.cluster} is gone, and ${join(home.dataDir, 'postgres.json')} says that there was one. Restore the folder from a backup, or delete that file to begin with an empty database.`,
    );
  }
  await openFolder(dirname(home.cluster));
  await sweepDrafts(home);
  const draft = `${home.cluster}.draft-${process.pid}`;
  const passwordFile = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, home.password, { mode: 0o600 });
    if (home.identity)
      for (const path of [draft, passwordFile]) await chown(path, home.identity.uid, home.identity.gid);
    await runInitdb(home, [...initdbOptions, `--pgdata=${draft}`, `--pwfile=${passwordFile}`]);
    await rename(draft, home.cluster).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error; // otherwise another start was faster
    });
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

/** Drafts of first starts that were killed. */
async function sweepDrafts({ cluster }: Home): Promise<void> {
  for (const entry of await readdir(dirname(cluster))) {
    const [, name, pid] = /^(.+)\.draft-(\d+)/.exec(entry) ?? [];
    if (name !== basename(cluster) || (await isAlive(Number(pid)))) continue;
    await rm(join(dirname(cluster), entry), { recursive: true, force: true });
  }
}

async function runInitdb(home: Home, options: string[]): Promise<void> {
  const child = spawn(join(home.binaries, 'bin/initdb'), options, {
    ...home.identity,
    cwd: '/',
    env: {},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done)).catch(
    cannotRun(home),
  );
  if (code !== 0)
    throw new StartProblem(`initdb could not make the database in ${home.cluster}: ${oneLine(complaint)}`);
}

export interface Launch {
  /** Becomes true when the postmaster has ended. */
  ended(): boolean;
  /** What it wrote since the launch, to say why it ended. */
  output(): Promise<string>;
}

/**
 * Spawns a postmaster, in a process group of its own so that Ctrl-C on the terminal ends us and not it: we drain first
 * and stop it last. It writes to a file, because a pipe would break with us.
 */
export async function launchServer(home: Home, port: number, settings: Settings): Promise<Launch> {
  const logPath = join(home.dataDir, 'postgres.log');
  const { size } = await stat(logPath).catch(() => ({ size: 0 }));
  if (size > 1_000_000) await rename(logPath, `${logPath}.1`);
  const log = await open(logPath, 'a', 0o600);
  const from = (await log.stat()).size;
  const options = Object.entries({ ...baseSettings, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(join(home.binaries, 'bin/postgres'), ['-D', home.cluster, '-p', String(port), ...options], {
    ...home.identity,
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  await started(child)
    .catch(cannotRun(home))
    .finally(() => log.close());
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  return {
    ended: () => ended,
    output: async () => oneLine((await readFile(logPath)).subarray(from).toString('utf8')),
  };
}

const started = (child: ChildProcess) => new Promise<void>((done, fail) => child.on('spawn', done).on('error', fail));

const cannotRun = (home: Home) => (error: Error) => {
  throw new StartProblem(
    `PostgreSQL's binaries in ${home.binaries} do not run here: ${error.message}. Install again with \`npm ci\`, or set DATABASE_URL.`,
  );
};

/** The postmaster of this cluster, as its pid file tells; undefined when there is none, or only a file left by a dead one. */
export async function runningServer({
  cluster,
}: Pick<Home, 'cluster'>): Promise<{ pid: number; port: number } | undefined> {
  const path = join(cluster, 'postmaster.pid');
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid) return undefined;
  // Two files that PostgreSQL itself would trip over: of a pid that now is somebody else's (after a restart of the machine
  // or container), and one that came along when DATA_DIR was copied from a running service. Should we err, its lock on
  // shared memory, which goes by the folder's inode, still keeps a second postmaster out.
  if (lines[1] !== cluster || !(await isAlive(pid, 'postgres'))) {
    await rm(path, { force: true });
    return undefined;
  }
  return port ? { pid, port } : undefined;
}

/** Fast shutdown: open transactions are rolled back. After `graceMs`, at once: the next start then replays the log. */
export async function stopServer(home: Pick<Home, 'cluster'>, graceMs: number): Promise<void> {
  const server = await runningServer(home);
  if (!server) return;
  process.kill(server.pid, 'SIGINT');
  if (await hasEnded(server.pid, graceMs)) return;
  process.kill(server.pid, 'SIGQUIT');
  await hasEnded(server.pid, 1_000);
}

async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  for (const until = performance.now() + withinMs; performance.now() < until; ) {
    if (!(await isAlive(pid))) return true;
    await delay(10);
  }
  return false;
}

/** Whether the process exists, is no zombie, and (where the system tells) bears the name. */
export async function isAlive(pid: number, name?: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const [, comm, state] = /\((.*)\) (.)/s.exec(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')) ?? [];
    return state !== undefined && !'ZX'.includes(state) && (!name || comm === name);
  }
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * A port of 127.0.0.1 that nobody listens on now: `wanted` if it is free. Below the range for outgoing connections, in
 * which a client that keeps knocking at a stopped server may end up connected to itself, and the port taken.
 */
export async function freePort(wanted = randomInt(20_000, 32_000)): Promise<number> {
  const probe = createServer();
  try {
    await new Promise<void>((done, fail) => probe.on('error', fail).listen(wanted, '127.0.0.1', done));
    return wanted;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return await freePort();
  } finally {
    probe.close();
  }
}

const exists = async (path: string) => Boolean(await stat(path).catch(() => undefined));

const oneLine = (text: string) => text.trim().split('\n').slice(-4).join(' | ');
