// Turns the answers of one visit into records: the inspection, the assignment it fulfils, coverage, findings and figures.
// Says what is to be written; whether the person may record at all is asked before.
import { type Assignment, type Draft, isOpen } from './assignment.ts';
import type { Day } from './calendar.ts';
import { type Campaign, checklistOf, inspectingStrand, zoneOf } from './campaign.ts';
import type { Change, Coverage } from './change.ts';
import type { Answers, Checklist } from './checklist.ts';
import type { DomainEvent } from './event.ts';
import { type Finding, joined, unsupported } from './finding.ts';
import {
  type Inspection,
  type InspectionFlag,
  type InspectionSource,
  isValid,
  itemsMissing,
  itemsNotDone,
  sameAnswers,
} from './inspection.ts';
import type { Person } from './people.ts';
import { deltas, momentOf, ofAssignment, ofCoverage, ofFinding, ofInspection, tallyTime } from './tally.ts';

/** A compound as it stands on the check date. */
export interface CompoundFacts {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  readonly status: 'listed' | 'pending' | 'merged';
  readonly unitId: string | null;
  readonly company: string | null;
}

/** Everything a recording is decided from. */
export interface Visit {
  readonly campaign: Campaign;
  readonly person: Person;
  readonly compound: CompoundFacts;
  /** The person's open assignments at this compound, and the home duty. */
  readonly own: readonly Assignment[];
  /** Open assignments of colleagues at this compound today. */
  readonly colleagues: readonly Assignment[];
  /** The person's last live record at this compound today. */
  readonly previous: Inspection | null;
  /** What covers the compound already. */
  readonly coverage: Coverage | null;
  /** Findings at this compound that are not verified, fixed on the spot or withdrawn. */
  readonly findings: readonly Finding[];
}

