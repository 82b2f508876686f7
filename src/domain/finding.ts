// A finding: an item answered "no" that a town must put right (R37–R43), and how it moves from state to state (1.7).
import type { Calendar, Day } from './calendar.ts';

export type FindingState =
  | 'open'
  | 'notified'
  | 'claimed'
  | 'reported'
  | 'verified'
  | 'reopened'
  | 'fixed_on_spot'
  | 'withdrawn';

export interface Finding {
  readonly id: string;
  readonly campaign: string;
  readonly compoundId: string;
  readonly compoundName: string;
  readonly item: string;
  readonly area: string;
  readonly zone: string | null;
  /** The company of the check date (E03). */
  readonly company: string | null;
  readonly unitId: string | null;
  readonly state: FindingState;
  readonly version: number;
  /** The live records that say "no"; the finding is withdrawn with the last of them (E10). */
  readonly inspectionIds: readonly string[];
  readonly openedAt: Date;
  readonly notifiedAt: Date | null;
  readonly dueOn: Day | null;
  readonly promisedOn: Day | null;
  readonly claimedAt: Date | null;
  readonly claimedById: string | null;
  readonly reportedAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly reopenedAt: Date | null;
  readonly referredAt: Date | null;
}

const toFix: readonly FindingState[] = ['open', 'notified', 'claimed', 'reopened'];
export const isToFix = (finding: Pick<Finding, 'state'>): boolean => toFix.includes(finding.state);

/** The last day on which the town is in time: the promised day once it gave one (R39 "progress"). */
export const lastDayOf = (finding: Pick<Finding, 'dueOn' | 'promisedOn'>): Day | null =>
  finding.promisedOn ?? finding.dueOn;

/** Overdue = not reported by the end of its due (or promised) day (1.7). */
export const isOverdue = (finding: Finding, today: Day): boolean => {
  const last = lastDayOf(finding);
  return isToFix(finding) && last !== null && last < today;
};

/** The end of the n-th working day after the town was told (R39; the vectors of plan.yaml). */
export const rectificationDue = (calendar: Calendar, notifiedAt: Date, workingDays: number): Day =>
  calendar.plusWorkingDays(calendar.dayOf(notifiedAt), workingDays);

type Step = { readonly finding: Finding; readonly event: string };

const step = (finding: Finding, event: string, change: Partial<Finding>): Step => ({
  finding: { ...finding, ...change, version: finding.version + 1 },
  event: `finding.${event}`,
});

/** The town heard of it: the clock starts. Null when it already runs. */
export const notified = (finding: Finding, at: Date, calendar: Calendar, workingDays: number): Step | null =>
  finding.state === 'open'
    ? step(finding, 'notified', {
        state: 'notified',
        notifiedAt: at,
        dueOn: rectificationDue(calendar, at, workingDays),
      })
    : null;

/** Somebody on the spot says it is fixed; the town has yet to report it. */
export const claimed = (finding: Finding, at: Date, byId: string): Step | null =>
  finding.state === 'notified' || finding.state === 'reopened'
    ? step(finding, 'claimed', { state: 'claimed', claimedAt: at, claimedById: byId })
    : null;

/** The town reports it to the office: the two-day clock stops. One tap claims and reports together. */
export const reported = (finding: Finding, at: Date, byId: string): Step | null =>
  finding.state === 'notified' || finding.state === 'claimed' || finding.state === 'reopened'
    ? step(finding, 'reported', {
        state: 'reported',
        reportedAt: at,
        claimedAt: finding.claimedAt ?? at,
        claimedById: finding.claimedById ?? byId,
      })
    : null;

/** The town needs longer and names a day: once, at most `maxDays` working days on. */
export const promised = (finding: Finding, on: Day, today: Day, calendar: Calendar, maxDays: number): Step | null =>
  finding.state === 'notified' &&
  finding.promisedOn === null &&
  on > today &&
  calendar.workingDaysBetween(today, on) <= maxDays
    ? step(finding, 'progressed', { promisedOn: on })
    : null;

/** Looked at again by somebody else and found right (R40). */
export const verified = (finding: Finding, at: Date): Step | null =>
  finding.state === 'reported' ? step(finding, 'verified', { state: 'verified', verifiedAt: at }) : null;

/** Found not right after all: a new two-day clock; an earlier promise is void. */
export const reopened = (finding: Finding, at: Date, calendar: Calendar, workingDays: number): Step | null =>
  finding.state === 'reported' || finding.state === 'fixed_on_spot'
    ? step(finding, 'reopened', {
        state: 'reopened',
        reopenedAt: at,
        reportedAt: null,
        claimedAt: null,
        claimedById: null,
        promisedOn: null,
        dueOn: rectificationDue(calendar, at, workingDays),
      })
    : null;

/** Handed to the town for enforcement (R43): a mark, the state stays. The bot accuses nobody, a person decides it. */
export const referred = (finding: Finding, at: Date): Step | null =>
  (finding.state === 'notified' || finding.state === 'reopened') && finding.referredAt === null
    ? step(finding, 'referred', { referredAt: at })
    : null;

/** What stays unmended may be referred: overdue, or found not right that many times (R43). */
export const mayBeReferred = (finding: Finding, failures: number, most: number, today: Day): boolean =>
  isOverdue(finding, today) || failures >= most;

/** Who may look again (R40): nobody who claimed the fix, nobody of the company that manages the compound. */
export const isBiased = (
  person: { readonly id: string; readonly unitId: string | null },
  finding: Pick<Finding, 'claimedById'>,
  managedBy: string | null,
): boolean => person.id === finding.claimedById || (person.unitId !== null && person.unitId === managedBy);

/** The record was wrong (E10): not a rectification. */
export const withdrawn = (finding: Finding): Step | null =>
  finding.state === 'withdrawn' ? null : step(finding, 'withdrawn', { state: 'withdrawn', inspectionIds: [] });

/** One more live record says "no": it joins, or reopens what was reported; null = a new finding must be opened. */
export const joined = (
  finding: Finding,
  inspectionId: string,
  at: Date,
  calendar: Calendar,
  workingDays: number,
  /** A spot check or re-inspection: opens again what was put right on the spot, too. */
  looksAgain = false,
): Step | null => {
  const inspectionIds = [...finding.inspectionIds, inspectionId];
  if (isToFix(finding)) return step(finding, 'joined', { inspectionIds });
  const again = finding.state === 'reported' || looksAgain ? reopened(finding, at, calendar, workingDays) : null;
  return again && { ...again, finding: { ...again.finding, inspectionIds } };
};

/** A record no longer says "no": the finding is withdrawn when it was the last one. */
export const unsupported = (finding: Finding, inspectionId: string): Step | null => {
  const inspectionIds = finding.inspectionIds.filter((id) => id !== inspectionId);
  if (inspectionIds.length > 0) return step(finding, 'parted', { inspectionIds });
  return withdrawn(finding);
};
