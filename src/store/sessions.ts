// Sessions of the pages in PostgreSQL, each with its person in one round trip. Instants are real time.
import type pg from 'pg';
import { isOpen, NOTED_EVERY_MS, type Session } from '../domain/session.ts';
import type { Sessions } from '../ports-web.ts';
import { decodePerson, personJson } from './person-row.ts';

export const makeSessions = (pool: pg.Pool): Sessions => ({
  async find(key, at, campaign, today) {
    const { rows } = await pool.query<Session & { person: unknown }>({
      name: 'sessions:find',
      text: `select s.key, s.kind, s.person_id as "personId", s.opened_at as "openedAt", s.seen_at as "seenAt",
                    s.ends_at as "endsAt", ${personJson('p')} as person
               from session s join person p on p.id = s.person_id
              where s.key = $1 and (p.left_on is null or p.left_on > $2::date)`,
      values: [key, today],
    });
    const [row] = rows;
    if (!row) return null;
    const { person, ...session } = row;
    if (!isOpen(session, at)) return null;
    if (at.getTime() - session.seenAt.getTime() >= NOTED_EVERY_MS) {
      await pool.query('update session set seen_at = $2 where key = $1 and seen_at < $2', [key, at]);
    }
    return { session, person: decodePerson(person, campaign, today) };
  },

  async end(key) {
    await pool.query('delete from session where key = $1', [key]);
  },

  async endAll(personId, kind) {
    await pool.query('delete from session where person_id = $1 and ($2::text is null or kind = $2)', [
      personId,
      kind ?? null,
    ]);
  },

  async tidy(personId, most, at) {
    await pool.query(
      `delete from session where person_id = $1
          and (ends_at <= $3 or key not in (select key from session where person_id = $1 order by opened_at desc, key limit $2))`,
      [personId, most, at],
    );
  },
});
