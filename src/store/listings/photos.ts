// The photos of a page of records: one query for all of them.
import type pg from 'pg';
import type { PhotoRow } from '../../ports-listings.ts';

/** By what they are about; nothing for what has none. */
export const photosAbout = async (
  pool: pg.Pool,
  ids: readonly string[],
): Promise<(ids: readonly string[]) => PhotoRow[]> => {
  const { rows } = await pool.query<PhotoRow & { about: string }>(
    'select p.about_id as about, p.id, p.at, p.taken_at as "takenAt" from photo p where p.about_id = any($1) order by p.at, p.id',
    [ids],
  );
  const by = Map.groupBy(rows, (row) => row.about);
  return (about) => about.flatMap((id) => by.get(id) ?? []).map(({ about: _, ...photo }) => photo);
};
