// The ends of phases that the office moved, oldest first (E31).
import type pg from 'pg';
import type { PhaseChange } from '../domain/phase-change.ts';
import { decodePhaseChange } from './rows.ts';

export const readPhaseChanges = async (pool: pg.Pool): Promise<PhaseChange[]> => {
  const { rows } = await pool.query<{ c: Readonly<Record<string, unknown>> }>(
    'select to_jsonb(c) as c from phase_change c order by at, id',
  );
  return rows.map(({ c }) => decodePhaseChange(c));
};
