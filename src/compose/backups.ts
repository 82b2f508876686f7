// The nightly back-up: where it goes, that it is proved, how many are kept, and what is remembered of the last one.
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { folderFiles } from '../photos/folder-files.ts';
import type { Log } from '../ports.ts';
import type { PhotoFiles, PhotoFolder } from '../ports-photos.ts';
import { proveBackup } from '../store/backup/restore-backup.ts';
import { keepNewest, writeBackup } from '../store/backup/write-backup.ts';
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

/** Photos are copied once for all back-ups of a folder. */
export const photoCopies = (folder: string): PhotoFolder => folderFiles(join(folder, 'photos'));

export const backupFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => resolve(dataDir, 'backups');

/** Takes one, proves it, forgets the oldest. What is remembered is the last one that was proved. */
export const takeNightlyBackup = async (
  { database, settings }: Foundation,
  folder: string,
  photos: PhotoFiles,
  log: Log,
): Promise<void> => {
  const takenAt = new Date();
  const before = await lastBackup({ settings });
  if (before && takenAt.getTime() - Date.parse(before.takenAt) < LEAST_APART_MS) return;
  const {
    path,
    rows,
    photos: pictures,
    missingPhotos,
  } = await writeBackup({ url: database.url, folder, photos, copies: photoCopies(folder), takenAt });
  if (missingPhotos.length > 0)
    log.warn({ missing: missingPhotos.length }, 'photos that records name are not to be had');
  await proveBackup(path, database.url, log);
  await keepNewest(folder, kept);
  const last: LastBackup = { takenAt: takenAt.toISOString(), path, rows, photos: pictures };
  await settings.set(lastKey, last);
  log.info({ rows, photos: pictures }, 'backed up, and proved by restoring');
};

export const lastBackup = ({ settings }: Pick<Foundation, 'settings'>): Promise<LastBackup | null> =>
  settings.get<LastBackup>(lastKey);
