// E12: what a photo may be is judged by its content, and only the picture and its time are kept.
import readExif from 'exif-reader';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cleanPicture, MOST_BYTES } from '../../src/photos/clean-picture.ts';
import { bomb, phonePhoto } from '../support/pictures.ts';

const taken = async (bytes: Uint8Array) => {
  const clean = await cleanPicture(bytes);
  if (clean.kind !== 'picture') throw new Error(clean.fault);
  return clean;
};

describe('a photo', () => {
  it('keeps its time and nothing else of what the phone wrote into it (E12)', async () => {
    const { bytes, taken: at } = await taken(await phonePhoto());
    expect(at).toBe('2022-04-19T08:31:12');
    const { exif, format } = await sharp(bytes).metadata();
    expect(format).toBe('jpeg');
    const { GPSInfo, Image, Photo } = readExif(exif as Buffer);
    expect(GPSInfo).toBeUndefined();
    expect([Image?.Make, Image?.Model, Photo?.BodySerialNumber]).toEqual([undefined, undefined, undefined]);
    expect(Photo?.DateTimeOriginal).toEqual(new Date('2022-04-19T08:31:12Z'));
    expect(Buffer.from(bytes).includes('SERIAL-4711')).toBe(false);
  });

  it('is made no larger than one needs to see what it shows', async () => {
    const { width, height } = await taken(await phonePhoto(4000, 3000));
    expect([width, height]).toEqual([2048, 1536]);
  });

  it('stands upright however the phone was held', async () => {
    const lying = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#888' } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await taken(lying)).toMatchObject({ width: 200, height: 300 });
  });

  it.each(['png', 'webp'] as const)('may be a %s', async (format) => {
    const { bytes, taken: at } = await taken(
      await sharp(await phonePhoto())
        .toFormat(format)
        .toBuffer(),
    );
    expect((await sharp(bytes).metadata()).format).toBe('jpeg');
    expect(at).toBeNull();
  });
});

describe('what is refused', () => {
  it.each<[string, string, () => Promise<Uint8Array> | Uint8Array]>([
    ['more bytes than are looked at', 'photo_too_large', () => new Uint8Array(MOST_BYTES + 1)],
    ['a decompression bomb', 'photo_too_many_pixels', bomb],
    ['a broken-off photo', 'photo_broken', async () => (await phonePhoto(1600, 1200)).subarray(0, 4000)],
    ['a page that calls itself a photo', 'photo_format', () => Buffer.from('<html><script>alert(1)</script></html>')],
    ['a drawing with script in it', 'photo_format', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a PDF', 'photo_format', () => Buffer.from('%PDF-1.7\n')],
    ['an iPhone’s HEIC', 'photo_heic', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['nothing', 'photo_format', () => new Uint8Array()],
    ['a JPEG’s first bytes and then none of it', 'photo_broken', () => Buffer.from('ffd8ffe000104a464946', 'hex')],
  ])('%s (E12)', async (_, fault, bytes) => {
    expect(await cleanPicture(await bytes())).toEqual({ kind: 'fault', fault });
  });

  it('a bomb is refused without being unpacked', async () => {
    const packed = await bomb();
    const before = performance.now();
    await cleanPicture(packed);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
