// Back-ups of this service: where they go, that they are proved, how many nights are kept, what is remembered of the last one.
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { folderFiles } from '../photos/folder-files.ts';
import type { Log } from '../ports.ts';
import type { PhotoFiles } from '../ports-photos.ts';
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
  /** Restores it into a database of its own for a comparison; only what was proved is remembered as the last one. */
  readonly proof: boolean;
  readonly onTable?: (table: TableCopy) => void;
}

/** Takes one now. Throws BackupProblem. */
export const takeBackup = async (
  { database: { url }, settings }: Pick<Foundation, 'database' | 'settings'>,
  { folder, photos, proof, onTable }: BackupPlan,
  log: Log,
): Promise<TakenBackup> => {
  const takenAt = new Date();
  const copies = folderFiles(join(folder, 'photos'));
  const taken = await writeBackup({ url, folder, photos, copies, takenAt, ...(onTable ? { onTable } : {}) });
  if (!proof) return taken;
  await proveBackup(taken.path, url, log);
  const last: LastBackup = {
    takenAt: takenAt.toISOString(),
    path: taken.path,
    rows: taken.rows,
    photos: taken.photos,
  };
  await settings.set(lastKey, last);
  return taken;
};

/** Takes one, proves it, and forgets the oldest. */
export const takeNightlyBackup = async (
  foundation: Foundation,
  folder: string,
  photos: PhotoFiles,
  log: Log,
): Promise<void> => {
  const before = await lastBackup(foundation);
  if (before && Date.now() - Date.parse(before.takenAt) < LEAST_APART_MS) return;
  const taken = await takeBackup(foundation, { folder, photos, proof: true }, log);
  await keepNewest(folder, kept);
  const missing = taken.missingPhotos.length;
  if (missing > 0) log.warn({ missing }, 'photos that records name are not to be had');
  log.info({ rows: taken.rows, photos: taken.photos }, 'backed up, and proved by restoring');
};

export const lastBackup = ({ settings }: Pick<Foundation, 'settings'>): Promise<LastBackup | null> =>
  settings.get<LastBackup>(lastKey);
