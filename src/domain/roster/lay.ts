// Lays one line of a roster over the records: looks up what it names, and writes its rows, or says why it cannot.
// A line that cannot be laid writes nothing.
import type { RosterDesk } from './desk.ts';
import type { Place, RosterFault, StaffLine } from './lines.ts';
import { mentionsOf } from './mentions.ts';
import type { Mention } from './people.ts';
import type { AnyLine } from './refs.ts';
import type { CompoundRow, PersonRow } from './rows.ts';
import type { Mark } from './table.ts';
import { CITY } from './zone-roles.ts';

export type Laid = { readonly marks: readonly Mark[] } | { readonly fault: RosterFault };

type LineOf<K extends AnyLine['kind']> = Extract<AnyLine, { kind: K }>;

/** What the chief row became comes first. */
const done = (...marks: readonly Mark[]): Laid => ({ marks });
const cannot = (at: Place, column: string, reason: string): Laid => ({ fault: { ...at, column, reason } });

export const layLine = (desk: RosterDesk, line: AnyLine): Laid => {
  const mentions = mentionsOf(line, desk.employers);
  for (const named of mentions) {
    const problem = desk.people.problem(named);
    if (problem) return cannot(line.at, named.column, problem);
  }
  const [named] = mentions;
  switch (line.kind) {
    case 'town':
      return layTown(desk, line, mentions);
    case 'unit':
      return layUnit(desk, line, named);
    case 'compound':
      return layCompound(desk, line);
    case 'zone_area':
      return done(desk.putZoneArea(line.campaign, line.zone, line.area));
  }
  if (!named) throw new Error(`a line of kind ${line.kind} names nobody`);
  switch (line.kind) {
    case 'staff':
      return layStaff(desk, line, named);
    case 'inspector':
      return layInspector(desk, line, named);
    case 'officer':
      return layOfficer(desk, line, named);
    case 'zone_role':
      return layZoneRole(desk, line, named);
  }
};

const layTown = (desk: RosterDesk, line: LineOf<'town'>, mentions: readonly Mention[]): Laid => {
  const { id, mark } = desk.employers.putOrganisation(line.bureau, 'town_bureau', line.area);
  const marks = mentions.flatMap((named) => {
    const person = desk.people.put(named, () => ({ organisationId: id }));
    const role = named.column === '联系人' ? 'town_contact' : 'town_head';
    return [person.mark, desk.roles.hold(person.id, role, 'area', line.area)];
  });
  return done(mark, ...marks);
};

const layUnit = (desk: RosterDesk, line: LineOf<'unit'>, head: Mention | undefined): Laid => {
  const { companies, units, putOrganisation } = desk.employers;
  const companyId = companies.get(line.company)?.id ?? desk.makeId('co', line.company);
  const old = units.get(line.unit);
  const row = {
    id: old?.id ?? desk.makeId('u', line.unit),
    companyId,
    name: line.unit,
    kind: line.unitKind,
    area: line.area,
    addedOn: old ? old.addedOn : desk.today,
  };
  const organisation = putOrganisation(line.company, 'company');
  const company = companies.put({ id: companyId, name: line.company, origin: line.origin });
  const marks = [units.put(row), company, organisation.mark];
  if (!head) return done(...marks);
  const person = desk.putAtCompany(head, organisation.id, row.id);
  return done(...marks, person.mark, desk.roles.hold(person.id, 'signatory', 'unit', row.id));
};

const layCompound = (desk: RosterDesk, line: LineOf<'compound'>): Laid => {
  const { name, area, aliases, managedBy } = line;
  const { compounds, manage } = desk.estates;
  const managing = managedBy === 'none' ? null : managedBy;
  const unit = managing && desk.employers.units.get(managing.unit);
  if (managing && !unit) return cannot(line.at, '管理单位', `没有名为“${managing.unit}”的企业单位`);
  const old = compounds.get(`${area}/${name}`);
  // The office has found that it is another one under a second name: what the file says of it no longer counts.
  if (old?.status === 'merged') return done(compounds.put(old));
  const row: CompoundRow = {
    id: old?.id ?? desk.makeId('c', `${area}/${name}`),
    name,
    aliases: [...new Set([...(old?.aliases ?? []), ...aliases])],
    area,
    estate: line.estate ?? old?.estate ?? null,
    status: 'listed',
    mergedId: null,
  };
  const mark = compounds.put(row);
  return managedBy ? done(mark, manage(row.id, unit?.id ?? null, line.from)) : done(mark);
};

