// A question back was answered with a tap: whatever the card kept says which question it was.
import { answerTyped, type TypedPending } from './read-typed-answer.ts';
import { answerWhich, type Pending } from './record-answers.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { shownData } from './show-card.ts';

export const answerQuestion = (s: Situation): Outcome | Promise<Outcome> => {
  const { pending, typed } = shownData(s) as { pending?: Pending; typed?: TypedPending };
  if (pending) return answerWhich(s, pending);
  return typed ? answerTyped(s, typed) : saying(s, 'card_refreshed');
};
