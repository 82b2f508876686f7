// The shared records that a roster makes and changes, as plain rows: organisations, companies, compounds, people, roles.
import type { Day } from '../calendar.ts';
import type { Lives, Person, RoleName, ScopeKind } from '../people.ts';

export interface OrganisationRow {
  readonly id: string;
  readonly name: string;
  readonly kind: NonNullable<Person['organisationKind']>;
  readonly area: string | null;
}

export interface CompanyRow {
  readonly id: string;
  readonly name: string;
  readonly origin: 'local' | 'outside';
}

export interface UnitRow {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly kind: 'HQ' | 'branch';
  readonly area: string | null;
  readonly addedOn: Day | null;
}

export interface CompoundRow {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly area: string;
  readonly estate: string | null;
  readonly status: 'listed' | 'pending' | 'merged';
  readonly mergedId: string | null;
}

export interface ManagementRow {
  readonly id: string;
  readonly compoundId: string;
  /** Null = nobody manages it (自管, E18). */
  readonly unitId: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
}

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly organisationId: string | null;
  readonly department: string | null;
  readonly staffKind: string | null;
  readonly mobile: string | null;
  readonly compoundId: string | null;
  readonly lives: Lives;
  readonly unitId: string | null;
  readonly noAccount: boolean;
  readonly joinedOn: Day | null;
}

export interface HoldingRow {
  readonly id: string;
  readonly personId: string;
  readonly role: RoleName;
  /** Null = in every campaign. */
  readonly campaign: string | null;
  readonly scopeKind: ScopeKind;
  readonly scope: string;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly batch: string | null;
  /** Whose seat it is, where it is held as a deputy (E13). */
  readonly deputyFor?: string | null;
}

export interface ZoneAreaRow {
  readonly id: string;
  readonly campaign: string;
  readonly zone: string;
  readonly area: string;
  readonly from: Day | null;
  readonly to: Day | null;
}

export interface RosterRows {
  readonly organisations: readonly OrganisationRow[];
  readonly companies: readonly CompanyRow[];
  readonly units: readonly UnitRow[];
  readonly compounds: readonly CompoundRow[];
  readonly managements: readonly ManagementRow[];
  readonly people: readonly PersonRow[];
  readonly holdings: readonly HoldingRow[];
  readonly zoneAreas: readonly ZoneAreaRow[];
}

/** What stands in the records already, as far as a file touches it. Managements, holdings and zone areas: those not ended. */
export interface KnownRoster extends RosterRows {
  /** No roster was ever imported: what comes in now has always been so, and nobody of it is a joiner. */
  readonly first: boolean;
}

/** Names and numbers by which the records that a file touches are found. */
export interface RosterRefs {
  readonly organisations: readonly string[];
  readonly companies: readonly string[];
  readonly units: readonly string[];
  /** Names or aliases, in whatever area. */
  readonly compounds: readonly string[];
  readonly people: readonly string[];
  readonly mobiles: readonly string[];
  /** Areas, zones and departments whose seats may change hands. */
  readonly scopes: readonly string[];
  readonly campaign: string | null;
}

/** A short text id from a kind's prefix and a natural key: the same key gives the same id. */
export type MakeId = (prefix: 'o' | 'co' | 'u' | 'c' | 'm' | 'p' | 'r' | 'za', naturalKey: string) => string;
