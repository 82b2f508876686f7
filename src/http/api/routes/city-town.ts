// The city–town strand: reports of towns, spot checks that anybody can draw again, and findings that were referred.
import * as z from 'zod';
import { zoneOf } from '../../../domain/campaign.ts';
import { Problem } from '../../../domain/problem.ts';
import { listRoute, type Route, route } from '../route.ts';
import * as schemas from '../schemas/city-town.ts';
import { id } from '../schemas/common.ts';
import type { ApiServices } from '../services.ts';
import { shownFinding } from './records.ts';

export const cityTownRoutes = ({ listings }: ApiServices): Route[] => [
  listRoute({
    path: '/town-reports',
    tag: 'city-town',
    summary: 'One row for each area: its report in every version, figures as they were when it was sent',
    item: schemas.townReport,
    key: ['text'],
    read: async (page) => {
      const { items, next } = await listings.townReports(page);
      const { campaign } = page;
      return {
        items: items.map((row) => ({ ...row, zone: zoneOf(campaign, row.area), dueOn: campaign.townReportDue })),
        next,
      };
    },
  }),
  listRoute({
    path: '/spot-checks',
    tag: 'city-town',
    summary: 'Random draws, oldest first, with who looks again and what came of it',
    item: schemas.spotCheck,
    key: ['instant', 'text'],
    read: (page) => listings.spotChecks(page),
  }),
  route({
    method: 'get',
    path: '/spot-checks/{id}',
    tag: 'city-town',
    summary: 'One draw with its whole frame: frame, seed and n give the same compounds again',
    params: z.object({ id }),
    answer: schemas.spotCheckWithFrame,
    handle: async ({ params, campaign }) => {
      const found = await listings.spotCheck(campaign.id, params.id);
      if (!found) throw new Problem('not-found', { what: 'spot-check', id: params.id });
      return found;
    },
  }),
  listRoute({
    path: '/referrals',
    tag: 'city-town',
    summary: 'Findings that were referred, oldest first, each with records, steps and notices',
    item: schemas.referral,
    key: ['instant', 'text'],
    read: async (page) => {
      const { items, next } = await listings.referrals(page);
      return {
        items: items.map((row) => ({ ...row, finding: shownFinding(row.finding, page.today) })),
        next,
      };
    },
  }),
];
