// What the city–town strand reads: findings with the records behind them, what was done about each, spot checks and reports (R37–R43).
import type { Day } from './domain/calendar.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Finding, FindingState } from './domain/finding.ts';
import type { Inspection } from './domain/inspection.ts';
import type { DrawnCompound, FrameEntry, FrameKind, SpotDraw } from './domain/spot-check.ts';
import type { Seen } from './domain/suspicion.ts';
import type { Rectified, TownReport } from './domain/town-report.ts';
import type { PlannedRow } from './ports.ts';

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
  /** Live records entered since then, of those who entered at least so many. */
  recordsSince(campaign: string, since: Date, atLeast: number): Promise<Seen[]>;
  /** How often each was found not right after all (R43). */
  failures(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** One compound that may be drawn, with what decides who looks. */
export interface FrameRow extends FrameEntry, DrawnCompound {
  readonly name: string;
  /** The newest valid record: what the second look is compared with. */
  readonly recordId: string | null;
}

/** A second look that was made and is not compared yet. */
export interface SpotToCompare {
  readonly draw: SpotDraw;
  readonly again: Inspection;
  readonly first: Inspection | null;
  /** Who had it drawn. */
  readonly byId: string;
}

export interface SpotChecks {
  /** Every compound of these areas that the frame holds and that no spot check is under way for, in the order of ids. */
  frame(campaign: string, kind: FrameKind, areas: readonly string[], today: Day): Promise<FrameRow[]>;
  toCompare(campaign: string): Promise<SpotToCompare[]>;
  /** What one person has of a draw, as the card shows it. */
  rowsOf(spotCheck: string, person: string): Promise<PlannedRow[]>;
  /** The newest draws of these zones' compounds, with how they stand. */
  latest(campaign: string, areas: readonly string[], limit: number): Promise<SpotSummary[]>;
}

export interface SpotSummary {
  readonly at: Date;
  readonly by: string;
  readonly place: string;
  readonly frameKind: FrameKind;
  readonly frameSize: number;
  readonly seed: string;
  readonly drawn: number;
  readonly looked: number;
  readonly mismatches: number;
}

export interface TownReports {
  /** The newest version of each of these areas. */
  latest(campaign: string, areas: readonly string[]): Promise<TownReport[]>;
  /** Areas of these that have neither reported nor got the card. */
  withoutCard(campaign: string, areas: readonly string[]): Promise<string[]>;
  rectified(campaign: Campaign, areas: readonly string[]): Promise<ReadonlyMap<string, Rectified>>;
}
