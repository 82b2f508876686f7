// What one-time forms read: the card as its person sees it, and whose letters a unit's name means.
import type pg from 'pg';
import type { Card } from '../domain/card.ts';
import type { Answer } from '../domain/change.ts';
import type { Forms } from '../ports-web.ts';
import { decodeLetter } from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

export const makeForms = (pool: pg.Pool): Forms => ({
  async shown(card, personId) {
    const { rows } = await pool.query<{ card: Card }>(
      'select card from card_view where card_id = $1 and person_id = $2',
      [card, personId],
    );
    return rows[0]?.card ?? null;
  },

  async answered(eventId) {
    const { rows } = await pool.query<{ answer: Answer | null }>(
      `select answer from inbound where channel = 'form' and event_id = $1`,
      [eventId],
    );
    return rows[0] ?? null;
  },

  async lettersOf(campaign, words, limit) {
    const { rows } = await pool.query<{ row: Row }>(
      `select to_jsonb(l) as row from letter l where l.campaign = $1 and position($2 in l.unit) > 0
          and l.state not in ('signed', 'signed_late') order by length(l.unit), l.id limit $3`,
      [campaign, words, limit],
    );
    return rows.map(({ row }) => decodeLetter(row));
  },

  async lettersFor(campaign, personId) {
    const { rows } = await pool.query<{ row: Row }>(
      `select to_jsonb(l) as row from letter l where l.campaign = $1 and l.signatory_id = $2
          and l.state not in ('signed', 'signed_late') order by l.unit`,
      [campaign, personId],
    );
    return rows.map(({ row }) => decodeLetter(row));
  },
});
