// A card as WeCom shows it, read back from the bodies that are sent: the bot's in a group, the app's in private.
import * as z from 'zod';
import type { PreviewCard, PreviewInput, PreviewMessage } from '../../domain/card-preview.ts';
import type { Drawing } from './cards.ts';
import { type Body, encodeForApp, encodeForBot } from './codec.ts';
import { appDialect, botDialect } from './limits.ts';
import { words } from './words.ts';

const homeUrl = 'https://dudao.example/';
const inPrivate: Drawing = { dialect: appDialect, group: false, homeUrl };
const inGroup: Drawing = { dialect: botDialect, group: true, homeUrl };

const option = z.object({ text: z.string() });
const selector = z.object({ title: z.string(), option_list: z.array(option) });
const content = z.object({ content: z.string() });

const body = z.object({
  text: content.optional(),
  markdown: content.optional(),
  template_card: z
    .object({
      main_title: z.object({ title: z.string().default(''), desc: z.string().default('') }),
      sub_title_text: z.string().default(''),
      button_selection: selector.optional(),
      select_list: z.array(selector).default([]),
      checkbox: z.object({ option_list: z.array(option) }).optional(),
      button_list: z.array(option).default([]),
      submit_button: option.optional(),
    })
    .optional(),
});

const linesIn = (text: string): string[] => (text === '' ? [] : text.split('\n'));

const choiceOf = ({ title, option_list: options }: z.output<typeof selector>): PreviewInput => ({
  kind: 'choice',
  label: title,
  options: options.map(({ text }) => text).filter((text) => text !== words.pleaseChoose),
});

const messageOf = (sent: Body): PreviewMessage => {
  const { template_card: card, text, markdown } = body.parse(sent);
  if (!card) {
    const said = text?.content ?? markdown?.content.replaceAll('**', '') ?? '';
    return { kind: 'text', lines: linesIn(said) };
  }
  const { main_title: main, button_selection: selection, checkbox, submit_button: submit } = card;
  const buttons = [...card.button_list, ...(submit ? [submit] : [])].map((button) => button.text);
  return {
    kind: 'card',
    title: main.title,
    lines: [...linesIn(main.desc), ...linesIn(card.sub_title_text)],
    inputs: [
      ...[...(selection ? [selection] : []), ...card.select_list].map(choiceOf),
      ...(checkbox ? [{ kind: 'ticks' as const, label: '', options: checkbox.option_list.map((o) => o.text) }] : []),
    ],
    buttons: buttons.length > 0 ? [buttons] : [],
  };
};

export const previewCard: PreviewCard = (card, place) => ({
  channel: 'wecom',
  messages: (place === 'group'
    ? encodeForBot({ card }, inGroup, card.id)
    : encodeForApp({ card }, inPrivate, card.id)
  ).map(messageOf),
});
