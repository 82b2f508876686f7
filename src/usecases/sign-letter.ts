// A company head answers the letter's questions and signs, for all units on the card in one act (R23, E05, E32).
import { textOf } from '../domain/card.ts';
import { isSigned, type Letter, type SignOutcome, sign } from '../domain/letter.ts';
import { may } from '../domain/rights.ts';
import { deltas, momentOf, ofLetter, tallyTime } from '../domain/tally.ts';
import { letterForm } from './letter-form.ts';
import { ownView } from './record-answers.ts';
import { type Outcome, type Situation, saying } from './service.ts';

const given = (s: Situation, questions: readonly string[]): Record<string, 'yes' | 'no'> => {
  const values = s.event.body.kind === 'press' ? s.event.body.values : {};
  return Object.fromEntries(
    questions.flatMap((q) => (values[q] === 'yes' || values[q] === 'no' ? [[q, values[q]]] : [])),
  );
};

const lettersOf = async (s: Situation): Promise<Letter[]> => {
  const ids = s.scene.card?.data.letters;
  return Array.isArray(ids) ? s.service.scenes.letters(ids as string[]) : [];
};

export const signLetter = async (s: Situation): Promise<Outcome> => {
  const text = s.campaign.letter;
  const letters = await lettersOf(s);
  const card = s.scene.card;
  if (!text || !card || letters.length === 0) return saying(s, 'card_gone');
  if (!letters.every((l) => l.signatoryId === s.person.id && may(s.person, 'sign', { unitId: l.unitId })))
    return saying(s, 'may_not_sign');
  const open = letters.filter((l) => !isSigned(l));
  if (open.length === 0) return saying(s, 'letter_already_signed');
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
  const { answer, view } = ownView(
    s,
    book.draw('letter', card.id, letterForm(text, s.person.name, after, s.today), { state }),
    {},
  );
  return {
    answer: { ...answer, toast: book.say(...sayingOf(outcomes[0] as SignOutcome, text.questions, after.length)) },
    change: {
      letters: outcomes.map((o) => o.letter),
      views: [view],
      cards: [{ ...card, state }],
      events: outcomes.map((o) => ({
        campaign: s.campaign.id,
        at: s.now,
        kind: `letter.${o.letter.state}`,
        subject: { kind: 'letter', id: o.letter.id },
        by: { id: s.person.id, name: s.person.name },
        inbound: s.inbound,
        data: { unit: o.letter.unitId, letter: text.id },
      })),
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
      return ['letter_signed', { units, late: outcome.letter.state === 'signed_late' }];
    case 'partial':
      return ['letter_partial', { missing: nums(outcome.missing) }];
    case 'refused':
      return ['letter_no', { no: nums(outcome.no) }];
  }
};

/** 我不是负责人: nothing is signed; the association hears of it and finds the head (R23). */
export const refuseSignature = async (s: Situation): Promise<Outcome> => {
  const letters = await lettersOf(s);
  if (letters.length === 0) return saying(s, 'card_gone');
  return {
    ...saying(s, 'letter_not_me'),
    change: {
      events: letters.map((l) => ({
        campaign: s.campaign.id,
        at: s.now,
        kind: 'letter.disowned',
        subject: { kind: 'letter', id: l.id },
        by: { id: s.person.id, name: s.person.name },
        inbound: s.inbound,
        data: { unit: l.unitId },
      })),
    },
  };
};
