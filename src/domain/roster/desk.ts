// Lays one line of a roster over the records: looks up what it names, and writes its rows, or says why it cannot.
// A line that cannot be laid writes nothing.
import { type Day, plusDays } from '../calendar.ts';
import type { NamedPerson, Place, RosterContext, RosterFault } from './lines.ts';
import { type Mention, makePeople } from './people.ts';
import type { AnyLine } from './refs.ts';
import { makeRoles } from './roles.ts';
import type { CompoundRow, KnownRoster, MakeId, OrganisationRow, PersonRow, RosterRows, UnitRow } from './rows.ts';
import { indexBy, type Mark, makeTable } from './table.ts';
import { CITY } from './zone-roles.ts';

export type Applied = { readonly marks: readonly Mark[] } | { readonly fault: RosterFault };

/** What the chief row became comes first. */
const done = (...marks: readonly Mark[]): Applied => ({ marks });
const cannot = (at: Place, column: string, reason: string): Applied => ({ fault: { ...at, column, reason } });

type LineOf<K extends AnyLine['kind']> = Extract<AnyLine, { kind: K }>;

export interface RosterDesk {
  apply(line: AnyLine): Applied;
  /** Ends what the lines contradict, and gives everything to write. Call it once, at the end. */
  finish(): RosterRows;
}

