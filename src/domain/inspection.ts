// An inspection: one filled checklist, in one version. Corrections are new versions (E10); nothing is overwritten.
import type { Day } from './calendar.ts';
import type { Answers, Checklist } from './checklist.ts';

export type InspectionFlag =
  | 'late'
  | 'proxy'
  | 'self_check'
  | 'doubtful'
  | 'pending_compound'
  | 'fixed_on_spot'
  | 'other_day'
  | 'suspicious'
  | 'second_visit';

export interface InspectionSource {
  readonly channel: string;
  readonly kind: 'tap' | 'text' | 'form' | 'proxy' | 'import';
  /** What was typed, for the proof (R20), and where in it each item's value stands (UTF-16 offsets). */
  readonly text?: string;
  readonly spans?: Readonly<Record<string, readonly (readonly [start: number, end: number])[]>>;
}

export interface Inspection {
  readonly id: string;
  readonly campaign: string;
  readonly assignmentId: string;
  readonly version: number;
  readonly replacesId: string | null;
  readonly strand: 'home' | 'zone';
  readonly checklist: string;
  readonly checkOn: Day;
  readonly recordedAt: Date;
  /** The first version's entry time: late marks and `today` go by it (E09). */
  readonly enteredAt: Date;
  readonly inspectorId: string;
  readonly inspectorName: string;
  readonly enteredById: string | null;
  readonly compoundId: string;
  readonly compoundName: string;
  readonly compoundStatus: 'listed' | 'pending' | 'merged';
  readonly company: string | null;
  readonly area: string;
  readonly zone: string | null;
  readonly department: string | null;
  readonly answers: Answers;
  readonly note: string | null;
  readonly source: InspectionSource;
  readonly flags: readonly InspectionFlag[];
}

/** Items a yes/no checklist has answered "no", in the form's order: each becomes a finding (R37). */
export const itemsNotDone = (checklist: Checklist, answers: Answers): string[] =>
  checklist.items.filter((item) => answers[item.id] === 'no').map((item) => item.id);

export const itemsMissing = (checklist: Checklist, answers: Answers): string[] =>
  checklist.items.filter((item) => item.required && (answers[item.id] ?? null) === null).map((item) => item.id);

/** A valid record counts: complete, live, not doubtful, on a listed compound (REQUIREMENTS, "Readings decided"). */
export const isValid = (inspection: Pick<Inspection, 'flags' | 'compoundStatus'>): boolean =>
  !inspection.flags.includes('doubtful') && inspection.compoundStatus === 'listed';

export const sameAnswers = (checklist: Checklist, a: Answers, b: Answers): boolean =>
  checklist.items.every((item) => (a[item.id] ?? null) === (b[item.id] ?? null));
