// What the office's acts are decided on: the shared records as they stand, each read by what names it.
import type { Assignment } from './domain/assignment.ts';
import type { Day } from './domain/calendar.ts';
import type { Coverage } from './domain/coverage.ts';
import type { Finding } from './domain/finding.ts';
import type { Inspection } from './domain/inspection.ts';
import type {
  CompanyRow,
  CompoundEntry,
  HoldingRow,
  ManagementRow,
  OrganisationRow,
  PersonFacts,
  UnitRow,
  ZoneAreaRow,
} from './domain/office/records.ts';
import type { RoleName } from './domain/people.ts';

/** By id, or by the exact name where it is unique. */
export interface Registry {
  /** How often these records changed; a change takes the next number (Change.turns). */
  turn(): Promise<number>;
  person(id: string): Promise<PersonFacts | null>;
  /** Whose mobile number this is. */
  byMobile(mobile: string): Promise<{ readonly id: string; readonly name: string } | null>;
  organisation(idOrName: string): Promise<OrganisationRow | null>;
  company(idOrName: string): Promise<CompanyRow | null>;
  unit(idOrName: string): Promise<UnitRow | null>;
  compound(id: string): Promise<CompoundEntry | null>;
  compoundNamed(area: string, name: string): Promise<CompoundEntry | null>;
  /** What this person holds or will hold from `today` on. */
  holdingsOf(personId: string, today: Day): Promise<HoldingRow[]>;
  holding(id: string): Promise<HoldingRow | null>;
  /** Who holds a seat from `today` on, in this campaign or in all. */
  holdersOf(campaign: string | null, role: RoleName, scope: string, today: Day): Promise<HoldingRow[]>;
  managementsOf(compoundId: string): Promise<ManagementRow[]>;
  zoneAreasOf(campaign: string, area: string): Promise<ZoneAreaRow[]>;
  /** Live records at a compound, and what covers it (E20). */
  recordsAt(campaign: string, compoundId: string): Promise<Inspection[]>;
  coverageOf(campaign: string, compoundId: string): Promise<Coverage | null>;
  residentsOf(compoundId: string): Promise<string[]>;
  /** Those that are not over yet. */
  assignmentsAt(campaigns: readonly string[], compoundId: string): Promise<Assignment[]>;
  findingsAt(campaigns: readonly string[], compoundId: string): Promise<Finding[]>;
}

/** The settings of a campaign by the pack's own keys, and what each may be: the pack's rules, not ours. */
export interface SettingRules {
  keys(): readonly string[];
  /** The value as it will stand, or why it cannot. */
  check(key: string, value: unknown): { readonly value: unknown } | { readonly reason: string };
}
