// What the city–town strand reads: findings with the records behind them, and what was done about each (R37–R43).
import type { Finding, FindingState } from './domain/finding.ts';

/** A finding with the record that opened it, and who manages its compound today (E03). */
export interface NotedFinding {
  readonly finding: Finding;
  readonly checkedAt: Date;
  readonly inspector: { readonly id: string; readonly name: string };
  readonly unitId: string | null;
  /** What was said with the newest claim or report. */
  readonly remark: string | null;
}

/** All that is given must hold; a list that is left out asks nothing. */
export interface FindingQuery {
  readonly campaign: string;
  readonly states: readonly FindingState[];
  readonly ids?: readonly string[];
  readonly compounds?: readonly string[];
  /** In one of these areas, in one of these zones, or managed by one of these units. */
  readonly areas?: readonly string[];
  readonly zones?: readonly string[];
  readonly units?: readonly string[];
  readonly limit: number;
}

/** The newest step of a finding: whoever comes second is told of it. */
export interface LastMove {
  readonly at: Date;
  readonly by: string | null;
}

export interface Findings {
  /** Oldest first. */
  noted(query: FindingQuery): Promise<NotedFinding[]>;
  lastMove(id: string): Promise<LastMove | null>;
  /** How often each was found not right after all (R43). */
  failures(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
