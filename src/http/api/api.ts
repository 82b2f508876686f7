// The JSON API under /api/v1 (DOORS §3): checks each request against its route's schemas and writes the answer. What the
// routes are stands in routes/, what their shapes are in schemas/.
import Router from '@koa/router';
import type { Context } from 'koa';
import * as z from 'zod';
import type { Campaign } from '../../domain/campaign.ts';
import type { Person } from '../../domain/people.ts';
import { type Fault, Problem } from '../../domain/problem.ts';
import { EVERYTHING, type Sight } from '../../domain/sight.ts';
import { readJson } from '../body.ts';
import { instantsIn, written } from '../instants.ts';
import { checkToken } from './auth.ts';
import { docsRoutes } from './docs.ts';
import { openApi } from './openapi.ts';
import type { Route } from './route.ts';
import { campaignRoutes } from './routes/campaign.ts';
import { cityTownRoutes } from './routes/city-town.ts';
import { exportRoutes } from './routes/exports.ts';
import { journalRoutes } from './routes/journal.ts';
import { officePeopleRoutes } from './routes/office-people.ts';
import { officePlacesRoutes } from './routes/office-places.ts';
import { packRoutes } from './routes/packs.ts';
import { recordRoutes } from './routes/records.ts';
import { rosterRoutes } from './routes/roster.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import type { ApiServices } from './services.ts';

const PREFIX = '/api/v1';
const MOST_BODY_BYTES = 100_000;

export const apiRoutes = (services: ApiServices): Route[] => [
  ...campaignRoutes(services),
  ...packRoutes(services),
  ...recordRoutes(services),
  ...rosterRoutes(services),
  ...officePeopleRoutes(services),
  ...officePlacesRoutes(services),
  ...cityTownRoutes(services),
  ...exportRoutes(services),
  ...journalRoutes(services),
  ...webhookRoutes(services),
];

/** /api/v1, and its description at /api/openapi.json and /api/docs. */
export const apiRouter = (services: ApiServices): Router => {
  const routes = apiRoutes(services);
  const router = new Router();
  for (const route of routes) {
    router[route.method](PREFIX + route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (ctx) => {
      checkToken(ctx, services.token);
      await answerRoute(ctx, route, services, () => ({ person: null, sight: EVERYTHING }));
    });
  }
  docsRoutes(router, openApi(routes, PREFIX));
  return router;
};

/** Who asks, and how far that one may see. */
export interface Asker {
  readonly person: Person | null;
  readonly sight: Sight;
}

/** Checks a request against its route's schemas, does it, and writes the answer. */
export const answerRoute = async (
  ctx: Context,
  route: Route,
  services: Pick<ApiServices, 'campaigns' | 'clock'>,
  askedBy: (campaign: Campaign) => Promise<Asker> | Asker,
): Promise<void> => {
  const query = checked(route.query, { ...ctx.query }, 'query');
  const campaign = campaignFor(services, query.campaign as string | undefined);
  const asker = await askedBy(campaign);
  const params = checked(route.params ?? z.object({}), ctx.params, 'path');
  const body = route.body ? checked(route.body, await readJson(ctx, MOST_BODY_BYTES), 'body') : undefined;
  const now = services.clock.now();
  const asked = { params, query, body, campaign, now, today: campaign.calendar.dayOf(now), ...asker, ctx };
  const answer = await route.handle(asked);
  if (route.file === undefined) ctx.body = written(answer, instantsIn(campaign.timezone));
  else Object.assign(ctx, { type: route.file, body: answer });
};

const campaignFor = ({ campaigns }: Pick<ApiServices, 'campaigns'>, id: string | undefined): Campaign => {
  const campaign = id === undefined ? campaigns.all()[0] : campaigns.get(id);
  if (!campaign) throw new Problem('not-found', { what: 'campaign', id: id ?? '' });
  return campaign;
};

const checked = <S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults: Fault[] = result.error.issues.map(({ path, message }) => ({
    path: [where, ...path].join('.'),
    reason: message,
  }));
  throw new Problem('bad-request', { faults });
};
