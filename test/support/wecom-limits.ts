// The limits of WeCom's cards and messages as its pages document them, written down a second time and otherwise than in
// the code, so that a slip there is seen: what a strict server would answer to a card. Empty = it would take it.
import type { Dialect } from '../../src/channels/wecom/limits.ts';

type Json = Readonly<Record<string, unknown>>;
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const chars = (value: unknown): number => [...String(value ?? '')].length;
const bytes = (value: unknown): number => Buffer.byteLength(String(value ?? ''));
const unique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** Characters that the pages recommend at most, by who takes the card. */
const recommended = {
  app: { title: 36, voteTitle: 16, subTitle: 160, voteDesc: 160, option: 16, tick: 17 },
  bot: { title: 26, voteTitle: 26, subTitle: 112, voteDesc: 160, option: 10, tick: 11 },
} as const;

export const cardFaults = (card: Json, { name }: Pick<Dialect, 'name'>): string[] => {
  const most = recommended[name];
  const faults: string[] = [];
  const must = (holds: boolean, fault: string) => {
    if (!holds) faults.push(`${String(card.card_type)}: ${fault}`);
  };
  const title = (card.main_title as Json | undefined)?.title;
  const desc = (card.main_title as Json | undefined)?.desc;
  const isVote = card.card_type === 'vote_interaction';
  must(chars(title) <= (isVote ? most.voteTitle : most.title), 'title too long');
  must(card.task_id === undefined || /^[0-9A-Za-z_@-]{1,128}$/.test(String(card.task_id)), 'task_id');
  must(bytes(card.sub_title_text) === 0 || chars(card.sub_title_text) <= most.subTitle, 'sub_title_text too long');

  switch (card.card_type) {
    case 'text_notice':
      must(chars(title) > 0 || chars(card.sub_title_text) > 0, 'neither title nor text');
      must((card.card_action as Json | undefined)?.type === 1, 'card_action missing');
      break;
    case 'button_interaction': {
      const buttons = list(card.button_list);
      must(buttons.length >= 1 && buttons.length <= 6, 'one to six buttons');
      for (const { text, key, url, type, style } of buttons) {
        must(chars(text) >= 1 && chars(text) <= 10, 'button text');
        must(type === 1 ? typeof url === 'string' : bytes(key) >= 1 && bytes(key) <= 1024, 'button key');
        must([1, 2, 3, 4].includes(style as number), 'button style');
      }
      must(unique(buttons.flatMap((button) => (button.key === undefined ? [] : [button.key]))), 'button keys differ');
      if (card.button_selection) faults.push(...selectFaults(card.button_selection as Json, most.option));
      break;
    }
    case 'vote_interaction': {
      const box = card.checkbox as Json;
      const options = list(box.option_list);
      must(chars(desc) <= most.voteDesc, 'desc too long');
      must(options.length >= 1 && options.length <= 20, 'one to twenty options');
      must(unique(options.map((option) => option.id)), 'option ids differ');
      for (const option of options) {
        must(bytes(option.id) >= 1 && bytes(option.id) <= 128, 'option id');
        must(chars(option.text) >= 1 && chars(option.text) <= most.tick, 'option text');
        must(option.is_checked === false, 'ticked beforehand');
      }
      must(box.mode === 1 && bytes(box.question_key) >= 1 && bytes(box.question_key) <= 1024, 'checkbox');
      faults.push(...submitFaults(card));
      break;
    }
    case 'multiple_interaction': {
      const selects = list(card.select_list);
      must(chars(desc) <= most.voteDesc, 'desc too long');
      must(selects.length >= 1 && selects.length <= 3, 'one to three selectors');
      must(unique(selects.map((select) => select.question_key)), 'questions differ');
      faults.push(...selects.flatMap((select) => selectFaults(select, most.option)), ...submitFaults(card));
      break;
    }
    default:
      must(false, 'unknown kind');
  }
  return faults;
};

const selectFaults = (select: Json, mostChars: number): string[] => {
  const options = list(select.option_list);
  return [
    ...(bytes(select.question_key) >= 1 && bytes(select.question_key) <= 1024 ? [] : ['question_key']),
    ...(chars(select.title) <= 13 ? [] : ['selector title too long']),
    ...(options.length >= 1 && options.length <= 10 ? [] : ['one to ten options']),
    ...(unique(options.map((option) => option.id)) ? [] : ['option ids differ']),
    ...options.flatMap((option) => (bytes(option.id) >= 1 && bytes(option.id) <= 128 ? [] : ['option id'])),
    ...options.flatMap((option) => (chars(option.text) >= 1 && chars(option.text) <= mostChars ? [] : ['option text'])),
    ...(options[0]?.text === '请选择' ? [] : ['the first option is a choice']),
  ];
};

const submitFaults = ({ submit_button: button }: Json): string[] => {
  const { text, key } = (button ?? {}) as Json;
  return chars(text) >= 1 && chars(text) <= 10 && bytes(key) >= 1 && bytes(key) <= 1024 ? [] : ['submit_button'];
};

/** A whole message: text and markdown count bytes. */
export const messageFaults = (body: Json, dialect: Pick<Dialect, 'name'>): string[] => {
  const most = dialect.name === 'app' ? 2048 : 20_480;
  const content = (body.text as Json | undefined)?.content ?? (body.markdown as Json | undefined)?.content;
  switch (body.msgtype) {
    case 'text':
    case 'markdown':
      return [
        ...(bytes(content) >= 1 && bytes(content) <= most ? [] : [`${body.msgtype} of ${bytes(content)} bytes`]),
        ...(body.msgtype === 'text' && dialect.name === 'bot' ? ['the bot takes no text'] : []),
      ];
    case 'template_card':
      return [
        ...cardFaults(body.template_card as Json, dialect),
        ...((body.template_card as Json).task_id === undefined ? ['task_id missing'] : []),
      ];
    default:
      return [`unknown msgtype ${String(body.msgtype)}`];
  }
};
