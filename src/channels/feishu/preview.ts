// A card as Feishu shows it, read back from the card JSON that is sent.
import * as z from 'zod';
import type { PreviewCard, PreviewInput, PreviewMessage } from '../../domain/card-preview.ts';
import type { Json } from './cards.ts';
import { encodeMessage } from './codec.ts';

const says = z.object({ content: z.string().default('') });

interface Element {
  readonly tag: string;
  readonly text?: z.output<typeof says> | undefined;
  readonly label?: z.output<typeof says> | undefined;
  readonly options: readonly { readonly text: z.output<typeof says> }[];
  readonly elements: readonly Element[];
  readonly columns: readonly Element[];
}

const element: z.ZodType<Element> = z.lazy(() =>
  z.object({
    tag: z.string(),
    text: says.optional(),
    label: says.optional(),
    options: z.array(z.object({ text: says })).default([]),
    elements: z.array(element).default([]),
    columns: z.array(element).default([]),
  }),
);

const sent = z.object({
  header: z.object({ title: says }),
  body: z.object({ elements: z.array(element) }),
});

const messageOf = (json: Json): PreviewMessage => {
  const { header, body } = sent.parse(json);
  const lines: string[] = [];
  const inputs: { kind: PreviewInput['kind']; label: string; options: string[] }[] = [];
  const buttons: string[][] = [];
  const inForm = (elements: readonly Element[]): void => {
    // A text inside the form is the name of what stands under it.
    let name = '';
    for (const { tag, text, label, options, columns } of elements) {
      const said = text?.content ?? '';
      const last = inputs.at(-1);
      if (tag === 'div') name = said;
      else if (tag === 'checker' && name === '' && last?.kind === 'ticks') last.options.push(said);
      else if (tag === 'checker') inputs.push({ kind: 'ticks', label: name, options: [said] });
      else if (tag === 'select_static')
        inputs.push({ kind: 'choice', label: name, options: options.map((one) => one.text.content) });
      else if (tag === 'input') inputs.push({ kind: 'text', label: label?.content ?? '', options: [] });
      else if (tag === 'button') buttons.push([said]);
      else buttons.push(columns.flatMap((column) => column.elements.map((one) => one.text?.content ?? '')));
      if (tag !== 'div') name = '';
    }
  };
  for (const one of body.elements) {
    if (one.tag === 'div') lines.push(...(one.text?.content ?? '').split('\n'));
    else if (one.tag === 'form') inForm(one.elements);
    else if (one.tag === 'button' || one.tag === 'column_set') inForm([one]);
  }
  return { kind: 'card', title: header.title.content, lines, inputs, buttons };
};

export const previewCard: PreviewCard = (card, place) => ({
  channel: 'feishu',
  messages: encodeMessage({ card }, { place }).map(({ type, body }) =>
    type === 'interactive'
      ? messageOf(body as Json)
      : { kind: 'text', lines: String((body as { text?: string }).text ?? '').split('\n') },
  ),
});
