// Which duties exist: one home inspection for each member of staff (R13), one signature for each unit that must sign (R24).
import type { Assignment } from './assignment.ts';
import type { Calendar, Day } from './calendar.ts';
import { type Campaign, checklistOf, phaseOn, strandOf, zoneOf } from './campaign.ts';
import { type Letter, type Unit, unitsThatOwe } from './letter.ts';
import type { Lives } from './people.ts';

export interface StaffMember {
  readonly id: string;
  readonly organisation: string;
  readonly department: string | null;
  /** The area of a town bureau; null for the city's own. */
  readonly area: string | null;
  readonly compoundId: string | null;
  readonly lives: Lives;
  readonly joinedOn: Day | null;
}

/** A joiner is due at the phase's end or two working days after joining, whichever is later (REQUIREMENTS, "Readings decided"). */
const homeDueOn = (calendar: Calendar, phaseEnd: Day | null, joinedOn: Day | null): Day | null => {
  if (phaseEnd === null || joinedOn === null) return phaseEnd;
  const own = calendar.plusWorkingDays(joinedOn, 2);
  return own > phaseEnd ? own : phaseEnd;
};

/** The home duties of staff who have none yet in the phase that runs on `today`; none outside a phase with an end. */
export const homeDuties = (
  campaign: Campaign,
  staff: readonly StaffMember[],
  today: Day,
  at: Date,
  nextId: () => string,
): Assignment[] => {
  const phase = phaseOn(strandOf(campaign, 'home'), today);
  if (!phase || phase.end === null) return [];
  const checklist = checklistOf(campaign, 'home').id;
  return staff.map((member) => ({
    id: nextId(),
    campaign: campaign.id,
    strand: 'home',
    kind: 'home',
    personId: member.id,
    checklist,
    compoundId: member.compoundId,
    // The person side counts where the person works, the compound side where the compound stands (E01).
    area: member.area,
    zone: zoneOf(campaign, member.area),
    organisation: member.organisation,
    department: member.department,
    reasons: ['home_duty'],
    from: phase.start,
    to: homeDueOn(campaign.calendar, phase.end, member.joinedOn),
    state: member.lives === 'excluded' ? 'excluded' : 'open',
    version: 1,
    givenAt: at,
    doneAt: null,
    draft: null,
  }));
};

/** Five working days for a unit that came in after the window, and for a version that did (REQUIREMENTS, "Readings decided"). */
const letterDueOn = (calendar: Calendar, end: Day, addedOn: Day | null, today: Day): Day => {
  if (addedOn !== null && addedOn > end) return calendar.plusWorkingDays(addedOn, 5);
  return today > end ? calendar.plusWorkingDays(today, 5) : end;
};

/** The signatures that units owe and that are not on the books yet (R24, E06). A unit entered late has five working days. */
export const lettersOwed = (
  campaign: Campaign,
  units: readonly Unit[],
  booked: ReadonlySet<string>,
  reachable: ReadonlySet<string>,
  at: Date,
  nextId: () => string,
): Letter[] => {
  const letter = campaign.letter;
  const end = strandOf(campaign, 'letter')?.phases[0]?.end;
  if (!letter || !end) return [];
  const { calendar } = campaign;
  const today = calendar.dayOf(at);
  // After the window: units that came in later, and a new version that must be signed again.
  const owesNow = (unit: Unit): boolean =>
    today <= end || letter.signAgain || (unit.addedOn !== null && unit.addedOn > end);
  return unitsThatOwe(units)
    .filter(({ unit }) => !booked.has(unit.id) && owesNow(unit))
    .map(({ unit, undecided }) => ({
      id: nextId(),
      campaign: campaign.id,
      letter: letter.id,
      unitId: unit.id,
      unit: unit.name,
      kind: unit.kind,
      origin: unit.origin,
      area: unit.area,
      zone: zoneOf(campaign, unit.area),
      signatoryId: unit.headId,
      state: undecided ? 'undecided' : unit.headId !== null && reachable.has(unit.headId) ? 'owed' : 'unreachable',
      version: 1,
      answers: {},
      remark: null,
      dueOn: letterDueOn(calendar, end, unit.addedOn, today),
      owedAt: at,
      sentAt: null,
      readAt: null,
      signedAt: null,
      signedById: null,
    }));
};
