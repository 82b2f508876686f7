// What one person hands to another (E13): a duty, which stays owed until the deputy's record at that compound exists, and
// seats for some days. A signature is never handed over: who heads a unit signs for it.
import { type Assignment, isOpen } from './assignment.ts';
import type { Day } from './calendar.ts';
import type { Holding, RoleName } from './people.ts';

const seats: readonly RoleName[] = [
  'supervisor',
  'liaison',
  'zone_lead',
  'inspector',
  'department_head',
  'town_contact',
  'town_head',
  'association',
  'office',
  'archivist',
];

/** The seats of a person that a deputy may hold. One that is held as a deputy already is not handed on. */
export const delegableSeats = (roles: readonly Holding[]): Holding[] =>
  roles.filter((held) => seats.includes(held.role) && held.deputyFor == null);

export interface Handover {
  readonly before: Assignment;
  /** Stays owed, but is the deputy's to do. */
  readonly given: Assignment;
  readonly taken: Assignment;
}

/** Open home duties and the inspections of today, as they go over to `deputyId`. */
export const handovers = (
  assignments: readonly Assignment[],
  deputyId: string,
  today: Day,
  at: Date,
  nextId: () => string,
): Handover[] =>
  assignments
    .filter(
      (a) =>
        isOpen(a) &&
        a.compoundId !== null &&
        a.from <= today &&
        (a.kind === 'home' || a.kind === 'zone' || a.kind === 'strengthened'),
    )
    .map((before) => ({
      before,
      given: { ...before, state: 'reassigned', draft: null, version: before.version + 1 },
      taken: {
        ...before,
        id: nextId(),
        // A home duty is the person's own: the deputy's inspection is an extra one that stands for it.
        kind: before.kind === 'home' ? 'extra' : before.kind,
        personId: deputyId,
        organisation: null,
        department: null,
        from: today,
        state: 'open',
        version: 1,
        givenAt: at,
        doneAt: null,
        draft: null,
        standsFor: before.id,
      },
    }));
