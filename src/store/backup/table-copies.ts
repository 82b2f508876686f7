// Tables as files and back: COPY through zstd, counted and digested on the way. https://www.postgresql.org/docs/current/sql-copy.html
import { hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform, type TransformCallback, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BackupProblem } from './backup-problem.ts';
import type { TableCopy } from './manifest.ts';

type Table = Pick<TableCopy, 'name' | 'columns'>;

const listed = ({ columns }: Table): string => columns.map((column) => `"${column}"`).join(', ');

/**
 * Counts nothing, changes nothing: XORs the SHA-256 of each row that passes. COPY ends a row with a line feed and escapes
 * those inside. The order does not count, because PostgreSQL may lay the same rows down in another one.
 */
class RowDigest extends Transform {
  readonly #sum = Buffer.alloc(32);
  #rest: Buffer = Buffer.alloc(0);

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      const row = hash('sha256', bytes.subarray(from, end), 'buffer');
      for (let i = 0; i < 32; i += 1) this.#sum[i] = (this.#sum[i] as number) ^ (row[i] as number);
      from = end + 1;
    }
    this.#rest = bytes.subarray(from);
    done(null, chunk);
  }

  hex(): string {
    return this.#sum.toString('hex');
  }
}

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Writes a table into a file, or without one only counts and digests it. */
export const copyOut = async (client: pg.ClientBase, table: Table, file: string | null): Promise<TableCopy> => {
  const digest = new RowDigest();
  const source = client.query(copyTo(`copy "${table.name}" (${listed(table)}) to stdout`));
  if (file === null) await pipeline(source, digest, nowhere());
  else await pipeline(source, digest, createZstdCompress(), createWriteStream(file, { flags: 'wx' }));
  return { name: table.name, columns: table.columns, rows: source.rowCount, digest: digest.hex() };
};

/** Looks whether a file is whole and what was written. Throws BackupProblem. */
export const checkCopy = async (table: TableCopy, file: string): Promise<void> => {
  const digest = new RowDigest();
  await pipeline(createReadStream(file), createZstdDecompress(), digest, nowhere()).catch((error: Error) => {
    throw new BackupProblem(`${file} is cut off or damaged (${error.message}): take another back-up.`, {
      cause: error,
    });
  });
  if (digest.hex() !== table.digest)
    throw new BackupProblem(`${file} does not hold what was written. Take another back-up.`);
};

/** Reads a file into an empty table; the columns that the table has got since then take their defaults. */
export const copyIn = async (client: pg.ClientBase, table: Table, file: string): Promise<void> => {
  const sink = client.query(copyFrom(`copy "${table.name}" (${listed(table)}) from stdin`));
  await pipeline(createReadStream(file), createZstdDecompress(), sink);
};
