// A database of its own for each test file, cloned in a blink from the migrated template. Nothing is dropped at the end
// of a file: the cluster goes as a whole (cluster.ts).
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { siblingUrl, template } from './cluster.ts';

/** A new database with all migrations applied, or an empty one. Call it in `beforeAll`, or in a test that needs its own. */
export async function createTestDatabase(from: 'migrated' | 'empty' = 'migrated'): Promise<{ url: string }> {
  return cloneDatabase(from === 'migrated' ? template : 'template0');
}

/** A new database like one of the test cluster that nobody is connected to. */
export async function cloneDatabase(like: string): Promise<{ url: string }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = inject('clusterUrl');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database ${name} template ${like}`);
  } finally {
    await client.end();
  }
  return { url: siblingUrl(url, name) };
}
