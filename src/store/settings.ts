// Facts about the service itself, as JSON by key: what an empty database decided once and every later start must keep.
import type pg from 'pg';

export interface ServiceSettings {
  get<T>(key: string): Promise<T | null>;
  set(key: string, value: unknown): Promise<void>;
  /** The value that stands: this one if there was none, whoever came first. */
  keep<T>(key: string, value: T): Promise<T>;
  /** For a number of ms that never goes down, whoever else raises it: the one that stands now. */
  raise(key: string, ms: number): Promise<number>;
}

export const makeSettings = (pool: pg.Pool): ServiceSettings => {
  const get = async <T>(key: string): Promise<T | null> =>
    ((await pool.query<{ value: T }>('select value from setting where key = $1', [key])).rows[0]?.value ??
      null) as T | null;
  return {
    get,
    async set(key, value) {
      await pool.query(
        'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
        [key, JSON.stringify(value)],
      );
    },
    async keep<T>(key: string, value: T): Promise<T> {
      await pool.query('insert into setting (key, value) values ($1, $2) on conflict do nothing', [
        key,
        JSON.stringify(value),
      ]);
      return (await get<T>(key)) as T;
    },
    async raise(key, ms) {
      const { rows } = await pool.query<{ ms: number }>(
        `insert into setting as s (key, value) values ($1, jsonb_build_object('ms', $2::float8))
         on conflict (key) do update set value = jsonb_build_object('ms', greatest((s.value->>'ms')::float8, $2::float8))
         returning (value->>'ms')::float8 as ms`,
        [key, ms],
      );
      return rows[0]?.ms ?? ms;
    },
  };
};
