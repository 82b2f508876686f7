// The office enters somebody, or corrects what the roster says of him: name, where he works, his number; or that he left
// (E14). Where he lives is told by himself (find-home.ts).
import { type Day, plusDays } from '../../domain/calendar.ts';
import type { PersonFacts } from '../../domain/office/records.ts';
import { Problem } from '../../domain/problem.ts';
import { eventOf } from '../service.ts';
import type { Decided, OfficeActing } from './act.ts';
import { keepsOffice } from './change-roles.ts';

export interface PersonOrder {
  readonly name?: string | undefined;
  /** By id or name; null = of none. */
  readonly organisation?: string | null | undefined;
  readonly department?: string | null | undefined;
  readonly staffKind?: string | null | undefined;
  readonly mobile?: string | null | undefined;
  /** The company's unit he works for, by id or name (E21). */
  readonly unit?: string | null | undefined;
  readonly noAccount?: boolean | undefined;
  readonly joinedOn?: Day | null | undefined;
  /** The first day he is no longer there. */
  readonly leftOn?: Day | null | undefined;
}

const organisationId = async ({ service }: OfficeActing, words: string): Promise<string> => {
  const found = await service.registry.organisation(words);
  if (!found) throw new Problem('not-found', { what: 'organisation', id: words });
  return found.id;
};

const unitId = async ({ service }: OfficeActing, words: string): Promise<string> => {
  const found = await service.registry.unit(words);
  if (!found) throw new Problem('not-found', { what: 'unit', id: words });
  return found.id;
};

const laid = async (acting: OfficeActing, before: PersonFacts, order: PersonOrder): Promise<PersonFacts> => {
  const { organisation, unit, name, ...plain } = order;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...before,
    ...given,
    ...(name === undefined ? {} : { name }),
    ...(organisation === undefined
      ? {}
      : { organisationId: organisation === null ? null : await organisationId(acting, organisation) }),
    ...(unit === undefined ? {} : { unitId: unit === null ? null : await unitId(acting, unit) }),
  };
};

const checkMobile = async ({ service }: OfficeActing, { id, mobile }: PersonFacts): Promise<void> => {
  const owner = mobile === null ? null : await service.registry.byMobile(mobile);
  if (owner && owner.id !== id) throw new Problem('mobile-taken', owner);
};

/** What an event says of a change; of a number only that it was changed (R47). */
const told = (before: PersonFacts, after: PersonFacts) => {
  const keys = (Object.keys(after) as (keyof PersonFacts)[]).filter((key) => before[key] !== after[key]);
  return Object.fromEntries(
    keys.map((key) => [key, key === 'mobile' ? 'changed' : { from: before[key], to: after[key] }]),
  );
};

export const addPerson = async (
  acting: OfficeActing,
  order: PersonOrder & { readonly name: string },
): Promise<Decided<{ readonly id: string }>> => {
  const id = acting.service.ids.next();
  const blank: PersonFacts = {
    id,
    name: order.name,
    organisationId: null,
    department: null,
    staffKind: null,
    mobile: null,
    unitId: null,
    noAccount: false,
    joinedOn: null,
    leftOn: null,
  };
  const person = await laid(acting, blank, { joinedOn: acting.today, ...order });
  await checkMobile(acting, person);
  const { mobile: _mobile, ...facts } = person;
  return {
    answer: { id },
    change: {
      peopleAdded: [{ ...person, lives: 'unknown', addedAt: acting.now }],
      events: [eventOf(acting, 'person.added', { kind: 'person', id }, facts)],
    },
  };
};

export const changePerson = async (
  acting: OfficeActing,
  id: string,
  order: PersonOrder,
): Promise<Decided<{ readonly id: string }>> => {
  const { registry } = acting.service;
  const before = await registry.person(id);
  if (!before) throw new Problem('not-found', { what: 'person', id });
  const after = await laid(acting, before, order);
  const changes = told(before, after);
  if (Object.keys(changes).length === 0) throw new Problem('already-so');
  if (after.mobile !== before.mobile) await checkMobile(acting, after);
  const leaves = after.leftOn !== before.leftOn && after.leftOn !== null;
  // Seats end with the last day; what is still owed is closed as left in the morning (E14).
  const last = leaves ? plusDays(after.leftOn as Day, -1) : null;
  const ended =
    last === null
      ? []
      : (await registry.holdingsOf(id, acting.today))
          .filter(({ to }) => to === null || to > last)
          .map((held) => ({ ...held, to: last }));
  if (ended.length > 0) await keepsOffice(acting, ended);
  return {
    answer: { id },
    change: {
      peopleChanged: [after],
      holdings: ended,
      events: [
        eventOf(acting, leaves ? 'person.left' : 'person.changed', { kind: 'person', id }, changes),
        ...ended.map((held) => eventOf(acting, 'role.ended', { kind: 'role', id: held.id }, { person: id, to: last })),
      ],
    },
  };
};
