// By which names the records are looked up that the lines of a roster touch: a city's import reads a city, not a province.
import { type NamedPerson, peopleOf, type RosterLine } from './lines.ts';
import type { RosterRefs } from './rows.ts';
import type { ZoneAreaLine, ZoneRoleLine } from './zone-roles.ts';

export type AnyLine = RosterLine | ZoneRoleLine | ZoneAreaLine;

type Names = Partial<Record<'organisations' | 'companies' | 'units' | 'compounds' | 'scopes', string>>;

const namesIn = (line: AnyLine): Names => {
  switch (line.kind) {
    case 'town':
      return { organisations: line.bureau, scopes: line.area };
    case 'unit':
      return { organisations: line.company, companies: line.company, units: line.unit };
    case 'compound':
      return {
        compounds: line.name,
        ...(line.managedBy && line.managedBy !== 'none' && { units: line.managedBy.unit }),
      };
    case 'staff':
      return {
        organisations: line.organisation,
        scopes: `${line.organisation}/${line.department}`,
        ...(line.home && line.home !== 'none' && { compounds: line.home.name }),
      };
    case 'inspector':
      return { units: line.unit };
    case 'officer':
      return { organisations: line.organisation };
    case 'zone_role':
      return {
        organisations: line.organisation,
        companies: line.organisation,
        units: line.organisation,
        scopes: line.scope,
      };
    case 'zone_area':
      return {};
  }
};

const namedIn = (line: AnyLine): NamedPerson[] => {
  if (line.kind === 'zone_area') return [];
  if (line.kind === 'zone_role') return [{ name: line.name, mobile: null, noAccount: null }];
  return peopleOf(line).map(({ person }) => person);
};

export const rosterRefs = (lines: readonly AnyLine[]): RosterRefs => {
  const names = lines.map(namesIn);
  const people = lines.flatMap(namedIn);
  const unique = (values: readonly (string | null | undefined)[]) => [
    ...new Set(values.filter((value) => value !== null && value !== undefined)),
  ];
  return {
    organisations: unique(names.map((n) => n.organisations)),
    companies: unique(names.map((n) => n.companies)),
    units: unique(names.map((n) => n.units)),
    compounds: unique(names.map((n) => n.compounds)),
    scopes: unique(names.map((n) => n.scopes)),
    people: unique(people.map((person) => person.name)),
    mobiles: unique(people.map((person) => person.mobile)),
    campaign: lines.find((line) => line.kind === 'zone_area')?.campaign ?? null,
  };
};
