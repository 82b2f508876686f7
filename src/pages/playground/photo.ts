// Reads a picture the person chose. Large photos are made smaller here: officials send them from a gate, over mobile data.

import type { PhotoFile } from './model.ts';

const LONGEST_SIDE_PX = 1600;
const SMALL_ENOUGH_BYTES = 600_000;
const JPEG_QUALITY = 0.82;

/** Rejects when the file is not a picture that this browser can read. */
export const readPhoto = async (file: File): Promise<PhotoFile> => {
  const original = await dataUrlOf(file);
  const image = await decode(original);
  const url = file.size <= SMALL_ENOUGH_BYTES ? original : shrink(image);
  const [head = '', base64 = ''] = url.split(',');
  return { name: file.name, type: /^data:([^;]+)/.exec(head)?.[1] ?? file.type, base64 };
};

const dataUrlOf = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

const decode = (url: string): Promise<HTMLImageElement> =>
  new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('not a picture'));
    image.src = url;
  });

const shrink = (image: HTMLImageElement): string => {
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', JPEG_QUALITY);
};