export interface Filled {
  readonly answers: Answers;
  readonly note: string | null;
  readonly checkOn: Day;
  readonly source: InspectionSource;
  /** Somebody who enters for the inspector (R06). */
  readonly enteredBy: Person | null;
  readonly fixedOnSpot?: boolean;
  /** The person said that this is a second visit (E11). */
  readonly secondVisit?: boolean;
}

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
const assignmentFor = (visit: Visit, now: Date, today: Day, nextId: NextId): Assignment => {
  const { campaign, person, compound } = visit;
  const open = visit.own.filter((a) => isOpen(a) && a.compoundId === compound.id);
  const given = open.find((a) => a.kind !== 'home' && a.from <= today) ?? open.find((a) => a.kind === 'home');
  if (given) return { ...given, version: given.version + 1 };
  const home = person.compoundId === compound.id || person.roles.every((r) => r.role === 'staff');
  return {
    id: nextId(),
    campaign: campaign.id,
    strand: inspectingStrand(campaign, home ? 'home' : 'zone'),
    kind: 'extra',
    personId: person.id,
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

const newFinding = (
  inspection: Inspection,
  item: string,
  unitId: string | null,
  fixed: boolean,
  id: string,
): Finding => ({
  id,
  campaign: inspection.campaign,
  compoundId: inspection.compoundId,
  compoundName: inspection.compoundName,
  item,
  area: inspection.area,
  zone: inspection.zone,
  company: inspection.company,
  unitId,
  state: fixed ? 'fixed_on_spot' : 'open',
  version: 1,
  inspectionIds: [inspection.id],
  openedAt: inspection.recordedAt,
  notifiedAt: null,
  dueOn: null,
  promisedOn: null,
  claimedAt: null,
  claimedById: null,
  reportedAt: null,
  verifiedAt: null,
  reopenedAt: null,
  referredAt: null,
});

/** A finding before and after, and what happened to it. */
interface FindingStep {
  readonly before: Finding | null;
  readonly after: Finding;
  readonly event: string;
}

/** What the "no" answers of a record do to the compound's findings; `before` is the version it replaces, if any (E10). */
const findingSteps = (
  visit: Visit,
  checklist: Checklist,
  inspection: Inspection,
  replaced: Inspection | null,
  nextId: NextId,
): FindingStep[] => {
  const { campaign } = visit;
  const no = itemsNotDone(checklist, inspection.answers);
  const live = new Map(visit.findings.map((f) => [f.item, f]));
  const steps: FindingStep[] = [];
  for (const item of no) {
    const present = live.get(item);
    const stays = replaced !== null && present?.inspectionIds.includes(replaced.id);
    const step = present
      ? stays
        ? {
            finding: {
              ...present,
              version: present.version + 1,
              inspectionIds: present.inspectionIds.map((id) => (id === replaced.id ? inspection.id : id)),
            },
            event: 'finding.kept',
          }
        : joined(present, inspection.id, inspection.recordedAt, campaign.calendar, campaign.rectificationWorkingDays)
      : null;
    if (present && step) steps.push({ before: present, after: step.finding, event: step.event });
    else {
      const fixed = inspection.flags.includes('fixed_on_spot');
      const after = newFinding(inspection, item, visit.compound.unitId, fixed, nextId());
      steps.push({ before: null, after, event: fixed ? 'finding.fixed_on_spot' : 'finding.opened' });
    }
  }
  if (replaced) {
    for (const present of visit.findings) {
      if (no.includes(present.item) || !present.inspectionIds.includes(replaced.id)) continue;
      const step = unsupported(present, replaced.id);
      if (step) steps.push({ before: present, after: step.finding, event: step.event });
    }
  }
  return steps;
};

interface Entry {
  readonly visit: Visit;
  readonly inspection: Inspection;
  readonly replaced: Inspection | null;
  readonly assignment: { readonly before: Assignment | null; readonly after: Assignment } | null;
  readonly inbound: string | null;
  readonly by: Person;
}

/** The change that one new version writes: shared by a first record and a correction. */
const changeOf = (entry: Entry, nextId: NextId): { change: Change; opened: Finding[] } => {
  const { visit, inspection, replaced, by } = entry;
  const { campaign } = visit;
  const at = inspection.recordedAt;
  const today = campaign.calendar.dayOf(at);
  const moment = momentOf(campaign.calendar, tallyTime(campaign.slots), at);
  const steps = findingSteps(visit, checklistOf(campaign, inspection.strand), inspection, replaced, nextId);
  const covers = visit.coverage === null && isValid(inspection);
  const coverage: Coverage = {
    campaign: campaign.id,
    compoundId: inspection.compoundId,
    inspectionId: inspection.id,
    area: inspection.area,
    coveredAt: at,
    coveredOn: today,
  };
  const closed = entry.assignment
    ? visit.colleagues.map((a) => ({
        before: a,
        after: { ...a, state: 'covered' as const, version: a.version + 1, doneAt: at },
      }))
    : [];
  const moved = [...(entry.assignment ? [entry.assignment] : []), ...closed];
  const event = (
    kind: string,
    subjectKind: string,
    subjectId: string,
    data: Record<string, unknown> = {},
  ): DomainEvent => ({
    campaign: campaign.id,
    at,
    kind,
    subject: { kind: subjectKind, id: subjectId },
    by: { id: by.id, name: by.name },
    inbound: entry.inbound,
    data,
  });
  const change: Change = {
    inspections: [inspection],
    ...(replaced ? { retired: [replaced.id] } : {}),
    ...(moved.length > 0 ? { assignments: moved.map((m) => m.after) } : {}),
    ...(covers ? { covered: [coverage] } : {}),
    ...(steps.length > 0 ? { findings: steps.map((s) => s.after) } : {}),
    events: [
      event(replaced ? 'inspection.replaced' : 'inspection.recorded', 'inspection', inspection.id, {
        compound: inspection.compoundId,
        version: inspection.version,
        ...(replaced ? { replaces: replaced.id } : {}),
      }),
      ...moved.map((m) =>
        event(`assignment.${m.after.state}`, 'assignment', m.after.id, { inspection: inspection.id }),
      ),
      ...steps.map((s) => event(s.event, 'finding', s.after.id, { inspection: inspection.id, item: s.after.item })),
    ],
    deltas: [
      ...deltas(
        campaign.id,
        moment,
        replaced ? ofInspection(replaced, campaign.calendar) : [],
        ofInspection(inspection, campaign.calendar),
      ),
      ...(covers ? deltas(campaign.id, moment, [], ofCoverage(coverage)) : []),
      ...moved.flatMap((m) =>
        deltas(campaign.id, moment, m.before ? ofAssignment(m.before) : [], ofAssignment(m.after)),
      ),
      ...steps.flatMap((s) => deltas(campaign.id, moment, s.before ? ofFinding(s.before) : [], ofFinding(s.after))),
    ],
  };
  return { change, opened: steps.filter((s) => s.before === null).map((s) => s.after) };
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
  const assignment = assignmentFor(visit, now, today, nextId);
  const checklist = checklistOf(campaign, assignment.strand);
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
    zone: zoneOf(campaign, compound.area),
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

/** A new version in the place of an older one (E10): keeps the first entry's time, moves findings with the answers. */
export const correctInspection = (
  visit: Visit,
  replaced: Inspection,
  given: Pick<Filled, 'answers' | 'note' | 'source'>,
  by: Person,
  now: Date,
  inbound: string | null,
  nextId: NextId,
): { inspection: Inspection; opened: Finding[]; change: Change } => {
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
  };
  return { inspection, ...changeOf({ visit, inspection, replaced, assignment: null, inbound, by }, nextId) };
};
