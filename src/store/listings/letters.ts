// The pages of the letter strand: who must sign and how that stands, and the frozen ledger (R24, R27).
import type pg from 'pg';
import type { LedgerListRow, LetterRow, Listings } from '../../ports-listings.ts';
import { keyParts, pageOf } from './paging.ts';

export const letterListings = (pool: pg.Pool): Pick<Listings, 'letters' | 'ledger'> => ({
  async letters(query) {
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
        where l.campaign = $1 and ($2::text is null or (l.letter, l.unit_id) > ($2, $3))
        order by l.letter, l.unit_id limit $4`,
      [query.campaign.id, ...keyParts(query, 2), query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => [row.letter, row.unitId], asIs);
  },

  async ledger(query) {
    const { rows } = await pool.query<LedgerListRow>(
      `select r.letter_id as letter, r.unit, r.area, r.zone, r.frozen_at as "frozenAt", r.state_then as "stateThen",
              r.attempts, r.reason, case when l.state = 'signed_late' then l.signed_at end as "signedLateAt"
         from ledger_row r left join letter l on l.id = r.letter_id
        where r.campaign = $1 and ($2::text is null or r.letter_id > $2)
        order by r.letter_id limit $3`,
      [query.campaign.id, ...keyParts(query, 1), query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => [row.letter], asIs);
  },
});

const asIs = <T>(row: T): T => row;
