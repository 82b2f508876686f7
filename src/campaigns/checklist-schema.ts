// The shape of a pack's checklist*.yaml: the official form's columns, and the words people use for them.
import * as z from 'zod';
import { reason } from '../domain/reason.ts';
import { id, standsTwice, text } from './plan-schema.ts';

const asked = {
  id,
  num: z.int().min(1),
  label: text,
  short_label: text.optional(),
  required: z.boolean().default(true),
};

const yesNo = z.strictObject({ ...asked, type: z.literal('yes_no') });

const number = z
  .strictObject({
    ...asked,
    type: z.literal('number'),
    min: z.number().optional(),
    max: z.number().optional(),
    unit: text.optional(),
  })
  .refine((item) => item.min === undefined || item.max === undefined || item.min <= item.max, {
    path: ['max'],
    error: reason('小于最小值，请改正其中一个', 'lies below min: mend one of the two'),
  });

const choice = z.strictObject({
  ...asked,
  type: z.literal('choice'),
  options: z.array(z.strictObject({ id, label: text, aliases: z.array(text).default([]) })).min(2),
});

const question = z.discriminatedUnion('type', [yesNo, number, choice]);
/** A column head over several columns. */
const group = z.strictObject({ id, label: text, type: z.literal('group'), items: z.array(question).min(1) });
const anyItem = z.discriminatedUnion('type', [yesNo, number, choice, group]);

const field = z.strictObject({ id, label: text, type: text, required: z.boolean().default(false) });
const wordsForItems = z
  .record(text, z.array(z.string()).min(2, reason('至少要对应两项', 'must name at least two items')))
  .default({});

/** A card's option holds no more (WeCom suggests 16 characters). */
const SHORT = 16;

export type Question = z.output<typeof question>;

interface Columns {
  readonly row_number_column?: string | undefined;
  readonly basic_info?: { readonly fields: readonly { readonly id: string }[] } | undefined;
  readonly items: readonly z.output<typeof anyItem>[];
  readonly free_text: readonly { readonly id: string }[];
}

/** What the form's columns are called in `column_order`, in the order they have without it. */
const columnIdsOf = (checklist: Columns): string[] => [
  ...(checklist.row_number_column === undefined ? [] : [checklist.row_number_column]),
  ...[...(checklist.basic_info?.fields ?? []), ...questionsOf(checklist), ...checklist.free_text].map(({ id }) => id),
];

/** The questions in order, those under a common head included. */
export const questionsOf = (checklist: { items: readonly z.output<typeof anyItem>[] }): Question[] =>
  checklist.items.flatMap((item) => (item.type === 'group' ? item.items : [item]));

export const checklistSchema = z
  .looseObject({
    id,
    title: text,
    row_number_column: text.optional(),
    basic_info: z.looseObject({ label: text, fields: z.array(field).min(1) }).optional(),
    items: z.array(anyItem).min(1),
    /** At most one remark beside the questions. */
    free_text: z.array(field).max(1).default([]),
    column_order: z.array(text).optional(),
    derived: z
      .looseObject({
        short_labels: z.record(z.string(), text).default({}),
        aliases: z.record(z.string(), z.array(text)).default({}),
        ambiguous_words: wordsForItems,
        group_words: wordsForItems,
      })
      .prefault({}),
  })
  .superRefine((checklist, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const ids = new Set<string>();
    let numbers = 0;
    checklist.items.forEach((item, i) => {
      const questions: [Question, (string | number)[]][] =
        item.type === 'group' ? item.items.map((q, j) => [q, ['items', i, 'items', j]]) : [[item, ['items', i]]];
      for (const [q, path] of questions) {
        if (ids.has(q.id)) complain([...path, 'id'], standsTwice);
        ids.add(q.id);
        numbers += 1;
        // People answer by number, and count the lines they see: a gap would be another item.
        if (q.num !== numbers) {
          complain(
            [...path, 'num'],
            reason(`应为 ${numbers}：编号从 1 起连续`, `must be ${numbers}: the numbers run from 1 without a gap`),
          );
        }
        const short = checklist.derived.short_labels[q.id] ?? q.short_label;
        const shown = short ?? q.label;
        if ([...shown].length > SHORT) {
          complain(
            short === undefined ? [...path, 'label'] : ['derived', 'short_labels', q.id],
            short === undefined
              ? reason(
                  `超过卡片能显示的 ${SHORT} 个字，请另填卡片上的短名`,
                  `is longer than the ${SHORT} characters of a card: give a short_label`,
                )
              : reason(
                  `超过卡片能显示的 ${SHORT} 个字，请缩短`,
                  `is longer than the ${SHORT} characters of a card: shorten it`,
                ),
          );
        }
      }
    });
    const columns = columnIdsOf(checklist);
    checklist.column_order?.forEach((column, i) => {
      if (!columns.includes(column))
        complain(
          ['column_order', i],
          reason(
            `没有 ${column} 这一列，请删去或改正`,
            `there is no column ${column}: take it out, or mend its spelling`,
          ),
        );
    });
    for (const column of columns) {
      if (checklist.column_order && !checklist.column_order.includes(column)) {
        complain(['column_order'], reason(`缺少 ${column} 这一列，请补上`, `${column} is missing: add it`));
      }
    }
    const { short_labels, aliases, ambiguous_words, group_words } = checklist.derived;
    const named = [
      ...Object.keys(short_labels).map((item) => ({ item, path: ['short_labels', item] })),
      ...Object.keys(aliases).map((item) => ({ item, path: ['aliases', item] })),
      ...wordItems('ambiguous_words', ambiguous_words),
      ...wordItems('group_words', group_words),
    ];
    for (const { item, path } of named) {
      if (!ids.has(item))
        complain(
          ['derived', ...path],
          reason(
            `没有编号为 ${item} 的检查项，请删去或改正`,
            `there is no item ${item}: take it out, or mend its spelling`,
          ),
        );
    }
  });

export type ChecklistFile = z.output<typeof checklistSchema>;

const wordItems = (key: string, words: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(words).flatMap(([word, items]) => items.map((item, i) => ({ item, path: [key, word, i] })));
