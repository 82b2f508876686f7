// A card as people get it on one platform, read back from what the channel really sends, and what of the card does not fit
// there. For those who write a pack or a template: nobody is sent anything.
import type { Card, CardField } from './card.ts';
import type { ChannelName } from './message.ts';
import type { Language } from './problem.ts';

/** Where a card stands: for all of a group, or in a person's chat with the bot. */
export type CardPlace = 'group' | 'person';

export interface PreviewInput {
  readonly kind: 'ticks' | 'choice' | 'text';
  /** Empty where the platform shows none. */
  readonly label: string;
  readonly options: readonly string[];
}

/** One message of those that a card becomes, in the order in which they are sent. */
export type PreviewMessage =
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | {
      readonly kind: 'card';
      readonly title: string;
      readonly lines: readonly string[];
      readonly inputs: readonly PreviewInput[];
      /** Row by row. */
      readonly buttons: readonly (readonly string[])[];
    };

export interface CardPreview {
  readonly channel: ChannelName;
  readonly messages: readonly PreviewMessage[];
}

/** Draws a card as one channel sends it. Pure. */
export type PreviewCard = (card: Card, place: CardPlace) => CardPreview;

/** What does not fit, and what becomes of it. `about` is the card's own text. */
export type Misfit =
  /** There is no card: it is read as words, and answered by typing. */
  | { readonly kind: 'in_words' }
  /** So many texts are cut, and the whole of each is in a message beside the card. `about` is the first. */
  | { readonly kind: 'beside'; readonly about: string; readonly n: number }
  /** Cut, and nowhere whole; `n` texts of one field or of the card itself, `about` is the first. */
  | { readonly kind: 'cut'; readonly about: string; readonly shown: string; readonly n: number }
  | { readonly kind: 'left_out'; readonly about: string }
  /** Of a field's options these many are not on the card. */
  | { readonly kind: 'options_left_out'; readonly about: string; readonly n: number }
  /** The field is not on this card: it comes after a press, or in one's own chat. */
  | { readonly kind: 'later'; readonly about: string }
  /** There is no field for words: they are typed into the chat. */
  | { readonly kind: 'typed'; readonly about: string };

export const misfitsOf = (card: Card, { messages }: CardPreview): Misfit[] => {
  const cards = messages.flatMap((message) => (message.kind === 'card' ? [message] : []));
  const interactive = card.state === 'open' && card.actions.some(({ url }) => url === undefined);
  const onCards = cards.flatMap(({ title, lines, inputs, buttons }) => [
    title,
    ...lines,
    ...inputs.flatMap(({ label, options }) => [label, ...options]),
    ...buttons.flat(),
  ]);
  const beside = messages.flatMap((message) => (message.kind === 'text' ? message.lines : []));
  if (cards.length === 0 && interactive) return [{ kind: 'in_words' }];
  const whole = plain(onCards.join('\n'));
  const wholeBeside = plain(beside.join('\n'));

  const misfit = (text: string): Misfit[] => {
    const wanted = plain(text);
    if (wanted === '' || whole.includes(wanted)) return [];
    if (wholeBeside.includes(wanted)) return cards.length === 0 ? [] : [{ kind: 'beside', about: text, n: 1 }];
    const shown = onCards.find((one) => isCutOf(one, text));
    return [shown === undefined ? { kind: 'left_out', about: text } : { kind: 'cut', about: text, shown, n: 1 }];
  };
  const typed = ({ label }: CardField): Misfit[] => {
    const inputs = cards.flatMap((one) => one.inputs.filter(({ kind }) => kind === 'text').map((input) => input.label));
    const writes = [...inputs, ...cards.flatMap(({ buttons }) => buttons.flat())];
    return writes.some((text) => plain(text).includes(plain(label))) ? [] : [{ kind: 'typed', about: label }];
  };
  const field = (one: CardField): Misfit[] => {
    if (one.kind === 'text') return typed(one);
    const found = (one.options ?? []).map(({ label }) => misfit(label));
    const missing = found.filter(([first]) => first?.kind === 'left_out').length;
    // Questions of a letter have the same two answers: what counts is the question.
    const asked = one.kind === 'choice' ? misfit(one.label) : [];
    if (missing === found.length) return [{ kind: 'later', about: one.label }];
    if (missing > 0) return [{ kind: 'options_left_out', about: one.label, n: missing }, ...asked];
    return merged([...found.flat(), ...asked], 'cut');
  };
  const actions = card.actions.flatMap(({ label }) => misfit(label).filter(({ kind }) => kind === 'cut'));
  const lines = [card.title, ...card.lines].flatMap((text) => text.split('\n')).flatMap(misfit);
  return merged([...lines, ...(interactive ? card.fields.flatMap(field) : []), ...actions], 'beside');
};

