// The campaign itself and its figures.
import type { Campaign } from '../../../domain/campaign.ts';
import { onDay, type Route, route } from '../route.ts';
import * as schemas from '../schemas/campaign.ts';
import type { ApiServices } from '../services.ts';

export const campaignRoutes = ({ tally }: ApiServices): Route[] => [
  route({
    method: 'get',
    path: '/campaign',
    tag: 'campaign',
    summary: 'The campaign: strands, phases, checklists, settings, and what time it is in it',
    answer: schemas.campaign,
    handle: ({ campaign, now, today }) => ({ ...facts(campaign), now, day: today }),
  }),
  route({
    method: 'get',
    path: '/tally',
    tag: 'campaign',
    summary: 'The figures by zone, area and organisation: live, or as they were at a day’s tally time',
    query: onDay,
    answer: schemas.tally,
    handle: ({ campaign, query }) => tally(campaign, query.on),
  }),
];

const facts = ({ id, title, timezone, strands, checklists, settings }: Campaign) => ({
  id,
  title,
  timezone,
  strands: strands.map((strand) => ({
    id: strand.id,
    name: strand.name,
    phases: strand.phases.map((phase) => ({ id: phase.id, start: phase.start, end: phase.end })),
  })),
  checklists: checklists.map((checklist) => ({
    id: checklist.id,
    items: checklist.items.map(({ id, num, label, kind }) => ({ id, num, label, kind })),
  })),
  settings: { ...settings },
});
