// Shows a card to the one who acted: in the place of the card that was pressed, or as a message in private when words
// were typed. In a group others only see a short receipt, or the group's card drawn anew (1.7).
import type { Card } from '../domain/card.ts';
import type { CardDataOf } from '../domain/card-data.ts';
import type { CardData, CardRow, Change } from '../domain/change.ts';
import { cardMessage, sending } from './card-message.ts';
import type { Outcome, Situation } from './service.ts';

export interface Showing<K extends keyof CardDataOf> {
  readonly kind: K;
  readonly draws: CardDataOf[K];
  /** What a press on it needs to know: ids and answers given, never texts. */
  readonly data: CardData;
  readonly state?: 'open' | 'answered';
  /** What is said at once, beside the card; in a group everybody may read it. */
  readonly said?: string;
}

export const show = <K extends keyof CardDataOf>(s: Situation, showing: Showing<K>): Outcome =>
  s.scene.card ? inPlace(s, s.scene.card, showing) : inPrivate(s, showing);

const inPlace = <K extends keyof CardDataOf>(
  s: Situation,
  row: CardRow,
  { kind, draws, data, state = 'open', said }: Showing<K>,
): Outcome => {
  const card = s.service.cards(s.campaign).draw(kind, row.id, draws, { state });
  return viewed(s, row, card, data, said);
};

/** This person sees `card` where the group's or the private card stood. */
export const viewed = (s: Situation, row: CardRow, card: Card, data: CardData, said?: string): Outcome => {
  const own = row.personId !== null && card.state !== row.state;
  return {
    answer: { ...(said === undefined ? {} : { toast: said }), card },
    change: {
      views: [{ cardId: row.id, personId: s.person.id, card, data, changedAt: s.now }],
      ...(own ? { cards: [{ ...row, state: card.state }] } : {}),
    },
  };
};

/** The question is settled: its card says with what, or the words alone go where the answer was typed. */
export const answered = (s: Situation, key: string, data: Readonly<Record<string, unknown>> = {}): Outcome => {
  const row = s.scene.card;
  const text = s.service.cards(s.campaign).say(key, data);
  if (!row) return { change: {}, answer: { toast: text } };
  const draws = { asks: 'answered' as const, words: text, compound: null, answers: [] };
  const card = s.service.cards(s.campaign).draw('question', row.id, draws, { state: 'answered' });
  return viewed(s, row, card, {});
};

const inPrivate = <K extends keyof CardDataOf>(s: Situation, { kind, draws, data, said }: Showing<K>): Outcome => {
  const to = { channel: s.event.channel, chat: `person:${s.event.sender}`, personId: s.person.id };
  const answer = cardMessage(s.service, s.campaign, s.now, {
    key: `answer:${s.inbound}`,
    to,
    kind,
    as: 'answer',
    draws,
    data,
    about: [],
    window: { notBefore: s.now },
  });
  return { answer: null, change: { ...sending([answer]), ...receipt(s, said, answer.message) } };
};

/** In a group: one line that it was heard; the details went to the person. */
const receipt = (
  s: Situation,
  said: string | undefined,
  details: NonNullable<Change['messages']>[number],
): Pick<Change, 'messages'> => {
  if (s.event.chat.kind === 'person' || said === undefined) return { messages: [details] };
  return {
    messages: [
      details,
      {
        key: `receipt:${s.inbound}`,
        campaign: s.campaign.id,
        to: { channel: s.event.channel, chat: s.event.chat.id, personId: null },
        kind: 'receipt',
        about: [],
        message: { text: said },
        notBefore: s.now,
      },
    ],
  };
};

/**
 * What the card this person sees now knows: the row's facts, and over them the person's own. A press that names another
 * compound than the own view is about (a group card has many) is not answered with that view's facts.
 */
export const shownData = (s: Situation): CardData => {
  const { card, view } = s.scene;
  const named = s.event.body.kind === 'press' ? s.event.body.values.compound : undefined;
  const elsewhere = typeof named === 'string' && view?.data.compound !== undefined && view.data.compound !== named;
  return { ...card?.data, ...(elsewhere ? {} : view?.data) };
};
