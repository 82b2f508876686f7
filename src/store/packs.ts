// Campaign packs as imported versions: the last one whose instant has come is the truth (DESIGN §4 "Pack and database", E30).
import type pg from 'pg';
import type { Packs, PackVersion } from '../ports-packs.ts';

const columns = `p.campaign, p.version, p.hash, p.body, p.imported_at as "importedAt", p.effective_at as "effectiveAt", p.taken_at as "takenAt"`;

export const makePacks = (pool: pg.Pool): Packs => ({
  async all() {
    const { rows } = await pool.query<PackVersion>(
      `select ${columns} from pack p join (select campaign, min(imported_at) as first from pack group by campaign) n using (campaign)
        order by n.first, p.campaign, p.version`,
    );
    return rows;
  },
  async mark() {
    const { rows } = await pool.query<{ mark: string }>(
      `select coalesce(string_agg(campaign || ':' || version || ':' || (taken_at is not null), ',' order by campaign, version), '') as mark from pack`,
    );
    return rows[0]?.mark ?? '';
  },
  async add({ campaign, hash, body, effectiveAt, at, from, by }) {
    const { rows } = await pool.query<PackVersion>(
      `with added as (insert into pack (campaign, version, hash, body, imported_at, effective_at)
          select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 from pack where campaign = $1 on conflict do nothing returning *),
        noted as (insert into event (campaign, at, kind, subject_kind, subject_id, by_id, by_name, inbound, data)
          select campaign, imported_at, 'pack.published', 'campaign', campaign, $6, $7, null,
            jsonb_build_object('version', version, 'from', $8::text, 'hash', hash) from added)
       select ${columns} from added p`,
      [campaign, hash, JSON.stringify(body), at, effectiveAt, by?.id ?? null, by?.name ?? null, from],
    );
    return rows[0] ?? null;
  },
  async taken(campaign, version, at) {
    await pool.query('update pack set taken_at = $3 where campaign = $1 and version = $2', [campaign, version, at]);
  },
});
