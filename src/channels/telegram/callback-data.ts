// What a button carries: which view of which card, what to do, and to what. At most 64 bytes, so ids go by short names that
// the view keeps (ports-channels: ShownCard.names). Always an absolute value: "item 4 is ticked", never "turn item 4 over".
import * as z from 'zod';
import type { Card } from '../../domain/card.ts';
import { shortDigest } from '../view-token.ts';

export type Button =
  | { readonly verb: 'tick' | 'untick' | 'choose'; readonly field: string; readonly option: string }
  | { readonly verb: 'write'; readonly field: string }
  | { readonly verb: 'page'; readonly page: number }
  | { readonly verb: 'act'; readonly action: string }
  | { readonly verb: 'open' | 'back' };

const VERSION = '1';
const letters = { tick: 't', untick: 'u', choose: 'c', write: 'w', page: 'p', act: 'a', open: 'o', back: 'b' } as const;
const verbs = new Map(Object.entries(letters).map(([verb, letter]) => [letter as string, verb as Button['verb']]));

/** https://core.telegram.org/bots/api#inlinekeyboardbutton, counted in bytes of UTF-8. */
const callbackData = z.string().regex(/^[\w|-]{1,64}$/);

/** 48 bits: among 2,000 ids of one card two are alike once in 10⁸ cards. */
export const shortName = (id: string): string => shortDigest(id, 8);

export const namesOf = (card: Card): Record<string, string> => {
  const ids = [
    ...card.fields.flatMap((field) => [field.id, ...(field.options ?? []).map((option) => option.id)]),
    ...card.actions.map((action) => action.id),
  ];
  return Object.fromEntries(ids.map((id) => [shortName(id), id]));
};

export const encodeButton = (token: string, button: Button): string => {
  const parts = [VERSION, token, letters[button.verb]];
  if ('field' in button) parts.push(shortName(button.field));
  if ('option' in button) parts.push(shortName(button.option));
  if ('action' in button) parts.push(shortName(button.action));
  if ('page' in button) parts.push(String(button.page));
  return callbackData.parse(parts.join('|'));
};

export interface PressedButton {
  readonly token: string;
  readonly verb: Button['verb'];
  /** Short names, or the number of the page. */
  readonly rest: readonly string[];
}

/** Anybody can send any data with a press: null for what no button of ours says. */
export const decodeButton = (data: string): PressedButton | null => {
  if (!callbackData.safeParse(data).success) return null;
  const [version, token, letter = '', ...rest] = data.split('|');
  const verb = verbs.get(letter);
  return version === VERSION && token && verb ? { token, verb, rest } : null;
};

/** What the short names stand for on this view; null when it never had them. */
export const resolveButton = (
  { verb, rest }: PressedButton,
  names: Readonly<Record<string, string>>,
): Button | null => {
  const [first = '', second = ''] = rest;
  const [a, b] = [
    Object.hasOwn(names, first) ? names[first] : null,
    Object.hasOwn(names, second) ? names[second] : null,
  ];
  switch (verb) {
    case 'tick':
    case 'untick':
    case 'choose':
      return a && b ? { verb, field: a, option: b } : null;
    case 'write':
      return a ? { verb, field: a } : null;
    case 'act':
      return a ? { verb, action: a } : null;
    case 'page':
      return /^\d{1,3}$/.test(first) ? { verb, page: Number(first) } : null;
    default:
      return { verb };
  }
};
