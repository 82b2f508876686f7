// What the association must hear of the letter: a head who answered "no" (E32), and a card that reached the wrong person (R23).
// The zone's lead hears of a "no" too: that is a help item, not a reproach.
import { type LetterQuestion, zoneNow } from '../domain/campaign.ts';
import type { Letter } from '../domain/letter.ts';
import type { Outgoing } from '../domain/message.ts';
import type { Situation } from './service.ts';
import { line } from './town-ear.ts';

const refs = (letters: readonly Letter[]) => letters.map((l) => ({ kind: 'letter', id: l.id }));

/** The units whose "no" is news: the same answers again tell nobody anew. */
export const refusalsTold = async (
  s: Situation,
  refused: readonly { readonly before: Letter; readonly letter: Letter }[],
  questions: readonly LetterQuestion[],
): Promise<Outgoing[]> => {
  const noOf = (letter: Letter): number[] => questions.filter((q) => letter.answers[q.id] === 'no').map((q) => q.num);
  const news = refused
    .filter((r) => r.before.state !== 'refused' || noOf(r.before).join() !== noOf(r.letter).join())
    .map((r) => r.letter);
  const [first] = news;
  if (!first) return [];
  const [association, leads] = await Promise.all([
    s.service.roster.holders(s.campaign.id, 'association', s.today),
    s.service.roster.holders(s.campaign.id, 'zone_lead', s.today),
  ]);
  const say = (own: readonly Letter[]): string =>
    s.service.cards(s.campaign).say('letter_no_help', {
      units: own.map((l) => l.unit),
      name: s.person.name,
      no: noOf(first),
      remark: first.remark,
    });
  const told = [
    ...association.map((one) => ({ one, own: news })),
    ...leads.map((one) => ({ one, own: news.filter((l) => zoneNow(s.campaign, l) === one.scope) })),
  ];
  return told.flatMap(({ one, own }) =>
    one.to && own.length > 0 ? [line(s, `letter-no:${s.inbound}:${one.personId}`, one.to, say(own), refs(own))] : [],
  );
};

/** 我不是负责人: the association looks for the head. */
export const disownedTold = async (s: Situation, letters: readonly Letter[]): Promise<Outgoing[]> => {
  const association = await s.service.roster.holders(s.campaign.id, 'association', s.today);
  const text = s.service
    .cards(s.campaign)
    .say('letter_not_me_help', { units: letters.map((l) => l.unit), name: s.person.name });
  return association.flatMap(({ to, personId }) =>
    to ? [line(s, `letter-not-me:${s.inbound}:${personId}`, to, text, refs(letters))] : [],
  );
};
