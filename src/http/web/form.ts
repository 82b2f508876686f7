// /form/TOKEN: the one-time web form (DESIGN §5). Looking spends nothing; sending goes through the same door as a press.
import { randomUUID } from 'node:crypto';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Card, CardValues } from '../../domain/card.ts';
import type { LinkVerdict } from '../../domain/link.ts';
import { Problem } from '../../domain/problem.ts';
import { type FormDesk, lookAtForm, type Submission, submitForm } from '../../usecases/submit-form.ts';
import { readBytes } from '../body.ts';
import { doneHtml, formHtml, pageHtml, sentenceHtml } from './form-page.ts';
import { formTexts } from './form-texts.ts';
import { languageOf } from './html.ts';

export interface FormParts {
  readonly desk: FormDesk;
  /** Throws `other-origin`: nobody has a session here, so the browser's word must do. */
  checkOrigin(ctx: Context): void;
}

const MOST_PHOTOS = 6;
/** Six photos that a browser without script sends as they are. */
const MOST_BYTES = 40 * 1024 * 1024;
const MOST_TEXT = 1_000;
const statuses = { used: 410, expired: 410, foreign: 404 } as const;
/** Cards whose answer a photo can prove. */
const WITH_PHOTOS = ['checklist', 'finding', 'recheck'];

export const formRoutes = (router: Router, { desk, checkOrigin }: FormParts): void => {
  const show = (ctx: Context, status: number, title: string, main: string): void => {
    ctx.status = status;
    ctx.type = 'html';
    ctx.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'no-referrer' });
    ctx.body = pageHtml(title, main, languageOf(ctx));
  };
  const refuse = (ctx: Context, verdict: Exclude<LinkVerdict, 'good'>, usedAt: Date | null): void => {
    const texts = formTexts[languageOf(ctx)];
    const at = usedAt ? momentIn(desk, usedAt) : '';
    const sentence = verdict === 'used' ? texts.used(at) : texts[verdict];
    show(ctx, statuses[verdict], sentence[0], sentenceHtml(sentence));
  };
  const ask = (ctx: Context, status: number, card: Card, submission: string, values: CardValues, said: string | null) =>
    show(
      ctx,
      status,
      card.title,
      formHtml({ card, submission, values, said, photos: WITH_PHOTOS.includes(card.kind) }, languageOf(ctx)),
    );

  router.get('/form/:token', async (ctx, next) => {
    const { token } = ctx.params as { token: string };
    // The page's own files lie beside it.
    if (token.includes('.')) return next();
    const seen = await lookAtForm(desk, token);
    if (seen.verdict !== 'good') return refuse(ctx, seen.verdict, seen.usedAt);
    ask(ctx, 200, seen.card, randomUUID(), {}, null);
  });

  router.post('/form/:token', async (ctx) => {
    checkOrigin(ctx);
    const { token } = ctx.params as { token: string };
    const submission = await readSubmission(ctx);
    const texts = formTexts[languageOf(ctx)];
    const fault =
      submission.photos.length > MOST_PHOTOS ? texts.tooManyPhotos : submission.action === '' ? texts.pressOne : null;
    if (fault !== null) {
      const seen = await lookAtForm(desk, token);
      if (seen.verdict !== 'good') return refuse(ctx, seen.verdict, seen.usedAt);
      return ask(ctx, 422, seen.card, submission.id, submission.values, fault);
    }
    const done = await submitForm(desk, token, submission);
    switch (done.kind) {
      case 'refused':
        return refuse(ctx, done.verdict, done.usedAt);
      case 'fault':
        return ask(ctx, 422, done.card, submission.id, submission.values, texts.faults[done.fault]);
      case 'open':
        // Answered once, so the next try is another one.
        return ask(ctx, 422, done.card, randomUUID(), submission.values, done.answer.toast ?? null);
      case 'done':
        return show(
          ctx,
          200,
          done.answer.card?.title ?? '',
          doneHtml(done.answer.card, done.answer.toast, languageOf(ctx)),
        );
    }
  });
};

const momentIn = ({ service }: FormDesk, at: Date): string => {
  const timeZone = service.campaigns.all()[0]?.timezone ?? 'UTC';
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
};

const readSubmission = async (ctx: Context): Promise<Submission> => {
  if (!ctx.is('multipart/form-data')) throw new Problem('unsupported-type', { accepted: ['multipart/form-data'] });
  const bytes = await readBytes(ctx, MOST_BYTES);
  const form = await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': ctx.get('Content-Type') } })
    .formData()
    .catch(() => {
      throw new Problem('bad-request', { faults: [{ path: '', reason: 'the form is broken off or malformed' }] });
    });
  const values: Record<string, string | string[]> = {};
  const photos: Uint8Array[] = [];
  let id = '';
  let action = '';
  for (const [name, value] of form) {
    if (value instanceof File) {
      // A browser sends an empty file where none was chosen.
      if (value.size > 0) photos.push(await value.bytes());
    } else if (name === 'submission') id = value.slice(0, 100);
    else if (name === 'action') action = value.slice(0, 100);
    else if (name === 'not_done')
      values[name] = [...((values[name] as string[] | undefined) ?? []), value.slice(0, 200)];
    else values[name] = value.slice(0, MOST_TEXT);
  }
  if (id === '') throw new Problem('bad-request', { faults: [{ path: 'submission', reason: 'is missing' }] });
  return { id, action, values, photos };
};