/** All of one kind as the first of them, which says how many there are. */
const merged = (all: readonly Misfit[], kind: 'beside' | 'cut'): Misfit[] => {
  const n = all.filter((one) => one.kind === kind).length;
  const first = all.findIndex((one) => one.kind === kind);
  return all.flatMap((one, i) => {
    if (one.kind !== kind) return [one];
    return i === first ? [{ ...one, n }] : [];
  });
};

/** Platforms without escapes get some marks written wide; spaces are not what matters. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, '');

const LEAST_CUT = 4;
/** Ends in the mark of a cut, or stops where a compound's area would follow its name. */
const isCutOf = (shown: string, text: string): boolean => {
  const start = plain(shown).replace(/^[☐✗✓\d]+/, '');
  const [name = ''] = text.split(' · ');
  if (name !== text && plain(name) === plain(shown)) return true;
  const cut = start.endsWith('...') ? start.slice(0, -3) : null;
  return cut !== null && cut.length >= LEAST_CUT && plain(text).replace(/^\d+/, '').startsWith(cut);
};

const quoted = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

export const sayMisfit = (misfit: Misfit, language: Language): string => {
  const [zh, en] = misfitWords(misfit);
  return language === 'en' ? en : zh;
};

const misfitWords = (misfit: Misfit): readonly [zh: string, en: string] => {
  switch (misfit.kind) {
    case 'in_words':
      return ['放不进卡片，以文字发出，回复文字作答', 'no card holds it: it is sent as words, and answered by typing'];
    case 'beside':
      return [
        `有 ${misfit.n} 行放不下（“${quoted(misfit.about)}”${misfit.n > 1 ? '等' : ''}），全文另发一条消息`,
        `${misfit.n} line${misfit.n > 1 ? 's do' : ' does'} not fit (“${quoted(misfit.about)}”): the whole of it is sent as a message beside the card`,
      ];
    case 'cut':
      return [
        `“${quoted(misfit.about)}”太长，显示为“${quoted(misfit.shown)}”${misfit.n > 1 ? `，另有 ${misfit.n - 1} 处同样` : ''}`,
        `“${quoted(misfit.about)}” is too long, it is shown as “${quoted(misfit.shown)}”${misfit.n > 1 ? `; ${misfit.n - 1} more likewise` : ''}`,
      ];
    case 'left_out':
      return [`“${quoted(misfit.about)}”不显示`, `“${quoted(misfit.about)}” is not shown`];
    case 'options_left_out':
      return [
        `“${quoted(misfit.about)}”有 ${misfit.n} 个选项列不下，要打字回答`,
        `${misfit.n} options of “${quoted(misfit.about)}” do not fit: people type them`,
      ];
    case 'later':
      return [
        `“${quoted(misfit.about)}”不在这张卡片上，按下按钮后或在私聊里填`,
        `“${quoted(misfit.about)}” is not on this card: it comes after a press, or in the private chat`,
      ];
    case 'typed':
      return [
        `没有“${quoted(misfit.about)}”的输入框，直接在对话里打字`,
        `there is no box for “${quoted(misfit.about)}”: people type it into the chat`,
      ];
  }
};

const marks = { ticks: '☐', choice: '▾', text: '▁' } as const;

/** As a console shows it: a frame for each card, a bar for each text. */
export const previewLines = ({ messages }: CardPreview): string[] =>
  messages.flatMap((message) => {
    if (message.kind === 'text') return message.lines.map((line) => `  ❝ ${line}`);
    const { title, lines, inputs, buttons } = message;
    return [
      `  ┌ ${title}`,
      ...lines.flatMap((line) => line.split('\n')).map((line) => `  │ ${line}`),
      ...inputs.flatMap(({ kind, label, options }) =>
        kind === 'ticks'
          ? [...(label === '' ? [] : [`  │ ${label}`]), ...options.map((option) => `  │ ${marks.ticks} ${option}`)]
          : [`  │ ${marks[kind]} ${label}${options.length > 0 ? `：${options.join(' / ')}` : ''}`],
      ),
      ...buttons.map((row) => `  │ ${row.map((text) => `〔${text}〕`).join('')}`),
      '  └',
    ];
  });
