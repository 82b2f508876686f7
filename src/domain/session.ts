// Sessions of the pages: how long one lasts, and what the screen on a wall may do with it. What a person may do is asked
// anew of rights.ts on each request; a session only says who it is.
export type SessionKind = 'full' | 'wall';

export interface Session {
  /** Hash of what the cookie holds. */
  readonly key: string;
  /** `wall` = a screen that everybody walks past: figures only, no names. */
  readonly kind: SessionKind;
  readonly personId: string;
  readonly openedAt: Date;
  readonly seenAt: Date;
  readonly endsAt: Date;
}

const HOUR_MS = 3_600_000;

/** A full session ends after eight idle hours or a week; a wall is looked at by nobody in particular, for a quarter. */
const lasting: Readonly<Record<SessionKind, { readonly idleMs: number; readonly longestMs: number }>> = {
  full: { idleMs: 8 * HOUR_MS, longestMs: 7 * 24 * HOUR_MS },
  wall: { idleMs: 7 * 24 * HOUR_MS, longestMs: 90 * 24 * HOUR_MS },
};

/** Browsers one person may be in at once; the one that was opened first goes. */
export const MOST_SESSIONS = 10;

/** Looks are noted at most this often. */
export const NOTED_EVERY_MS = 60_000;

export const openSession = (key: string, kind: SessionKind, personId: string, at: Date): Session => ({
  key,
  kind,
  personId,
  openedAt: at,
  seenAt: at,
  endsAt: new Date(at.getTime() + lasting[kind].longestMs),
});

export const isOpen = ({ kind, seenAt, endsAt }: Session, at: Date): boolean =>
  at < endsAt && at.getTime() - seenAt.getTime() < lasting[kind].idleMs;
