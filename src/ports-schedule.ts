// What the schedule needs of the database: slots that run exactly once over replicas and restarts.
import type { Day } from './domain/calendar.ts';

export interface Slots {
  /** Real time that a run is left alone before another process takes it over. */
  readonly leaseMs: number;
  /** True for the one process that is to run it: nobody has, or whoever did is gone. */
  claim(campaign: string, kind: string, day: Day, at: Date): Promise<boolean>;
  /** The run goes on: nobody else takes it for another `leaseMs`. */
  renew(campaign: string, kind: string, day: Day): Promise<void>;
  done(campaign: string, kind: string, day: Day, at: Date): Promise<void>;
  /** The run failed: anybody may try again at once. */
  release(campaign: string, kind: string, day: Day): Promise<void>;
  /** `kind:day` of the slots of these days that are done. */
  finished(campaign: string, days: readonly Day[]): Promise<ReadonlySet<string>>;
}
