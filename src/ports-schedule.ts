// What the schedule needs of the database: slots that run exactly once over replicas and restarts.
import type { Day } from './domain/calendar.ts';

export interface Slots {
  /** True for the one process that is to run it: nobody has, or whoever did is gone. */
  claim(campaign: string, kind: string, day: Day, at: Date): Promise<boolean>;
  done(campaign: string, kind: string, day: Day, at: Date): Promise<void>;
  /** The run failed: anybody may try again at once. */
  release(campaign: string, kind: string, day: Day): Promise<void>;
  /** `kind:day` of the slots of these days that are done. */
  finished(campaign: string, days: readonly Day[]): Promise<ReadonlySet<string>>;
}
