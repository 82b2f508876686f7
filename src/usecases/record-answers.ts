// A checklist is answered: on a home card, on a zone's group card, or in answer to a question back (R16–R21, E11, E35, E36).
import { checklistOf } from '../domain/campaign.ts';
import type { Card } from '../domain/card.ts';
import { type Answer, both, type CardData, type CardRow, type CardView, type Change } from '../domain/change.ts';
import type { Answers } from '../domain/checklist.ts';
import { readChecklistPress } from '../domain/exception-card.ts';
import type { Inspection, InspectionSource } from '../domain/inspection.ts';
import { correctInspection, type Filled, type Recording, recordInspection, type Visit } from '../domain/recording.ts';
import { may } from '../domain/rights.ts';
import { checklistForm, confirmationOf } from './checklist-form.ts';
import { redrawn } from './redraw-card.ts';
import { type Outcome, type Situation, saying } from './service.ts';

/** What a pending question keeps until it is answered. */
interface Pending {
  readonly answers: Answers;
  readonly note: string | null;
  readonly previous: string;
  readonly source: InspectionSource;
}

export const visitOf = (s: Situation): Visit | null =>
  s.scene.compound && {
    campaign: s.campaign,
    person: s.person,
    compound: s.scene.compound,
    own: s.scene.own,
    colleagues: s.scene.colleagues,
    previous: s.scene.previous,
    coverage: s.scene.coverage,
    findings: s.scene.findings,
  };

/** Shows a card to this person only; a private card shows it to nobody else anyway. */
export const ownView = (s: Situation, card: Card, data: CardData): { answer: Answer; view: CardView } => ({
  answer: { card },
  view: { cardId: card.id, personId: s.person.id, card, data, changedAt: s.now },
});

const cardOf = (s: Situation): CardRow => s.scene.card as CardRow;
const tapped = (s: Situation): InspectionSource => ({ channel: s.event.channel, kind: 'tap' });

/** 全部落实, or the form with what is not done. */
export const recordPress = async (s: Situation): Promise<Outcome> => {
  if (s.event.body.kind !== 'press') return saying(s, 'unknown_action');
  if (!may(s.person, 'inspect', { personId: s.person.id }))
    return saying(s, 'not_allowed', { instead: s.service.cards(s.campaign).say('instead_help') });
  const visit = visitOf(s);
  if (!visit) return saying(s, 'choose_compound');
  const { action, values } = s.event.body;
  const strand = cardOf(s).data.strand === 'home' ? 'home' : 'zone';
  const reading = readChecklistPress(checklistOf(s.campaign, strand), action as 'all_ok' | 'submit', values);
  if (reading.kind === 'missing')
    return saying(s, 'items_missing', { items: reading.items.map((i) => `${i.num} ${i.shortLabel}`) });
  if (reading.kind !== 'answers') return saying(s, reading.kind);
  const correcting = s.scene.view?.data.correcting;
  if (typeof correcting === 'string') return correct(s, visit, correcting, reading.answers, reading.note, tapped(s));
  const filled: Filled = {
    answers: reading.answers,
    note: reading.note,
    checkOn: s.today,
    source: tapped(s),
    enteredBy: null,
  };
  return outcomeOf(
    s,
    visit,
    filled,
    recordInspection(visit, filled, s.now, s.inbound, () => s.service.ids.next()),
  );
};

/** 有未落实: the same card becomes the form of one compound, for this person. */
export const showExceptions = (s: Situation): Outcome => {
  const { compound, own } = s.scene;
  if (!compound) return saying(s, 'choose_compound');
  const assignment = own.find((a) => a.compoundId === compound.id) ?? {
    strand: 'zone' as const,
    reasons: [],
    to: null,
    kind: 'extra' as const,
  };
  const form = checklistForm(s.campaign, compound, s.person.name, s.today, assignment, true);
  const card = s.service.cards(s.campaign).draw('checklist', cardOf(s).id, form);
  const { answer, view } = ownView(s, card, { compound: compound.id });
  return { answer, change: { views: [view] } };
};

