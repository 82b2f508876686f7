// What a back-up says of itself: its tables with their digests, its migrations, its sequences, its photos. Written last, so
// that a folder without it is no back-up.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { BackupProblem } from './backup-problem.ts';

const FORMAT = 'dudao-backup-1';
const NAME = 'manifest.json';

const tableSchema = z.object({
  name: z.string().regex(/^[a-z_]+$/),
  columns: z.array(z.string().regex(/^[a-z_]+$/)).min(1),
  rows: z.number().int().nonnegative(),
  /** XOR of the SHA-256 of every row as COPY writes it, hex: the same rows in any order have the same one. */
  digest: z.string().length(64),
});

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  /** Real time. */
  takenAt: z.iso.datetime(),
  migrations: z.array(z.string()).min(1),
  tables: z.array(tableSchema).min(1),
  sequences: z.array(z.object({ name: z.string().regex(/^[a-z_]+$/), last: z.number().int().nullable() })),
  /** Hashes of the evidence photos, which lie beside the back-ups, each once. */
  photos: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
});

export type Manifest = z.output<typeof manifestSchema>;
export type TableCopy = z.output<typeof tableSchema>;

export const writeManifest = (folder: string, manifest: Omit<Manifest, 'format'>): Promise<void> =>
  writeFile(join(folder, NAME), `${JSON.stringify({ format: FORMAT, ...manifest }, null, 1)}\n`, { flag: 'wx' });

/** Throws BackupProblem for a folder that is no back-up, or one of another kind. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(join(folder, NAME), 'utf8').catch((error: Error) => {
    throw new BackupProblem(`${folder} is no finished back-up: its ${NAME} cannot be read (${error.message}).`);
  });
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new BackupProblem(`${join(folder, NAME)} is not what Dudao writes: another program’s, or damaged.`, {
      cause: error,
    });
  }
};

/** Where a table of the back-up lies. */
export const tableFile = (folder: string, table: string): string => join(folder, `${table}.copy.zst`);
