// Who may be handed a link on the console: people by id or name, and the stand-in for an office that no roster has named.
import type pg from 'pg';

const STAND_IN = 'person_office';

export interface Office {
  /** By id or by exact name; several share a name. */
  peopleCalled(text: string): Promise<{ id: string; name: string; organisation: string | null }[]>;
  /** Holds the office's role until a roster names somebody. */
  readonly standInId: string;
  /** The first person of an empty service. */
  standIn(name: string, at: Date): Promise<{ id: string; name: string }>;
}

export const makeOffice = (pool: pg.Pool): Office => ({
  standInId: STAND_IN,
  async peopleCalled(text) {
    const { rows } = await pool.query<{ id: string; name: string; organisation: string | null }>(
      `select p.id, p.name, o.name as organisation from person p left join organisation o on o.id = p.organisation_id
        where p.id = $1 or p.name = $1 order by p.id limit 20`,
      [text],
    );
    return rows;
  },
  async standIn(name, at) {
    await pool.query(
      `with one as (insert into person (id, name, lives, no_account, added_at) values ($1, $2, 'unknown', true, $3)
                    on conflict do nothing returning id)
       insert into role_holding (id, person_id, role, scope_kind, scope) select id || '_role', id, 'office', 'city', '' from one`,
      [STAND_IN, name, at],
    );
    return { id: STAND_IN, name };
  },
});
