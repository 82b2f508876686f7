// Webhooks as the API shows them: never with a secret, but where one was made.
import * as z from 'zod';
import { count, id, instant } from './common.ts';

const type = z
  .string()
  .regex(/^(inspection|finding|letter)(\.[a-z_]+)?$/, 'a type such as finding.opened, or finding for all of them')
  .meta({ example: 'finding.opened' });

const settings = z.object({
  title: z.string().trim().min(1).max(100),
  url: z.string().max(2_000).meta({ description: 'https:// or http://', example: 'https://example.gov.cn/dudao' }),
  types: z.array(type).max(50).meta({ description: 'Empty: everything' }),
});

export const webhookRequest = settings.extend({ types: settings.shape.types.default([]) });

export const webhookChange = settings.partial().extend({
  paused: z.boolean().optional().meta({ description: 'While it is paused its calls wait' }),
});

export const webhook = settings
  .extend({
    id,
    addedAt: instant,
    state: z.enum(['active', 'failing', 'paused']),
    pausedAt: instant.nullable().meta({ description: 'Real time, as all about failures' }),
    failures: count.meta({ description: 'Since the last call that got through' }),
    failingSince: instant.nullable(),
    lastError: z.string().nullable(),
    waiting: count.meta({ description: 'Calls that wait to be made' }),
    oldSecretUntil: instant.nullable().meta({ description: 'Until then the secret before signs too' }),
  })
  .meta({ id: 'Webhook' });

export const webhookSecret = z
  .object({
    id,
    secret: z.string().meta({ description: 'Shown this once', example: 'whsec_…' }),
    oldSecretUntil: instant.nullable(),
  })
  .meta({ id: 'WebhookSecret' });
