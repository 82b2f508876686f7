// The conditions of one list: only what is asked for stands in its query, so that each question gets a plan of its own.

import type { Sight } from '../../domain/sight.ts';
import type { Key } from '../../ports-listings.ts';

export interface Where {
  readonly values: readonly unknown[];
  /** Each `?` stands for one of the values. */
  add(condition: string, ...values: readonly unknown[]): void;
  /** The place of one more value, for what stands elsewhere in the query. */
  put(value: unknown): string;
  /** `where …`; nothing where nothing is asked. */
  text(): string;
}

export const newWhere = (): Where => {
  const values: unknown[] = [];
  const parts: string[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  return {
    values,
    put,
    add(condition, ...given) {
      const left = [...given];
      parts.push(condition.replaceAll('?', () => put(left.shift())));
    },
    text: () => (parts.length > 0 ? `where ${parts.map((part) => `(${part})`).join(' and ')}` : ''),
  };
};

/** Where a table says which place, department, unit and person a row is of; left out: its rows are of none. */
export interface SightColumns {
  readonly area?: string;
  /** SQL for `organisation/department`. */
  readonly department?: string;
  readonly unit?: string;
  readonly person?: string;
}

/** Leaves only the rows that may be seen. */
export const onlySeen = (where: Where, sight: Sight, columns: SightColumns): void => {
  if (sight.everything) return;
  const parts: string[] = [];
  const values: unknown[] = [];
  const any = (column: string | undefined, among: readonly string[]): void => {
    if (column === undefined || among.length === 0) return;
    parts.push(`${column} = any(?)`);
    values.push(among);
  };
  any(columns.area, sight.areas);
  any(columns.department, sight.departments);
  any(columns.unit, sight.units);
  any(columns.person, sight.personId === null ? [] : [sight.personId]);
  where.add(parts.length > 0 ? parts.join(' or ') : 'false', ...values);
};

/** Goes on after the last row of the page before. */
export const onlyAfter = (
  where: Where,
  after: Key | null,
  columns: readonly (readonly [column: string, type: string])[],
  order: 'asc' | 'desc' = 'asc',
): void => {
  if (!after) return;
  const names = columns.map(([column]) => column).join(', ');
  const marks = columns.map(([, type]) => `?::${type}`).join(', ');
  where.add(`(${names}) ${order === 'asc' ? '>' : '<'} (${marks})`, ...columns.map((_, i) => after[i] ?? null));
};
