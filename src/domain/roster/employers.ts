// Where people work, while a roster is laid over the records: organisations, companies and their units, by name.
import type { RosterContext } from './lines.ts';
import type { CompanyRow, KnownRoster, MakeId, OrganisationRow, PersonRow, UnitRow } from './rows.ts';
import { indexBy, type Mark, makeTable, type RosterTable } from './table.ts';

export interface Employers {
  readonly organisations: RosterTable<OrganisationRow>;
  readonly companies: RosterTable<CompanyRow>;
  readonly units: RosterTable<UnitRow>;
  putOrganisation(
    name: string,
    kind: OrganisationRow['kind'],
    area?: string | null,
  ): { readonly id: string; readonly mark: Mark };
  /** The lead bureau or the association, when it is called so. */
  officeKind(name: string): 'bureau' | 'association' | null;
  companyOf(unit: UnitRow): string;
  /** The unit called so; of a company that sits elsewhere, its branch in the city. */
  unitNamed(name: string): UnitRow | undefined;
  /** Every name by which a person's employer may be called. */
  namesOf(person: PersonRow): string[];
}

export const makeEmployers = (
  known: KnownRoster,
  context: Pick<RosterContext, 'bureaus' | 'associations'>,
  makeId: MakeId,
): Employers => {
  const organisations = makeTable(known.organisations, (row) => row.name);
  const companies = makeTable(known.companies, (row) => row.name);
  const units = makeTable(known.units, (row) => row.name);
  const unitsOfCompany = indexBy(known.units, (row) => [row.companyId]);
  return {
    organisations,
    companies,
    units,
    putOrganisation: (name, kind, area = null) => {
      const id = organisations.get(name)?.id ?? makeId('o', name);
      return { id, mark: organisations.put({ id, name, kind, area }) };
    },
    officeKind: (name) =>
      context.bureaus.includes(name) ? 'bureau' : context.associations.includes(name) ? 'association' : null,
    companyOf: (unit) => companies.byId(unit.companyId)?.name ?? unit.name,
    unitNamed: (name) => {
      const unit = units.get(name);
      if (unit && unit.area !== null) return unit;
      return unitsOfCompany(companies.get(name)?.id ?? '').find((one) => one.area !== null) ?? unit;
    },
    namesOf: (person) =>
      [organisations.byId(person.organisationId ?? '')?.name, units.byId(person.unitId ?? '')?.name].filter(
        (name) => name !== undefined,
      ),
  };
};
