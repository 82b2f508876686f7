// Draws a neutral card as the variables of the one card template (cards/dingtalk): a title, a text, and a form whose fields
// are data. One submit for each card, so a card with several actions asks for the action too. Pure.
// https://open.dingtalk.com/document/orgapp/card-form (the variable and the values that a submit brings)
import type { Card, CardAction, CardField } from '../../domain/card.ts';
import { cutToBytes } from '../chunk-text.ts';
import { limits } from './limits.ts';
import { asMarkdown, linesOf, linkTo, oneLine } from './texts.ts';
import { words } from './words.ts';

/** The template's variables; all are strings, objects as JSON (docs 0789). */
export interface FormVariables {
  readonly title: string;
  readonly desc: string;
  /** What a press was answered with in words; only its presser sees it. */
  readonly tip: string;
  readonly form: string;
  readonly form_btn_text: string;
  readonly form_status: 'normal' | 'disabled';
}

export interface DrawnForm {
  readonly variables: FormVariables;
  /** Lines that the card has no room for, all of them; null when nothing is missing. */
  readonly overflow: readonly string[] | null;
}

/** The field that says what is to be done. No field of a campaign has such an id. */
export const actionField = 'dudao_action';

interface FormField {
  readonly name: string;
  readonly label?: string;
  readonly type: 'TEXT' | 'TEXT_AREA' | 'SELECT' | 'CHECKBOX_GROUP' | 'MULTI_CHECKBOX_GROUP';
  readonly required?: boolean;
  readonly hidden?: boolean;
  readonly placeholder?: string;
  readonly defaultValue?: string;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
}

export const callsOf = (card: Card): readonly CardAction[] => card.actions.filter((action) => action.url === undefined);

/** Whether a press on the card can come to anything; any other card goes as words. */
export const isInteractive = (card: Card): boolean => card.state !== 'closed' && callsOf(card).length > 0;

export const drawForm = (card: Card): DrawnForm => {
  const calls = isInteractive(card) ? callsOf(card) : [];
  const [only, ...others] = calls;
  const more = card.fields.flatMap(({ options = [] }) => {
    const left = options.length - limits.choices;
    return left > 0 ? [words.moreByText(left)] : [];
  });
  const { desc, overflow } = describe([...linesOf(card), ...more], card.actions);
  const fields = only ? [...card.fields.map((field) => fieldOf(field, calls)), ...actionFields(calls)] : [];
  return {
    variables: {
      title: oneLine(card.title),
      // An empty value of one's own would show everybody's.
      desc: desc || ' ',
      tip: '',
      form: JSON.stringify({ fields }),
      form_btn_text: only ? (others.length === 0 ? only.label : words.submit) : words.over,
      form_status: only ? 'normal' : 'disabled',
    },
    overflow,
  };
};

/** Drawn from the first line on as long as it fits, whole lines only; links always stay. */
const describe = (
  lines: readonly string[],
  actions: readonly CardAction[],
): Pick<DrawnForm['variables'], 'desc'> & Pick<DrawnForm, 'overflow'> => {
  const links = actions.flatMap(({ label, url }) => (url === undefined ? [] : [linkTo(label, url)]));
  const whole = [asMarkdown(lines), ...links].filter((part) => part !== '').join('  \n  ');
  if (Buffer.byteLength(whole) <= limits.descBytes) return { desc: whole, overflow: null };
  const kept: string[] = [];
  for (const line of lines) {
    if (Buffer.byteLength(asMarkdown([...kept, line])) > limits.descBytes - 200 - Buffer.byteLength(links.join('')))
      break;
    kept.push(line);
  }
  if (kept.length === 0) kept.push(cutToBytes(lines[0] ?? '', limits.descBytes / 2));
  return { desc: [asMarkdown([...kept, words.goesOn]), ...links].join('  \n  '), overflow: lines };
};

const fieldOf = (field: CardField, calls: readonly CardAction[]): FormField => {
  // The client itself would keep somebody from saying 我不是负责人 until twelve questions are answered.
  const required = field.required === true && calls.length === 1;
  const common = { name: field.id, label: field.label, ...(required ? { required } : {}) };
  const options = (field.options ?? []).map(({ id, label }) => ({ value: id, text: label }));
  switch (field.kind) {
    case 'text':
      return { ...common, type: 'TEXT_AREA' };
    case 'ticks':
      return { ...common, type: 'MULTI_CHECKBOX_GROUP', options: options.slice(0, limits.choices) };
    case 'choice':
      return options.length <= limits.openChoices
        ? { ...common, type: 'CHECKBOX_GROUP', options }
        : {
            ...common,
            type: 'SELECT',
            placeholder: words.pleaseChoose,
            options: options.slice(0, limits.choices),
          };
  }
};

/** Several actions are a question of the form; the only one travels along unseen. Nothing is chosen beforehand. */
const actionFields = (calls: readonly CardAction[]): readonly FormField[] => {
  const [only, ...others] = calls;
  if (!only) return [];
  if (others.length === 0) return [{ name: actionField, type: 'TEXT', hidden: true, defaultValue: only.id }];
  const options = calls.map(({ id, label }) => ({ value: id, text: labelOf(id, label, calls) }));
  return [{ name: actionField, label: words.action, type: 'CHECKBOX_GROUP', required: true, options }];
};

/** Beside 全部落实 a bare 提交 would not say what is handed in. */
const labelOf = (id: string, label: string, calls: readonly CardAction[]): string =>
  id === 'submit' && calls.some((other) => other.id === 'all_ok') ? words.hasExceptions : label;
