// Campaign packs as imported versions: the newest of each campaign is the truth (DESIGN §4 "Pack and database").
import type pg from 'pg';

export interface PackVersion {
  readonly campaign: string;
  readonly version: number;
  readonly hash: string;
  readonly body: unknown;
}

export interface Packs {
  /** The newest version of each campaign, in the order in which the campaigns first came. */
  newest(): Promise<PackVersion[]>;
  /** Adds a version unless the newest one has the same hash; says what stands now, and whether it is new. */
  add(campaign: string, hash: string, body: unknown, at: Date): Promise<{ version: number; isNew: boolean }>;
}

export const makePacks = (pool: pg.Pool): Packs => ({
  async newest() {
    const { rows } = await pool.query<PackVersion>(
      `select p.campaign, p.version, p.hash, p.body from pack p
        join (select campaign, max(version) as version, min(imported_at) as first from pack group by campaign) n using (campaign, version)
        order by n.first, p.campaign`,
    );
    return rows;
  },
  async add(campaign, hash, body, at) {
    const { rows } = await pool.query<{ version: number; added: boolean }>(
      `with newest as (select version, hash from pack where campaign = $1 order by version desc limit 1),
        added as (insert into pack (campaign, version, hash, body, imported_at)
          select $1, coalesce((select version from newest), 0) + 1, $2, $3, $4 where not exists (select from newest where hash = $2) returning version)
       select version, true as added from added union all select version, false from newest order by added desc, version desc limit 1`,
      [campaign, hash, JSON.stringify(body), at],
    );
    const [row] = rows;
    if (!row) throw new Error(`the pack of ${campaign} could not be added`);
    return { version: row.version, isNew: row.added };
  },
});
