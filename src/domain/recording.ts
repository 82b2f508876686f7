// Turns the answers of one visit into a record: which assignment it fulfils, whether it is a repetition, a correction or a
// draft. Whether the person may record at all is asked before; what the record writes is record-change.ts.
import { type Assignment, type Draft, isOpen } from './assignment.ts';
import type { Day } from './calendar.ts';
import { checklistAsked, checklistOf, inspectingStrand, zoneOf } from './campaign.ts';
import type { Change } from './change.ts';
import type { Answers } from './checklist.ts';
import type { Finding } from './finding.ts';
import { type Inspection, type InspectionFlag, itemsMissing, sameAnswers } from './inspection.ts';
import type { Person } from './people.ts';
import { changeOf, type Entry } from './record-change.ts';
import type { Filled, Visit } from './visit.ts';
import { campaignOn } from './zone-map.ts';

export type Recording =
  | {
      readonly kind: 'recorded';
      readonly inspection: Inspection;
      readonly assignment: Assignment;
      readonly opened: readonly Finding[];
      readonly change: Change;
    }
  /** The same answers again within a few minutes (E36): nothing to do. */
  | { readonly kind: 'duplicate'; readonly previous: Inspection }
  /** Other answers on the same day: a correction or a second visit? (E11) */
  | { readonly kind: 'correction_or_second_visit'; readonly previous: Inspection }
  /** Answers are missing: the assignment keeps what was said as a draft. */
  | { readonly kind: 'incomplete'; readonly missing: readonly string[]; readonly assignment: Assignment };

type NextId = () => string;

/** The assignment a visit fulfils: today's own one there, else the home duty if it is the own compound, else a new `extra` one (E35). */
const assignmentFor = (visit: Visit, asked: string | undefined, now: Date, today: Day, nextId: NextId): Assignment => {
  const { campaign, person, compound } = visit;
  const open = visit.own.filter((a) => isOpen(a) && a.compoundId === compound.id);
  const given = open.find((a) => a.kind !== 'home' && a.from <= today) ?? open.find((a) => a.kind === 'home');
  const former = visit.livedThere ? visit.own.find((a) => isOpen(a) && a.kind === 'home') : undefined;
  if (given) return { ...given, version: given.version + 1 };
  // The compound on the day of the check is the one that counts (E16).
  if (former) return { ...former, compoundId: compound.id, version: former.version + 1 };
  const home = person.compoundId === compound.id || person.roles.every((r) => r.role === 'staff');
  const strand = inspectingStrand(campaign, home ? 'home' : 'zone');
  return {
    id: nextId(),
    campaign: campaign.id,
    strand,
    kind: 'extra',
    personId: person.id,
    checklist: asked ?? checklistOf(campaign, strand).id,
    compoundId: compound.id,
    area: compound.area,
    zone: zoneOf(campaign, compound.area),
    organisation: null,
    department: null,
    reasons: ['own_wish'],
    from: today,
    to: today,
    state: 'open',
    version: 1,
    givenAt: now,
    doneAt: null,
    draft: null,
  };
};

const flagsOf = (visit: Visit, filled: Filled, late: boolean, today: Day): InspectionFlag[] => {
  const flags: InspectionFlag[] = [];
  if (late) flags.push('late');
  if (filled.enteredBy) flags.push('proxy');
  if (visit.person.unitId !== null && visit.person.unitId === visit.compound.unitId) flags.push('self_check');
  if (visit.compound.status !== 'listed') flags.push('pending_compound');
  if (filled.fixedOnSpot) flags.push('fixed_on_spot');
  if (filled.checkOn !== today) flags.push('other_day');
  if (filled.secondVisit) flags.push('second_visit');
  return flags;
};

/** What was said before stands where nothing is said now. */
const withDraft = (draft: Draft | null, given: Answers): Answers =>
  draft
    ? { ...draft.answers, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) }
    : given;

