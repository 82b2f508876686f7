// Draws a neutral card as WeCom's template cards and words, within the limits of whoever takes it. Pure. What a press
// sends back is in press-keys.ts; which form a card takes is decided by `formOf`, in one place.
import type { Card, CardAction, CardField } from '../../domain/card.ts';
import { byteLength, charLength, cutToChars } from '../chunk-text.ts';
import { cardLimits, type Dialect, mostCards } from './limits.ts';
import { actionOption, actionQuestion, keyOf, setOption, ticksQuestion, unchosen } from './press-keys.ts';
import { wholeText } from './texts.ts';
import { words } from './words.ts';

/** A template card as both WeCom APIs take it, still without the task id that sending gives it. */
export type TemplateCard = Readonly<Record<string, unknown>> & { readonly card_type: string };

export interface Drawn {
  /** Sent in this order; a card that changes another is the first. */
  readonly cards: readonly TemplateCard[];
  /** What the cards have no room for, whole; null when nothing is missing from them. */
  readonly text: string | null;
}

export interface Drawing {
  readonly dialect: Dialect;
  /** In a group one card says it all; in private 有未落实 is a second step. */
  readonly group: boolean;
  /** Where a card without buttons leads: WeCom wants an address on it. */
  readonly homeUrl: string;
}

type Form =
  | { readonly kind: 'words' | 'closed' }
  | { readonly kind: 'buttons'; readonly calls: readonly CardAction[]; readonly choice: CardField | null }
  | { readonly kind: 'vote' | 'selectors'; readonly calls: readonly CardAction[] };

interface Option {
  readonly id: string;
  readonly text: string;
}

const callsOf = (card: Card): readonly CardAction[] => card.actions.filter((action) => action.url === undefined);
const ticksOf = (card: Card): CardField | undefined => card.fields.find((field) => field.kind === 'ticks');
const choicesOf = (card: Card): readonly CardField[] => card.fields.filter((field) => field.kind === 'choice');
const optionsOf = (field: CardField) => field.options ?? [];

const isYesNo = (field: CardField): boolean =>
  optionsOf(field)
    .map((option) => option.id)
    .join() === 'yes,no';

const formOf = (card: Card, group: boolean): Form => {
  const calls = callsOf(card);
  const choices = choicesOf(card);
  if (card.actions.length === 0) return { kind: card.state === 'open' ? 'words' : 'closed' };
  if (calls.length === 0) return { kind: 'buttons', calls, choice: null };
  if (ticksOf(card)) {
    const twoSteps = !group && calls.some((action) => action.id === 'all_ok');
    return twoSteps ? { kind: 'buttons', calls: firstStep(calls), choice: null } : orWords(card, 'vote', calls);
  }
  if (choices.length <= 1) return { kind: 'buttons', calls, choice: choices[0] ?? null };
  const selectors = choices.length + (calls.length > 1 ? 1 : 0);
  const holds = choices.every((field) => optionsOf(field).length <= cardLimits.choices);
  if (!choices.every(isYesNo) && selectors <= cardLimits.selectors && holds) return { kind: 'selectors', calls };
  return orWords(card, 'vote', calls);
};

/** A vote that would not hold all is none: whoever submits must have seen every item. */
const orWords = (card: Card, kind: 'vote', calls: readonly CardAction[]): Form =>
  voteOptions(card, calls).length <= cardLimits.ticks ? { kind, calls } : { kind: 'words' };

/** The form of what is not done comes with the press on 有未落实. */
const firstStep = (calls: readonly CardAction[]): readonly CardAction[] =>
  calls.flatMap((action) => {
    if (action.id !== 'submit') return [action];
    return calls.some((other) => other.id === 'has_exceptions')
      ? []
      : [{ id: 'has_exceptions', label: words.hasExceptions }];
  });

export const drawCard = (card: Card, drawing: Drawing): Drawn => {
  const form = formOf(card, drawing.group);
  switch (form.kind) {
    case 'words':
      return { cards: [], text: wholeText(card, isInteractive(card) ? [words.typeInstead] : []) };
    case 'closed':
      return closedCard(card, drawing);
    case 'buttons':
      return buttonCards(card, form.calls, form.choice, drawing);
    case 'vote':
      return voteCard(card, form.calls, drawing);
    case 'selectors':
      return selectorCard(card, form.calls, drawing);
  }
};

/** Whether a press on the card can come to anything. */
export const isInteractive = (card: Card): boolean => callsOf(card).length > 0;

/** A card in the place of another has to be a card: words alone become one without buttons. */
export const drawInPlace = (card: Card, drawing: Drawing): Drawn => {
  const drawn = drawCard(card, drawing);
  return drawn.cards.length > 0 ? drawn : closedCard(card, drawing);
};

const linesOf = (card: Card): string[] => [...card.lines, ...(card.stateText ? [card.stateText] : []), ...hints(card)];

