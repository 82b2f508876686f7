// One zone's day on its way (R35): the zone lead confirms it, the liaison hands it to the supervisor, the supervisor lets the
// towns know. Each step is somebody's act with its time; a step that was passed over stays missing and can be seen.
import type { Day } from './calendar.ts';

export const handOverSteps = ['zone_lead', 'liaison', 'supervisor'] as const;
export type HandOverStep = (typeof handOverSteps)[number];

export interface StepTaken {
  readonly id: string;
  readonly name: string;
  /** ISO instant. */
  readonly at: string;
  readonly note: string | null;
}

export interface HandOver {
  readonly id: string;
  readonly campaign: string;
  readonly zone: string;
  readonly day: Day;
  readonly version: number;
  /** The zone's figures as the last one who confirmed saw them. */
  readonly summary: Readonly<Record<string, unknown>>;
  readonly steps: Readonly<Partial<Record<HandOverStep, StepTaken>>>;
}

/** The step that is waited for: the one above the highest that was taken. Null when the towns have heard. */
export const openStep = ({ steps }: Pick<HandOver, 'steps'>): HandOverStep | null => {
  const highest = handOverSteps.findLastIndex((step) => steps[step] !== undefined);
  return handOverSteps[highest + 1] ?? null;
};

/** Steps that somebody above went past. */
export const passedOver = ({ steps }: Pick<HandOver, 'steps'>): HandOverStep[] => {
  const highest = handOverSteps.findLastIndex((step) => steps[step] !== undefined);
  return handOverSteps.filter((step, i) => i < highest && steps[step] === undefined);
};

/** Null when that step was taken already. A lower step may still follow a higher one: then it is only noted. */
export const confirmed = (
  handOver: HandOver,
  step: HandOverStep,
  by: StepTaken,
  summary: HandOver['summary'],
): HandOver | null =>
  handOver.steps[step] === undefined
    ? { ...handOver, version: handOver.version + 1, summary, steps: { ...handOver.steps, [step]: by } }
    : null;

/** What a card carries of it: which zones of which day, and which step a press on it takes. */
export interface HandOverPress {
  readonly day: Day;
  readonly zones: readonly string[];
  readonly step: HandOverStep;
}