export const makeDesk = (
  lines: readonly AnyLine[],
  known: KnownRoster,
  context: Pick<RosterContext, 'bureaus' | 'associations'>,
  today: Day,
  makeId: MakeId,
): RosterDesk => {
  const since = known.first ? null : today;
  const yesterday = plusDays(today, -1);
  const organisations = makeTable(known.organisations, (row) => row.name);
  const companies = makeTable(known.companies, (row) => row.name);
  const units = makeTable(known.units, (row) => row.name);
  const compounds = makeTable(known.compounds, (row) => `${row.area}/${row.name}`);
  const managements = makeTable(known.managements, (row) => row.compoundId);
  const zoneAreas = makeTable(known.zoneAreas, (row) => row.area);
  const roles = makeRoles(known.holdings, since, today, makeId);

  const worksAt = (person: PersonRow): string[] =>
    [organisations.byId(person.organisationId ?? '')?.name, units.byId(person.unitId ?? '')?.name].filter(
      (name) => name !== undefined,
    );
  /** A person's company may be named by the unit, and a unit's head by the company. */
  const unitWorks = (unit: UnitRow | undefined, name: string): string[] => [
    ...new Set([companyOf(unit), unit?.name, name].filter((n) => n !== undefined)),
  ];
  const companyOf = (unit: UnitRow | undefined) => unit && companies.byId(unit.companyId)?.name;
  const unitsOfCompany = indexBy(known.units, (row) => [row.companyId]);
  /** The unit called so; of a company that sits elsewhere, its branch in the city. */
  const unitNamed = (name: string): UnitRow | undefined => {
    const unit = units.get(name);
    if (unit && unit.area !== null) return unit;
    return unitsOfCompany(companies.get(name)?.id ?? '').find((one) => one.area !== null) ?? unit;
  };

  const mention = (
    line: { readonly at: Place },
    { name, mobile, noAccount }: NamedPerson,
    column: string,
    works: readonly string[],
    department: string | null = null,
  ): Mention => ({ ...line.at, name, mobile, noAccount, column, works, department });

  /** Everybody a line names, as it names him. */
  const mentionsOf = (line: AnyLine): Mention[] => {
    switch (line.kind) {
      case 'town':
        return [
          ...(line.contact ? [mention(line, line.contact, '联系人', [line.bureau])] : []),
          ...(line.head ? [mention(line, line.head, '负责人', [line.bureau])] : []),
        ];
      case 'unit':
        return line.head ? [mention(line, line.head, '负责人', [line.company, line.unit])] : [];
      case 'staff':
      case 'officer':
        return [mention(line, line.person, '姓名', [line.organisation], line.department)];
      case 'inspector':
        return [mention(line, line.person, '姓名', unitWorks(units.get(line.unit), line.unit))];
      case 'zone_role': {
        const person = { name: line.name, mobile: null, noAccount: null };
        return [mention(line, person, line.role, unitWorks(unitNamed(line.organisation), line.organisation))];
      }
      default:
        return [];
    }
  };
  const people = makePeople(known.people, lines.flatMap(mentionsOf), worksAt, makeId);

  const organisation = (name: string, kind: OrganisationRow['kind'], area: string | null = null) => {
    const row = { id: organisations.get(name)?.id ?? makeId('o', name), name, kind, area };
    return { id: row.id, mark: organisations.put(row) };
  };

  /** A company's people may at the same time be somebody's staff (E04): that weighs more. The first of several units counts. */
  const placed = new Set<string>();
  const putAtCompany = (named: Mention, organisationId: string, unitId: string) => {
    const person = people.put(named, (old) => {
      if (placed.has(old.id)) return {};
      const kind = organisations.byId(old.organisationId ?? '')?.kind ?? 'company';
      return { ...(kind === 'company' && { organisationId }), unitId };
    });
    placed.add(person.id);
    return person;
  };

  const listedNow = indexBy(
    lines.flatMap((line) => (line.kind === 'compound' ? [line] : [])),
    (line) => [line.name, ...line.aliases],
  );
  const knownCompounds = indexBy(known.compounds, (row) => [row.name, ...row.aliases]);
  /** By name, else by alias; several, when the name is not enough (E17). */
  const compoundsNamed = (name: string, area: string | null): CompoundRow[] => {
    const exact = area === null ? undefined : compounds.get(`${area}/${name}`);
    if (exact) return [exact];
    const fromFile = listedNow(name).flatMap((line) => compounds.get(`${line.area}/${line.name}`) ?? []);
    const all = new Map([...knownCompounds(name), ...fromFile].map((row) => [row.id, row]));
    return [...all.values()].filter((row) => area === null || row.area === area);
  };

  const manage = (compoundId: string, unitId: string | null, from: Day | null): Mark => {
    const open = managements.get(compoundId);
    if (open?.unitId === unitId) return managements.put({ ...open, from: from ?? open.from });
    const start = from ?? (open ? today : since);
    if (open) managements.put({ ...open, to: plusDays(start ?? today, -1) });
    const id = makeId('m', `${compoundId}/${unitId ?? ''}/${start ?? ''}`);
    return managements.put({ id, compoundId, unitId, from: start, to: null });
  };

  const town = (line: LineOf<'town'>): Applied => {
    const { id, mark } = organisation(line.bureau, 'town_bureau', line.area);
    const works = () => ({ organisationId: id });
    const marks = (['contact', 'head'] as const).flatMap((seat) => {
      const named = line[seat];
      if (!named) return [];
      const person = people.put(mention(line, named, '', [line.bureau]), works);
      return [person.mark, roles.hold(person.id, `town_${seat}`, 'area', line.area)];
    });
    return done(mark, ...marks);
  };

  const unit = (line: LineOf<'unit'>): Applied => {
    const company = {
      id: companies.get(line.company)?.id ?? makeId('co', line.company),
      name: line.company,
      origin: line.origin,
    };
    const old = units.get(line.unit);
    const { area, unitKind: kind, unit: name } = line;
    const row = {
      id: old?.id ?? makeId('u', name),
      companyId: company.id,
      name,
      kind,
      area,
      addedOn: old ? old.addedOn : today,
    };
    const { id, mark } = organisation(line.company, 'company');
    const marks = [units.put(row), companies.put(company), mark];
    for (const head of mentionsOf(line)) {
      const person = putAtCompany(head, id, row.id);
      marks.push(person.mark, roles.hold(person.id, 'signatory', 'unit', row.id));
    }
    return done(...marks);
  };

  const compound = (line: LineOf<'compound'>): Applied => {
    const { name, area, aliases, managedBy } = line;
    const manager = managedBy && managedBy !== 'none' ? units.get(managedBy.unit) : null;
    if (manager === undefined) {
      return cannot(line.at, '管理单位', `没有名为“${managedBy && managedBy !== 'none' && managedBy.unit}”的企业单位`);
    }
    const old = compounds.get(`${area}/${name}`);
    // The office has found that it is another one under a second name: what the file says of it no longer counts.
    if (old?.status === 'merged') return done(compounds.put(old));
    const row: CompoundRow = {
      id: old?.id ?? makeId('c', `${area}/${name}`),
      name,
      aliases: [...new Set([...(old?.aliases ?? []), ...aliases])],
      area,
      estate: line.estate ?? old?.estate ?? null,
      status: 'listed',
      mergedId: null,
    };
    const mark = compounds.put(row);
    return managedBy ? done(mark, manage(row.id, manager?.id ?? null, line.from)) : done(mark);
  };

  const staff = (line: LineOf<'staff'>): Applied => {
    const kind = context.bureaus.includes(line.organisation)
      ? 'bureau'
      : context.associations.includes(line.organisation)
        ? 'association'
        : null;
    const employer = kind ? organisation(line.organisation, kind) : organisations.get(line.organisation);
    if (!employer) return cannot(line.at, '单位', `没有名为“${line.organisation}”的单位，请先填入“镇街与联系人”`);
    const home = line.home && line.home !== 'none' ? compoundsNamed(line.home.name, line.home.area) : null;
    if (home && home.length !== 1) {
      const name = line.home && line.home !== 'none' && line.home.name;
      const reason =
        home.length === 0 ? `没有名为“${name}”的物业小区` : `有${home.length}个叫“${name}”的物业小区，请填写居住镇街`;
      return cannot(line.at, '居住小区', reason);
    }
    const lives =
      line.home === 'none'
        ? ({ lives: 'excluded', compoundId: null } as const)
        : home?.[0]
          ? ({ lives: 'known', compoundId: home[0].mergedId ?? home[0].id } as const)
          : {};
    const person = people.put(mention(line, line.person, '', [line.organisation], line.department), (old, isNew) => ({
      organisationId: employer.id,
      department: line.department,
      staffKind: line.staffKind,
      joinedOn: line.joinedOn ?? (isNew ? since : old.joinedOn),
      ...lives,
    }));
    const marks = [person.mark, roles.hold(person.id, 'staff', 'organisation', line.organisation)];
    if (line.isHead) {
      marks.push(roles.hold(person.id, 'department_head', 'department', `${line.organisation}/${line.department}`));
    } else if (line.isHead === false) roles.lack(person.id, 'department_head');
    return done(...marks);
  };

  const inspector = (line: LineOf<'inspector'>): Applied => {
    const employer = units.get(line.unit);
    if (!employer) return cannot(line.at, '所属单位', `没有名为“${line.unit}”的企业单位`);
    const company = organisation(companyOf(employer) ?? line.unit, 'company');
    const [named] = mentionsOf(line) as [Mention];
    const person = putAtCompany(named, company.id, employer.id);
    return done(person.mark, company.mark, roles.hold(person.id, 'inspector', 'zone', line.zone));
  };

  const officer = (line: LineOf<'officer'>): Applied => {
    const { id, mark } = organisation(line.organisation, line.organisationKind);
    const [named] = mentionsOf(line) as [Mention];
    const person = people.put(named, (old) => ({ organisationId: id, department: line.department ?? old.department }));
    const role =
      line.role === 'association'
        ? roles.hold(person.id, 'association', 'organisation', line.organisation)
        : roles.hold(person.id, line.role, 'city', CITY);
    return done(person.mark, mark, role);
  };

  const zoneRole = (line: LineOf<'zone_role'>): Applied => {
    const { campaign, batch } = line;
    const [named] = mentionsOf(line) as [Mention];
    const employer = line.organisationKind === 'company' ? unitNamed(line.organisation) : undefined;
    const { id, mark } = organisation(companyOf(employer) ?? line.organisation, line.organisationKind);
    // Where somebody works the roster knows better than the zone table.
    const person = people.put(named, (old) => ({
      organisationId: old.organisationId ?? id,
      unitId: old.unitId ?? employer?.id ?? null,
    }));
    return done(person.mark, mark, roles.hold(person.id, line.role, line.scopeKind, line.scope, { campaign, batch }));
  };

  const zoneArea = ({ campaign, zone, area }: LineOf<'zone_area'>): Applied => {
    const open = zoneAreas.get(area);
    if (open?.zone === zone) return done(zoneAreas.put(open));
    if (open) zoneAreas.put({ ...open, to: yesterday });
    const from = open ? today : null;
    const id = makeId('za', `${campaign}/${zone}/${area}/${from ?? ''}`);
    return done(zoneAreas.put({ id, campaign, zone, area, from, to: null }));
  };

  const lay = (line: AnyLine): Applied => {
    switch (line.kind) {
      case 'town':
        return town(line);
      case 'unit':
        return unit(line);
      case 'compound':
        return compound(line);
      case 'staff':
        return staff(line);
      case 'inspector':
        return inspector(line);
      case 'officer':
        return officer(line);
      case 'zone_role':
        return zoneRole(line);
      case 'zone_area':
        return zoneArea(line);
    }
  };

  return {
    apply: (line) => {
      for (const named of mentionsOf(line)) {
        const problem = people.problem(named);
        if (problem) return cannot(line.at, named.column, problem);
      }
      return lay(line);
    },
    finish: () => {
      roles.settle();
      return {
        organisations: organisations.writes(),
        companies: companies.writes(),
        units: units.writes(),
        compounds: compounds.writes(),
        managements: managements.writes(),
        people: people.table.writes(),
        holdings: roles.table.writes(),
        zoneAreas: zoneAreas.writes(),
      };
    },
  };
};
