// What a person does with a record just made: take it back, correct it, ask why it says what it says (E10, VOICE 5).
import type { Assignment } from '../domain/assignment.ts';
import { checklistAsked } from '../domain/campaign.ts';
import { allOf, type Change } from '../domain/change.ts';
import type { Coverage } from '../domain/coverage.ts';
import { unsupported } from '../domain/finding.ts';
import { type Inspection, isValid, itemsNotDone } from '../domain/inspection.ts';
import { deltas, momentOf, ofAssignment, ofCoverage, ofFinding, ofInspection, tallyTime } from '../domain/tally.ts';
import { checklistForm } from './checklist-form.ts';
import { redrawGroupCards } from './record-answers.ts';
import { redrawn } from './redraw-card.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';
import { show, shownData, viewed } from './show-card.ts';
import { withdrawnTold } from './tell-withdrawn.ts';

/** The record this card stands for now, if it is this person's and still live. */
const ownRecord = async (s: Situation): Promise<Inspection | null> => {
  const id = shownData(s).inspection;
  const found = typeof id === 'string' ? await s.service.scenes.inspection(id) : null;
  return found && (found.inspectorId === s.person.id || found.enteredById === s.person.id) ? found : null;
};

/** Takes the record back within the hour: it no longer counts, its assignment is open again (E10). */
export const takeBack = async (s: Situation): Promise<Outcome> => {
  const record = await ownRecord(s);
  if (!record) return saying(s, 'card_refreshed');
  const age = s.now.getTime() - record.enteredAt.getTime();
  if (age > s.campaign.settings.correctionFreeMinutes * 60_000)
    return saying(s, 'undo_closed', { minutes: s.campaign.settings.correctionFreeMinutes });
  const { scenes } = s.service;
  const [assignment, findings, others] = await Promise.all([
    scenes.assignment(record.assignmentId),
    scenes.findingsOf(record.id),
    scenes.otherRecords(record.campaign, record.compoundId, record.id),
  ]);
  if (!assignment) return saying(s, 'card_refreshed');
  const principal = assignment.standsFor ? await scenes.assignment(assignment.standsFor) : null;
  const undone = withdrawal(s, record, { assignment, principal }, s.scene.coverage, others, findings);
  const change = allOf([undone, await withdrawnTold(s, undone)]);
  const said = s.service.cards(s.campaign).say('undone_receipt', { compound: record.compoundName });
  const row = s.scene.card;
  const card = row && (await redrawn(s.service, s.campaign, row));
  if (!row || !card) return { change, answer: { toast: said } };
  const shown = viewed(s, row, card, row.personId === null ? {} : { compound: record.compoundId }, said);
  return { answer: shown.answer, change: allOf([change, shown.change, redrawGroupCards(s, change)]) };
};

const withdrawal = (
  s: Situation,
  record: Inspection,
  { assignment, principal }: { readonly assignment: Assignment; readonly principal: Assignment | null },
  coverage: Coverage | null,
  others: readonly Inspection[],
  findings: Parameters<typeof unsupported>[0][],
): Change => {
  const { campaign, now } = s;
  const moment = momentOf(campaign.calendar, tallyTime(campaign.slots), now);
  const reopened: Assignment = {
    ...assignment,
    // A deputy's is an extra one too, and still to be done.
    state: assignment.kind === 'extra' && !assignment.standsFor ? 'lapsed' : 'open',
    doneAt: null,
    version: assignment.version + 1,
  };
  const owed: Assignment | null =
    principal?.state === 'excused' ? { ...principal, state: 'reassigned', version: principal.version + 1 } : null;
  const steps = findings.flatMap((before) => {
    const step = unsupported(before, record.id);
    return step ? [{ before, after: step.finding, event: step.event }] : [];
  });
  const lost = coverage?.inspectionId === record.id ? coverage : null;
  const heir = lost && others.findLast((other) => isValid(other));
  const inherited: Coverage | null =
    lost && heir
      ? {
          ...lost,
          inspectionId: heir.id,
          coveredAt: heir.enteredAt,
          coveredOn: campaign.calendar.dayOf(heir.enteredAt),
        }
      : null;
  const event = (what: string, kind: string, id: string) => eventOf(s, what, { kind, id }, { inspection: record.id });
  return {
    retired: [record.id],
    assignments: owed ? [reopened, owed] : [reopened],
    ...(lost ? { uncovered: [lost] } : {}),
    ...(inherited
      ? { covered: [{ ...inherited, deltas: deltas(campaign.id, moment, [], ofCoverage(inherited)) }] }
      : {}),
    ...(steps.length > 0 ? { findings: steps.map((step) => step.after) } : {}),
    events: [
      event('inspection.withdrawn', 'inspection', record.id),
      event(`assignment.${reopened.state}`, 'assignment', assignment.id),
      ...steps.map((step) => event(step.event, 'finding', step.after.id)),
    ],
    deltas: [
      ...deltas(campaign.id, moment, ofInspection(record, campaign.calendar), []),
      ...deltas(campaign.id, moment, ofAssignment(assignment), ofAssignment(reopened)),
      ...(principal && owed ? deltas(campaign.id, moment, ofAssignment(principal), ofAssignment(owed)) : []),
      ...deltas(campaign.id, moment, lost ? ofCoverage(lost) : [], []),
      ...steps.flatMap((step) => deltas(campaign.id, moment, ofFinding(step.before), ofFinding(step.after))),
    ],
  };
};

/** 改: the form again, for a new version of the same record. */
export const showCorrection = async (s: Situation): Promise<Outcome> => {
  const record = await ownRecord(s);
  if (!record || !s.scene.compound || !s.scene.card) return saying(s, 'card_refreshed');
  const { strand, checklist } = record;
  const unplanned = { strand, checklist, reasons: [], to: null, kind: 'extra' as const };
  const draws = checklistForm(s.campaign, s.scene.compound, s.person.name, record.checkOn, unplanned, false);
  return show(s, {
    kind: 'checklist',
    draws,
    data: { compound: record.compoundId, inspection: record.id, correcting: record.id, strand, checklist },
  });
};

/** 为什么: where each value came from. */
export const tellWhy = async (s: Situation): Promise<Outcome> => {
  const record = await ownRecord(s);
  if (!record) return saying(s, 'card_refreshed');
  if (record.source.kind !== 'text') return saying(s, 'why_tapped', { at: record.recordedAt });
  const checklist = checklistAsked(s.campaign, record);
  const no = itemsNotDone(checklist, record.answers);
  const notDone = checklist.items.filter((i) => no.includes(i.id)).map((i) => `${i.num} ${i.shortLabel}`);
  return saying(s, 'why_read', { words: record.source.text ?? '', notDone });
};
