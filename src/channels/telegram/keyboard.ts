// A card's buttons: Telegram has no form, so ticks and choices are buttons too, and what was chosen so far is shown on them.
// Pure. https://core.telegram.org/bots/api#inlinekeyboardmarkup
import type { InlineKeyboardButton } from 'grammy/types';
import type { Card, CardAction, CardField, CardOption } from '../../domain/card.ts';
import type { CardDraft } from '../../ports-channels.ts';
import { charLength, cutToChars } from '../chunk-text.ts';
import { type Button, encodeButton } from './callback-data.ts';
import { words } from './words.ts';

export type Keyboard = InlineKeyboardButton[][];

/** Undocumented: 100 buttons and 8 in a row are said to be the most. We stay far below both, and a phone shows no more. */
const limits = { rowsOfAPage: 14, inARow: 4, widthOfARow: 20, label: 40, actions: 12 } as const;
/** A group's card, which is the same for everybody, has its choices on it only when they are few. */
const choicesInAGroup = 12;

/** A choice of a few short answers stands in one row behind the number of its question: 1 是 · 1 否. */
export const isShort = (field: CardField): boolean => {
  const options = field.options ?? [];
  return options.length <= limits.inARow && options.every(({ label }) => charLength(label) <= 3);
};

const numberOf = (field: CardField, fields: readonly CardField[]): string =>
  /^\d+/.exec(field.label)?.[0] ?? String(fields.indexOf(field) + 1);

const labelled = (text: string): string =>
  cutToChars(text.replace(/\s+/g, ' ').trim() || words.nothingYet, limits.label);

/** As many in a row as a phone can show side by side. */
const inRows = (buttons: readonly InlineKeyboardButton[], width: number = limits.widthOfARow): Keyboard => {
  const rows: Keyboard = [];
  let room = 0;
  for (const button of buttons) {
    const needed = charLength(button.text) + 2;
    const row = rows.at(-1);
    if (row && needed <= room && row.length < limits.inARow) row.push(button);
    else {
      rows.push([button]);
      room = width;
    }
    room -= needed;
  }
  return rows;
};

interface Marks {
  readonly token: string;
  readonly draft: CardDraft;
}

const callback = (
  token: string,
  text: string,
  button: Button,
  style?: 'primary' | 'danger' | 'success',
): InlineKeyboardButton => ({
  text: labelled(text),
  callback_data: encodeButton(token, button),
  ...(style ? { style } : {}),
});

const tickButton = ({ token, draft }: Marks, field: CardField, option: CardOption): InlineKeyboardButton => {
  const ticked = draft.ticks[field.id]?.includes(option.id) ?? false;
  return callback(token, `${ticked ? '✗' : '☐'} ${option.label}`, {
    verb: ticked ? 'untick' : 'tick',
    field: field.id,
    option: option.id,
  });
};

const choiceButton = (
  { token, draft }: Marks,
  field: CardField,
  option: CardOption,
  number: string,
): InlineKeyboardButton => {
  const chosen = draft.ticks[field.id]?.includes(option.id) ?? false;
  const text = number ? `${number} ${option.label}` : option.label;
  return callback(token, chosen ? `✓ ${text}` : text, { verb: 'choose', field: field.id, option: option.id });
};

const rowsOf = (marks: Marks, field: CardField, card: Card, writable: boolean): Keyboard => {
  const options = field.options ?? [];
  switch (field.kind) {
    case 'ticks':
      return options.map((option) => [tickButton(marks, field, option)]);
    case 'choice': {
      const short = isShort(field);
      const number = short ? numberOf(field, card.fields) : '';
      const buttons = options.map((option) => choiceButton(marks, field, option, number));
      return short ? [buttons] : inRows(buttons);
    }
    case 'text':
      return writable ? [[callback(marks.token, words.fillIn(field.label), { verb: 'write', field: field.id })]] : [];
  }
};

/** Telegram refuses a whole message for a button whose address has no public host ("Wrong HTTP URL"). */
export const isPublicUrl = (url: string): boolean =>
  URL.canParse(url) &&
  /^https?:$/.test(new URL(url).protocol) &&
  new URL(url).hostname.includes('.') &&
  !/^[\d.]+$/.test(new URL(url).hostname);

const styles = { primary: 'primary', danger: 'danger', plain: undefined } as const;

const actionButton = (token: string, { id, label, style = 'plain', url }: CardAction): InlineKeyboardButton[] => {
  if (url === undefined) return [callback(token, label, { verb: 'act', action: id }, styles[style])];
  return isPublicUrl(url) ? [{ text: labelled(label), url }] : [];
};

/** One page of rows, with the way to the others. */
const paged = (token: string, rows: Keyboard, asked: number): Keyboard => {
  const pages = Math.ceil(rows.length / limits.rowsOfAPage);
  if (pages <= 1) return rows;
  const page = Math.min(asked, pages - 1);
  const to = (target: number, text: string): InlineKeyboardButton[] =>
    target < 0 || target >= pages ? [] : [callback(token, text, { verb: 'page', page: target })];
  return [
    ...rows.slice(page * limits.rowsOfAPage, (page + 1) * limits.rowsOfAPage),
    [
      ...to(page - 1, `${words.previousPage} ${page}/${pages}`),
      ...to(page + 1, `${words.nextPage} ${page + 2}/${pages}`),
    ],
  ];
};

export interface KeyboardNeeds {
  readonly token: string;
  readonly card: Card;
  readonly draft: CardDraft;
  readonly audience: 'group' | 'person' | 'ephemeral';
  /** Opens this card in the private chat. */
  readonly privateLink: string | null;
  /** There is a group's card to go back to. */
  readonly back: boolean;
}

/** Whether everybody can choose on the one card of the group: few choices, and nothing to tick or to write. */
export const isFilledInGroup = (card: Card): boolean =>
  card.fields.every(({ kind }) => kind === 'choice') &&
  card.fields.reduce((n, { options = [] }) => n + options.length, 0) <= choicesInAGroup;

export const keyboardOf = ({ token, card, draft, audience, privateLink, back }: KeyboardNeeds): Keyboard => {
  const marks = { token, draft };
  const fields = card.state === 'open' ? card.fields : [];
  const shown = audience !== 'group' || isFilledInGroup(card);
  const inputs = shown ? fields.flatMap((field) => rowsOf(marks, field, card, audience === 'person')) : [];
  // Without its field on the card a press on these could only be asked back.
  const usable = shown || !fields.some(({ required }) => required);
  const actions = card.state === 'closed' || !usable ? [] : card.actions.slice(0, limits.actions);
  const link = (text: string): InlineKeyboardButton[] => (privateLink ? [{ text, url: privateLink }] : []);
  const elsewhere: InlineKeyboardButton[] = [];
  if (audience === 'group' && fields.length > 0)
    elsewhere.push(callback(token, words.mine, { verb: 'open' }), ...link(words.privately));
  if (audience === 'ephemeral') elsewhere.push(...link(words.privately));
  if (back) elsewhere.unshift(callback(token, words.back, { verb: 'back' }));
  return [
    ...paged(token, inputs, draft.page),
    ...inRows(actions.flatMap((action) => actionButton(token, action))),
    ...(elsewhere.length > 0 ? [elsewhere] : []),
  ].filter((row) => row.length > 0);
};
