// Pictures for tests, made here: a phone's photo with all that a phone writes into it, and files that pretend to be one.
import sharp from 'sharp';

export const phonePhoto = (width = 800, height = 600, colour = '#4a6f5c'): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg()
    .withExif({
      IFD0: { Make: 'Phone', Model: 'X', Orientation: '1' },
      IFD2: { DateTimeOriginal: '2022:04:19 08:31:12', BodySerialNumber: 'SERIAL-4711' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 31/1 0/1' },
    })
    .toBuffer();

/** Some hundred kilobytes that would be 256 megapixels. */
export const bomb = (): Promise<Buffer> =>
  sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: '#000000' } })
    .png({ compressionLevel: 9 })
    .toBuffer();
