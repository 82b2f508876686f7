// The append-only events, and what was sent or waits to be.
import * as z from 'zod';
import { channel, count, id, instant, named, ref } from './common.ts';

export const event = z
  .object({
    id,
    at: instant,
    kind: z.string().meta({ example: 'inspection.recorded' }),
    subject: ref,
    by: z.union([named, z.literal('system')]),
    inbound: z.string().nullable().meta({ description: 'The message it came from' }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });

export const deliveryState = z.enum(['waiting', 'sent', 'unknown', 'failed', 'expired']);

export const delivery = z
  .object({
    id,
    channel,
    chat: z.string(),
    person: id.nullable(),
    to: z.string().nullable().meta({ description: 'The person’s name, or what the group is called' }),
    kind: z.string().meta({ example: 'assignment' }),
    verb: z.enum(['send', 'update']),
    about: z.array(ref),
    rung: z.string().nullable(),
    state: deliveryState,
    attempts: count,
    notBefore: instant,
    sentAt: instant.nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'Delivery' });
