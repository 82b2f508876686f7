// A one-time form comes in: through the same door as a press, under the name of the link's person (source kind `form`).
// The link is spent with the record that it brought about, so that two phones, or one that sends again, make one record.
import type { Card, CardValues } from '../domain/card.ts';
import type { Answer, Change } from '../domain/change.ts';
import { type Link, type LinkVerdict, verdictOn } from '../domain/link.ts';
import type { PhotoAbout } from '../domain/photo.ts';
import type { PhotoFault, TakenPicture } from '../ports-photos.ts';
import type { Links } from '../ports-web.ts';
import { handleEvent } from './handle-inbound.ts';
import type { Outcome, Service, Situation } from './service.ts';
import { keeping, photoOf } from './take-photo.ts';

export interface FormDesk {
  readonly service: Service;
  readonly links: Links;
}

export type SeenForm =
  | { readonly verdict: 'good'; readonly link: Link; readonly card: Card }
  | { readonly verdict: Exclude<LinkVerdict, 'good'>; readonly usedAt: Date | null };

/** Looking changes nothing: previews only look. */
export const lookAtForm = async ({ service, links }: FormDesk, token: string): Promise<SeenForm> => {
  const key = service.links.keyOf('form', token);
  const link = key === null ? null : await links.find(key);
  const verdict = verdictOn(link, 'form', service.clock.now());
  if (verdict !== 'good' || !link)
    return { verdict: verdict === 'good' ? 'foreign' : verdict, usedAt: link?.usedAt ?? null };
  const card = await service.forms.shown(String(link.data.card), link.personId);
  return card ? { verdict, link, card } : { verdict: 'foreign', usedAt: null };
};

export interface Submission {
  /** Made when the form was opened: the same one twice is one. */
  readonly id: string;
  readonly action: string;
  readonly values: CardValues;
  readonly photos: readonly Uint8Array[];
}

export type Submitted =
  | { readonly kind: 'done'; readonly answer: Answer }
  /** Nothing is finished: what is said, and the form as it is now. */
  | { readonly kind: 'open'; readonly answer: Answer; readonly card: Card }
  | { readonly kind: 'fault'; readonly fault: PhotoFault; readonly card: Card }
  | { readonly kind: 'refused'; readonly verdict: Exclude<LinkVerdict, 'good'>; readonly usedAt: Date | null };

export const submitForm = async (desk: FormDesk, token: string, submission: Submission): Promise<Submitted> => {
  const { service } = desk;
  const seen = await lookAtForm(desk, token);
  const key = service.links.keyOf('form', token);
  const eventId = `${key}:${submission.id}`;
  if (seen.verdict !== 'good') {
    // The phone sends again what arrived, because it did not hear our answer.
    const before = seen.verdict === 'used' ? await service.forms.answered(eventId) : null;
    return before?.answer
      ? { kind: 'done', answer: before.answer }
      : { kind: 'refused', verdict: seen.verdict, usedAt: seen.usedAt };
  }
  const { link, card } = seen;
  const pictures: Extract<TakenPicture, { kind: 'picture' }>[] = [];
  for (const bytes of submission.photos) {
    const taken = await service.shelf.take(bytes);
    if (taken.kind === 'fault') return { kind: 'fault', fault: taken.fault, card };
    pictures.push(taken);
  }
  let lost: Submitted | null = null;
  const beside = async (s: Situation, outcome: Outcome): Promise<Change> => {
    // Each try looks again: whoever spent it meanwhile was faster.
    const now = await lookAtForm(desk, token);
    if (now.verdict !== 'good') {
      lost = { kind: 'refused', verdict: now.verdict, usedAt: now.usedAt };
      throw new Lost();
    }
    return {
      ...(isDone(outcome.answer) ? { spent: [{ key: link.key, at: s.now }] } : {}),
      ...withPhotos(s, outcome.change, pictures),
    };
  };
  try {
    const answer = await handleEvent(
      service,
      {
        channel: 'form',
        id: eventId,
        sender: link.personId,
        chat: { kind: 'person', id: `form:${link.personId}` },
        body: { kind: 'press', card: card.id, action: submission.action, values: submission.values },
      },
      { personId: link.personId, beside },
    );
    if (answer && isDone(answer)) return { kind: 'done', answer };
    return { kind: 'open', answer: answer ?? {}, card: answer?.card ?? card };
  } catch (error) {
    if (!(error instanceof Lost) || !lost) throw error;
    // Faster was perhaps this very submission, on its other way here.
    const before = await service.forms.answered(eventId);
    return before?.answer ? { kind: 'done', answer: before.answer } : lost;
  }
};

class Lost extends Error {}

/** The record stands: the form has done its work. */
const isDone = (answer: Answer | null): boolean =>
  answer?.card !== undefined && (answer.card.state !== 'open' || answer.card.fields.length === 0);

/** Photos prove what the outcome writes; with nothing written they prove nothing and are not kept. */
const withPhotos = (
  s: Situation,
  change: Change,
  pictures: readonly Extract<TakenPicture, { kind: 'picture' }>[],
): Change => {
  const act = provenBy(change);
  if (!act) return {};
  const kept = pictures.map((picture) =>
    keeping(photoOf(s, picture, { ...act, at: s.now, compoundName: '', photos: 0 }), s.now),
  );
  return { photos: kept.flatMap((c) => c.photos ?? []), events: kept.flatMap((c) => c.events ?? []) };
};

interface Proven {
  readonly campaign: string;
  readonly about: PhotoAbout;
  readonly compoundId: string;
  readonly area: string;
  readonly zone: string | null;
}

const provenBy = ({ inspections = [], findings = [] }: Change): Proven | null => {
  const [inspection] = inspections;
  const proven = inspection ?? findings[0];
  if (!proven) return null;
  const { campaign, id, compoundId, area, zone } = proven;
  return { campaign, about: { kind: inspection ? 'inspection' : 'finding', id }, compoundId, area, zone };
};
