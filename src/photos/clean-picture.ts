// Judges a file by its content and draws it anew: a JPEG of a readable size, upright, with nothing of the original's
// metadata but the time it was taken. What is not a photo, is broken or would unpack to something huge is refused.
import readExif from 'exif-reader';
import sharp from 'sharp';
import type { PhotoFault } from '../ports-photos.ts';

export const MOST_BYTES = 20 * 1024 * 1024;
/** The largest phone cameras have 108 and 200 megapixels and send 12 to 50; a decompression bomb has more. */
const MOST_PIXELS = 120e6;
const LONGEST_SIDE = 2048;
const QUALITY = 82;

// libvips reads many formats; what is no photo format shall not even reach its decoder (https://sharp.pixelplumbing.com/api-utility#block).
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });
sharp.cache(false);

export type CleanPicture =
  | {
      readonly kind: 'picture';
      readonly bytes: Uint8Array;
      readonly width: number;
      readonly height: number;
      readonly taken: string | null;
    }
  | { readonly kind: 'fault'; readonly fault: PhotoFault };

export const cleanPicture = async (bytes: Uint8Array): Promise<CleanPicture> => {
  if (bytes.byteLength > MOST_BYTES) return { kind: 'fault', fault: 'photo_too_large' };
  const format = formatOf(bytes);
  if (format === 'other') return { kind: 'fault', fault: 'photo_format' };
  if (format === 'heic') return { kind: 'fault', fault: 'photo_heic' };
  try {
    const { exif, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS) return { kind: 'fault', fault: 'photo_too_many_pixels' };
    const taken = takenOf(exif);
    const drawn = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY });
    const { data, info } = await (taken === null
      ? drawn
      : drawn.withExif({ IFD2: { DateTimeOriginal: taken.replaceAll('-', ':').replace('T', ' ') } })
    ).toBuffer({ resolveWithObject: true });
    return { kind: 'picture', bytes: data, width: info.width, height: info.height, taken };
  } catch {
    return { kind: 'fault', fault: 'photo_broken' };
  }
};

/** By the first bytes: a name and a type are only what somebody says. */
const formatOf = (bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | 'heic' | 'other' => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16)).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  // https://nokiatech.github.io/heif/technical.html: the brands of iPhones
  return text.slice(4, 8) === 'ftyp' && /^(heic|heix|hevc|mif1|msf1)/.test(text.slice(8)) ? 'heic' : 'other';
};

/** The camera's wall time. Metadata that cannot be read is as good as none. */
const takenOf = (exif: Buffer | undefined): string | null => {
  if (!exif) return null;
  try {
    const at = readExif(exif).Photo?.DateTimeOriginal;
    // Read as if it were UTC: the wall's own figures come out again.
    return at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString().slice(0, 19) : null;
  } catch {
    return null;
  }
};
