// Short text ids from natural keys: the same compound gets the same id in every database, and a link can be read aloud.
import { createHash } from 'node:crypto';
import type { MakeId } from '../domain/roster/rows.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** 60 bits: a million rows collide once in two million such databases. */
const LENGTH = 12;

export const naturalId: MakeId = (prefix, naturalKey) => {
  const digest = createHash('sha256').update(naturalKey).digest();
  return `${prefix}_${Array.from(digest.subarray(0, LENGTH), (byte) => ALPHABET[byte & 31]).join('')}`;
};
