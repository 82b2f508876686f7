// Pictures as files of DATA_DIR, two levels deep by their hash. A file is there whole or not at all.
import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PhotoFolder } from '../ports-photos.ts';

export const folderFiles = (root: string): PhotoFolder => {
  const pathOf = (hash: string): string => join(root, hash.slice(0, 2), `${hash}.jpg`);
  return {
    async put(hash, bytes) {
      const path = pathOf(hash);
      await mkdir(dirname(path), { recursive: true });
      const draft = `${path}.${randomUUID()}`;
      try {
        const file = await open(draft, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          // On the disk before the record that names it is committed.
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },

    async get(hash) {
      return readFile(pathOf(hash)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
    },

    has: (hash) =>
      access(pathOf(hash)).then(
        () => true,
        () => false,
      ),

    remove: (hash) => rm(pathOf(hash), { force: true }),
  };
};
