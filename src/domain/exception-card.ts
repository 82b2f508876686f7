// Reads a press on a checklist card: 全部落实 in one tap, or the ticks of what is NOT done. Nothing counts as "yes" that
// nobody said (R20, DESIGN §5): an empty submit and a contradiction are asked back.
import { type CardValues, textOf, ticksOf } from './card.ts';
import type { Answers, AnswerValue, Checklist, Item } from './checklist.ts';

export type PressReading =
  | { readonly kind: 'answers'; readonly answers: Answers; readonly note: string | null }
  | { readonly kind: 'nothing_ticked' }
  | { readonly kind: 'contradiction' }
  | { readonly kind: 'unknown_item' }
  /** A figure or a choice is not given, or no good; the other answers stand. */
  | {
      readonly kind: 'missing';
      readonly items: readonly Item[];
      readonly answers: Answers;
      readonly note: string | null;
    };

/** A number within its bounds, or an option's id; null when the field is empty or says neither. */
const givenFor = (item: Item, values: CardValues): AnswerValue | null => {
  const text = textOf(values, item.id);
  if (text === '') return null;
  if (item.kind === 'choice') return item.options.some((o) => o.id === text) ? text : null;
  const n = Number(text);
  return Number.isFinite(n) && n >= (item.min ?? -Infinity) && n <= (item.max ?? Infinity) ? n : null;
};

export const readChecklistPress = (
  checklist: Checklist,
  action: 'all_ok' | 'submit',
  values: CardValues,
): PressReading => {
  const ticked = ticksOf(values, 'not_done');
  const yesNo = checklist.items.filter((item) => item.kind === 'yes_no');
  const others = checklist.items.filter((item) => item.kind !== 'yes_no');
  if (action === 'all_ok' && ticked.length > 0) return { kind: 'contradiction' };
  if (action === 'submit' && ticked.length === 0 && yesNo.length > 0) return { kind: 'nothing_ticked' };
  if (ticked.some((id) => !yesNo.some((item) => item.id === id))) return { kind: 'unknown_item' };
  const answers: Record<string, AnswerValue | null> = {};
  for (const item of yesNo) answers[item.id] = ticked.includes(item.id) ? 'no' : 'yes';
  for (const item of others) answers[item.id] = givenFor(item, values);
  const missing = others.filter((item) => item.required && answers[item.id] === null);
  const note = textOf(values, 'note') || null;
  return missing.length > 0 ? { kind: 'missing', items: missing, answers, note } : { kind: 'answers', answers, note };
};
