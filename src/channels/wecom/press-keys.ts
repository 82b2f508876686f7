// How a card's answers travel in WeCom's keys and ids, both ways: a key names the card and the action, an option id is an
// option's own id, or says what ticking it means. Pure; nothing has to be remembered between sending and the press.
import type { CardValues } from '../../domain/card.ts';

/** The option of a selector that stands for "nothing chosen yet". */
export const unchosen = '-';
/** The selector in which an action is chosen, where a card has one button for several. */
export const actionQuestion = '?action';
/** What is ticked, with the field it is for; empty for a card that has no field of ticks. */
const ticksPrefix = 'ticks:';
export const ticksQuestion = (field: string): string => `${ticksPrefix}${field}`;

export const keyOf = (cardId: string, action: string): string => `${cardId}/${action}`;
export const actionOption = (action: string): string => `action:${action}`;
export const setOption = (fields: readonly string[], value: string): string => `set:${fields.join(',')}=${value}`;

export interface PressedItem {
  readonly question: string;
  readonly options: readonly string[];
}

export type ReadPress =
  | { readonly kind: 'press'; readonly card: string; readonly action: string; readonly values: CardValues }
  /** Submitted without saying what is wanted. */
  | { readonly kind: 'no_action'; readonly card: string };

/** Null for a key that is none of ours. Nothing that nobody chose is in the values. */
export const readPress = (key: string, items: readonly PressedItem[]): ReadPress | null => {
  const slash = key.indexOf('/');
  if (slash < 1) return null;
  const card = key.slice(0, slash);
  const action = key.slice(slash + 1);
  if (action === actionQuestion) {
    const [chosen = unchosen] = items.find((item) => item.question === actionQuestion)?.options ?? [];
    if (chosen === unchosen) return { kind: 'no_action', card };
    return { kind: 'press', card, action: chosen, values: chosenIn(items) };
  }
  const vote = items.find((item) => item.question.startsWith(ticksPrefix));
  if (!vote) return { kind: 'press', card, action, values: chosenIn(items) };
  return { kind: 'press', card, ...readVote(action, vote.question.slice(ticksPrefix.length), vote.options) };
};

const isMeaning = (id: string): boolean => id.startsWith('action:') || id.startsWith('set:');

const chosenIn = (items: readonly PressedItem[]): CardValues =>
  Object.fromEntries(
    items
      .filter((item) => item.question !== actionQuestion)
      .flatMap(({ question, options: [chosen] }) =>
        chosen === undefined || chosen === unchosen ? [] : [[question, chosen]],
      ),
  );

/**
 * Ticks of a card whose options may also be actions (全部落实, 我不是负责人) and answers. One action alone is that action;
 * with ticks beside it, it goes on with them, for the rules to ask back; more than one says nothing.
 */
const readVote = (
  submit: string,
  field: string,
  options: readonly string[],
): { readonly action: string; readonly values: CardValues } => {
  const actions = options.filter((id) => id.startsWith('action:')).map((id) => id.slice('action:'.length));
  const ticks = options.filter((id) => !isMeaning(id));
  const answers = readAnswers(options.filter((id) => id.startsWith('set:')));
  const ticked: CardValues = field === '' ? {} : { [field]: ticks };
  const [action, ...others] = actions;
  if (action === undefined) return { action: submit, values: { ...ticked, ...answers } };
  if (others.length > 0) return { action: submit, values: {} };
  if (ticks.length > 0) return action === 'all_ok' ? { action, values: ticked } : { action: submit, values: {} };
  const answered = Object.keys(answers).length > 0;
  if (answered && action !== 'all_ok') return { action: submit, values: {} };
  return { action, values: answers };
};

/** `set:q1,q2=yes`. A field that was given two answers has none, nor has any other then: which one is right is not ours to say. */
const readAnswers = (options: readonly string[]): CardValues => {
  const values: Record<string, string> = {};
  for (const option of options) {
    const [fields = '', value = ''] = option.slice('set:'.length).split('=', 2);
    for (const field of fields.split(',')) {
      if (values[field] !== undefined && values[field] !== value) return {};
      values[field] = value;
    }
  }
  return values;
};
