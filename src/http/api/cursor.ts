// Cursors: the last row's sort key, so that a page can be found again however the list has grown. Opaque to callers.
import { Problem } from '../../domain/problem.ts';
import type { Key } from '../../ports-listings.ts';

export type KeyPart = 'text' | 'day' | 'instant' | 'number';

const fits: Readonly<Record<KeyPart, (part: string) => boolean>> = {
  text: (part) => !part.includes('\0'),
  day: (part) => /^\d{4}-\d{2}-\d{2}$/.test(part) && !Number.isNaN(Date.parse(part)),
  instant: (part) => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(part) && !Number.isNaN(Date.parse(part)),
  number: (part) => /^\d{1,18}$/.test(part),
};

/** `list` is part of it, so that a cursor of another list is refused. */
export const writeCursor = (list: string, key: Key): string =>
  Buffer.from(JSON.stringify([list, ...key])).toString('base64url');

/** Throws `bad-cursor` for anything that `writeCursor` did not make for this list. */
export const readCursor = (list: string, parts: readonly KeyPart[], cursor: string): Key => {
  const [from, ...key] = decoded(cursor);
  const whole =
    key.length === parts.length && key.every((part, i) => typeof part === 'string' && fits[parts[i] ?? 'text'](part));
  if (from !== list || !whole) throw new Problem('bad-cursor');
  return key as Key;
};

const decoded = (cursor: string): unknown[] => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
};
