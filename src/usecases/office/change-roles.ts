// Who holds which seat from when to when (R03, R07): given, ended, or held by a deputy for some days (E13). A seat is given
// beside whoever holds it, or in his place from that day on; rows end, they are never deleted.
import { type Day, plusDays } from '../../domain/calendar.ts';
import { areasOf, type Campaign } from '../../domain/campaign.ts';
import { delegableSeats } from '../../domain/delegation.ts';
import type { HoldingRow } from '../../domain/office/records.ts';
import { campaignOfRole, scopesFor } from '../../domain/office/seats.ts';
import type { RoleName, ScopeKind } from '../../domain/people.ts';
import { Problem } from '../../domain/problem.ts';
import { CITY } from '../../domain/roster/zone-roles.ts';
import { zonesKnown } from '../../domain/zone-map.ts';
import { eventOf } from '../service.ts';
import type { Decided, OfficeActing } from './act.ts';

export interface RoleOrder {
  readonly role: RoleName;
  readonly scopeKind?: ScopeKind | undefined;
  /** The zone, area or organisation, the unit by id or name, or organisation/department; nothing for the city. */
  readonly scope?: string | undefined;
  readonly from?: Day | undefined;
  /** Inclusive. */
  readonly to?: Day | null | undefined;
  /** 第一批 (R07). */
  readonly batch?: string | null | undefined;
  /** Whoever holds the seat gives it up the day before. */
  readonly inPlace?: boolean | undefined;
}

type RoleScope = Pick<HoldingRow, 'scopeKind' | 'scope'>;

/** The scope as records spell it. Throws `wrong-scope`, or `not-found` for one that does not exist. */
const scopeOf = async ({ service, campaign }: OfficeActing, order: RoleOrder): Promise<RoleScope> => {
  const kinds = scopesFor(order.role);
  const scopeKind = order.scopeKind ?? (order.scope === undefined ? kinds[0] : kinds.at(-1));
  if (!scopeKind || !kinds.includes(scopeKind)) throw new Problem('wrong-scope', { role: order.role, scopes: kinds });
  return { scopeKind, scope: await scopeNamed(service, campaign, scopeKind, order.scope ?? '') };
};

const scopeNamed = async (
  { registry }: OfficeActing['service'],
  campaign: Campaign,
  kind: ScopeKind,
  words: string,
): Promise<string> => {
  const known = (what: 'zone' | 'area' | 'organisation' | 'unit', found: string | undefined): string => {
    if (found === undefined) throw new Problem('not-found', { what, id: words });
    return found;
  };
  switch (kind) {
    case 'city':
      return CITY;
    case 'zone':
      return known(
        'zone',
        zonesKnown(campaign).find((zone) => zone === words),
      );
    case 'area':
      return known(
        'area',
        areasOf(campaign).find((area) => area === words),
      );
    case 'organisation':
      return known('organisation', (await registry.organisation(words))?.name);
    case 'department': {
      const [organisation = '', ...department] = words.split('/');
      const found = department.join('/') === '' ? null : await registry.organisation(organisation);
      return known('organisation', found ? words : undefined);
    }
    case 'unit':
      return known('unit', (await registry.unit(words))?.id);
  }
};

const present = async ({ service }: OfficeActing, personId: string, from: Day): Promise<{ readonly name: string }> => {
  const person = await service.registry.person(personId);
  if (!person) throw new Problem('not-found', { what: 'person', id: personId });
  if (person.leftOn !== null && person.leftOn <= from)
    throw new Problem('has-left', { name: person.name, on: person.leftOn });
  return person;
};

const given = (acting: OfficeActing, held: HoldingRow) =>
  eventOf(
    acting,
    'role.given',
    { kind: 'role', id: held.id },
    {
      person: held.personId,
      role: held.role,
      scopeKind: held.scopeKind,
      scope: held.scope,
      from: held.from,
      to: held.to,
      ...(held.batch === null ? {} : { batch: held.batch }),
      ...(held.deputyFor ? { deputyFor: held.deputyFor } : {}),
    },
  );

const ended = (acting: OfficeActing, held: HoldingRow) =>
  eventOf(
    acting,
    'role.ended',
    { kind: 'role', id: held.id },
    { person: held.personId, role: held.role, scope: held.scope, to: held.to },
  );

