// 逐条回答: the letter's questions one after another, each answer kept as it is given (R23). Whoever stops half-way goes on with
// the next question; when all twelve are there the letter comes back to be confirmed, and only that signs it.
import type { LetterText } from '../domain/campaign.ts';
import { allOf } from '../domain/change.ts';
import { answered, isSigned, type Letter, nextQuestion } from '../domain/letter.ts';
import { deltas, momentOf, ofLetter, tallyTime } from '../domain/tally.ts';
import { letterForm } from './letter-form.ts';
import { refusalsTold } from './letter-help.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { show } from './show-card.ts';
import { lettersEvent, ownLetters } from './sign-letter.ts';

/** What the question's card keeps. */
export interface LetterPending {
  readonly question: string;
}

/** The next question without a yes, or the letter where there is none. */
export const askLetter = async (s: Situation): Promise<Outcome> => {
  const own = await ownLetters(s);
  return 'change' in own ? own : shown(s, own.text, own.letters);
};

const shown = (s: Situation, text: LetterText, letters: readonly Letter[], said?: string): Outcome => {
  const [first] = letters.filter((l) => !isSigned(l));
  const asked =
    first &&
    nextQuestion(
      first,
      text.questions.map((q) => q.id),
    );
  const question = text.questions.find((q) => q.id === asked);
  const book = s.service.cards(s.campaign);
  if (!question) {
    const draws = letterForm(text, s.person.name, letters, s.today);
    return show(s, { kind: 'letter', draws, data: {}, ...(said === undefined ? {} : { said }) });
  }
  return show(s, {
    kind: 'question',
    draws: {
      asks: 'letter',
      words: question.text,
      compound: null,
      by: book.say('letter_question', { num: question.num, n: text.questions.length }),
      answers: ['option_yes', 'option_no'].map((key, i) => ({ id: `answer:${i + 1}`, label: book.say(key) })),
    },
    data: { letterQuestion: { question: question.id } satisfies LetterPending },
    ...(said === undefined ? {} : { said }),
  });
};

export const answerLetter = async (s: Situation, { question }: LetterPending): Promise<Outcome> => {
  const own = await ownLetters(s);
  if ('change' in own) return own;
  if (s.event.body.kind !== 'press') return saying(s, 'card_refreshed');
  const value = s.event.body.action === 'answer:1' ? 'yes' : 'no';
  const { text, letters } = own;
  const ids = text.questions.map((q) => q.id);
  const moved = letters
    .filter((l) => !isSigned(l))
    .map((before) => ({ before, letter: answered(before, ids, question, value, s.now) }));
  const after = letters.map((l) => moved.find((m) => m.letter.id === l.id)?.letter ?? l);
  const refused = moved.filter((m) => m.letter.state === 'refused');
  const no = text.questions.filter((q) => refused[0]?.letter.answers[q.id] === 'no').map((q) => q.num);
  const done = shown(
    s,
    text,
    after,
    no.length > 0 ? s.service.cards(s.campaign).say('letter_refused', { no }) : undefined,
  );
  const moment = momentOf(s.campaign.calendar, tallyTime(s.campaign.slots), s.now);
  return {
    answer: done.answer,
    change: allOf([
      done.change,
      {
        letters: moved.map((m) => m.letter),
        events: moved.map((m) => lettersEvent(s, m.letter)),
        deltas: moved.flatMap((m) => deltas(s.campaign.id, moment, ofLetter(m.before), ofLetter(m.letter))),
        messages: await refusalsTold(s, refused, text.questions),
      },
    ]),
  };
};
