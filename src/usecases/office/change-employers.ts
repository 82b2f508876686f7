// Where people work (R02, R12): organisations, and companies with the units that manage compounds and sign letters (R24).
import { areasOf } from '../../domain/campaign.ts';
import type { Change } from '../../domain/change.ts';
import type { CompanyRow, OrganisationRow, UnitRow } from '../../domain/office/records.ts';
import { Problem } from '../../domain/problem.ts';
import { naturalId } from '../natural-id.ts';
import { eventOf } from '../service.ts';
import type { Decided, OfficeActing } from './act.ts';

interface Id {
  readonly id: string;
}

const checkArea = ({ campaign }: OfficeActing, area: string | null): void => {
  if (area !== null && !areasOf(campaign).includes(area)) throw new Problem('not-found', { what: 'area', id: area });
};

export const addOrganisation = async (
  acting: OfficeActing,
  { name, kind, area }: Pick<OrganisationRow, 'name' | 'kind' | 'area'>,
): Promise<Decided<Id>> => {
  checkArea(acting, area);
  const known = await acting.service.registry.organisation(name);
  if (known) throw new Problem('name-taken', { name, id: known.id });
  const organisation = { id: naturalId('o', name), name, kind, area };
  return {
    answer: { id: organisation.id },
    change: {
      organisations: [organisation],
      events: [
        eventOf(acting, 'organisation.added', { kind: 'organisation', id: organisation.id }, { name, kind, area }),
      ],
    },
  };
};

export const addCompany = async (
  acting: OfficeActing,
  { name, origin }: Pick<CompanyRow, 'name' | 'origin'>,
): Promise<Decided<Id>> => {
  const { registry } = acting.service;
  const known = await registry.company(name);
  if (known) throw new Problem('name-taken', { name, id: known.id });
  const id = naturalId('co', name);
  // Its people belong to it as to any organisation.
  const organisation: Change = (await registry.organisation(name))
    ? {}
    : { organisations: [{ id: naturalId('o', name), name, kind: 'company', area: null }] };
  return {
    answer: { id },
    change: {
      ...organisation,
      companies: [{ id, name, origin }],
      events: [eventOf(acting, 'company.added', { kind: 'company', id }, { name, origin })],
    },
  };
};

export const changeCompany = async (
  acting: OfficeActing,
  id: string,
  { origin }: Pick<CompanyRow, 'origin'>,
): Promise<Decided<Id>> => {
  const before = await acting.service.registry.company(id);
  if (!before) throw new Problem('not-found', { what: 'company', id });
  if (before.origin === origin) throw new Problem('already-so');
  return {
    answer: { id: before.id },
    change: {
      companies: [{ ...before, origin }],
      events: [
        eventOf(acting, 'company.changed', { kind: 'company', id: before.id }, { from: before.origin, to: origin }),
      ],
    },
  };
};

export interface UnitOrder {
  /** By id or name. */
  readonly company: string;
  readonly name: string;
  readonly kind: UnitRow['kind'];
  /** Null = outside the city. */
  readonly area: string | null;
}

/** A unit that comes in after the letter's window owes its signature five working days on (R24). */
export const addUnit = async (acting: OfficeActing, order: UnitOrder): Promise<Decided<Id>> => {
  const { registry } = acting.service;
  checkArea(acting, order.area);
  const [company, known] = await Promise.all([registry.company(order.company), registry.unit(order.name)]);
  if (!company) throw new Problem('not-found', { what: 'company', id: order.company });
  if (known) throw new Problem('name-taken', { name: known.name, id: known.id });
  const { name, kind, area } = order;
  const unit = { id: naturalId('u', name), companyId: company.id, name, kind, area, addedOn: acting.today };
  return {
    answer: { id: unit.id },
    change: {
      units: [unit],
      events: [eventOf(acting, 'unit.added', { kind: 'unit', id: unit.id }, { name, kind, area, company: company.id })],
    },
  };
};

export const changeUnit = async (
  acting: OfficeActing,
  id: string,
  order: Partial<Pick<UnitOrder, 'name' | 'kind' | 'area'>>,
): Promise<Decided<Id>> => {
  const { registry } = acting.service;
  const before = await registry.unit(id);
  if (!before) throw new Problem('not-found', { what: 'unit', id });
  const after = { ...before, ...order };
  checkArea(acting, after.area);
  if (after.name === before.name && after.kind === before.kind && after.area === before.area)
    throw new Problem('already-so');
  const known = after.name === before.name ? null : await registry.unit(after.name);
  if (known) throw new Problem('name-taken', { name: known.name, id: known.id });
  const facts = ({ name, kind, area }: UnitRow) => ({ name, kind, area });
  return {
    answer: { id: before.id },
    change: {
      units: [after],
      events: [
        eventOf(acting, 'unit.changed', { kind: 'unit', id: before.id }, { from: facts(before), to: facts(after) }),
      ],
    },
  };
};