/** Records one visit (R17–R21). `inbound` names the message it came from. */
export const recordInspection = (
  visit: Visit,
  filled: Filled,
  now: Date,
  inbound: string | null,
  nextId: NextId,
): Recording => {
  const { campaign, person, compound, previous } = visit;
  const today = campaign.calendar.dayOf(now);
  const assignment = assignmentFor(visit, filled.checklist, now, today, nextId);
  const checklist = checklistAsked(campaign, assignment);
  const answers = withDraft(assignment.draft, filled.answers);
  const note = filled.note ?? assignment.draft?.note ?? null;
  const missing = itemsMissing(checklist, answers);
  if (missing.length > 0) {
    return { kind: 'incomplete', missing, assignment: { ...assignment, state: 'partial', draft: { answers, note } } };
  }
  if (previous && !filled.secondVisit && assignment.kind === 'extra') {
    const age = now.getTime() - previous.recordedAt.getTime();
    const same = sameAnswers(checklist, previous.answers, answers) && (previous.note ?? '') === (note ?? '');
    if (same && age <= campaign.settings.duplicateMinutes * 60_000) return { kind: 'duplicate', previous };
    return { kind: 'correction_or_second_visit', previous };
  }
  const late = assignment.to !== null && today > assignment.to;
  const inspection: Inspection = {
    id: nextId(),
    campaign: campaign.id,
    assignmentId: assignment.id,
    version: 1,
    replacesId: null,
    strand: assignment.strand,
    checklist: checklist.id,
    checkOn: filled.checkOn,
    recordedAt: now,
    enteredAt: now,
    inspectorId: person.id,
    inspectorName: person.name,
    enteredById: filled.enteredBy?.id ?? null,
    compoundId: compound.id,
    compoundName: compound.name,
    compoundStatus: compound.status,
    company: compound.company,
    area: compound.area,
    zone: zoneOf(campaignOn(campaign, filled.checkOn), compound.area),
    department: person.department,
    answers,
    note,
    source: filled.source,
    flags: flagsOf(visit, filled, late, today),
  };
  const done: Assignment = { ...assignment, state: late ? 'done_late' : 'done', doneAt: now, draft: null };
  const before = visit.own.find((a) => a.id === assignment.id) ?? null;
  const entry: Entry = {
    visit,
    inspection,
    replaced: null,
    assignment: { before, after: done },
    inbound,
    by: filled.enteredBy ?? person,
  };
  return { kind: 'recorded', inspection, assignment: done, ...changeOf(entry, nextId) };
};

/** The company of the record, or of another day's check: `visit` shows the compound as it stood then (E03). */
const companyOn = (visit: Visit, replaced: Inspection, checkOn: Day): string | null =>
  checkOn === replaced.checkOn ? replaced.company : visit.compound.company;

/** What a correction says: answers, and of the basic information only what is to be otherwise (R19). */
export interface Correction extends Pick<Filled, 'answers' | 'note' | 'source'> {
  readonly checkOn?: Day;
  readonly company?: string | null;
  readonly department?: string | null;
}

/** A new version in the place of an older one (E10): keeps the first entry's time, moves findings with the answers. */
export const correctInspection = (
  visit: Visit,
  replaced: Inspection,
  given: Correction,
  by: Person,
  now: Date,
  inbound: string | null,
  nextId: NextId,
): { inspection: Inspection; opened: Finding[]; change: Change } => {
  const checkOn = given.checkOn ?? replaced.checkOn;
  const inspection: Inspection = {
    ...replaced,
    id: nextId(),
    version: replaced.version + 1,
    replacesId: replaced.id,
    recordedAt: now,
    enteredById: by.id === replaced.inspectorId ? replaced.enteredById : by.id,
    answers: {
      ...replaced.answers,
      ...Object.fromEntries(Object.entries(given.answers).filter(([, v]) => v !== null)),
    },
    note: given.note ?? replaced.note,
    source: given.source,
    checkOn,
    company: given.company === undefined ? companyOn(visit, replaced, checkOn) : given.company,
    department: given.department === undefined ? replaced.department : given.department,
  };
  const otherDay = inspection.checkOn !== visit.campaign.calendar.dayOf(inspection.enteredAt);
  const flags = inspection.flags.filter((flag) => flag !== 'other_day');
  const corrected: Inspection = { ...inspection, flags: otherDay ? [...flags, 'other_day'] : flags };
  return {
    inspection: corrected,
    ...changeOf({ visit, inspection: corrected, replaced, assignment: null, inbound, by }, nextId),
  };
};
