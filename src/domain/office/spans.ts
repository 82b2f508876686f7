// One thing at a time holds from a day on: a compound's company (E03), an area's zone (R08). What held before ends the day
// before, and what was set for later is void; nothing is deleted.
import { type Day, plusDays } from '../calendar.ts';

export interface Span {
  readonly from: Day | null;
  /** Inclusive; one that ends before it begins never held. */
  readonly to: Day | null;
}

export const holdsAt = ({ from, to }: Span, day: Day): boolean =>
  (from === null || from <= day) && (to === null || day <= to);

const began = (a: Span, b: Span): number => (a.from ?? '').localeCompare(b.from ?? '');

/** Of spans that overlap the one that began last counts: it is what was said last. */
export const spanAt = <S extends Span>(spans: readonly S[], day: Day): S | undefined =>
  spans
    .filter((span) => holdsAt(span, day))
    .sort(began)
    .at(-1);

/** The rows to write so that `next` holds from its first day on. `next.from` must be a day. */
export const followedBy = <S extends Span>(spans: readonly S[], next: S & { readonly from: Day }): S[] => {
  const last = plusDays(next.from, -1);
  const over = spans.filter(({ to }) => to === null || to > last).map((span) => ({ ...span, to: last }));
  return [...over, next];
};

/** Whether from `day` on nothing changes any more, and this one holds. */
export const holdsForGood = <S extends Span>(spans: readonly S[], day: Day): S | undefined => {
  const now = spanAt(spans, day);
  return now?.to === null && !spans.some(({ from, to }) => from !== null && from > day && (to === null || to >= from))
    ? now
    : undefined;
};
