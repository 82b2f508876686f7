// A checklist is answered: on a home card, on a zone's group card, or in answer to a question back (R16–R21, E11, E35, E36).
import { type Day, plusDays } from '../domain/calendar.ts';
import { checklistAsked, checklistOf, inspectingStrand } from '../domain/campaign.ts';
import { allOf, type CardData, type Change } from '../domain/change.ts';
import type { Answers, Checklist } from '../domain/checklist.ts';
import { mayCorrect } from '../domain/correction.ts';
import { readChecklistPress } from '../domain/exception-card.ts';
import type { Inspection, InspectionSource } from '../domain/inspection.ts';
import { attached } from '../domain/photo.ts';
import { type Correction, correctInspection, type Recording, recordInspection } from '../domain/recording.ts';
import { may } from '../domain/rights.ts';
import { checklistGiven, type Filled, type Visit } from '../domain/visit.ts';
import { checklistForm, confirmationOf } from './checklist-form.ts';
import { redrawn } from './redraw-card.ts';
import { seeCompound, visitOf } from './see-compound.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';
import { show, shownData, viewed } from './show-card.ts';
import { keeping, takeWaiting } from './take-photo.ts';
import { withdrawnTold } from './tell-withdrawn.ts';

/** What a pending question keeps until it is answered. */
export interface Pending {
  readonly checklist?: string;
  readonly answers: Answers;
  readonly note: string | null;
  readonly previous: string;
  readonly source: InspectionSource;
  readonly checkOn: Day;
  /** Whose record it is, where somebody else enters it (R06). */
  readonly inspector?: string;
}

/** Refuses whoever may not inspect at all; null when all is well. */
export const refusedInspector = (s: Situation): Outcome | null =>
  may(s.person, 'inspect', { personId: s.person.id })
    ? null
    : saying(s, 'not_allowed', { instead: s.service.cards(s.campaign).say('instead_help') });

/** 全部落实, or the form with what is not done. */
export const recordPress = async (s: Situation): Promise<Outcome> => {
  if (s.event.body.kind !== 'press') return saying(s, 'unknown_action');
  const visit = visitOf(s);
  const refused = refusedInspector(s);
  if (refused) return refused;
  if (!visit) return saying(s, 'choose_compound');
  const { action, values } = s.event.body;
  const data = shownData(s);
  const asked = askedHere(s, data, visit);
  const reading = readChecklistPress(restAsked(asked, data), action as 'all_ok' | 'submit', values);
  if (reading.kind !== 'answers' && reading.kind !== 'missing') return saying(s, reading.kind);
  // A card without the checklist's fields cannot be blamed for a figure it did not ask for: what was said is kept, and
  // the form that asks for the rest comes in its place.
  if (reading.kind === 'missing' && showsForm(s)) {
    return saying(s, 'items_missing', { items: reading.items.map((i) => `${i.num} ${i.shortLabel}`) });
  }
  const source: InspectionSource = { channel: s.event.channel, kind: s.event.channel === 'form' ? 'form' : 'tap' };
  const { answers } = reading;
  if (typeof data.correcting === 'string')
    return correct(s, visit, data.correcting, { answers, note: reading.note, source });
  const checklist = asked.id;
  return record(s, visit, { checklist, answers, note: reading.note, checkOn: s.today, source, enteredBy: null });
};

/** The checklist that the card showed; of a group's card, which shows none, the one that is given out at this compound (E30). */
const askedHere = (s: Situation, { strand, checklist }: CardData, visit: Visit): Checklist => {
  const own = inspectingStrand(s.campaign, strand === 'home' ? 'home' : 'zone');
  if (typeof checklist === 'string') return checklistAsked(s.campaign, { checklist, strand: own });
  return checklistGiven(visit, own);
};

/** What a form that asks only for the rest still asks. */
const restAsked = (whole: Checklist, { asked }: CardData): Checklist =>
  Array.isArray(asked) ? { ...whole, items: whole.items.filter((item) => asked.includes(item.id)) } : whole;

const showsForm = (s: Situation): boolean => (s.scene.view?.kind ?? s.scene.card?.kind) === 'checklist';

/** What a form asks of a compound that nobody was given. */
export const unplannedVisit = ({ campaign, scene }: Situation) => {
  const strand = inspectingStrand(campaign, 'zone');
  const checklist = scene.colleagues[0]?.checklist ?? checklistOf(campaign, strand).id;
  return { strand, checklist, reasons: [], to: null, kind: 'extra' as const };
};