/** Fields that no card of WeCom has: people type instead. */
const hints = (card: Card): string[] => {
  const asked = card.fields.filter((field) => field.kind === 'text' && field.id !== 'remark');
  return isInteractive(card) && asked.length > 0 ? [words.typeThese(asked.map((field) => field.label).join('、'))] : [];
};

// ---- the kinds of card ----------------------------------------------------------------------------------------------

const closedCard = (card: Card, { dialect, homeUrl }: Drawing): Drawn => {
  const { title, subTitle, cut } = head(card, dialect);
  return {
    cards: [
      {
        card_type: 'text_notice',
        main_title: { title },
        ...(subTitle === '' ? {} : { sub_title_text: subTitle }),
        card_action: { type: 1, url: homeUrl },
      },
    ],
    text: cut ? wholeText(card) : null,
  };
};

const buttonCards = (
  card: Card,
  calls: readonly CardAction[],
  choice: CardField | null,
  { dialect, homeUrl }: Drawing,
): Drawn => {
  const { title, subTitle, cut } = head(card, dialect);
  const links = card.actions.filter((action) => action.url !== undefined);
  const buttons = [
    ...calls.map((action, i) => ({
      text: buttonText(action),
      style: styleOf(action, i),
      key: keyOf(card.id, action.id),
    })),
    ...links.map((action) => ({ type: 1, text: buttonText(action), style: 2, url: action.url })),
  ];
  const selections = choice ? selectionsOf(choice, dialect) : [undefined];
  const parts = selections.flatMap((selection) =>
    chunks(buttons, cardLimits.buttons).map((some) => ({
      card_type: 'button_interaction',
      main_title: { title },
      ...(subTitle === '' ? {} : { sub_title_text: subTitle }),
      ...(selection ? { button_selection: selection } : {}),
      button_list: some,
      ...(calls.length === 0 ? { card_action: { type: 1, url: links[0]?.url ?? homeUrl } } : {}),
    })),
  );
  const shownChoices = mostCards * cardLimits.choices;
  const left = Math.max(0, (choice ? optionsOf(choice).length : 0) - shownChoices);
  const whole = wholeText(card, [...hints(card), ...(left > 0 ? [words.moreByText(left)] : [])]);
  return { cards: parts.slice(0, mostCards), text: cut || left > 0 ? whole : null };
};

/** Ticking says what is NOT done, or answers; nothing is ticked beforehand. */
const voteCard = (card: Card, calls: readonly CardAction[], { dialect }: Drawing): Drawn => {
  const main = mainOf(calls);
  const named = charLength(card.title) > dialect.voteTitle ? [card.title] : [];
  const options = voteOptions(card, calls);
  const marked = ticksOf(card) && options.some((option) => option.text.startsWith('✗')) ? [words.notDone] : [];
  const desc = [...named, ...marked, ...linesOf(card)].join('\n');
  const fits = charLength(desc) <= dialect.voteDesc && options.every((o) => charLength(o.text) <= dialect.tick);
  const asked = ticksOf(card);
  const questions = asked
    ? optionsOf(asked).map((option) => option.label)
    : choicesOf(card).map((field) => field.label);
  return {
    cards: [
      {
        card_type: 'vote_interaction',
        main_title: {
          title: cutToChars(card.title, dialect.voteTitle),
          ...(desc === '' ? {} : { desc: cutToChars(desc, dialect.voteDesc) }),
        },
        checkbox: {
          question_key: ticksQuestion(ticksOf(card)?.id ?? ''),
          mode: 1,
          option_list: options.map(({ id, text }) => ({ id, text: cutToChars(text, dialect.tick), is_checked: false })),
        },
        submit_button: { text: main ? buttonText(main) : words.submit, key: keyOf(card.id, main?.id ?? 'submit') },
      },
    ],
    text: fits && asked ? null : wholeText(card, [...marked, ...hints(card), ...questions]),
  };
};

const selectorCard = (card: Card, calls: readonly CardAction[], { dialect }: Drawing): Drawn => {
  const [only, ...others] = calls;
  const named = charLength(card.title) > dialect.title ? [card.title] : [];
  const desc = [...named, ...linesOf(card)].join('\n');
  const actions: CardField[] =
    others.length === 0 ? [] : [{ id: actionQuestion, kind: 'choice', label: words.action, options: calls }];
  return {
    cards: [
      {
        card_type: 'multiple_interaction',
        main_title: {
          title: cutToChars(card.title, dialect.title),
          ...(desc === '' ? {} : { desc: cutToChars(desc, dialect.voteDesc) }),
        },
        select_list: [...choicesOf(card), ...actions].flatMap((field) => selectionsOf(field, dialect)),
        submit_button: {
          text: others.length === 0 && only ? buttonText(only) : words.submit,
          key: keyOf(card.id, others.length === 0 && only ? only.id : actionQuestion),
        },
      },
    ],
    text: charLength(desc) <= dialect.voteDesc ? null : wholeText(card, hints(card)),
  };
};

// ---- their parts ----------------------------------------------------------------------------------------------------

