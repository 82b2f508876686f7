// People and the roles they hold: over what, from when to when (R02, R03, E04).
import type { Day } from './calendar.ts';

export type RoleName =
  | 'commander'
  | 'supervisor'
  | 'liaison'
  | 'zone_lead'
  | 'inspector'
  | 'staff'
  | 'department_head'
  | 'town_contact'
  | 'town_head'
  | 'association'
  | 'signatory'
  | 'office'
  | 'archivist';

export type ScopeKind = 'city' | 'zone' | 'area' | 'organisation' | 'department' | 'unit';

/** `scope` is the name of the zone, area or organisation, the unit's id, or `organisation/department`. */
export interface Holding {
  readonly role: RoleName;
  readonly scopeKind: ScopeKind;
  readonly scope: string;
  readonly from: Day | null;
  readonly to: Day | null;
  /** Whose seat it is, where it is held as a deputy (E13). */
  readonly deputyFor?: string | null;
}

/** `excluded` = lives in no managed compound, confirmed (R10). */
export type Lives = 'known' | 'unknown' | 'exclusion_claimed' | 'excluded';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly organisation: string | null;
  readonly organisationKind: 'bureau' | 'town_bureau' | 'association' | 'company' | null;
  /** The area of the person's town bureau. */
  readonly area: string | null;
  readonly department: string | null;
  readonly compoundId: string | null;
  readonly lives: Lives;
  readonly unitId: string | null;
  /** Those that hold today. */
  readonly roles: readonly Holding[];
}

export const holdsOn = (holding: Holding, day: Day): boolean =>
  (holding.from === null || holding.from <= day) && (holding.to === null || day <= holding.to);

export const hasRole = (person: Person, role: RoleName, scope?: string): boolean =>
  person.roles.some((h) => h.role === role && (scope === undefined || h.scope === scope));

export const scopesOf = (person: Person, role: RoleName): string[] =>
  person.roles.filter((h) => h.role === role).map((h) => h.scope);
