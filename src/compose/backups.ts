// Back-ups of this service: where they go, that they are proved, how many nights are kept, what is remembered of the last one.
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { folderFiles } from '../photos/folder-files.ts';
import type { Log } from '../ports.ts';
import type { PhotoFiles } from '../ports-photos.ts';
import { BackupProblem } from '../store/backup/backup-problem.ts';
import type { TableCopy } from '../store/backup/manifest.ts';
import { proveBackup } from '../store/backup/restore-backup.ts';
import { keepNewest, type TakenBackup, writeBackup } from '../store/backup/write-backup.ts';
import type { Foundation } from './foundation.ts';

/** Two weeks of nights. */
const kept = 14;
/** A demo whose clock is moved has many nights in an hour; one of them is enough. */
const LEAST_APART_MS = 60 * 60_000;
const lastKey = 'backup.last';

export interface LastBackup {
  /** Real time, ISO. */
  readonly takenAt: string;
  readonly path: string;
  readonly rows: number;
  readonly photos: number;
}

export const backupFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => resolve(dataDir, 'backups');

export interface BackupPlan {
  readonly folder: string;
  readonly photos: PhotoFiles;
  readonly onTable?: (table: TableCopy) => void;
}

/** Takes one now. Throws BackupProblem. */
export const takeBackup = async (
  { database: { url } }: Pick<Foundation, 'database'>,
  { folder, photos, onTable }: BackupPlan,
): Promise<TakenBackup> =>
  writeBackup({
    url,
    folder,
    photos,
    copies: folderFiles(join(folder, 'photos')),
    takenAt: new Date(),
    ...(onTable ? { onTable } : {}),
  });

/** Restores it into a database of its own for a comparison; what was proved is remembered. Throws BackupProblem. */
export const proveTaken = async (
  { database: { url }, settings }: Pick<Foundation, 'database' | 'settings'>,
  { path, takenAt, rows, photos }: TakenBackup,
  log: Log,
): Promise<void> => {
  await proveBackup(path, url, log);
  const last: LastBackup = { takenAt: takenAt.toISOString(), path, rows, photos };
  await settings.set(lastKey, last);
};

/** Takes one, forgets the oldest, and proves it. One that cannot be proved is kept, and alarmed about once. */
export const takeNightlyBackup = async (
  foundation: Pick<Foundation, 'database' | 'settings'>,
  plan: BackupPlan,
  log: Log,
): Promise<void> => {
  const before = await lastBackup(foundation);
  if (before && Date.now() - Date.parse(before.takenAt) < LEAST_APART_MS) return;
  const taken = await takeBackup(foundation, plan);
  await keepNewest(plan.folder, kept);
  const { path, rows, photos, missingPhotos } = taken;
  log.info({ path, rows, photos, missingPhotos: missingPhotos.length }, 'backed up');
  await proveTaken(foundation, taken, log).catch((error) => {
    // Taken again each minute it would be no better proved, and fill the disk.
    if (!(error instanceof BackupProblem)) throw error;
    log.error({ err: error, path }, 'the back-up could not be proved');
  });
};

export const lastBackup = ({ settings }: Pick<Foundation, 'settings'>): Promise<LastBackup | null> =>
  settings.get<LastBackup>(lastKey);
