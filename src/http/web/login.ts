// The way into the pages and out of them: /login/TOKEN shows a button (a preview of the link spends nothing), pressing it
// spends the link and opens the session. `/` leads on to the dashboard, or says how to get in.
import Router from '@koa/router';
import type { Context } from 'koa';
import type { Campaigns } from '../../ports.ts';
import type { Sessions } from '../../ports-web.ts';
import { type Entrance, enterPages, lookAtLink, wallLink } from '../../usecases/enter-pages.ts';
import { languageOf, plainStyle, showPlainPage } from './html.ts';
import type { SessionDoor } from './session.ts';
import { texts } from './texts.ts';

export interface LoginParts {
  readonly entrance: Entrance;
  readonly door: SessionDoor;
  readonly sessions: Pick<Sessions, 'endAll'>;
  readonly campaigns: Campaigns;
  /** Where a visitor of the demo is led who came without a link; null = nowhere. */
  readonly demoAt: string | null;
}

/** Gone for what was good once, not found for what never was. */
const statuses = { used: 410, expired: 410, foreign: 404 } as const;

export const loginRouter = async ({ entrance, door, sessions, campaigns, demoAt }: LoginParts): Promise<Router> => {
  const router = new Router();
  await plainStyle(router);

  const say = (ctx: Context, status: number, [title, line]: readonly [string, string]): void =>
    showPlainPage(ctx, status, { title, lines: [line] });
  const refuse = (ctx: Context, verdict: keyof typeof statuses): void =>
    say(ctx, statuses[verdict], texts[languageOf(ctx)][verdict]);
  const tokenOf = (ctx: Context): string => (ctx.params as { token: string }).token;

  router.get('/login/:token', async (ctx) => {
    const { verdict, link, name } = await lookAtLink(entrance, tokenOf(ctx));
    if (verdict !== 'good') return refuse(ctx, verdict);
    const { enter, enterButton } = texts[languageOf(ctx)];
    showPlainPage(ctx, 200, {
      title: enter.title(name ?? ''),
      lines: [link?.purpose === 'wall' ? enter.wall : enter.full],
      button: { label: enterButton, action: ctx.path },
    });
  });

  router.post('/login/:token', async (ctx) => {
    door.checkOrigin(ctx);
    const { token, key } = door.fresh();
    const entered = await enterPages(entrance, tokenOf(ctx), key);
    if (entered.verdict !== 'good') return refuse(ctx, entered.verdict);
    door.give(ctx, token, entered.session);
    ctx.redirect(entered.session.kind === 'wall' ? '/wall' : '/');
    // The address with the link is not posted to again.
    ctx.status = 303;
  });

  // A link for a screen on the wall: by whoever sees the figures, who answers for them as long as the screen is on.
  router.post('/dashboard/api/wall', async (ctx) => {
    const [campaign] = campaigns.all();
    if (!campaign) return refuse(ctx, 'foreign');
    const viewer = await door.required(ctx, campaign);
    ctx.body = await wallLink(entrance, campaign, viewer.person, viewer.kind);
  });

  router.post('/logout', async (ctx) => {
    const [campaign] = campaigns.all();
    if (!campaign) return refuse(ctx, 'foreign');
    const viewer = await door.required(ctx, campaign);
    const everywhere = ctx.query.everywhere === '1';
    if (everywhere) await sessions.endAll(viewer.person.id);
    await door.leave(ctx);
    ctx.status = 204;
  });

  router.get('/left', (ctx) => {
    const { left, leftEverywhere } = texts[languageOf(ctx)];
    say(ctx, 200, ctx.query.everywhere === '1' ? leftEverywhere : left);
  });

  for (const address of ['/', '/wall']) {
    router.get(address, async (ctx, next) => {
      const [campaign] = campaigns.all();
      const viewer = campaign && (await door.viewer(ctx, campaign));
      if (!viewer) {
        if (address === '/' && demoAt !== null) return ctx.redirect(demoAt);
        return say(ctx, 401, texts[languageOf(ctx)].wayIn);
      }
      if (viewer.kind === 'wall' && address === '/') return ctx.redirect('/wall');
      // One page for both: it asks itself what it is.
      ctx.path = '/dashboard';
      return next();
    });
  }
  return router;
};
