// For developers: `node scripts/make-migration.ts NAME` writes prisma/migrations/NNNN_NAME/migration.sql, the SQL from
// the committed schema.prisma (an empty database, while there is no migration yet) to the one in the working tree.
// SQL that Prisma has no words for (partial indexes, extensions) is added to that file by hand.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { schemaSql } from './schema-sql.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'prisma/migrations');

const name = process.argv[2] ?? '';
if (/^[a-z][a-z0-9_]*$/.test(name)) await makeMigration(name);
else fail('usage: node scripts/make-migration.ts NAME   (small letters, digits, _)');

async function makeMigration(name: string): Promise<void> {
  const earlier = (await readdir(folder).catch(() => [])).filter((entry) => /^\d{4}_/.test(entry)).sort();
  const sql = await schemaSql(
    earlier.length ? committedSchema() : null,
    await readFile(join(root, 'prisma/schema.prisma'), 'utf8'),
  );
  if (!sql) return fail('schema.prisma says what the committed one says: there is nothing to migrate');

  const number = String(Number(earlier.at(-1)?.slice(0, 4) ?? 0) + 1).padStart(4, '0');
  const path = join(folder, `${number}_${name}`);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'migration.sql'), sql, { flag: 'wx' });
  // `prisma migrate deploy` asks for this file.
  await writeFile(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  process.stdout.write(`prisma/migrations/${number}_${name}/migration.sql\n`);
}

function committedSchema(): string {
  return execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { cwd: root, encoding: 'utf8' });
}

function fail(line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}
