// Chance that can be played again: a number for a seed and what it is drawn for, whatever was drawn before or beside it.
import { createHash } from 'node:crypto';

/** A number in [0, 1) for these words: the same words, the same number. */
export type Chance = (...about: readonly (string | number)[]) => number;

const RANGE = 2 ** 48;

export const chanceOf =
  (seed: number): Chance =>
  (...about) =>
    createHash('sha256')
      .update(`${seed}/${about.join('/')}`)
      .digest()
      .readUIntBE(0, 6) / RANGE;

/** One of several, each as likely as its share; the shares add up to 1. */
export const oneOf = <T>(at: number, shares: readonly (readonly [T, number])[]): T => {
  let left = at;
  for (const [value, share] of shares) {
    if (left < share) return value;
    left -= share;
  }
  const last = shares.at(-1);
  if (!last) throw new RangeError('nothing to choose from');
  return last[0];
};
