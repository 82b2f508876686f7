// The shape of a pack's letter*.yaml: the text that company heads sign, question by question (R23).
import * as z from 'zod';
import { reason } from '../domain/reason.ts';
import { day, id, standsTwice } from './plan-schema.ts';

/** As it is written, with its spaces: people sign it. */
const text = z.string().regex(/\S/, reason('不能为空，请填写', 'must not be empty: fill it in'));

export const letterSchema = z
  .looseObject({
    id,
    title: text,
    salutation: text,
    intro: text,
    questions: z
      .array(z.strictObject({ id, num: z.int().min(1), text, answer: z.literal('yes_no').default('yes_no') }))
      .min(1),
    closing: z.array(text).default([]),
    issuer: text,
    date_text: text,
    date: day.optional(),
    /** Whether those who signed an older version sign this one again (R24). */
    sign_again: z.boolean().default(false),
  })
  .superRefine(({ questions }, context) => {
    questions.forEach((question, i) => {
      for (const key of ['id', 'num'] as const) {
        if (questions.findIndex((other) => other[key] === question[key]) < i) {
          context.addIssue({ code: 'custom', path: ['questions', i, key], message: standsTwice });
        }
      }
    });
  });

export type LetterFile = z.output<typeof letterSchema>;
