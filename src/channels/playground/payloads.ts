// What the playground page posts when somebody speaks or presses (DOORS §4). Shapes only.
import * as z from 'zod';

/** Of a picture, before it is written in base64. */
export const MOST_PICTURE_BYTES = 10 * 1024 * 1024;

const id = z.string().min(1).max(200);

export const sayPayload = z
  .object({
    /** The platform's event id: the same twice is one event delivered twice. */
    id: id.optional(),
    as: id,
    chat: id,
    text: z.string().max(20_000).default(''),
    mention: z.boolean().optional(),
    replyTo: id.optional(),
    file: z
      .object({ name: z.string().min(1).max(200), type: z.string().min(1).max(100), base64: z.base64() })
      .optional(),
  })
  .refine(({ text, file }) => text.trim() !== '' || file !== undefined, {
    path: ['text'],
    error: 'say something, or send a file',
  });

export const pressPayload = z.object({
  id: id.optional(),
  as: id,
  chat: id,
  card: id,
  action: id,
  values: z
    .record(z.string().max(200), z.union([z.string().max(20_000), z.array(z.string().max(200)).max(500)]))
    .default({}),
});

export type SayPayload = z.output<typeof sayPayload>;
export type PressPayload = z.output<typeof pressPayload>;
