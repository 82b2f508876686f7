// Whether an answer reached the wire: what a callback brings about waits for it.
import type { Context } from 'koa';
import type { Acknowledged } from '../ports.ts';

/** To be asked for before anything is awaited: whoever called may be gone at any time. */
export const whenWritten = ({ res }: Context): Acknowledged =>
  new Promise((resolve) => res.once('close', () => resolve(res.writableFinished)));
