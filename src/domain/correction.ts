// Who may correct a record: whoever made it, freely until its phase closes; afterwards those over it (E10, REQUIREMENTS 1.7).
import type { Day } from './calendar.ts';
import { type Campaign, phaseOn, strandOf } from './campaign.ts';
import type { Inspection } from './inspection.ts';
import type { Person } from './people.ts';
import { may } from './rights.ts';

/** A record that came after its phase is closed with the day it was entered on. */
const isFree = (campaign: Campaign, record: Inspection, today: Day): boolean => {
  const entered = campaign.calendar.dayOf(record.enteredAt);
  const phase = phaseOn(strandOf(campaign, record.strand), entered);
  return today === entered || (phase !== null && (phase.end === null || today <= phase.end));
};

export const mayCorrect = (
  campaign: Campaign,
  person: Person,
  record: Inspection,
  /** Where the inspector works. */
  organisation: string | null,
  today: Day,
): boolean => {
  const made = record.inspectorId === person.id || record.enteredById === person.id;
  if (made && isFree(campaign, record, today)) return true;
  const department = record.department === null ? null : `${organisation ?? ''}/${record.department}`;
  return may(person, 'correct', { zone: record.zone, area: record.area, department });
};
