// Evidence photos: the rows that say what they prove. New and attached ones are written with the change they belong to.
import type pg from 'pg';
import type { ProvableAct } from '../domain/photo.ts';
import type { PhotoRecords } from '../ports-photos.ts';
import { decodePhoto } from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

export const makePhotoRecords = (pool: pg.Pool): PhotoRecords => ({
  async lastAct(campaigns, personId, since) {
    const { rows } = await pool.query<ProvableAct>(
      `select a.campaign, jsonb_build_object('kind', a.kind, 'id', a.id) as about, a.at, a.compound_id as "compoundId",
              a.compound_name as "compoundName", a.area, a.zone,
              (select count(*)::int from photo p where p.about_id = a.id) as photos
         from (
           (select i.campaign, 'inspection' as kind, i.id, i.recorded_at as at, i.compound_id, i.compound_name, i.area, i.zone
              from inspection i where i.campaign = any($1) and i.inspector_id = $2 and i.entered_at >= $3 and i.live
             order by i.entered_at desc limit 1)
           union all
           (select f.campaign, 'finding', f.id, greatest(f.claimed_at, f.reported_at), f.compound_id, f.compound_name, f.area, f.zone
              from finding f where f.claimed_by_id = $2 and f.claimed_at >= $3 and f.campaign = any($1)
             order by f.claimed_at desc limit 1)) a
        order by a.at desc limit 1`,
      [campaigns, personId, since],
    );
    return rows[0] ?? null;
  },

  async find(id) {
    const { rows } = await pool.query<{ photo: Row; unitId: string | null }>(
      `select to_jsonb(p) as photo,
              (select f.unit_id from finding f where f.campaign = p.campaign and f.compound_id = p.compound_id
                  and (f.id = p.about_id or p.about_id = any(f.inspection_ids)) and f.unit_id is not null limit 1) as "unitId"
         from photo p where p.id = $1`,
      [id],
    );
    const [row] = rows;
    return row ? { photo: decodePhoto(row.photo), unitId: row.unitId } : null;
  },

  async about({ kind, id }) {
    const { rows } = await pool.query<{ row: Row }>(
      'select to_jsonb(p) as row from photo p where p.about_id = $1 and p.about_kind = $2 order by p.at, p.id',
      [id, kind],
    );
    return rows.map(({ row }) => decodePhoto(row));
  },

  async dropWaiting(before) {
    const { rows } = await pool.query<{ hash: string }>(
      `with gone as (delete from photo where about_kind is null and at < $1 returning id, hash)
       select distinct g.hash from gone g
        where not exists (select from photo p where p.hash = g.hash and p.id not in (select id from gone))`,
      [before],
    );
    return rows.map(({ hash }) => hash);
  },
});
