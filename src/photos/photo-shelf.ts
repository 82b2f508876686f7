// Takes a picture in: judged, drawn anew, kept under its hash. The record that names it is committed afterwards; a picture
// whose record was not committed lies there unnamed, and the next sending of it finds it there.
import { createHash } from 'node:crypto';
import type { PhotoFiles, PhotoShelf } from '../ports-photos.ts';
import { cleanPicture, MOST_BYTES } from './clean-picture.ts';

export const makePhotoShelf = (files: PhotoFiles): PhotoShelf => ({
  mostBytes: MOST_BYTES,

  async take(bytes) {
    const clean = await cleanPicture(bytes);
    if (clean.kind === 'fault') return clean;
    const { width, height, taken } = clean;
    const hash = createHash('sha256').update(clean.bytes).digest('hex');
    await files.put(hash, clean.bytes);
    return { kind: 'picture', hash, bytes: clean.bytes.byteLength, width, height, taken };
  },

  async read(hash) {
    const bytes = await files.get(hash);
    // A file that is not what its name says is no evidence.
    return bytes && createHash('sha256').update(bytes).digest('hex') === hash ? bytes : null;
  },

  drop: (hash) => files.remove(hash),
});