type Lives = Partial<Pick<PersonRow, 'lives' | 'compoundId'>>;

/** Nothing where the cell says nothing; a text where it cannot be understood. */
const livesAt = (desk: RosterDesk, home: StaffLine['home']): Lives | string => {
  if (home === null) return {};
  if (home === 'none') return { lives: 'excluded', compoundId: null };
  const [found, ...others] = desk.estates.named(home.name, home.area);
  if (!found) return `没有名为“${home.name}”的物业小区`;
  if (others.length > 0) return `有${others.length + 1}个叫“${home.name}”的物业小区，请填写居住镇街`;
  return { lives: 'known', compoundId: found.mergedId ?? found.id };
};

const layStaff = (desk: RosterDesk, line: LineOf<'staff'>, named: Mention): Laid => {
  const { organisation, department } = line;
  const { officeKind, organisations, putOrganisation } = desk.employers;
  const kind = officeKind(organisation) ?? organisations.get(organisation)?.kind;
  if (!kind) return cannot(line.at, '单位', `没有名为“${organisation}”的单位，请先填入“镇街与联系人”`);
  const lives = livesAt(desk, line.home);
  if (typeof lives === 'string') return cannot(line.at, '居住小区', lives);
  const employer = organisations.get(organisation) ?? putOrganisation(organisation, kind);
  const person = desk.people.put(named, (old, isNew) => ({
    organisationId: employer.id,
    department,
    staffKind: line.staffKind,
    joinedOn: line.joinedOn ?? (isNew ? desk.since : old.joinedOn),
    ...lives,
  }));
  const marks = [person.mark, desk.roles.hold(person.id, 'staff', 'organisation', organisation)];
  if (line.isHead === false) desk.roles.lack(person.id, 'department_head');
  if (!line.isHead) return done(...marks);
  return done(...marks, desk.roles.hold(person.id, 'department_head', 'department', `${organisation}/${department}`));
};

const layInspector = (desk: RosterDesk, line: LineOf<'inspector'>, named: Mention): Laid => {
  const unit = desk.employers.units.get(line.unit);
  if (!unit) return cannot(line.at, '所属单位', `没有名为“${line.unit}”的企业单位`);
  const company = desk.employers.putOrganisation(desk.employers.companyOf(unit), 'company');
  const person = desk.putAtCompany(named, company.id, unit.id);
  return done(person.mark, company.mark, desk.roles.hold(person.id, 'inspector', 'zone', line.zone));
};

const layOfficer = (desk: RosterDesk, line: LineOf<'officer'>, named: Mention): Laid => {
  const { id, mark } = desk.employers.putOrganisation(line.organisation, line.organisationKind);
  const person = desk.people.put(named, (old) => ({
    organisationId: id,
    department: line.department ?? old.department,
  }));
  const role =
    line.role === 'association'
      ? desk.roles.hold(person.id, 'association', 'organisation', line.organisation)
      : desk.roles.hold(person.id, line.role, 'city', CITY);
  return done(person.mark, mark, role);
};

const layZoneRole = (desk: RosterDesk, line: LineOf<'zone_role'>, named: Mention): Laid => {
  const { campaign, batch } = line;
  const { companyOf, putOrganisation, unitNamed } = desk.employers;
  const unit = line.organisationKind === 'company' ? unitNamed(line.organisation) : undefined;
  const { id, mark } = putOrganisation(unit ? companyOf(unit) : line.organisation, line.organisationKind);
  // Where somebody works the roster knows better than the zone table.
  const person = desk.people.put(named, (old) => ({
    organisationId: old.organisationId ?? id,
    unitId: old.unitId ?? unit?.id ?? null,
  }));
  const role = desk.roles.hold(person.id, line.role, line.scopeKind, line.scope, { campaign, batch });
  return done(person.mark, mark, role);
};
