// `backup` and `restore`: all records and photos into a folder, and back into an empty database; both say what they do.
import { dirname, join, resolve } from 'node:path';
import { type BackupPlan, backupFolder, proveTaken, takeBackup } from '../compose/backups.ts';
import { layFoundation } from '../compose/foundation.ts';
import { openPhotoFiles } from '../compose/service.ts';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { folderFiles } from '../photos/folder-files.ts';
import { proveBackup, restoreBackup } from '../store/backup/restore-backup.ts';
import { attachDatabase, openDatabase } from '../store/embedded.ts';

export interface BackupOptions {
  /** The folder that holds all back-ups; left out: `DATA_DIR/backups`. */
  readonly to?: string;
  readonly proof: boolean;
}

const proved = 'proved: restored into a database of its own and compared, every table is the same';
const count = (n: number): string => n.toLocaleString('en');

/** Beside a running service or on its own. Throws BackupProblem. */
export const backupCommand = async (
  config: Config,
  { to, proof }: BackupOptions,
  say: (line: string) => void,
): Promise<void> => {
  const log = createLog({ level: 'error', secrets: config.secrets });
  const foundation = await layFoundation(config, log, false);
  try {
    const plan: BackupPlan = {
      folder: to === undefined ? backupFolder(config) : resolve(to),
      photos: openPhotoFiles(config),
      onTable: (table) => table.rows > 0 && say(`${table.name}: ${count(table.rows)} rows`),
    };
    const taken = await takeBackup(foundation, plan);
    const { path, rows, photos, missingPhotos } = taken;
    for (const hash of missingPhotos) say(`missing photo: ${hash}`);
    say(`${path}: ${count(rows)} rows, ${count(photos)} photos`);
    if (!proof) return;
    await proveTaken(foundation, taken, log);
    say(proved);
  } finally {
    await foundation.close();
  }
};

/** Into an empty DATA_DIR or DATABASE_URL; no service may run on it. Throws BackupProblem. */
export const restoreCommand = async (
  config: Config,
  path: string,
  { onlyProof }: { readonly onlyProof: boolean },
  say: (line: string) => void,
): Promise<void> => {
  const log = createLog({ level: 'error', secrets: config.secrets });
  const open = onlyProof ? attachDatabase : openDatabase;
  const { databaseUrl, dataDir } = config;
  const database = await open({ databaseUrl: databaseUrl ?? undefined, dataDir, log });
  try {
    if (onlyProof) {
      await proveBackup(resolve(path), database.url, log);
      return say(proved);
    }
    const restored = await restoreBackup({
      path: resolve(path),
      url: database.url,
      copies: folderFiles(join(dirname(resolve(path)), 'photos')),
      photos: openPhotoFiles(config),
      log,
    });
    for (const hash of restored.missingPhotos) say(`missing photo: ${hash}`);
    say(
      `restored what was true at ${restored.takenAt}: ${count(restored.rows)} rows, ${count(restored.photos)} photos; ${count(restored.held)} messages that waited are held back, see state "unknown" in the list of deliveries`,
    );
  } finally {
    await database.close();
  }
};
