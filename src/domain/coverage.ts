// That a compound is covered: by the first valid record of the campaign (E02, E34).
import type { Day } from './calendar.ts';

export interface Coverage {
  readonly campaign: string;
  readonly compoundId: string;
  readonly inspectionId: string;
  readonly area: string;
  readonly coveredAt: Date;
  readonly coveredOn: Day;
}