/** 有未落实: the same card becomes the form of one compound, for this person. */
export const showExceptions = (s: Situation): Outcome => {
  const { compound, own } = s.scene;
  if (!compound) return saying(s, 'choose_compound');
  const assignment = own.find((a) => a.compoundId === compound.id) ?? unplannedVisit(s);
  const draws = checklistForm(s.campaign, compound, s.person.name, s.today, assignment, true);
  return show(s, { kind: 'checklist', draws, data: { compound: compound.id, checklist: assignment.checklist } });
};

/** Records the visit, and says what came of it. */
export const record = (s: Situation, visit: Visit, filled: Filled): Outcome => {
  const nextId = () => s.service.ids.next();
  return outcomeOf(s, visit, filled, recordInspection(visit, filled, s.now, s.inbound, nextId));
};

const outcomeOf = (s: Situation, visit: Visit, filled: Filled, recording: Recording): Outcome => {
  switch (recording.kind) {
    case 'recorded': {
      const told = recording.opened.length > 0 && !filled.fixedOnSpot;
      const photos = takeWaiting(s, provable(recording.inspection));
      const shown = showRecorded(s, recording.inspection, told, recording.assignment.kind, photos.length);
      return {
        answer: shown.answer,
        change: allOf([
          recording.change,
          shown.change,
          redrawGroupCards(s, recording.change),
          ...photos.map((photo) => keeping(photo, s.now)),
        ]),
      };
    }
    case 'duplicate':
      return { ...showRecorded(s, recording.previous, false, 'zone', 0), change: {} };
    case 'correction_or_second_visit':
      return askWhich(s, visit, filled, recording.previous);
    case 'incomplete':
      return keepDraft(s, visit, filled, recording);
  }
};

/** The same day again, with other answers: a correction, or a second visit? (E11) */
const askWhich = (s: Situation, visit: Visit, filled: Filled, previous: Inspection): Outcome => {
  const book = s.service.cards(s.campaign);
  const pending: Pending = {
    ...(filled.checklist === undefined ? {} : { checklist: filled.checklist }),
    answers: filled.answers,
    note: filled.note,
    previous: previous.id,
    source: filled.source,
    checkOn: filled.checkOn,
    ...(filled.enteredBy ? { inspector: visit.person.id } : {}),
  };
  return show(s, {
    kind: 'question',
    draws: {
      asks: 'correction_or_second_visit',
      words: '',
      compound: visit.compound.name,
      answers: ['option_correct', 'option_second_visit'].map((key, i) => ({
        id: `answer:${i + 1}`,
        label: book.say(key),
      })),
    },
    data: { compound: visit.compound.id, pending },
  });
};

/** A partial answer is a draft: shown back with what is missing, in no figure and no list (REQUIREMENTS, "Readings decided"). */
const keepDraft = (
  s: Situation,
  visit: Visit,
  filled: Filled,
  { assignment, missing }: Extract<Recording, { kind: 'incomplete' }>,
): Outcome => {
  const draws = checklistForm(s.campaign, visit.compound, s.person.name, filled.checkOn, assignment, false, missing);
  const shown = show(s, {
    kind: 'checklist',
    draws,
    data: {
      compound: visit.compound.id,
      assignment: assignment.id,
      strand: assignment.strand,
      checklist: assignment.checklist,
      asked: missing,
    },
  });
  const event = eventOf(s, 'assignment.partial', { kind: 'assignment', id: assignment.id }, { missing });
  return { ...shown, change: allOf([shown.change, { assignments: [assignment], events: [event] }]) };
};

/** The question back was answered: 1 = a correction, 2 = a second visit (E11). */
export const answerWhich = async (s: Situation, pending: Pending): Promise<Outcome> => {
  const { checklist, answers, note, source, previous, checkOn, inspector: id } = pending;
  const { compound } = s.scene;
  const inspector = id === undefined ? s.person : await s.service.roster.person(id, s.campaign.id, s.today);
  const seen = compound && inspector && (await seeCompound(s, compound.id, { inspector, checkOn }));
  if (!seen || s.event.body.kind !== 'press') return saying(s, 'card_refreshed');
  if (s.event.body.action === 'answer:1')
    return correct(seen.s, seen.visit, previous, { answers, note, source, checkOn });
  const enteredBy = id === undefined ? null : s.person;
  const filled = { answers, note, source, checkOn, enteredBy, secondVisit: true };
  return record(seen.s, seen.visit, checklist === undefined ? filled : { ...filled, checklist });
};

