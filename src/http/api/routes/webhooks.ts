// Which other systems hear of the campaign (docs/webhooks.md). What was sent to them stands among the deliveries.
import * as z from 'zod';
import type { Webhook } from '../../../domain/webhook.ts';
import type { WebhookHealth } from '../../../ports-webhooks.ts';
import {
  addWebhook,
  changeWebhook,
  removeWebhook,
  rotateWebhookSecret,
  testWebhook,
} from '../../../usecases/manage-webhooks.ts';
import { type Route, route } from '../route.ts';
import { id } from '../schemas/common.ts';
import * as schemas from '../schemas/webhooks.ts';
import type { ApiServices } from '../services.ts';

const params = z.object({ id });

export const webhookRoutes = ({ webhooks: desk }: Pick<ApiServices, 'webhooks'>): Route[] => [
  route({
    method: 'get',
    path: '/webhooks',
    tag: 'webhooks',
    onPages: ['administer'],
    summary: 'Other systems that hear of the campaign, and how their calls fare',
    answer: z.object({ items: z.array(schemas.webhook) }),
    handle: async ({ campaign }) => ({ items: (await desk.webhooks.of(campaign.id)).map(shown) }),
  }),
  route({
    method: 'post',
    path: '/webhooks',
    tag: 'webhooks',
    onPages: ['administer'],
    summary: 'Adds one; the answer alone shows its secret',
    body: schemas.webhookRequest,
    answer: schemas.webhookSecret,
    handle: async ({ campaign, person, body }) => secretOf(await addWebhook(desk, { campaign, person }, body)),
  }),
  route({
    method: 'put',
    path: '/webhooks/{id}',
    tag: 'webhooks',
    onPages: ['administer'],
    summary: 'Changes its address, title or types, pauses or resumes it; what is left out stays',
    params,
    body: schemas.webhookChange,
    answer: z.object({ id }),
    handle: async ({ campaign, person, params: { id: of }, body }) => {
      const { title, url, types, paused } = body;
      const given = { ...(title && { title }), ...(url && { url }), ...(types && { types }), paused };
      return { id: (await changeWebhook(desk, { campaign, person }, of, given)).id };
    },
  }),
  route({
    method: 'delete',
    path: '/webhooks/{id}',
    tag: 'webhooks',
    onPages: ['administer'],
    summary: 'Removes it; what waited for it is not sent',
    params,
    answer: z.object({ id }),
    handle: async ({ campaign, person, params: { id: of } }) => {
      await removeWebhook(desk, { campaign, person }, of);
      return { id: of };
    },
  }),
  route({
    method: 'post',
    path: '/webhooks/{id}/secret',
    tag: 'webhooks',
    onPages: ['administer'],
    summary: 'A new secret; the one before signs beside it for a day',
    params,
    answer: schemas.webhookSecret,
    handle: async ({ campaign, person, params: { id: of } }) =>
      secretOf(await rotateWebhookSecret(desk, { campaign, person }, of)),
  }),
  route({
    method: 'post',
    path: '/webhooks/{id}/test',
    tag: 'webhooks',
    onPages: ['administer'],
    summary: 'Sends it a call of type webhook.test',
    params,
    answer: z.object({ id }),
    handle: async ({ campaign, person, params: { id: of } }) => {
      await testWebhook(desk, { campaign, person }, of);
      return { id: of };
    },
  }),
];

const shown = (webhook: Webhook & WebhookHealth) => {
  const { id: of, title, url, types, addedAt, pausedAt, failures, failingSince, lastError, waiting } = webhook;
  const state = pausedAt ? ('paused' as const) : failures > 0 ? ('failing' as const) : ('active' as const);
  return {
    id: of,
    title,
    url,
    types: [...types],
    addedAt,
    state,
    pausedAt,
    failures,
    failingSince,
    lastError,
    waiting,
    oldSecretUntil: webhook.oldSecretUntil,
  };
};

const secretOf = ({ id: of, secret, oldSecretUntil }: Webhook) => ({ id: of, secret, oldSecretUntil });
