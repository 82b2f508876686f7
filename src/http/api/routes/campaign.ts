// The campaign itself and its figures.
import * as z from 'zod';
import type { Campaign } from '../../../domain/campaign.ts';
import { seenTally } from '../../../domain/seen-tally.ts';
import { onDay, type Route, route } from '../route.ts';
import * as schemas from '../schemas/campaign.ts';
import type { ApiServices } from '../services.ts';

export const campaignRoutes = ({ tally, trend }: ApiServices): Route[] => [
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
    // Whoever answers for a department sees its home duties, and nothing else of the figures.
    onPages: ['see_figures', 'see_records'],
    onWall: true,
    handle: async ({ campaign, query, person }) => {
      const whole = await tally(campaign, query.on);
      return person ? seenTally(campaign, person, whole) : whole;
    },
  }),
  route({
    method: 'get',
    path: '/trend',
    tag: 'campaign',
    summary: 'The figures of the last days, for the city and each zone: each day as its tally said',
    query: onDay.extend({ days: z.coerce.number().int().min(1).max(92).default(30) }),
    answer: schemas.trend,
    onPages: ['see_figures'],
    onWall: true,
    handle: ({ campaign, query, sight }) =>
      trend(campaign, query.days, (area) => sight.everything || sight.areas.includes(area), query.on),
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
