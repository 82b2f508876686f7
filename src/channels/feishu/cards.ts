// Draws a neutral card as Feishu's card JSON 2.0: words, then one form with every field and every action of the card, so
// that one press hands in all of it. Pure. What a press sends back is read in codec.ts.
// https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-structure
import type { Card, CardAction, CardField } from '../../domain/card.ts';
import { byteLength, charLength, chunksOfChars, cutToChars } from '../chunk-text.ts';
import type { ButtonValue } from './payloads.ts';
import { words } from './words.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Drawing {
  /** For all of a group, for one person in a group, or in a private chat. */
  readonly place: ButtonValue['place'];
  /** Names a person's own view of a group's card: what an older drawing says must not be taken for it. */
  readonly view?: string | undefined;
  /** Open ids of people to ring. */
  readonly mentions?: readonly string[];
}

export interface Drawn {
  readonly json: Json;
  /** Texts for before the card, where its words do not fit into it: all of them, word for word. */
  readonly texts: readonly string[];
}

/** “一张卡片最多支持 200 个元素或组件”: everything that has a tag is counted. */
const MOST_ELEMENTS = 200;
/** 30 KB for the request, in which the card is a string within a string; a little is left for the rest of it. */
const MOST_BYTES = 28_000;
const TITLE_MOST = 120;
const LINES_MOST = 4_000;
const LABEL_MOST = 100;
const TEXT_MOST = 10_000;
/** What is left for a selector when the card must shrink; fewer are not worth a selector. */
const LEAST_OPTIONS = 10;

/** The selector that answers all questions alike. */
export const allName = '?all';
/** One box to tick: which field, which option. */
export const tickName = (field: string, option: string): string => `${field}:${option}`;

export const drawCard = (card: Card, drawing: Drawing): Drawn => {
  const whole = [...card.lines].join('\n');
  const cut = charLength(whole) > LINES_MOST;
  const lines = cut ? `${cutToChars(whole, LINES_MOST)}\n${words.goesOn}` : whole;
  return { json: fitting(card, lines, drawing), texts: cut ? chunksOfChars(whole, TEXT_MOST) : [] };
};

/** As many options as the platform takes; the rest can be typed. Boxes to tick are all there, or the card says so. */
const fitting = (card: Card, lines: string, drawing: Drawing): Json => {
  const most = Math.max(0, ...card.fields.filter(isChoice).map((field) => optionsOf(field).length));
  for (let options = most; ; options = Math.floor(options * 0.9)) {
    const json = draw(card, lines, drawing, options);
    if (fits(json)) return json;
    if (options < LEAST_OPTIONS) break;
  }
  const closed: Card = { ...card, fields: [], actions: card.actions.filter(({ url }) => url !== undefined) };
  return draw(closed, `${lines}\n${words.typeInstead}`.trim(), drawing, 0);
};

const fits = (json: Json): boolean =>
  elementsIn(json) <= MOST_ELEMENTS && byteLength(JSON.stringify(JSON.stringify(json))) <= MOST_BYTES;

const elementsIn = (json: Json): number => {
  let n = 0;
  JSON.stringify(json, (name, value) => {
    if (name === 'tag') n += 1;
    return value;
  });
  return n;
};

const isChoice = ({ kind }: CardField): boolean => kind === 'choice';
const optionsOf = ({ options = [] }: CardField) => options;

const draw = (card: Card, lines: string, { place, view, mentions = [] }: Drawing, mostOptions: number): Json => {
  const open = card.state === 'open';
  const fields = open ? card.fields : [];
  const calls = card.state === 'closed' ? [] : card.actions.filter(({ url }) => url === undefined);
  const links = card.actions.filter(({ url }) => url !== undefined);
  const alike = questionsAlike(fields);
  const value = (action: string): ButtonValue => ({
    card: card.id,
    action,
    place,
    ...(view === undefined ? {} : { view }),
    ...(alike.length > 0 ? { all: alike.map(({ id }) => id) } : {}),
  });
  const left = Math.max(0, ...fields.filter(isChoice).map((field) => optionsOf(field).length - mostOptions));
  const inputs = [
    ...(alike.length > 0 ? allOf(alike) : []),
    ...fields.flatMap((field) => inputOf(field, mostOptions)),
    ...(left > 0 ? [says(words.moreByText(left), 'grey')] : []),
  ];
  const inForm = inputs.length > 0 && calls.length > 0;
  const buttons = rows(calls.map((action) => callButton(action, value(action.id), inForm)));
  const elements = [
    ...(lines.trim() === '' ? [] : [says(lines)]),
    ...(mentions.length > 0 ? [ring(mentions)] : []),
    ...(inForm ? [{ tag: 'form', name: 'form', elements: [...inputs, ...buttons] }] : buttons),
    ...rows(links.map(linkButton)),
    ...(card.stateText ? [says(card.stateText, 'grey')] : []),
  ];
  const title = cutToChars(card.title.replace(/\s+/g, ' ').trim(), TITLE_MOST);
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      // A forwarded card would be pressed where nobody can be answered.
      enable_forward: false,
      summary: { content: title },
      style: { text_size: { body: { default: 'normal', pc: 'normal', mobile: 'heading' } } },
    },
    header: { title: plain(title), template: colours[card.state] },
    body: { elements },
  };
};