/** A new version in the place of the older one, if it still is the live one and this person may (E10). */
export const correct = async (s: Situation, visit: Visit, id: string, correction: Correction): Promise<Outcome> => {
  const { scenes, ids, roster, photos } = s.service;
  const [replaced, supported, shown] = await Promise.all([
    scenes.inspection(id),
    scenes.findingsOf(id),
    photos.about({ kind: 'inspection', id }),
  ]);
  if (!replaced) return saying(s, 'card_refreshed');
  const [inspector, standing] = await Promise.all([
    replaced.inspectorId === s.person.id ? s.person : roster.person(replaced.inspectorId, s.campaign.id, s.today),
    scenes.standing(replaced.assignmentId),
  ]);
  // Somebody was faster: what stands now was not what this person looked at.
  if (standing?.id !== replaced.id) return saying(s, 'record_changed', { compound: replaced.compoundName });
  if (!mayCorrect(s.campaign, s.person, replaced, inspector?.organisation ?? null, s.today))
    return saying(s, 'correction_closed', { role: 'liaison' });
  const seen = new Set(visit.findings.map((f) => f.id));
  const whole: Visit = { ...visit, findings: [...supported.filter((f) => !seen.has(f.id)), ...visit.findings] };
  const nextId = () => ids.next();
  const { inspection, opened, change } = correctInspection(
    whole,
    replaced,
    correction,
    s.person,
    s.now,
    s.inbound,
    nextId,
  );
  // What proved the record before proves the version that stands now.
  const proofs = [...shown, ...takeWaiting(s, provable(inspection))];
  const said = showRecorded(s, inspection, opened.length > 0, 'zone', proofs.length);
  const following = proofs.map((photo) => attached(photo, provable(inspection)));
  return {
    answer: said.answer,
    change: allOf([
      change,
      said.change,
      await withdrawnTold(s, change),
      ...following.map((photo) => keeping(photo, s.now)),
    ]),
  };
};

/** Tapped, of today, and the campaign ran yesterday already (E25). */
const canBeYesterday = ({ campaign, today }: Situation, { source, checkOn }: Inspection): boolean =>
  source.kind === 'tap' && checkOn === today && today > campaign.firstDay;

/** 是昨天查的: the same record with the day of the check put right (E25). */
export const checkedYesterday = async (s: Situation): Promise<Outcome> => {
  const id = shownData(s).inspection;
  const found = typeof id === 'string' ? await s.service.scenes.inspection(id) : null;
  if (!found || !canBeYesterday(s, found)) return saying(s, 'card_refreshed');
  const checkOn = plusDays(s.today, -1);
  const seen = await seeCompound(s, found.compoundId, { checkOn });
  const { answers, note, source } = found;
  return seen ? correct(seen.s, seen.visit, found.id, { answers, note, source, checkOn }) : saying(s, 'card_refreshed');
};

/** What was understood, item by item, with 改 and 为什么 (VOICE 5). */
const showRecorded = (s: Situation, inspection: Inspection, told: boolean, kind: string, photos: number): Outcome => {
  const elsewhere = s.scene.own.some((a) => a.kind === 'home' && a.compoundId !== inspection.compoundId);
  const draws = confirmationOf(s.campaign, inspection, {
    told,
    homeDutyOpen: kind === 'extra' && elsewhere,
    canUndo: true,
    canGoOn: s.scene.card?.kind === 'assignment',
    canBeYesterday: canBeYesterday(s, inspection),
    enteredBy: inspection.enteredById === s.person.id ? s.person.name : null,
    photos,
  });
  return show(s, {
    kind: 'confirmation',
    draws,
    data: { compound: inspection.compoundId, inspection: inspection.id, strand: inspection.strand },
    state: 'answered',
    said: s.service.cards(s.campaign).say('recorded_receipt', {
      compound: inspection.compoundName,
      done: draws.done,
      notDone: draws.notDone.length,
    }),
  });
};

const provable = ({ id, campaign, compoundId, area, zone }: Inspection) => ({
  campaign,
  about: { kind: 'inspection' as const, id },
  compoundId,
  area,
  zone,
});

/** Today's group cards of the zones whose plan this record changed show who did it. */
export const redrawGroupCards = (s: Situation, change: Change): Change => {
  const zones = new Set((change.assignments ?? []).filter((a) => a.strand === 'zone').map((a) => a.zone));
  const marks = s.scene.groupCards.filter((card) => zones.has(card.zone)).map((card) => card.id);
  return marks.length > 0 ? { marks } : {};
};

/** Back to the group card, to go on with the next compound. */
export const showNext = async (s: Situation): Promise<Outcome> => {
  const row = s.scene.card;
  const card = row && (await redrawn(s.service, s.campaign, row));
  return card ? viewed(s, row, card, {}) : saying(s, 'card_closed');
};
