// A question back was answered with a tap: whatever the card kept says which question it was.
import { answerLetter, type LetterPending } from './answer-letter.ts';
import { answerWhichMeant, type CommandPending } from './ask-which.ts';
import { decideExclusions, type ExclusionsPending } from './claim-exclusion.ts';
import { answerDoubt, type Doubt } from './doubt-record.ts';
import { answerRecord, type RecordPending } from './enter-record.ts';
import { answerHome, type HomePending } from './find-home.ts';
import { handleText } from './handle-text.ts';
import { answerTyped, type TypedPending } from './read-typed-answer.ts';
import { answerWhich, type Pending } from './record-answers.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { shownData } from './show-card.ts';

/** What a question's card keeps, whichever it is. */
interface Asked {
  readonly pending?: Pending;
  readonly typed?: TypedPending;
  readonly home?: HomePending;
  readonly exclusions?: ExclusionsPending;
  readonly record?: RecordPending;
  readonly doubt?: Doubt;
  readonly letterQuestion?: LetterPending;
  readonly command?: CommandPending;
}

export const answerQuestion = (s: Situation): Outcome | Promise<Outcome> => {
  const { pending, typed, home, exclusions, record, doubt, letterQuestion, command } = shownData(s) as Asked;
  if (home) return answerHome(s, home);
  if (record) return answerRecord(s, record);
  if (exclusions) return decideExclusions(s, exclusions);
  if (pending) return answerWhich(s, pending);
  if (typed) return answerTyped(s, typed);
  if (doubt) return answerDoubt(s, doubt);
  if (letterQuestion) return answerLetter(s, letterQuestion);
  if (!command) return saying(s, 'card_refreshed');
  return answerWhichMeant(s, command, (again, text) => handleText(again, { kind: 'text', text, mentionsBot: true }));
};
