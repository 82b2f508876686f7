// What Feishu would refuse of a card: unknown properties, double names, too many elements, a form in the wrong place. Each
// component with the properties that its documentation names, as far as we use them.
// https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-structure
import * as z from 'zod';

const plain = z.strictObject({
  tag: z.literal('plain_text'),
  content: z.string().min(1),
  text_size: z.string().optional(),
  text_color: z.enum(['default', 'grey']).optional(),
});
/** Texts of buttons and placeholders: at most 100 characters. */
const short = plain.refine(({ content }) => [...content].length <= 100, 'more than 100 characters');
const behaviors = z
  .array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.unknown()) }),
      z.strictObject({ type: z.literal('open_url'), default_url: z.url() }),
    ]),
  )
  .min(1);
const name = z.string().min(1);
const div = z.strictObject({ tag: z.literal('div'), text: plain });
const markdown = z.strictObject({ tag: z.literal('markdown'), content: z.string().min(1) });
const buttonFields = {
  tag: z.literal('button'),
  text: short,
  type: z.enum(['default', 'primary', 'danger', 'primary_filled', 'danger_filled']),
  size: z.enum(['tiny', 'small', 'medium', 'large']),
  behaviors,
};
const button = z.strictObject(buttonFields);
const submit = z.strictObject({ ...buttonFields, name, form_action_type: z.enum(['submit', 'reset']) });
const inputs = [
  z.strictObject({
    tag: z.literal('select_static'),
    name,
    width: z.enum(['default', 'fill']),
    placeholder: short,
    options: z
      .array(z.strictObject({ text: plain, value: z.string().min(1) }))
      .refine((options) => new Set(options.map(({ value }) => value)).size === options.length, 'double values'),
  }),
  z.strictObject({ tag: z.literal('checker'), name, checked: z.literal(false), text: plain }),
  z.strictObject({
    tag: z.literal('input'),
    name,
    input_type: z.enum(['text', 'multiline_text']),
    rows: z.number(),
    max_length: z.number().min(1).max(1000),
    width: z.enum(['default', 'fill']),
    label: plain,
  }),
] as const;
const columns = <T extends z.ZodType>(inside: T) =>
  z.strictObject({
    tag: z.literal('column_set'),
    flex_mode: z.enum(['none', 'flow']),
    columns: z
      .array(
        z.strictObject({ tag: z.literal('column'), width: z.enum(['auto', 'weighted']), elements: z.array(inside) }),
      )
      .min(1),
  });
const form = z.strictObject({
  tag: z.literal('form'),
  name,
  elements: z
    .array(z.union([...inputs, div, markdown, submit, columns(submit)]))
    .refine((elements) => JSON.stringify(elements).includes('"form_action_type":"submit"'), 'no submit button'),
});

const schema = z.strictObject({
  schema: z.literal('2.0'),
  config: z.strictObject({
    update_multi: z.literal(true),
    enable_forward: z.boolean(),
    summary: z.strictObject({ content: z.string() }),
    style: z.strictObject({ text_size: z.record(z.string(), z.record(z.string(), z.string())) }),
  }),
  header: z.strictObject({ title: plain, template: z.enum(['turquoise', 'green', 'grey']) }),
  body: z.strictObject({ elements: z.array(z.union([div, markdown, form, button, columns(button)])) }),
});

const MOST_ELEMENTS = 200;
/** Of the whole request, in which the card is a string. */
export const MOST_CARD_BYTES = 30 * 1024;

/** Why it would be refused; nothing when it would not. */
export const cardFaults = (card: unknown): string[] => {
  const read = schema.safeParse(card);
  const faults = read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const names: string[] = [];
  let elements = 0;
  JSON.stringify(card, (key, value) => {
    if (key === 'tag') elements += 1;
    if (key === 'name' && typeof value === 'string') names.push(value);
    // What a button carries is ours, not Feishu's.
    return key === 'value' && typeof value === 'object' ? undefined : value;
  });
  const double = names.filter((one, i) => names.indexOf(one) !== i);
  if (double.length > 0) faults.push(`double names: ${double.join()}`);
  if (elements > MOST_ELEMENTS) faults.push(`element exceeds the limit: ${elements}`);
  return faults;
};
