// Pages by key: the next page begins after the last row's key, found by an index, so the last page costs what the first does.
import type { Key, Page, PageQuery } from '../../ports-listings.ts';

/** From `limit` + 1 rows to a page; the surplus row only says that more will come. */
export const pageOf = <R, T>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => Key,
  show: (row: R) => T,
): Page<T> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(show), next: rows.length > limit && last ? keyOf(last) : null };
};

/** The parts of the key, or nulls for the first page: SQL asks `$n is null or (…) > (…)`, which the planner folds away. */
export const keyParts = ({ after }: PageQuery, parts: number): (string | null)[] =>
  Array.from({ length: parts }, (_, i) => after?.[i] ?? null);
