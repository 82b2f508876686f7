// The office publishes a new version of a campaign's pack, and sees those there are (E30).
import * as z from 'zod';
import { type Route, route } from '../route.ts';
import * as schemas from '../schemas/packs.ts';
import type { ApiServices } from '../services.ts';

export const packRoutes = ({ packs }: ApiServices): Route[] => [
  route({
    method: 'get',
    path: '/packs',
    tag: 'campaign',
    summary: 'The versions of the campaign’s pack, newest first: what stands now, and what comes later',
    answer: z.object({ items: z.array(schemas.packLine), next: z.null() }),
    onPages: ['administer'],
    handle: ({ campaign }) => ({ items: packs.lines(campaign.id), next: null }),
  }),
  route({
    method: 'post',
    path: '/packs',
    tag: 'campaign',
    summary:
      'Publishes a version of a pack from a day on; open cards finish on the checklist and letter they were given',
    body: schemas.packRequest,
    answer: schemas.published,
    onPages: ['administer'],
    handle: ({ body, person }) =>
      packs.publish(body.files, body.from ?? null, person && { id: person.id, name: person.name }),
  }),
];