export const giveRole = async (
  acting: OfficeActing,
  personId: string,
  order: RoleOrder,
): Promise<Decided<{ readonly id: string; readonly ended: readonly string[] }>> => {
  const { service, campaign, today } = acting;
  const from = order.from ?? today;
  const to = order.to ?? null;
  if (to !== null && to < from) throw new Problem('days-reversed', { from, to });
  await present(acting, personId, from);
  const { scopeKind, scope } = await scopeOf(acting, order);
  const of = campaignOfRole(order.role, campaign.id);
  const before = await service.registry.holdersOf(of, order.role, scope, from);
  const own = before.filter((held) => held.personId === personId && held.deputyFor === null);
  if (
    own.some(
      (held) => (held.from === null || held.from <= from) && (held.to === null || (to !== null && to <= held.to)),
    )
  )
    throw new Problem('already-so');
  const last = plusDays(from, -1);
  // A deputy's days end with the seat he holds them for.
  const over = order.inPlace
    ? before.filter((held) => held.personId !== personId).map((held) => ({ ...held, to: last }))
    : [];
  const holding: HoldingRow = {
    id: service.ids.next(),
    personId,
    role: order.role,
    campaign: of,
    scopeKind,
    scope,
    from,
    to,
    batch: order.batch ?? null,
    deputyFor: null,
  };
  return {
    answer: { id: holding.id, ended: over.map(({ id }) => id) },
    change: {
      holdings: [...over, holding],
      events: [...over.map((held) => ended(acting, held)), given(acting, holding)],
    },
  };
};

/** The last day of a role; one that lies before it began takes the role back. */
export const endRole = async (
  acting: OfficeActing,
  personId: string,
  roleId: string,
  to: Day | null,
): Promise<Decided<{ readonly id: string; readonly ended: readonly string[] }>> => {
  const held = await acting.service.registry.holding(roleId);
  if (!held || held.personId !== personId) throw new Problem('not-found', { what: 'role', id: roleId });
  if (held.to === to) throw new Problem('already-so');
  const after = { ...held, to };
  await keepsOffice(acting, [after]);
  return { answer: { id: held.id, ended: [held.id] }, change: { holdings: [after], events: [ended(acting, after)] } };
};

/** Throws `last-office`: without anybody in it nobody could put that right (R01). */
export const keepsOffice = async (acting: OfficeActing, over: readonly HoldingRow[]): Promise<void> => {
  const { service, campaign, today } = acting;
  if (!over.some(({ role, to }) => role === 'office' && to !== null)) return;
  const stays = (await service.registry.holdersOf(null, 'office', CITY, today)).some(
    (held) => held.to === null && held.deputyFor === null && !over.some(({ id }) => id === held.id),
  );
  if (!stays) throw new Problem('last-office', { office: campaign.organisation.office });
};

/** A deputy holds the seats of a person for some days (E13); never a signature. */
export const nameDeputy = async (
  acting: OfficeActing,
  personId: string,
  order: { readonly deputy: string; readonly from: Day; readonly to: Day },
): Promise<Decided<{ readonly roles: readonly string[] }>> => {
  const { service, campaign, today } = acting;
  const { from, to, deputy } = order;
  if (to < from) throw new Problem('days-reversed', { from, to });
  if (to < today) throw new Problem('day-past', { on: to, today });
  await Promise.all([present(acting, personId, from), present(acting, deputy, from)]);
  const [own, others] = await Promise.all([
    service.registry.holdingsOf(personId, today),
    service.registry.holdingsOf(deputy, today),
  ]);
  const held = delegableSeats(own).filter(
    (seat) => !others.some((other) => other.role === seat.role && other.scope === seat.scope),
  );
  if (held.length === 0 || deputy === personId) throw new Problem('already-so');
  const holdings = held.map(
    ({ role, scopeKind, scope }): HoldingRow => ({
      id: service.ids.next(),
      personId: deputy,
      role,
      campaign: campaign.id,
      scopeKind,
      scope,
      from,
      to,
      batch: null,
      deputyFor: personId,
    }),
  );
  return {
    answer: { roles: holdings.map(({ id }) => id) },
    change: {
      holdings,
      events: [
        eventOf(
          acting,
          'person.deputised',
          { kind: 'person', id: personId },
          { deputy, from, to, roles: holdings.map(({ id }) => id) },
        ),
      ],
    },
  };
};
