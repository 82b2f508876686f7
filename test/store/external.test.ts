import pg from 'pg';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/embedded.ts';
import type { StartLog } from '../../src/store/start-problem.ts';
import { siblingUrl } from '../support/cluster.ts';
import { createTestDatabase } from '../support/database.ts';
import { silent } from '../support/silent-log.ts';

const open = (databaseUrl: string, log: StartLog = silent) =>
  openDatabase({ databaseUrl, dataDir: '/nonexistent', log });

it('uses an external database as it is, and leaves it running', async () => {
  const { url } = await createTestDatabase();
  const database = await open(url);
  expect(database).toMatchObject({ url, embedded: false });
  await database.close();
  await (await open(url)).close();
});

it.each([
  ['no address of PostgreSQL', () => 'mysql://root@127.0.0.1/dudao', /^DATABASE_URL is not an address of PostgreSQL/],
  [
    'no server there',
    () => 'postgresql://me:secret@127.0.0.1:1/dudao',
    /no database to be had at 127\.0\.0\.1:1\/dudao: connect ECONNREFUSED/,
  ],
  [
    'a wrong password',
    (url: string) => Object.assign(new URL(url), { password: 'secret' }).href,
    /password authentication failed/,
  ],
  ['no such database', (url: string) => siblingUrl(url, 'secretless'), /database "secretless" does not exist/],
])('refuses %s in one line that keeps the password', async (_, change, expected) => {
  const { url } = await createTestDatabase('empty');
  const refusal = await open(change(url)).then(String, (error: Error) => error.message);
  expect(refusal).toMatch(expected);
  expect(refusal).not.toMatch(/secret[^l]|\n/);
});

it('refuses a database that does not keep text as UTF-8, and warns of one that cannot tell Chinese letters', async () => {
  const { url } = await createTestDatabase('empty');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const make = "locale_provider libc locale 'C' template template0";
  const [ascii, plain] = [siblingUrl(url, 'ascii_only'), siblingUrl(url, 'plain_c')];
  await client.query(`create database ascii_only encoding 'SQL_ASCII' ${make}`);
  await client.query(`create database plain_c encoding 'UTF8' ${make}`);
  await client.end();

  await expect(open(ascii)).rejects.toThrow(/keeps text as SQL_ASCII; UTF8 is needed/);
  const warnings: string[] = [];
  await open(plain, { ...silent, warn: (_, message) => warnings.push(message) });
  expect(warnings).toEqual(['DATABASE_URL: with LC_CTYPE C PostgreSQL cannot tell Chinese letters; C.UTF-8 is better']);
});
