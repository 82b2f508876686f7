// Puts together what a letter card is drawn from: one card for all units that one head signs for (E05).
import type { Day } from '../domain/calendar.ts';
import type { Campaign, LetterText } from '../domain/campaign.ts';
import type { LetterCardData } from '../domain/card-data.ts';
import { awaitsConfirmation, type Letter } from '../domain/letter.ts';

/** The text of these letters: a card finishes on the version it was sent with (E30). */
export const textFor = (campaign: Campaign, letters: readonly Letter[]): LetterText | null =>
  campaign.letters.find((text) => text.id === letters[0]?.letter) ?? campaign.letter;

export const letterForm = (
  text: LetterText,
  signatory: string,
  letters: readonly Letter[],
  today: Day,
): LetterCardData => {
  const answers = letters[0]?.answers ?? {};
  const given = Object.keys(answers).length > 0;
  const dueOn = letters.map((l) => l.dueOn).sort()[0] ?? today;
  const numbers = (pick: (id: string) => boolean) => text.questions.filter((q) => pick(q.id)).map((q) => q.num);
  return {
    signatory,
    units: letters.map((l) => l.unit),
    dueOn,
    late: today > dueOn,
    title: text.title,
    salutation: text.salutation,
    intro: text.intro,
    questions: text.questions,
    closing: text.closing,
    issuer: text.issuer,
    dateText: text.dateText,
    missing: given ? numbers((id) => answers[id] === undefined) : [],
    no: numbers((id) => answers[id] === 'no'),
    awaitsConfirmation: letters.some((l) =>
      awaitsConfirmation(
        l,
        text.questions.map((q) => q.id),
      ),
    ),
    signedAt: letters.find((l) => l.signedAt)?.signedAt ?? null,
  };
};
