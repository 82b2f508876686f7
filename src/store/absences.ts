// Leave on record: who is away from when to when (E13).
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Day } from '../domain/calendar.ts';

interface Absence {
  readonly personId: string;
  readonly from: Day;
  readonly to: Day;
}

const idOf = ({ personId, from, to }: Absence): string =>
  `abs_${createHash('sha256').update(`${personId}/${from}/${to}`).digest('hex').slice(0, 16)}`;

export const makeAbsences = (pool: pg.Pool) => ({
  /** The same leave twice is one. */
  async record(absences: readonly Absence[], at: Date): Promise<void> {
    await pool.query(
      `insert into absence (id, person_id, from_on, to_on, at)
       select a.id, a."personId", a."from", a."to", $2 from jsonb_to_recordset($1::jsonb) as a(id text, "personId" text, "from" date, "to" date)
       on conflict do nothing`,
      [JSON.stringify(absences.map((absence) => ({ id: idOf(absence), ...absence }))), at],
    );
  },
});
