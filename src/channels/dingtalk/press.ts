// What a submitted form says, in either of the shapes that DingTalk's documentation shows. Lenient, because the shapes of
// values are documented by example only; what nobody chose is not in the values. Pure.
import type { CardValues } from '../../domain/card.ts';
import { actionField } from './form.ts';
import { type CardCallback, objectIn } from './payloads.ts';

export type ReadPress =
  | { readonly kind: 'press'; readonly action: string; readonly values: CardValues }
  /** Submitted without saying what is wanted. */
  | { readonly kind: 'no_action' }
  /** A click that submits nothing, such as one on the card's body. */
  | { readonly kind: 'nothing' };

export const readPress = (callback: Pick<CardCallback, 'content' | 'value' | 'params'>): ReadPress => {
  const content = objectIn(callback.content ?? callback.value);
  const given = objectIn(content.cardPrivateData).params ?? content.params ?? callback.params;
  const params = objectIn(given);
  if (!('form' in params)) return { kind: 'nothing' };
  const { [actionField]: action = hiddenAction(params.current_form), ...values } = valuesIn(params.form);
  return typeof action === 'string' && action !== '' ? { kind: 'press', action, values } : { kind: 'no_action' };
};

/** An empty form is a form: present, with nothing in it. */
const valuesIn = (form: unknown): CardValues =>
  Object.fromEntries(
    Object.entries(objectIn(form)).flatMap(([name, value]) => {
      const read = readValue(value);
      return read === null || read.length === 0 ? [] : [[name, read]];
    }),
  );

/** A text, a number, one choice as a text or as `{index, value}`, several as a list or as `{index, value: […]}`. */
const readValue = (value: unknown): string | readonly string[] | null => {
  if (typeof value === 'string') return listIn(value) ?? value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.flatMap((one) => readValue(one) ?? []);
  if (typeof value === 'object' && value !== null && 'value' in value) return readValue(value.value);
  return null;
};

/** A list may come as JSON, like everything else of a card. */
const listIn = (text: string): readonly string[] | null => {
  if (!/^\s*\[\s*"/.test(text)) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : null;
  } catch {
    return null;
  }
};

/** The template sends the form it showed along, for clients that leave hidden fields out. */
const hiddenAction = (form: unknown): string | undefined => {
  const { fields } = objectIn(form);
  if (!Array.isArray(fields)) return undefined;
  const hidden = fields.map(objectIn).find((field) => field.name === actionField && field.hidden === true);
  return typeof hidden?.defaultValue === 'string' ? hidden.defaultValue : undefined;
};
