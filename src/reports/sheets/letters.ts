// The letter on paper: who must sign and how that stands (R23–R26), and the ledger of who had not in time (R27).

import type { ExportOrder } from '../../ports-exports.ts';
import type { LedgerListRow, LetterRow } from '../../ports-listings.ts';
import type { SheetContent } from '../workbook-file.ts';
import { listedSheet, pagesOf } from './listed.ts';
import type { Sources } from './sources.ts';

export const signingSheet = (asked: ExportOrder, sources: Sources): SheetContent => {
  const { listings, words, word, list } = sources;
  const questions = asked.campaign.letter?.questions ?? [];
  const refused = ({ answers }: LetterRow) =>
    list(questions.filter(({ id }) => answers[id] === 'no').map(({ num }) => String(num)));
  return listedSheet(
    'signing',
    words,
    pagesOf(asked, (query) => listings.letters({ ...query, group: null })),
    (row) => [
      {
        unit: row.unit,
        company: row.company,
        origin: words.origin[row.origin],
        kind: words.unit_kind[row.kind],
        zone: row.zone,
        area: row.area,
        signatory: row.signatory?.name ?? null,
        state: word('letter_state', row.state),
        sent: row.sentAt,
        read: row.readAt,
        signed: row.signedAt,
        refused: refused(row),
        reminders: row.reminders,
      },
    ],
  );
};

export const unsignedSheet = (asked: ExportOrder, { listings, words, word }: Sources): SheetContent =>
  listedSheet('unsigned', words, pagesOf(asked, listings.ledger), (row: LedgerListRow) => [
    {
      unit: row.unit,
      zone: row.zone,
      area: row.area,
      frozen: row.frozenAt,
      state: word('letter_state', row.stateThen),
      attempts: row.attempts,
      reason: row.reason,
      signed_late: row.signedLateAt,
    },
  ]);
