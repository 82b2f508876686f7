// /dashboard/api/me: what a page needs to know before it shows anything: who is looking, at which campaign, what time it is
// there, and the token that goes with everything that changes something.
import type Router from '@koa/router';
import { zonesOf } from '../../domain/campaign.ts';
import { Problem } from '../../domain/problem.ts';
import { type Act, may } from '../../domain/rights.ts';
import { seesNothing, sightOf } from '../../domain/sight.ts';
import { tallyTime } from '../../domain/tally.ts';
import type { Campaigns, Clock } from '../../ports.ts';
import { instantsIn, written } from '../instants.ts';
import type { SessionDoor } from './session.ts';

/** What a page may offer; whether each row may be seen is asked again when it is read. */
const offers = {
  figures: 'see_figures',
  findings: 'see_findings',
  letters: 'see_letters',
  records: 'see_records',
  roster: 'see_roster',
} as const satisfies Readonly<Record<string, Act>>;

export interface MeParts {
  readonly door: SessionDoor;
  readonly campaigns: Campaigns;
  readonly clock: Clock;
}

export const meRoute = (router: Router, { door, campaigns, clock }: MeParts): void => {
  router.get('/dashboard/api/me', async (ctx) => {
    const asked = typeof ctx.query.campaign === 'string' ? ctx.query.campaign : null;
    const campaign = asked === null ? campaigns.all()[0] : campaigns.get(asked);
    if (!campaign) throw new Problem('not-found', { what: 'campaign', id: asked ?? '' });
    const { person, kind, csrf } = await door.required(ctx, campaign);
    const now = clock.now();
    const sees = Object.entries(offers).map(([name, act]) => [name, !seesNothing(sightOf(campaign, person, act))]);
    const wall = kind === 'wall';
    const body = {
      person: wall ? null : { id: person.id, name: person.name, roles: person.roles },
      kind,
      csrf,
      now,
      day: campaign.calendar.dayOf(now),
      tallyAt: tallyTime(campaign.slots),
      campaign: {
        id: campaign.id,
        title: campaign.title,
        firstDay: campaign.firstDay,
        zones: zonesOf(campaign),
        items: campaign.checklists.flatMap(({ items }) =>
          items.map(({ id, num, shortLabel }) => ({ id, num, label: shortLabel })),
        ),
      },
      campaigns: campaigns.all().map(({ id, title }) => ({ id, title })),
      sees: { ...Object.fromEntries(sees), deliveries: may(person, 'administer') },
    };
    ctx.body = written(wall ? { ...body, sees: { figures: body.sees.figures } } : body, instantsIn(campaign.timezone));
    ctx.set('Cache-Control', 'no-store');
  });
};