const head = (card: Card, dialect: Dialect) => {
  const named = charLength(card.title) > dialect.title ? [card.title] : [];
  const body = [...named, ...linesOf(card)].join('\n');
  return {
    title: cutToChars(card.title, dialect.title),
    subTitle: cutToLines(body, dialect.subTitle),
    cut: charLength(body) > dialect.subTitle,
  };
};

/** Half a line says less than none: cut at a line's end where most of the room is used up to there. */
const cutToLines = (text: string, most: number): string => {
  const short = cutToChars(text, most);
  const whole = short.slice(0, Math.max(0, short.lastIndexOf('\n')));
  return short === text || charLength(whole) < most / 2 ? short : `${whole}\n…`;
};

const mainOf = (calls: readonly CardAction[]): CardAction | undefined =>
  calls.find((action) => action.id === 'submit') ?? calls.find((action) => action.style === 'primary') ?? calls[0];

const voteOptions = (card: Card, calls: readonly CardAction[]): Option[] => {
  const main = mainOf(calls);
  const asActions = (some: readonly CardAction[], mark: string): Option[] =>
    some.map((action) => ({ id: actionOption(action.id), text: `${mark}${action.label}` }));
  const allOk = calls.filter((action) => action.id === 'all_ok');
  const ticks = optionsOf(ticksOf(card) ?? { id: '', kind: 'ticks', label: '' });
  return [
    ...asActions(allOk, '✓ '),
    // Beside 全部落实 a bare 通告上墙 would read as done.
    ...ticks.map(({ id, label }) => ({ id, text: allOk.length > 0 ? `✗ ${label}` : label })),
    ...answerOptions(choicesOf(card)),
    ...asActions(
      calls.filter((action) => action !== main && action.id !== 'all_ok'),
      '',
    ),
  ];
};

/** Questions of yes or no: all yes in one tick, or each no. Others: every option of every question. */
const answerOptions = (fields: readonly CardField[]): Option[] => {
  const [first] = fields;
  if (!first) return [];
  if (fields.length === 1 || !fields.every(isYesNo)) {
    return fields.flatMap((field) =>
      optionsOf(field).map(({ id, label }) => ({ id: setOption([field.id], id), text: `${field.label}：${label}` })),
    );
  }
  const [yes, no] = optionsOf(first);
  const number = (field: CardField, i: number) => /^\d+/.exec(field.label)?.[0] ?? String(i + 1);
  return [
    {
      id: setOption(
        fields.map((field) => field.id),
        'yes',
      ),
      text: words.allAnswered(fields.length, yes?.label ?? ''),
    },
    ...fields.map((field, i) => ({
      id: setOption([field.id], 'no'),
      text: words.oneAnswered(number(field, i), no?.label ?? ''),
    })),
  ];
};

/** One selector, or as many as the options need. The first option is refused when it comes back: nothing is chosen before somebody does. */
const selectionsOf = (field: CardField, { selectTitle, selectOption }: Dialect) => {
  const parts = chunks(optionsOf(field), cardLimits.choices);
  return parts.map((some) => {
    const labels = shortened(
      some.map((option) => option.label),
      selectOption,
    );
    return {
      question_key: field.id,
      title: cutToChars(field.label, selectTitle),
      option_list: [
        { id: unchosen, text: words.pleaseChoose },
        ...some.map((option, i) => ({ id: option.id, text: labels[i] ?? '' })),
      ],
    };
  });
};

/** Labels that fit and still differ: what stands before “ · ” first, then as many characters as there is room for. */
const shortened = (labels: readonly string[], most: number): string[] => {
  const short = labels.map((label) => {
    const [lead = label] = label.split(' · ');
    return charLength(label) <= most ? label : cutToChars(lead, most);
  });
  return short.map((text, i) =>
    short.indexOf(text) === short.lastIndexOf(text) ? text : cutToChars(`${i + 1} ${text}`, most),
  );
};

/** 1 blue, 2 plain, 3 red, 4 black. */
const styleOf = (action: CardAction, place: number): number => {
  if (action.style === 'danger') return 3;
  return action.style === 'primary' || (action.style === undefined && place === 0) ? 1 : 2;
};

const buttonText = (action: CardAction): string => cutToChars(action.label, cardLimits.buttonText);

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.max(1, Math.ceil(list.length / size)) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** Ids and keys of ours that WeCom would refuse: told before anything is sent. */
export const idFault = (card: TemplateCard): string | null => {
  const ids: string[] = [];
  const keys: string[] = [];
  JSON.stringify(card, (name, value) => {
    if (name === 'id' && typeof value === 'string') ids.push(value);
    if ((name === 'key' || name === 'question_key') && typeof value === 'string') keys.push(value);
    return value;
  });
  const long = ids.find((id) => byteLength(id) > cardLimits.optionIdBytes);
  if (long !== undefined) return `option id of ${byteLength(long)} bytes`;
  const longKey = keys.find((key) => byteLength(key) > cardLimits.keyBytes);
  return longKey === undefined ? null : `key of ${byteLength(longKey)} bytes`;
};
