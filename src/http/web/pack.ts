// /dashboard/api/pack: what the page reads and sends that edits a campaign's pack. The office's alone (1.7); the page's files
// themselves say nothing.
import Router from '@koa/router';
import type { Context } from 'koa';
import * as z from 'zod';
import type { Day } from '../../domain/calendar.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { CardPlace, CardPreview, Misfit } from '../../domain/card-preview.ts';
import { sayMisfit } from '../../domain/card-preview.ts';
import type { Person } from '../../domain/people.ts';
import { type Language, Problem } from '../../domain/problem.ts';
import { sayReason } from '../../domain/reason.ts';
import { may } from '../../domain/rights.ts';
import type { Campaigns } from '../../ports.ts';
import { readJson } from '../body.ts';
import { languageOf } from './html.ts';
import type { SessionDoor } from './session.ts';

export interface PackRemarkOnPage {
  readonly path: readonly (string | number)[];
  /** In both languages (domain/reason.ts). */
  readonly reason: string;
}

export interface PackEditing {
  /** The newest version, also one that waits for its day, with the phases as they run now. */
  present(campaign: Campaign): { readonly version: number; readonly body: unknown };
  /** What is wrong with a draft, and its cards on each channel; no cards where there is a fault. Changes nothing. */
  check(
    campaign: Campaign,
    body: unknown,
  ): {
    readonly faults: readonly PackRemarkOnPage[];
    readonly notes: readonly PackRemarkOnPage[];
    readonly samples: readonly {
      readonly id: string;
      readonly place: CardPlace;
      readonly on: readonly (CardPreview & { readonly misfits: readonly Misfit[] })[];
    }[];
  };
  /** Throws `pack-refused` for a draft with faults, `stale` where `base` is not the newest version any more. */
  publish(
    campaign: Campaign,
    draft: { readonly body: unknown; readonly base: number; readonly from: Day | null },
    by: Pick<Person, 'id' | 'name'>,
  ): Promise<{ readonly version: number; readonly isNew: boolean; readonly from: Day }>;
}

export interface PackPageParts {
  readonly door: SessionDoor;
  readonly campaigns: Campaigns;
  readonly editing: PackEditing;
}

/** A pack is some 30 KB; one with fifty questions and a hundred areas is not a tenth of this. */
const MOST_BYTES = 1024 * 1024;

const draft = z.object({ body: z.unknown() });
const order = draft.extend({ base: z.int().min(0), from: z.iso.date().nullable().default(null) });

export const packRouter = ({ door, campaigns, editing }: PackPageParts): Router => {
  const router = new Router({ prefix: '/dashboard/api/pack' });

  /** Throws `no-session`, and `not-allowed` for all but the office. */
  const entered = async (ctx: Context): Promise<{ readonly campaign: Campaign; readonly person: Person }> => {
    ctx.set('Cache-Control', 'no-store');
    const asked = typeof ctx.query.campaign === 'string' ? ctx.query.campaign : null;
    const campaign = asked === null ? campaigns.all()[0] : campaigns.get(asked);
    if (!campaign) throw new Problem('not-found', { what: 'campaign', id: asked ?? '' });
    const { person, kind } = await door.required(ctx, campaign);
    if (kind === 'wall' || !may(person, 'administer'))
      throw new Problem('not-allowed', { who: campaign.organisation.office });
    return { campaign, person };
  };

  router.get('/', async (ctx) => {
    const { campaign } = await entered(ctx);
    ctx.body = editing.present(campaign);
  });

  router.post('/check', async (ctx) => {
    const { campaign } = await entered(ctx);
    const { body } = read(draft, await readJson(ctx, MOST_BYTES));
    const language = languageOf(ctx);
    const { faults, notes, samples } = editing.check(campaign, body);
    ctx.body = {
      faults: said(faults, language),
      notes: said(notes, language),
      samples: samples.map(({ id, place, on }) => ({
        id,
        place,
        on: on.map((one) => ({ ...one, misfits: one.misfits.map((misfit) => sayMisfit(misfit, language)) })),
      })),
    };
  });

  router.post('/publish', async (ctx) => {
    const { campaign, person } = await entered(ctx);
    const asked = read(order, await readJson(ctx, MOST_BYTES));
    const { version, isNew, from } = await editing.publish(campaign, asked, person);
    ctx.body = { version, isNew, from };
  });

  return router;
};

const read = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem('bad-request', {
    faults: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), reason: message })),
  });
};

const said = (remarks: readonly PackRemarkOnPage[], language: Language) =>
  remarks.map(({ path, reason }) => ({ path: path.join('.'), reason: sayReason(reason, language) }));
