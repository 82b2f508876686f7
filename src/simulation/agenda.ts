// What people are going to do, in the order in which they will: by time, then by who and what, never by how it came in.
import type { InboundEvent } from '../ports.ts';

export interface Act {
  readonly at: Date;
  readonly event: InboundEvent;
}

export interface Agenda {
  add(acts: readonly Act[]): void;
  /** When something is to be done next; null when nobody plans anything. */
  next(): Date | null;
  /** Takes out what is to be done by `now`. */
  take(now: Date): Act[];
}

/** People's acts fall together on the marks of a ten minutes' grid, so that one step of the clock serves many. */
const MARK_MS = 600_000;

const markAfter = (at: Date): number => Math.ceil(at.getTime() / MARK_MS) * MARK_MS;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const makeAgenda = (): Agenda => {
  const marks = new Map<number, Act[]>();
  return {
    add(acts) {
      for (const act of acts) {
        const mark = markAfter(act.at);
        const own = marks.get(mark);
        if (own) own.push(act);
        else marks.set(mark, [act]);
      }
    },
    next() {
      const first = Math.min(...marks.keys());
      return Number.isFinite(first) ? new Date(first) : null;
    },
    take(now) {
      const due = [...marks].filter(([mark]) => mark <= now.getTime());
      for (const [mark] of due) marks.delete(mark);
      return due
        .flatMap(([, acts]) => acts)
        .sort((a, b) => a.at.getTime() - b.at.getTime() || compare(a.event.id, b.event.id));
    },
  };
};
