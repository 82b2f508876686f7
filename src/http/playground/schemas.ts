// What the playground API takes, beside what the channel itself decodes (say and press).
import * as z from 'zod';
import { type Fault, Problem } from '../../domain/problem.ts';

const id = z.string().min(1).max(200);

export const asQuery = z.object({ as: id.optional() });
export const messagesQuery = z.object({
  as: id.optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'the `next` of an earlier answer')
    .default('0')
    .transform(Number),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
});
export const peopleQuery = z.object({
  q: z.string().max(100).default(''),
  role: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

const DURATION = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;

const durationMs = (text: string): number => {
  const [, days, hours, minutes, seconds] = (DURATION.exec(text) ?? []).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1_000;
};

export const clockBody = z
  .object({
    advanceTo: z.iso
      .datetime({ offset: true, error: 'an instant with its offset such as 2022-04-19T20:05:00+08:00' })
      .transform((text) => new Date(text))
      .optional(),
    /** Minutes, or an ISO 8601 duration. */
    advanceBy: z
      .union([
        z
          .number()
          .min(0)
          .max(60 * 24 * 366)
          .transform((minutes) => minutes * 60_000),
        z.string().regex(DURATION, 'minutes as a number, or a duration such as PT35M').transform(durationMs),
      ])
      .optional(),
  })
  .refine(({ advanceTo, advanceBy }) => (advanceTo === undefined) !== (advanceBy === undefined), {
    error: 'give either advanceTo or advanceBy',
  });

/** Throws Problem `bad-request` that names each fault. */
export const read = <T extends z.ZodType>(schema: T, value: unknown): z.output<T> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults: Fault[] = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), reason: message }));
  throw new Problem('bad-request', { faults });
};
