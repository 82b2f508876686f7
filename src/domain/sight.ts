// How far a person sees under one act: the rights table worked out for lists, so that a list asks it once and not for each
// row. Says nothing that `may()` does not say.
import { areasOf, type Campaign, zoneOf, zonesOf } from './campaign.ts';
import type { Person } from './people.ts';
import { type Act, may } from './rights.ts';

/** Rows of any of these places; `everything` also those of no place. */
export interface Sight {
  readonly everything: boolean;
  readonly zones: readonly string[];
  readonly areas: readonly string[];
  /** `organisation/department`. */
  readonly departments: readonly string[];
  readonly units: readonly string[];
  /** One's own rows. */
  readonly personId: string | null;
}

export const EVERYTHING: Sight = {
  everything: true,
  zones: [],
  areas: [],
  departments: [],
  units: [],
  personId: null,
};

export const sightOf = (campaign: Campaign, person: Person, act: Act): Sight => {
  if (may(person, act)) return EVERYTHING;
  const scopes = (kind: 'department' | 'unit') =>
    person.roles.filter(({ scopeKind }) => scopeKind === kind).map(({ scope }) => scope);
  return {
    everything: false,
    zones: zonesOf(campaign).filter((zone) => may(person, act, { zone })),
    areas: areasOf(campaign).filter((area) => may(person, act, { area, zone: zoneOf(campaign, area) })),
    departments: scopes('department').filter((department) => may(person, act, { department })),
    units: scopes('unit').filter((unitId) => may(person, act, { unitId })),
    personId: may(person, act, { personId: person.id }) ? person.id : null,
  };
};

export const seesNothing = ({ everything, zones, areas, departments, units, personId }: Sight): boolean =>
  !everything && [...zones, ...areas, ...departments, ...units].length === 0 && personId === null;
