// Whom a platform was asked about by mobile, and whom it may be asked about next.
import type pg from 'pg';
import type { MobileLookups } from '../ports-listings.ts';

const hash = (mobile: string): string => `encode(sha256(convert_to(${mobile}, 'UTF8')), 'hex')`;

export const makeMobileLookups = (pool: pg.Pool): MobileLookups => ({
  async next(channel, most) {
    const { rows } = await pool.query<{ id: string; mobile: string }>(
      // People of the bureaus first: they are in the corp. Company people may be in another one.
      `select p.id, p.mobile from person p
        where p.mobile is not null and p.left_on is null and not p.no_account
          and not exists (select from binding b where b.channel = $1 and b.person_id = p.id)
          and not exists (select from mobile_lookup l where l.channel = $1 and l.person_id = p.id and l.mobile_hash = ${hash('p.mobile')})
        order by p.organisation_id is null, p.id limit $2`,
      [channel, most],
    );
    return rows;
  },

  async lastDay(channel) {
    const { rows } = await pool.query<{ found: number; unknown: number }>(
      `select count(*) filter (where found)::int as found, count(*) filter (where not found)::int as unknown
         from mobile_lookup where channel = $1 and asked_at > clock_timestamp() - interval '1 day'`,
      [channel],
    );
    return rows[0] ?? { found: 0, unknown: 0 };
  },

  async note(channel, { id, mobile }, found) {
    await pool.query(
      `insert into mobile_lookup (channel, person_id, mobile_hash, found, asked_at) values ($1, $2, ${hash('$3::text')}, $4, clock_timestamp())
       on conflict (channel, person_id) do update set mobile_hash = excluded.mobile_hash, found = excluded.found, asked_at = excluded.asked_at`,
      [channel, id, mobile, found],
    );
  },
});