/** What came of a recording, as the person sees it. */
export const outcomeOf = (s: Situation, visit: Visit, filled: Filled, recording: Recording): Outcome => {
  switch (recording.kind) {
    case 'recorded': {
      const shown = showRecorded(
        s,
        recording.inspection,
        recording.opened.length > 0 && !filled.fixedOnSpot,
        recording.assignment.kind,
      );
      return { answer: shown.answer, change: both(recording.change, shown.change) };
    }
    case 'duplicate':
      return { change: {}, answer: showRecorded(s, recording.previous, false, 'zone').answer };
    case 'correction_or_second_visit': {
      const card = s.service.cards(s.campaign).draw('question', cardOf(s).id, {
        asks: 'correction_or_second_visit',
        words: '',
        compound: visit.compound.name,
        answers: ['correct', 'second_visit'].map((key, i) => ({
          id: `answer:${i + 1}`,
          label: s.service.cards(s.campaign).say(`option_${key}`),
        })),
      });
      const pending: Pending = {
        answers: filled.answers,
        note: filled.note,
        previous: recording.previous.id,
        source: filled.source,
      };
      const { answer, view } = ownView(s, card, { compound: visit.compound.id, pending });
      return { answer, change: { views: [view] } };
    }
    case 'incomplete':
      return saying(s, 'items_missing', {
        items: checklistOf(s.campaign, 'zone')
          .items.filter((i) => recording.missing.includes(i.id))
          .map((i) => `${i.num} ${i.shortLabel}`),
      });
  }
};

/** The question back was answered: 1 = a correction, 2 = a second visit (E11). */
export const answerQuestion = async (s: Situation): Promise<Outcome> => {
  const visit = visitOf(s);
  const pending = s.scene.view?.data.pending as Pending | undefined;
  if (!visit || !pending || s.event.body.kind !== 'press') return saying(s, 'card_refreshed');
  if (s.event.body.action === 'answer:1')
    return correct(s, visit, pending.previous, pending.answers, pending.note, pending.source);
  const filled: Filled = {
    answers: pending.answers,
    note: pending.note,
    checkOn: s.today,
    source: pending.source,
    enteredBy: null,
    secondVisit: true,
  };
  return outcomeOf(
    s,
    visit,
    filled,
    recordInspection(visit, filled, s.now, s.inbound, () => s.service.ids.next()),
  );
};

/** A new version in the place of the older one, if it still is the live one and this person may (E10). */
export const correct = async (
  s: Situation,
  visit: Visit,
  id: string,
  answers: Answers,
  note: string | null,
  source: InspectionSource,
): Promise<Outcome> => {
  const [replaced, supported] = await Promise.all([s.service.scenes.inspection(id), s.service.scenes.findingsOf(id)]);
  if (!replaced) return saying(s, 'card_refreshed');
  if (!may(s.person, 'correct', { personId: replaced.inspectorId, zone: replaced.zone, area: replaced.area }))
    return saying(s, 'correction_closed', { role: 'liaison' });
  const seen = new Set(visit.findings.map((f) => f.id));
  const whole: Visit = { ...visit, findings: [...supported.filter((f) => !seen.has(f.id)), ...visit.findings] };
  const { inspection, opened, change } = correctInspection(
    whole,
    replaced,
    { answers, note, source },
    s.person,
    s.now,
    s.inbound,
    () => s.service.ids.next(),
  );
  const shown = showRecorded(s, inspection, opened.length > 0, 'zone');
  return { answer: shown.answer, change: both(change, shown.change) };
};

/** The confirmation takes the card's place for this person; a group card is drawn anew for the others (1.7 "receipt"). */
const showRecorded = (
  s: Situation,
  inspection: Inspection,
  told: boolean,
  kind: string,
): { answer: Answer; change: Change } => {
  const book = s.service.cards(s.campaign);
  const homeDutyOpen =
    kind === 'extra' && s.scene.own.some((a) => a.kind === 'home' && a.compoundId !== inspection.compoundId);
  const data = confirmationOf(s.campaign, inspection, {
    told,
    homeDutyOpen,
    canUndo: true,
    canGoOn: cardOf(s).personId === null,
  });
  const card = book.draw('confirmation', cardOf(s).id, data, { state: 'answered' });
  const { answer, view } = ownView(s, card, { compound: inspection.compoundId, inspection: inspection.id });
  const row = cardOf(s);
  const own = row.personId !== null;
  return {
    answer: {
      ...answer,
      toast: book.say('recorded_receipt', {
        compound: inspection.compoundName,
        done: data.done,
        notDone: data.notDone.length,
      }),
    },
    change: { views: [view], ...(own ? { cards: [{ ...row, state: 'answered' as const }] } : { marks: [row.id] }) },
  };
};

/** Back to the group card, to go on with the next compound. */
export const showNext = async (s: Situation): Promise<Outcome> => {
  const row = cardOf(s);
  const card = await redrawn(s.service, s.campaign, row);
  if (!card) return saying(s, 'card_closed');
  const { answer, view } = ownView(s, card, {});
  return { answer, change: { views: [view] } };
};
