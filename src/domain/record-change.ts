// What one new version of a record writes: coverage, findings, the assignment, events and figures. Shared by a first record
// and by a correction; recording.ts decides which of them it is.
import type { Assignment } from './assignment.ts';
import { checklistAsked } from './campaign.ts';
import type { Change } from './change.ts';
import type { Checklist } from './checklist.ts';
import type { Coverage } from './coverage.ts';
import type { DomainEvent } from './event.ts';
import { type Finding, isBiased, isToFix, joined, unsupported, verified } from './finding.ts';
import { type Inspection, isValid, itemsNotDone } from './inspection.ts';
import type { Person } from './people.ts';
import { deltas, momentOf, ofAssignment, ofCoverage, ofFinding, ofInspection, tallyTime } from './tally.ts';
import type { Visit } from './visit.ts';

type NextId = () => string;

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

/** Spot checks and re-inspections look at what was found before (R38, R40). */
const looksBack = (assignment: Assignment | null): boolean =>
  assignment?.kind === 'recheck' || assignment?.kind === 'spot';

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
  looksAgain: boolean,
  nextId: NextId,
): FindingStep[] => {
  const { campaign } = visit;
  const no = itemsNotDone(checklist, inspection.answers);
  // What was put right on the spot is opened again by somebody who looks again; to others a new "no" is a new finding (1.7).
  const counts = (f: Finding): boolean =>
    f.state !== 'fixed_on_spot' || looksAgain || (replaced !== null && f.inspectionIds.includes(replaced.id));
  const present = visit.findings.filter(counts).sort((a, b) => Number(isToFix(a)) - Number(isToFix(b)));
  const live = new Map(present.map((f) => [f.item, f]));
  const steps: FindingStep[] = [];
  for (const item of no) {
    const there = live.get(item);
    const stays = replaced !== null && there?.inspectionIds.includes(replaced.id);
    const step = there
      ? stays
        ? {
            finding: {
              ...there,
              version: there.version + 1,
              inspectionIds: there.inspectionIds.map((id) => (id === replaced.id ? inspection.id : id)),
            },
            event: 'finding.kept',
          }
        : joined(
            there,
            inspection.id,
            inspection.recordedAt,
            campaign.calendar,
            campaign.rectificationWorkingDays,
            looksAgain,
          )
      : null;
    if (there && step) steps.push({ before: there, after: step.finding, event: step.event });
    else {
      const fixed = inspection.flags.includes('fixed_on_spot');
      const after = newFinding(inspection, item, visit.compound.unitId, fixed, nextId());
      steps.push({ before: null, after, event: fixed ? 'finding.fixed_on_spot' : 'finding.opened' });
    }
  }
  if (looksAgain) steps.push(...verifiedSteps(visit, inspection));
  if (replaced) {
    for (const present of visit.findings) {
      if (no.includes(present.item) || !present.inspectionIds.includes(replaced.id)) continue;
      const step = unsupported(present, replaced.id);
      if (step) steps.push({ before: present, after: step.finding, event: step.event });
    }
  }
  return steps;
};

/** Looked at again and found right (R40): by somebody else than who claimed it, and not by the managing company's own people. */
const verifiedSteps = (visit: Visit, inspection: Inspection): FindingStep[] =>
  visit.findings.flatMap((before) => {
    const { person, compound } = visit;
    const biased = isBiased(person, before, compound.unitId);
    const step = !biased && inspection.answers[before.item] === 'yes' ? verified(before, inspection.recordedAt) : null;
    return step ? [{ before, after: step.finding, event: step.event }] : [];
  });

const basics = ['checkOn', 'company', 'department'] as const;

/** Basic information that a correction changed (R19): what it was, for whoever asks the log. */
const basicsMoved = (before: Inspection, after: Inspection): Readonly<Record<string, unknown>> =>
  Object.fromEntries(basics.filter((name) => before[name] !== after[name]).map((name) => [name, before[name]]));

/** One version of a record that comes to be, with what it replaces and what it fulfils. */
export interface Entry {
  readonly visit: Visit;
  readonly inspection: Inspection;
  readonly replaced: Inspection | null;
  readonly assignment: { readonly before: Assignment | null; readonly after: Assignment } | null;
  readonly inbound: string | null;
  readonly by: Person;
}

/** The change that one new version writes: shared by a first record and a correction. */
export const changeOf = (entry: Entry, nextId: NextId): { change: Change; opened: Finding[] } => {
  const { visit, inspection, replaced, by } = entry;
  const { campaign } = visit;
  const at = inspection.recordedAt;
  const today = campaign.calendar.dayOf(at);
  const moment = momentOf(campaign.calendar, tallyTime(campaign.slots), at);
  const looksAgain = looksBack(entry.assignment?.after ?? null);
  const checklist = checklistAsked(campaign, inspection);
  const steps = findingSteps(visit, checklist, inspection, replaced, looksAgain, nextId);
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
        // What was handed to a deputy counts as excused once his record is there (E13).
        after:
          a.state === 'reassigned'
            ? { ...a, state: 'excused' as const, version: a.version + 1 }
            : { ...a, state: 'covered' as const, version: a.version + 1, doneAt: at },
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
    ...(covers ? { covered: [{ ...coverage, deltas: deltas(campaign.id, moment, [], ofCoverage(coverage)) }] } : {}),
    ...(steps.length > 0 ? { findings: steps.map((s) => s.after) } : {}),
    events: [
      event(replaced ? 'inspection.replaced' : 'inspection.recorded', 'inspection', inspection.id, {
        compound: inspection.compoundId,
        version: inspection.version,
        ...(replaced ? { replaces: replaced.id, ...basicsMoved(replaced, inspection) } : {}),
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
      ...moved.flatMap((m) =>
        deltas(campaign.id, moment, m.before ? ofAssignment(m.before) : [], ofAssignment(m.after)),
      ),
      ...steps.flatMap((s) => deltas(campaign.id, moment, s.before ? ofFinding(s.before) : [], ofFinding(s.after))),
    ],
  };
  return { change, opened: steps.filter((s) => s.before === null).map((s) => s.after) };
};
