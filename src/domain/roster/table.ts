// Rows of one kind while a roster is laid over them: found by their natural key, written by id, compared with what was.

export type RowStatus = 'new' | 'changed' | 'same';

/** What became of a row in the end, against what was known at the beginning. */
export type Mark = () => RowStatus;

export interface RosterTable<T> {
  /** The newest row with this key. */
  get(key: string): T | undefined;
  byId(id: string): T | undefined;
  put(row: T): Mark;
  /** The rows that are new or differ. */
  writes(): T[];
}

export const makeTable = <T extends { readonly id: string }>(
  known: readonly T[],
  keyOf: (row: T) => string,
): RosterTable<T> => {
  const before = new Map(known.map((row) => [row.id, row]));
  const now = new Map(before);
  const byKey = new Map(known.map((row) => [keyOf(row), row.id]));
  const status = (id: string): RowStatus => {
    const [old, row] = [before.get(id), now.get(id)];
    if (!old) return 'new';
    return row && !sameRow(old, row) ? 'changed' : 'same';
  };
  return {
    get: (key) => now.get(byKey.get(key) ?? ''),
    byId: (id) => now.get(id),
    put: (row) => {
      now.set(row.id, row);
      byKey.set(keyOf(row), row.id);
      return () => status(row.id);
    },
    writes: () => [...now.values()].filter((row) => status(row.id) !== 'same'),
  };
};

/** Fields hold texts, flags, nulls and lists of texts, always in one order of keys. */
const sameRow = (a: object, b: object): boolean => {
  const other = new Map(Object.entries(b));
  return Object.entries(a).every(([key, value]) => JSON.stringify(value) === JSON.stringify(other.get(key)));
};

/** Rows by each of their names; a name that nobody has gives an empty list. */
export const indexBy = <T>(
  rows: readonly T[],
  keysOf: (row: T) => readonly string[],
): ((key: string) => readonly T[]) => {
  const index = new Map<string, T[]>();
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const at = index.get(key);
      if (at) at.push(row);
      else index.set(key, [row]);
    }
  }
  return (key) => index.get(key) ?? [];
};
