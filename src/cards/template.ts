// The grammar of cards/*.yaml. A card is a title, lines, fields and actions; each text is liquid. Lists are lists of
// nodes: a node may stand under `if`, be repeated by `each: LIST as NAME`, and hold a list of nodes in its place.
import * as z from 'zod';

interface Guard {
  /** A liquid expression; the node is left out where it is false, null, 0 or empty text. Asked for each element under `each`. */
  readonly if?: string | undefined;
  /** `compounds as c`: once for each element, which is then `c`, numbered `i` from 1. */
  readonly each?: string | undefined;
}

export interface LineNode extends Guard {
  readonly line?: string | undefined;
  /** The line where `if` does not hold. */
  readonly else?: string | undefined;
  readonly lines?: readonly LineNode[] | undefined;
}

export interface OptionNode extends Guard {
  readonly id: string;
  readonly label: string;
}

export interface FieldNode extends Guard {
  readonly id?: string | undefined;
  readonly kind?: 'choice' | 'ticks' | 'text' | undefined;
  readonly label?: string | undefined;
  readonly options?: readonly OptionNode[] | undefined;
  readonly required?: boolean | undefined;
  readonly fields?: readonly FieldNode[] | undefined;
}

export interface ActionNode extends Guard {
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  readonly style?: 'primary' | 'plain' | 'danger' | undefined;
  readonly url?: string | undefined;
  readonly actions?: readonly ActionNode[] | undefined;
}

export interface CardTemplate {
  readonly title: string;
  readonly lines: readonly LineNode[];
  readonly fields: readonly FieldNode[];
  readonly actions: readonly ActionNode[];
}

const text = z.string('must be a text').min(1, 'must not be empty');
const guard = {
  if: text.optional(),
  each: z
    .string()
    .regex(/^\S.* as [a-z]\w*$/, 'must be “LIST as NAME”')
    .optional(),
};

/** Exactly one of the two: the thing itself, or a list of nodes in its place. */
const either = <T extends object>(own: readonly (keyof T & string)[], nested: keyof T & string) =>
  z.check<T>(({ value, issues }) => {
    const has = own.filter((key) => value[key] !== undefined);
    if (value[nested] !== undefined ? has.length === 0 : has.length === own.length) return;
    issues.push({ code: 'custom', input: value, path: [], message: `needs ${own.join(', ')} or ${nested}, not both` });
  });

const line: z.ZodType<LineNode> = z.lazy(() =>
  z.preprocess(
    (value) => (typeof value === 'string' ? { line: value } : value),
    z
      .strictObject({ ...guard, line: text.optional(), else: text.optional(), lines: z.array(line).min(1).optional() })
      .check(either<LineNode>(['line'], 'lines'))
      .refine((node) => node.else === undefined || node.if !== undefined, 'else needs if'),
  ),
);

const option = z.strictObject({ ...guard, id: text, label: text });

const field: z.ZodType<FieldNode> = z.lazy(() =>
  z
    .strictObject({
      ...guard,
      id: text.optional(),
      kind: z.enum(['choice', 'ticks', 'text']).optional(),
      label: text.optional(),
      options: z.array(option).min(1).optional(),
      required: z.boolean().optional(),
      fields: z.array(field).min(1).optional(),
    })
    .check(either<FieldNode>(['id', 'kind', 'label'], 'fields'))
    .refine((node) => (node.kind === 'choice' || node.kind === 'ticks') === (node.options !== undefined), {
      message: 'a choice or ticks field has options, a text field has none',
      path: ['options'],
    }),
);

const action: z.ZodType<ActionNode> = z.lazy(() =>
  z
    .strictObject({
      ...guard,
      id: text.optional(),
      label: text.optional(),
      style: z.enum(['primary', 'plain', 'danger']).optional(),
      url: text.optional(),
      actions: z.array(action).min(1).optional(),
    })
    .check(either<ActionNode>(['id', 'label'], 'actions')),
);

export const cardTemplateSchema = z.strictObject({
  title: text,
  lines: z.array(line).default([]),
  fields: z.array(field).default([]),
  actions: z.array(action).default([]),
});

/** A saying: a text without facts, or a text with the facts it may use and an example of each. */
export const sayingSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { with: {}, text: value } : value),
  z.strictObject({ with: z.record(z.string(), z.unknown()), text }),
);
export type Saying = z.output<typeof sayingSchema>;
export const sayingsSchema = z.record(z.string().regex(/^[a-z][a-z_]*$/, 'must be snake_case'), sayingSchema);
