// Evidence photos, one by one and behind rights (REQUIREMENTS 1.7 "photos"): never a list, and kept by no cache but the
// viewer's own.
import Router from '@koa/router';
import type { Context } from 'koa';
import type { Person } from '../domain/people.ts';
import { subjectOfPhoto } from '../domain/photo.ts';
import { Problem } from '../domain/problem.ts';
import { may } from '../domain/rights.ts';
import type { PhotoRecords, PhotoShelf } from '../ports-photos.ts';
import { checkToken } from './api/auth.ts';

export interface PhotoDoor {
  readonly photos: Pick<PhotoRecords, 'find'>;
  readonly shelf: Pick<PhotoShelf, 'read'>;
  /** The API's token acts as the office. */
  readonly token: string | null;
  /** Who is looking, with the roles of the photo's campaign; throws for a visitor nobody knows. */
  viewer(ctx: Context, campaign: string): Promise<Person>;
}

const A_DAY_S = 86_400;

export const photoRouter = ({ photos, shelf, token, viewer }: PhotoDoor): Router => {
  const router = new Router();
  router.get('/photos/:id', async (ctx) => {
    const { id } = ctx.params as { id: string };
    const byToken = ctx.get('Authorization') !== '';
    if (byToken) checkToken(ctx, token);
    const found = await photos.find(id);
    if (!byToken) {
      // Whoever may not see it is not told whether it is there.
      const person = await viewer(ctx, found?.photo.campaign ?? '');
      if (!found || !may(person, 'see_photos', subjectOfPhoto(found.photo, found.unitId)))
        throw new Problem('not-found', { what: 'photo', id });
    }
    const bytes = found && (await shelf.read(found.photo.hash));
    if (!bytes) throw new Problem('not-found', { what: 'photo', id });
    ctx.set('Cache-Control', `private, max-age=${A_DAY_S}, immutable`);
    ctx.set('Content-Disposition', 'inline');
    ctx.type = 'image/jpeg';
    ctx.body = Buffer.from(bytes);
  });
  return router;
};
