// The cards that a channel with buttons only has shown, and what people chose on them so far. Each step of filling in is
// one statement to an absolute value, so that presses that cross, come twice or meet in two processes end the same.
import type pg from 'pg';
import type { CardDraft, DraftStep, ShownCard, ShownCards } from '../ports-channels.ts';

const viewColumns = 'token, owner, card, names, place, drawn';

const show = `
  insert into shown_card (card_id, owner, token, card, names) values ($1, $2, $3, $4, $5)
  on conflict (card_id, owner) do update
    set token = excluded.token, card = excluded.card, names = shown_card.names || excluded.names
  returning ${viewColumns}`;

/** What a step makes of `ticks`, `texts` and `page`, as SQL. $3 is the field and $4 the option or text; for a page $3. */
const steps: Readonly<Record<DraftStep['kind'], Partial<Record<keyof CardDraft, (before: string) => string>>>> = {
  tick: {
    ticks: (t) => `${t} || jsonb_build_object($3::text, coalesce(${t} -> $3, '[]') - $4::text || to_jsonb($4::text))`,
  },
  untick: { ticks: (t) => `${t} || jsonb_build_object($3::text, coalesce(${t} -> $3, '[]') - $4::text)` },
  choose: { ticks: (t) => `${t} || jsonb_build_object($3::text, jsonb_build_array($4::text))` },
  write: { texts: (t) => `${t} || jsonb_build_object($3::text, $4::text)` },
  page: { page: () => '$3::int' },
};

const empty = { ticks: `'{}'::jsonb`, texts: `'{}'::jsonb`, page: '0' } as const;

const fill = (kind: DraftStep['kind']): string => {
  const columns = Object.keys(empty) as (keyof typeof empty)[];
  const after = (column: keyof typeof empty, before: string) => steps[kind][column]?.(before) ?? before;
  return `
    insert into card_draft (token, account, ticks, texts, page)
    values ($1, $2, ${columns.map((column) => after(column, empty[column])).join(', ')})
    on conflict (token, account) do update
      set ${columns.map((column) => `${column} = ${after(column, `card_draft.${column}`)}`).join(', ')}
    returning ticks, texts, page`;
};

const asked = `
  insert into card_draft (token, account, ticks, texts, page, asked_message, asked_field) values ($1, $2, '{}', '{}', 0, $4, $3)
  on conflict (token, account) do update set asked_message = excluded.asked_message, asked_field = excluded.asked_field`;

const blank: CardDraft = { ticks: {}, texts: {}, page: 0 };

export const makeShownCards = (pool: pg.Pool): ShownCards => {
  const one = async <T extends object>(text: string, values: unknown[]): Promise<T | null> =>
    (await pool.query<T>(text, values)).rows[0] ?? null;
  return {
    show: async ({ token, owner, card, names }) =>
      (await one<ShownCard>(show, [card.id, owner, token, card, names])) as ShownCard,
    find: (token) => one<ShownCard>(`select ${viewColumns} from shown_card where token = $1`, [token]),
    of: (cardId, owner) =>
      one<ShownCard>(`select ${viewColumns} from shown_card where card_id = $1 and owner = $2`, [cardId, owner]),
    async drawn(token, place, fingerprint) {
      await pool.query('update shown_card set place = $2, drawn = $3 where token = $1', [token, place, fingerprint]);
    },
    draft: async (token, account) =>
      (await one<CardDraft>('select ticks, texts, page from card_draft where token = $1 and account = $2', [
        token,
        account,
      ])) ?? blank,
    fill: async (token, account, step) =>
      (await one<CardDraft>(fill(step.kind), [token, account, ...valuesOf(step)])) as CardDraft,
    async forget(token, account) {
      await pool.query('delete from card_draft where token = $1 and account = $2', [token, account]);
    },
    async asked(token, account, field, message) {
      await pool.query(asked, [token, account, field, message]);
    },
    askedBy: (account, message) =>
      one('select token, asked_field as field from card_draft where account = $1 and asked_message = $2', [
        account,
        message,
      ]),
  };
};

const valuesOf = (step: DraftStep): (string | number)[] => {
  if (step.kind === 'page') return [step.page];
  return [step.field, step.kind === 'write' ? step.text : step.option];
};
