// One-time links by their key. They are written and spent with the change they belong to (commit.ts).
import type pg from 'pg';
import type { Link } from '../domain/link.ts';
import type { Links } from '../ports-web.ts';

export const makeLinks = (pool: pg.Pool): Links => ({
  async find(key) {
    const { rows } = await pool.query<Link>(
      `select key, purpose, campaign, person_id as "personId", data, made_at as "madeAt", expires_at as "expiresAt",
              used_at as "usedAt" from one_time_link where key = $1`,
      [key],
    );
    return rows[0] ?? null;
  },
});
