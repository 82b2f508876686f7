// The pages of the letter strand: who must sign and how that stands, and the frozen ledger (R24, R27).
import type pg from 'pg';
import type { LedgerListRow, LetterGroup, LetterRow, Listings } from '../../ports-listings.ts';
import { pageOf } from './paging.ts';
import { newWhere, onlyAfter, onlySeen } from './where.ts';

/** What stands behind each figure of the letters. */
const letterConditions: Readonly<Record<LetterGroup, string>> = {
  unsigned: `l.state not in ('signed', 'signed_late')`,
  signed: `l.state = 'signed'`,
  signed_late: `l.state = 'signed_late'`,
  unreachable: `l.state = 'unreachable'`,
  undecided: `l.state = 'undecided'`,
  refused: `l.state = 'refused'`,
};

export const letterListings = (pool: pg.Pool): Pick<Listings, 'letters' | 'ledger'> => ({
  async letters({ campaign, places, sight, group, after, limit }) {
    const where = newWhere();
    where.add('l.campaign = ?', campaign.id);
    if (group) where.add(letterConditions[group]);
    if (places) where.add('l.area = any(?)', places);
    onlySeen(where, sight, { area: 'l.area', unit: 'l.unit_id' });
    onlyAfter(where, after, [
      ['l.letter', 'text'],
      ['l.unit_id', 'text'],
    ]);
    const { rows } = await pool.query<LetterRow>(
      `select l.id, l.letter, l.unit_id as "unitId", l.unit, c.name as company, l.kind, l.origin, l.area, l.zone,
              case when s.id is not null then jsonb_build_object('id', s.id, 'name', s.name) end as signatory,
              l.state, l.answers, l.version, l.sent_at as "sentAt", l.read_at as "readAt", l.signed_at as "signedAt",
              n.reminders, n.rung
         from letter l
         left join company_unit u on u.id = l.unit_id
         left join company c on c.id = u.company_id
         left join person s on s.id = l.signatory_id
         cross join lateral (
           select count(*) filter (where step like 'reminder_%')::int as reminders,
                  max(substring(step from '^rung_(\\d+)$')::int) as rung
             from nudge where campaign = l.campaign and about_kind = 'letter' and about_id = l.id) n
         ${where.text()} order by l.letter, l.unit_id limit ${where.put(limit + 1)}`,
      [...where.values],
    );
    return pageOf(rows, limit, (row) => [row.letter, row.unitId], asIs);
  },

  async ledger({ campaign, places, sight, after, limit }) {
    const where = newWhere();
    where.add('r.campaign = ?', campaign.id);
    if (places) where.add('r.area = any(?)', places);
    onlySeen(where, sight, { area: 'r.area', unit: 'l.unit_id' });
    onlyAfter(where, after, [['r.letter_id', 'text']]);
    const { rows } = await pool.query<LedgerListRow>(
      `select r.letter_id as letter, r.unit, r.area, r.zone, r.frozen_at as "frozenAt", r.state_then as "stateThen",
              r.attempts, r.reason, case when l.state = 'signed_late' then l.signed_at end as "signedLateAt"
         from ledger_row r left join letter l on l.id = r.letter_id
         ${where.text()} order by r.letter_id limit ${where.put(limit + 1)}`,
      [...where.values],
    );
    return pageOf(rows, limit, (row) => [row.letter], asIs);
  },
});

const asIs = <T>(row: T): T => row;
