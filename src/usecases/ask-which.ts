// A command that fits several people or places: a card with each of them to tap. A tap says the whole command again, with
// the doubtful words made clear, so that what it does and who may do it stands in one place.
import type { QuestionCardData } from '../domain/card-data.ts';
import { allOf } from '../domain/change.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { show, viewed } from './show-card.ts';

type Asks = Extract<QuestionCardData['asks'], 'which_person' | 'which_compound'>;

export interface Reading {
  readonly label: string;
  /** The command as it is then meant. */
  readonly says: string;
}

/** What the card keeps until one of its answers is tapped. */
export interface CommandPending {
  readonly asks: Asks;
  readonly words: string;
  readonly readings: readonly Reading[];
}

/** VOICE 5: at most so many readings to tap. */
export const mostReadings = 4;

export const askWhich = (s: Situation, asks: Asks, words: string, readings: readonly Reading[]): Outcome => {
  const pending: CommandPending = { asks, words, readings: readings.slice(0, mostReadings) };
  return show(s, {
    kind: 'question',
    draws: drawn(pending),
    data: { command: pending },
    said: s.service.cards(s.campaign).say('asked_in_private'),
  });
};

const drawn = ({ asks, words, readings }: CommandPending): QuestionCardData => ({
  asks,
  words,
  compound: null,
  answers: readings.map(({ label }, i) => ({ id: `answer:${i + 1}`, label })),
});

/** Runs the command as the tapped answer says it. The card that asked is done with, unless another one takes its place. */
export const answerWhichMeant = async (
  s: Situation,
  pending: CommandPending,
  run: (again: Situation, text: string) => Promise<Outcome>,
): Promise<Outcome> => {
  const { body } = s.event;
  const reading = body.kind === 'press' ? pending.readings[Number(body.action.slice('answer:'.length)) - 1] : undefined;
  if (!reading || !s.scene.card) return saying(s, 'card_refreshed');
  const text = { kind: 'text', text: reading.says, mentionsBot: true } as const;
  const outcome = await run({ ...s, event: { ...s.event, body: text } }, reading.says);
  if (outcome.answer?.card) return outcome;
  const card = s.service
    .cards(s.campaign)
    .draw('question', s.scene.card.id, drawn(pending), { state: 'answered', stateText: reading.label });
  const closed = viewed(s, s.scene.card, card, {}, outcome.answer?.toast);
  return { answer: closed.answer, change: allOf([outcome.change, closed.change]) };
};
