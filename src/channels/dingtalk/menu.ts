// Cards without a template: a text with numbers, answered with numbers. `1` does the first action, `2 3 5 电梯停用` the second
// with options 3 and 5 and a note. Pure; the last card of a chat is remembered elsewhere.
import type { Card, CardAction, CardField, CardValues } from '../../domain/card.ts';
import { callsOf, isInteractive } from './form.ts';
import { words } from './words.ts';

const listed = (card: Card): CardField | undefined => {
  const [field, ...others] = card.fields.filter(({ kind }) => kind !== 'text');
  return others.length === 0 ? field : undefined;
};
const noted = (card: Card): CardField | undefined => {
  const [field, ...others] = card.fields.filter(({ kind }) => kind === 'text');
  return others.length === 0 ? field : undefined;
};

/** Whether numbers can say all that the card asks: at most one list and one text. */
export const takesNumbers = (card: Card): boolean =>
  isInteractive(card) &&
  card.fields.length === [listed(card), noted(card)].filter((field) => field !== undefined).length;

/** What stands under the card's own words. */
export const menuLines = (card: Card, group: boolean): readonly string[] => {
  if (!isInteractive(card)) return [];
  if (!takesNumbers(card)) return [words.wordsOnly];
  const field = listed(card);
  const note = noted(card);
  const calls = callsOf(card);
  // 全部落实 needs no ticks; what it stands beside does.
  const needing = calls.findIndex(({ id }) => id !== 'all_ok' || field?.kind === 'choice') + 1 || 1;
  const spelled = field?.kind === 'ticks' ? words.thenSome : words.thenOne;
  return [
    ...(field ? optionLines(field, card.lines) : []),
    words.replyWith(group) + calls.map((call, i) => numbered(i + 1, labelOf(call, calls))).join('　'),
    ...(field ? [spelled(needing, field.label)] : []),
    ...(note ? [words.thenText(note.label)] : []),
    words.byWords,
  ];
};

const numbered = (number: number, label: string): string => `${number} ${label}`;

/** Beside 全部落实 a bare 提交 would not say what is handed in. */
const labelOf = ({ id, label }: CardAction, calls: readonly CardAction[]): string =>
  id === 'submit' && calls.some((call) => call.id === 'all_ok') ? words.exceptions : label;

/** Nothing that the card's own lines number the same already. */
const optionLines = ({ options = [] }: CardField, lines: readonly string[]): readonly string[] => {
  const leads = options.map(({ label }, i) => numbered(i + 1, label.split(' · ')[0] ?? label));
  if (leads.every((lead) => lines.some((line) => line.startsWith(lead)))) return [];
  return options.map(({ label }, i) => (label.startsWith(`${i + 1} `) ? label : numbered(i + 1, label)));
};

export type ReadReply =
  | { readonly kind: 'press'; readonly action: string; readonly values: CardValues }
  | { readonly kind: 'no_such_number' };

/** Null for what is no such reply: it is read as words then. */
export const readNumbers = (card: Card, text: string): ReadReply | null => {
  if (!takesNumbers(card)) return null;
  const [, numbers, rest = ''] = /^\s*(\d{1,3}(?:[\s,，、]+\d{1,3})*)(?:[\s,，、:：]+(\D.*))?\s*$/s.exec(text) ?? [];
  if (numbers === undefined) return null;
  const [first = 0, ...others] = numbers.split(/[\s,，、]+/).map(Number);
  const action = callsOf(card)[first - 1];
  const field = listed(card);
  const note = noted(card);
  const options = others.map((n) => field?.options?.[n - 1]?.id);
  if (!action || options.includes(undefined) || (field?.kind === 'choice' && options.length > 1))
    return { kind: 'no_such_number' };
  if (rest.trim() !== '' && !note) return null;
  const ids = options as readonly string[];
  return {
    kind: 'press',
    action: action.id,
    values: {
      ...(field && ids.length > 0 ? { [field.id]: field.kind === 'ticks' ? ids : (ids[0] ?? '') } : {}),
      ...(note && rest.trim() !== '' ? { [note.id]: rest.trim() } : {}),
    },
  };
};
