// vitest's globalSetup of the `db` project: one PostgreSQL for the whole run, in a temporary folder, with a migrated
// template that each test file clones (database.ts). Gone at the end of the run.
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { attachDatabase } from '../../src/store/embedded.ts';
import { isAlive, stopServer } from '../../src/store/embedded-server.ts';
import { migrate } from '../../src/store/migrations.ts';
import { silent } from './silent-log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database of the test cluster, from which others can be made. */
    clusterUrl: string;
    /** A folder that goes with the cluster, for what all files of a run share. */
    runFolder: string;
  }
}

export const template = 'dudao_template';

/** What a test database may lose in a power cut, it may lose. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `dudao-test-${process.pid}-`));
  await chmod(folder, 0o755); // as root, PostgreSQL's own user must get in
  const database = await attachDatabase({ dataDir: folder, sharedDir: join(folder, 'shared'), settings, log: silent });

  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`create database ${template}`);
  await migrate(siblingUrl(database.url, template), silent);
  await client.query(`alter database ${template} with allow_connections false is_template true`);
  await client.end();

  project.provide('clusterUrl', database.url);
  project.provide('runFolder', folder);
  return async () => {
    await database.close();
    await rm(folder, { recursive: true });
  };
}

/** The same server and user, another database. */
export function siblingUrl(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

/** Ends what runs of ours left behind that were killed. */
async function sweep(): Promise<void> {
  for (const entry of await readdir(tmpdir())) {
    const [, pid] = /^dudao-test-(\d+)-/.exec(entry) ?? [];
    const folder = join(tmpdir(), entry);
    if (!pid || (await isAlive(Number(pid))) || (await stat(folder)).uid !== process.getuid?.()) continue;
    await stopServer({ cluster: join(folder, 'postgres') }, 4_000);
    await rm(folder, { recursive: true, force: true });
  }
}
