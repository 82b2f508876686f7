// A company head answers the letter's questions and signs, for all units on the card in one act (R23, E05, E32).
import type { LetterText } from '../domain/campaign.ts';
import { textOf } from '../domain/card.ts';
import { isSigned, type Letter, type SignOutcome, sign } from '../domain/letter.ts';
import { may } from '../domain/rights.ts';
import { deltas, momentOf, ofLetter, tallyTime } from '../domain/tally.ts';
import { letterForm, textFor } from './letter-form.ts';
import { disownedTold, refusalsTold } from './letter-help.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';
import { show } from './show-card.ts';

const given = (s: Situation, questions: readonly string[]): Record<string, 'yes' | 'no'> => {
  const values = s.event.body.kind === 'press' ? s.event.body.values : {};
  return Object.fromEntries(
    questions.flatMap((q) => (values[q] === 'yes' || values[q] === 'no' ? [[q, values[q]]] : [])),
  );
};

/** The letters of the card and their text, if all of them are this person's to sign; otherwise what to say instead. */
export const ownLetters = async (
  s: Situation,
): Promise<{ readonly text: LetterText; readonly letters: readonly Letter[] } | Outcome> => {
  const letters = await lettersOf(s);
  const text = textFor(s.campaign, letters);
  if (!text || letters.length === 0) return saying(s, 'card_closed');
  const stranger = letters.find((l) => l.signatoryId !== s.person.id || !may(s.person, 'sign', { unitId: l.unitId }));
  if (stranger) return saying(s, 'refusal_not_your_letter', { unit: stranger.unit });
  return letters.every(isSigned)
    ? saying(s, 'letter_already_signed', { name: s.person.name, at: letters[0]?.signedAt ?? s.now })
    : { text, letters };
};

export const lettersEvent = (s: Situation, letter: Letter) =>
  eventOf(
    s,
    `letter.${letter.state}`,
    { kind: 'letter', id: letter.id },
    { unit: letter.unitId, letter: letter.letter },
  );

const lettersOf = async (s: Situation): Promise<Letter[]> => {
  const ids = s.scene.card?.data.letters;
  return Array.isArray(ids) ? s.service.scenes.letters(ids as string[]) : [];
};

/** A reminder's 现在签阅 first shows the letter; only the letter itself can be signed. */
const showsLetter = (s: Situation): boolean => s.scene.card?.kind === 'letter' || s.scene.view?.kind === 'letter';

const showLetter = (s: Situation, text: LetterText, letters: readonly Letter[]): Outcome =>
  show(s, { kind: 'letter', draws: letterForm(text, s.person.name, letters, s.today), data: {} });

export const signLetter = async (s: Situation): Promise<Outcome> => {
  const own = await ownLetters(s);
  if ('change' in own) return own;
  const { text, letters } = own;
  const open = letters.filter((l) => !isSigned(l));
  if (!showsLetter(s)) return showLetter(s, text, letters);
  const questions = text.questions.map((q) => q.id);
  const values = s.event.body.kind === 'press' ? s.event.body.values : {};
  const outcomes = open.map((l) => ({
    before: l,
    ...sign(l, questions, given(s, questions), textOf(values, 'remark') || null, s.person.id, s.now, s.today),
  }));
  const moment = momentOf(s.campaign.calendar, tallyTime(s.campaign.slots), s.now);
  const book = s.service.cards(s.campaign);
  const after = letters.map((l) => outcomes.find((o) => o.letter.id === l.id)?.letter ?? l);
  const state = outcomes[0]?.kind === 'signed' ? 'answered' : 'open';
  const shown = show(s, {
    kind: 'letter',
    draws: letterForm(text, s.person.name, after, s.today),
    data: {},
    state,
    said: book.say(...sayingOf(outcomes[0] as SignOutcome, text.questions, after.length)),
  });
  return {
    answer: shown.answer,
    change: {
      ...shown.change,
      letters: outcomes.map((o) => o.letter),
      events: outcomes.map((o) => lettersEvent(s, o.letter)),
      messages: await refusalsTold(
        s,
        outcomes.filter((o) => o.kind === 'refused'),
        text.questions,
      ),
      deltas: outcomes.flatMap((o) => deltas(s.campaign.id, moment, ofLetter(o.before), ofLetter(o.letter))),
    },
  };
};

const sayingOf = (
  outcome: SignOutcome,
  questions: readonly { id: string; num: number }[],
  units: number,
): [string, Record<string, unknown>] => {
  const nums = (ids: readonly string[]) => questions.filter((q) => ids.includes(q.id)).map((q) => q.num);
  switch (outcome.kind) {
    case 'signed':
      return ['letter_signed', { n: units }];
    case 'partial':
      return ['letter_partial', { missing: nums(outcome.missing) }];
    case 'refused':
      return ['letter_refused', { no: nums(outcome.no) }];
  }
};

/** 我不是负责人: nothing is signed; the association hears of it and finds the head (R23). */
export const refuseSignature = async (s: Situation): Promise<Outcome> => {
  const letters = await lettersOf(s);
  if (letters.length === 0) return saying(s, 'card_closed');
  return {
    ...saying(s, 'letter_not_me'),
    change: {
      messages: await disownedTold(s, letters),
      events: letters.map((l) => eventOf(s, 'letter.disowned', { kind: 'letter', id: l.id }, { unit: l.unitId })),
    },
  };
};
