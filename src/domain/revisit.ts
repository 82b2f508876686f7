// Where an open-ended phase looks again, and in which order: what stands against a compound comes before routine (R42).
import type { AssignmentReason } from './assignment.ts';
import { type Day, daysBetween } from './calendar.ts';
import type { Settings } from './campaign.ts';

/** What the records of the last `riskDays` say of a compound that was checked before. */
export interface RiskFacts {
  readonly compoundId: string;
  readonly area: string;
  readonly unitId: string | null;
  /** Check day of its latest valid record. */
  readonly lastOn: Day;
  /** Items answered “no” on two days or more, or reopened. */
  readonly repeatedNo: number;
  /** Findings reported after their due or promised day, or overdue now. */
  readonly lateFixes: number;
  /** Whether the unit that manages it is on the ledger and still has not signed. */
  readonly unsigned: boolean;
  /** Whether a spot check came out differently from the record before it. */
  readonly mismatch: boolean;
}

export interface Revisit extends Pick<RiskFacts, 'compoundId' | 'area' | 'unitId'> {
  readonly reasons: readonly AssignmentReason[];
}

type Frequency = Pick<Settings, 'revisitAfterDays' | 'revisitAtRiskAfterDays'>;

/** Gravest first, in the order of R42. */
const risks: readonly (readonly [AssignmentReason, (facts: RiskFacts) => boolean])[] = [
  ['repeated_no', (f) => f.repeatedNo > 0],
  ['late_fix', (f) => f.lateFixes > 0],
  ['letter_unsigned', (f) => f.unsigned],
  ['mismatch', (f) => f.mismatch],
];

/** Each reason outweighs all lesser ones together, so that the order can be told from the reasons shown. */
const weightOf = (reasons: readonly AssignmentReason[]): number =>
  risks.reduce((sum, [reason], i) => sum + (reasons.includes(reason) ? 2 ** (risks.length - i) : 0), 0);

/**
 * The compounds due again today, the gravest first. What is at risk is due after a short rest, everything else when it was
 * not visited for long; among equals the one with more against it, then the one not visited for longest.
 */
export const revisits = (
  facts: readonly RiskFacts[],
  today: Day,
  { revisitAfterDays, revisitAtRiskAfterDays }: Frequency,
): Revisit[] =>
  facts
    .map((f) => {
      const atRisk = risks.flatMap(([reason, holds]) => (holds(f) ? [reason] : []));
      const days = daysBetween(f.lastOn, today);
      const due = days >= (atRisk.length > 0 ? revisitAtRiskAfterDays : revisitAfterDays);
      const long: AssignmentReason[] = days >= revisitAfterDays ? ['long_not_visited'] : [];
      return { f, due, reasons: [...atRisk, ...long], weight: weightOf(atRisk) };
    })
    .filter(({ due }) => due)
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        b.f.repeatedNo + b.f.lateFixes - (a.f.repeatedNo + a.f.lateFixes) ||
        daysBetween(b.f.lastOn, a.f.lastOn) ||
        (a.f.compoundId < b.f.compoundId ? -1 : 1),
    )
    .map(({ f, reasons }) => ({ compoundId: f.compoundId, area: f.area, unitId: f.unitId, reasons }));
