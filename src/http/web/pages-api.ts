// /dashboard/api: the same routes as the JSON API, for whoever has a session, with the rights of that person (1.7). There is
// no second set of queries; a route says itself which act opens it on pages.
import Router from '@koa/router';
import type { Campaign } from '../../domain/campaign.ts';
import type { Person } from '../../domain/people.ts';
import { Problem } from '../../domain/problem.ts';
import type { Act } from '../../domain/rights.ts';
import { type Sight, seesNothing, sightOf } from '../../domain/sight.ts';
import { answerRoute, apiRoutes } from '../api/api.ts';
import type { ApiServices } from '../api/services.ts';
import type { PageLive } from './live.ts';
import { meRoute } from './me.ts';
import type { SessionDoor } from './session.ts';

export interface PagesParts {
  readonly services: Omit<ApiServices, 'token'>;
  readonly door: SessionDoor;
  readonly live: PageLive;
}

const PREFIX = '/dashboard/api';

export const pagesRouter = ({ services, door, live }: PagesParts): Router => {
  const router = new Router();
  meRoute(router, { door, ...services });
  for (const route of apiRoutes({ ...services, token: null })) {
    const { onPages, onWall = false } = route;
    if (!onPages) continue;
    router[route.method](PREFIX + route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (ctx) => {
      ctx.set('Cache-Control', 'no-store');
      await answerRoute(ctx, route, services, async (campaign) => {
        const { person, kind } = await door.required(ctx, campaign);
        const sight = kind === 'wall' && !onWall ? null : firstSight(campaign, person, onPages);
        if (!sight) throw new Problem('not-allowed', { who: campaign.organisation.office });
        return { person, sight };
      });
    });
  }

  router.get(`${PREFIX}/stream`, async (ctx) => {
    const [campaign] = services.campaigns.all();
    if (!campaign) throw new Problem('not-found', { what: 'campaign', id: '' });
    await door.required(ctx, campaign);
    const stream = live.open();
    ctx.req.once('close', () => stream.destroy());
    ctx.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    ctx.body = stream;
  });
  return router;
};

/** By the first of these acts under which anything may be seen; null = by none. */
const firstSight = (campaign: Campaign, person: Person, acts: readonly Act[]): Sight | null =>
  acts.map((act) => sightOf(campaign, person, act)).find((sight) => !seesNothing(sight)) ?? null;
