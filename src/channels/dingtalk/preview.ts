// A card as DingTalk shows it with the card template, read back from what is sent.
import * as z from 'zod';
import type { PreviewCard, PreviewInput } from '../../domain/card-preview.ts';
import { encodeMessage } from './codec.ts';

const form = z.object({
  fields: z.array(
    z.object({
      label: z.string().default(''),
      type: z.string(),
      hidden: z.boolean().default(false),
      options: z.array(z.object({ text: z.string() })).default([]),
    }),
  ),
});

const kindOf = (type: string): PreviewInput['kind'] => {
  if (type === 'MULTI_CHECKBOX_GROUP') return 'ticks';
  return type.startsWith('TEXT') ? 'text' : 'choice';
};

const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim().replaceAll('**', ''))
    .filter((line) => line !== '');

export const previewCard: PreviewCard = (card, place) => {
  const { card: drawn, said } = encodeMessage({ card }, { template: true, group: place === 'group' });
  const texts = said.map(({ text }) => ({ kind: 'text' as const, lines: linesIn(text) }));
  if (!drawn) return { channel: 'dingtalk', messages: texts };
  const { title, desc, form: json, form_btn_text: button, form_status: status } = drawn.variables;
  const { fields } = form.parse(JSON.parse(json));
  const inputs = fields
    .filter(({ hidden }) => !hidden)
    .map(({ label, type, options }) => ({ kind: kindOf(type), label, options: options.map(({ text }) => text) }));
  const shown = {
    kind: 'card' as const,
    title,
    lines: linesIn(desc),
    inputs,
    buttons: status === 'normal' ? [[button]] : [],
  };
  return { channel: 'dingtalk', messages: [shown, ...texts] };
};
