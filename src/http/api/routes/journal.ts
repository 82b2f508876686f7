// What happened, and what was sent.
import * as z from 'zod';
import { inOrder, listRoute, type Route, route } from '../route.ts';
import { id } from '../schemas/common.ts';
import * as schemas from '../schemas/journal.ts';
import type { ApiServices } from '../services.ts';

export const journalRoutes = ({ listings, resend }: ApiServices): Route[] => [
  listRoute({
    path: '/events',
    tag: 'journal',
    summary: 'Each change of state, oldest first; append-only',
    item: schemas.event,
    key: ['number'],
    read: async (page) => {
      const { items, next } = await listings.events(page);
      return { items: items.map((event) => ({ ...event, by: event.by ?? ('system' as const) })), next };
    },
  }),
  listRoute({
    path: '/deliveries',
    tag: 'journal',
    onPages: ['administer'],
    summary: 'Messages that were sent or wait to be, oldest first; `verb=all` adds cards changed in place',
    query: inOrder.extend({
      state: schemas.deliveryState.optional(),
      verb: z.enum(['send', 'all']).default('send'),
    }),
    item: schemas.delivery,
    key: ['number'],
    read: (page, { state, verb, order }) => listings.deliveries({ ...page, state: state ?? null, verb, order }),
  }),
  route({
    method: 'post',
    path: '/deliveries/{id}/resend',
    tag: 'journal',
    onPages: ['administer'],
    summary: 'Sends a message again that failed, expired, or whose outcome is unknown',
    params: z.object({ id }),
    answer: z.object({ id, state: z.literal('waiting') }).meta({ id: 'Resent' }),
    handle: async ({ params }) => {
      await resend(params.id);
      return { id: params.id, state: 'waiting' as const };
    },
  }),
];
