import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { attachDatabase, type Database, openDatabase } from '../../src/store/embedded.ts';
import { canEnter, installedBinaries, placeBinaries } from '../../src/store/embedded-home.ts';
import { runningServer, stopServer } from '../../src/store/embedded-server.ts';
import { StartProblem } from '../../src/store/start-problem.ts';
import { silent } from '../support/silent-log.ts';
import { tempFolder } from '../support/temp-folder.ts';

const nobody = { uid: 65534, gid: 65534 };
const root = process.getuid?.() === 0;

const children: { kill(): Promise<void> }[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
});

describe('the embedded database', () => {
  let folder: string;
  let dataDir: string;
  let cluster: string;
  const opened: Database[] = [];

  beforeAll(async () => {
    folder = await tempFolder();
    dataDir = join(folder, 'data');
    cluster = join(dataDir, 'postgres');
  });
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  afterAll(async () => {
    await stopServer({ cluster }, 4_000);
    await rm(folder, { recursive: true });
  });

  const options = () => ({ dataDir, sharedDir: join(folder, 'shared'), log: silent });
  const serve = () => hold(openDatabase(options()));
  const attach = () => hold(attachDatabase(options()));
  async function hold(opening: Promise<Database>): Promise<Database> {
    const database = await opening;
    opened.push(database);
    return database;
  }

  it('starts in an empty folder, for this machine only, with a password that only its owner reads', async () => {
    const { url, embedded } = await serve();
    expect(embedded).toBe(true);
    expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
    expect(new URL(url)).toMatchObject({ hostname: '127.0.0.1', pathname: '/dudao' });
    const wrong = Object.assign(new URL(url), { password: 'wrong' }).href;
    await expect(query(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(
      await query(
        url,
        "select current_setting('listen_addresses') as a, current_setting('unix_socket_directories') as b",
      ),
    ).toEqual([{ a: '127.0.0.1', b: '' }]);
  });

  it('knows Chinese letters', async () => {
    const { url } = await serve();
    await query(url, 'create extension pg_trgm');
    expect(await query(url, "select cardinality(show_trgm('李明')) as trigrams, lower('Ä') as lower")).toEqual([
      { trigrams: 3, lower: 'ä' },
    ]);
  });

  it('keeps what was written when it starts again', async () => {
    await query((await serve()).url, 'create table kept as select 1 as n');
    await opened.pop()?.close();
    expect(await runningServer({ cluster })).toBeUndefined();
    expect(await query((await serve()).url, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('is refused to a second server, in one line that says who has it', async () => {
    await serve();
    const problem = await problemOf(openDatabase(options()));
    expect(problem).toBe(
      `${dataDir} is already served by process ${process.pid}. Stop that one first, or set DATA_DIR to another folder.`,
    );
  });

  it('is open to a command while it is served, and outlives the command', async () => {
    const { url } = await serve();
    const command = await attach();
    expect(command.url).toBe(url);
    await command.close();
    expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('stays for a command that is not finished when the server stops, and ends with it', async () => {
    const server = await serve();
    const command = await attach();
    await server.close();
    expect(await query(command.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await command.close();
    expect(await runningServer({ cluster })).toBeUndefined();
  });

  it('comes back at the same address when PostgreSQL is killed', async () => {
    const { url } = await serve();
    await query(url, 'create table survivor as select 2 as n');
    process.kill((await runningServer({ cluster }))?.pid ?? Number.NaN, 'SIGKILL');
    await vi.waitFor(async () => expect(await query(url, 'select n from survivor')).toEqual([{ n: 2 }]), {
      timeout: 20_000,
      interval: 50,
    });
  });

  it('is taken over from a server that was killed, with everything that was committed', async () => {
    const child = await serveInChild([dataDir, join(folder, 'shared')]);
    await query(child.said, 'create table committed as select 3 as n');
    await child.kill();
    const { url } = await serve();
    expect(await query(url, 'select n from committed')).toEqual([{ n: 3 }]);
  });

  it('starts after the server and PostgreSQL were killed together', async () => {
    const child = await serveInChild([dataDir, join(folder, 'shared')]);
    await query(child.said, 'create table twice_lucky as select 4 as n');
    process.kill((await runningServer({ cluster }))?.pid ?? Number.NaN, 'SIGKILL');
    await child.kill();
    expect(await query((await serve()).url, 'select n from twice_lucky')).toEqual([{ n: 4 }]);
  });

  it('starts although its pid file names a process that is somebody else', async () => {
    await (await serve()).close();
    await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n0\n5432\n\n127.0.0.1\n\nready\n`);
    expect(await query((await serve()).url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('starts in a copy of the folder that brought along the pid file of the running one', async () => {
    await (await serve()).close();
    const copy = join(folder, 'copy');
    await cp(dataDir, copy, { recursive: true });
    await serve();
    await cp(join(cluster, 'postmaster.pid'), join(copy, 'postgres/postmaster.pid'));
    if (root) await own(join(copy, 'postgres'), await stat(cluster));
    const second = await openDatabase({ ...options(), dataDir: copy });
    const answer = await query(second.url, "select current_setting('data_directory') as folder");
    await second.close();
    expect(answer).toEqual([{ folder: join(copy, 'postgres') }]);
  });

  it('says what is missing when the data are gone, and when the password is', async () => {
    await (await serve()).close();
    await rename(cluster, `${cluster}.away`);
    expect(await problemOf(openDatabase(options()))).toMatch(/^the database folder .*\/postgres is gone/);
    await rename(`${cluster}.away`, cluster);

    const file = join(dataDir, 'postgres.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"password":"[^"]*"/, '"password":"other"'));
    expect(await problemOf(openDatabase(options()))).toMatch(
      /^the password in .*postgres.json is not that of the database/,
    );
    await writeFile(file, '{');
    expect(await problemOf(openDatabase(options()))).toMatch(
      /^.*postgres.json holds the password of the database and cannot be read/,
    );
    await writeFile(file, text);
  });
});

describe('two first starts at once', () => {
  it('make one database, and one of them serves it', async () => {
    const folder = await tempFolder();
    const args = [join(folder, 'data'), join(folder, 'shared')];
    const rivals = await Promise.all([serveInChild(args), serveInChild(args)]);
    expect(rivals.map((child) => child.said.replace(/:\/\/.*|by process .*/, '')).sort()).toEqual(
      [`${args[0]} is already served `, 'postgresql'].sort(),
    );
    for (const child of rivals) await child.stop();
    await rm(folder, { recursive: true });
  });
});

if (root) {
  describe('as root', () => {
    it('puts the data where PostgreSQL can enter, when DATA_DIR is in a private folder, and says where', async () => {
      const [hidden, shared] = [await tempFolder(0o700), await tempFolder()];
      const said: string[] = [];
      const log = { ...silent, info: (_: object, message: string) => said.push(message) };
      const start = () => openDatabase({ dataDir: join(hidden, 'data'), sharedDir: shared, log });
      const first = await start();
      await query(first.url, 'create table kept as select 1 as n');
      await first.close();
      const again = await start();
      expect(await query(again.url, 'select n from kept')).toEqual([{ n: 1 }]);
      await again.close();
      await rm(join(hidden, 'data'), { recursive: true }); // begin anew: the old data must not be in the way
      await (await start()).close();
      expect(
        said.filter((line) => line.startsWith(`the database of ${hidden}/data is kept in ${shared}/data-`)),
      ).toHaveLength(3);
      for (const folder of [hidden, shared]) await rm(folder, { recursive: true });
    });

    it('copies the binaries to where PostgreSQL can enter, when they are in a private folder', async () => {
      const [hidden, shared] = [await tempFolder(0o700), await tempFolder()];
      const { folder, version } = await installedBinaries();
      await cp(folder, join(hidden, 'native'), { recursive: true, verbatimSymlinks: true });
      const place = await placeBinaries({ folder: join(hidden, 'native'), version }, shared, nobody, silent);
      expect(place).toBe(join(shared, `postgresql-${version}-${process.arch}`));
      const child = spawn(join(place, 'bin/postgres'), ['--version'], { ...nobody, cwd: '/' });
      expect(await once(child, 'exit')).toEqual([0, null]);
      for (const path of [hidden, shared]) await rm(path, { recursive: true });
    });

    it('says what to do when there is no such place', async () => {
      const hidden = await tempFolder(0o700);
      const problem = await problemOf(
        openDatabase({ dataDir: join(hidden, 'data'), sharedDir: join(hidden, 'shared'), log: silent }),
      );
      expect(problem).toMatch(/can enter neither .*\/data nor .*\/shared\. Set DATA_DIR to a folder/);
      await rm(hidden, { recursive: true });
    });
  });
}

// A clone below /root cannot be read by another user, and there is nothing to run.
if (root && (await canEnter(import.meta.dirname, nobody))) {
  describe('as a normal user', () => {
    it('starts, and stops on SIGTERM', async () => {
      const folder = await tempFolder();
      await chown(folder, nobody.uid, nobody.gid);
      const child = await serveInChild([join(folder, 'data'), join(folder, 'shared')], nobody);
      expect(await query(child.said, 'select 1 as n')).toEqual([{ n: 1 }]);
      expect((await stat(join(folder, 'data/postgres'))).uid).toBe(nobody.uid);
      await child.stop();
      expect(await runningServer({ cluster: join(folder, 'data/postgres') })).toBeUndefined();
      await rm(folder, { recursive: true });
    });
  });
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // servers are killed here
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function problemOf(opening: Promise<Database>): Promise<string> {
  const outcome = await opening.catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(StartProblem);
  return (outcome as StartProblem).message;
}

async function own(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await once(spawn('chown', ['-R', `${uid}:${gid}`, folder]), 'exit');
}

/** Starts test/support/serve-database.ts and waits for its one line: the address, or why not. */
async function serveInChild(args: string[], identity: object = {}) {
  const script = join(import.meta.dirname, '../support/serve-database.ts');
  const child = spawn(process.execPath, [script, ...args], {
    ...identity,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const [said] = (await once(createInterface(child.stdout), 'line')) as [string];
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    await exit;
  };
  const control = { said, stop: end('SIGTERM'), kill: end('SIGKILL') };
  children.push(control);
  return control;
}