const colours = { open: 'turquoise', answered: 'green', closed: 'grey' } as const;

const plain = (content: string) => ({ tag: 'plain_text', content });

/** Plain text has no markup: what people typed stays what they typed. */
const says = (content: string, colour?: 'grey'): Json => ({
  tag: 'div',
  text: { ...plain(content), text_size: 'body', ...(colour ? { text_color: colour } : {}) },
});

const ring = (mentions: readonly string[]): Json => ({
  tag: 'markdown',
  content: mentions.map((id) => `<at id=${id}></at>`).join(' '),
});

// ---- fields ---------------------------------------------------------------------------------------------------------

/** Three or more questions with the same answers: yes to the whole letter is one choice, and each may still differ. */
const questionsAlike = (fields: readonly CardField[]): readonly CardField[] => {
  const choices = fields.filter(isChoice);
  const answers = (field: CardField | undefined) =>
    field
      ? optionsOf(field)
          .map(({ id }) => id)
          .join()
      : '';
  const alike = choices.length >= 3 && choices.every((field) => answers(field) === answers(choices[0]));
  return alike ? choices : [];
};

const allOf = (questions: readonly CardField[]): Json[] => [
  says(words.allQuestions(questions.length), 'grey'),
  selector(allName, optionsOf(questions[0] ?? { id: '', kind: 'choice', label: '' })),
];

const inputOf = (field: CardField, mostOptions: number): Json[] => {
  switch (field.kind) {
    case 'ticks':
      return [says(field.label), ...optionsOf(field).map(({ id, label }) => checker(tickName(field.id, id), label))];
    case 'choice':
      return [says(field.label), selector(field.id, optionsOf(field).slice(0, mostOptions))];
    case 'text':
      return [
        {
          tag: 'input',
          name: field.id,
          input_type: 'multiline_text',
          rows: 2,
          max_length: 1000,
          width: 'fill',
          label: plain(cutToChars(field.label, LABEL_MOST)),
        },
      ];
  }
};

/** Nothing is chosen before somebody does, and nothing is demanded by the client: an empty answer is asked back. */
const selector = (name: string, options: readonly { readonly id: string; readonly label: string }[]): Json => ({
  tag: 'select_static',
  name,
  width: 'fill',
  placeholder: plain(words.pleaseChoose),
  options: options.map(({ id, label }) => ({ text: plain(cutToChars(label, LABEL_MOST)), value: id })),
});

const checker = (name: string, label: string): Json => ({
  tag: 'checker',
  name,
  checked: false,
  text: plain(cutToChars(label, LABEL_MOST)),
});

// ---- buttons --------------------------------------------------------------------------------------------------------

const styles = { primary: 'primary_filled', danger: 'danger', plain: 'default' } as const;

const button = ({ label, style = 'plain' }: CardAction): Json & { readonly text: { readonly content: string } } => ({
  tag: 'button',
  text: plain(cutToChars(label, LABEL_MOST)),
  type: styles[style],
  size: 'large',
});

const callButton = (action: CardAction, value: ButtonValue, inForm: boolean) => ({
  ...button(action),
  behaviors: [{ type: 'callback', value }],
  ...(inForm ? { name: `act:${action.id}`, form_action_type: 'submit' } : {}),
});

const linkButton = (action: CardAction) => ({
  ...button(action),
  behaviors: [{ type: 'open_url', default_url: action.url }],
});

/** Side by side as far as a phone is wide. */
const rows = (buttons: readonly ReturnType<typeof button>[]): Json[] =>
  buttons.length < 2
    ? [...buttons]
    : [
        {
          tag: 'column_set',
          flex_mode: 'flow',
          columns: buttons.map((one) => ({ tag: 'column', width: 'auto', elements: [one] })),
        },
      ];
