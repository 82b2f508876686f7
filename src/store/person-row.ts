// A person with organisation and roles as one JSON value, and back: the same everywhere a person is read.
import type { Day } from '../domain/calendar.ts';
import { type Holding, holdsOn, type Person } from '../domain/people.ts';

/** SQL for one person of alias `p`, to be selected as a column. */
export const personJson = (p: string): string => `jsonb_build_object(
  'id', ${p}.id, 'name', ${p}.name, 'department', ${p}.department, 'compoundId', ${p}.compound_id, 'lives', ${p}.lives, 'unitId', ${p}.unit_id,
  'organisation', (select jsonb_build_object('name', o.name, 'kind', o.kind, 'area', o.area) from organisation o where o.id = ${p}.organisation_id),
  'roles', coalesce((select jsonb_agg(jsonb_build_object('role', h.role, 'scopeKind', h.scope_kind, 'scope', h.scope, 'from', h.from_on, 'to', h.to_on, 'campaign', h.campaign, 'deputyFor', h.deputy_for))
    from role_holding h where h.person_id = ${p}.id), '[]'))`;

interface PersonJson extends Omit<Person, 'organisation' | 'organisationKind' | 'area' | 'roles'> {
  readonly organisation: {
    readonly name: string;
    readonly kind: Person['organisationKind'];
    readonly area: string | null;
  } | null;
  readonly roles: readonly (Holding & { readonly campaign: string | null })[];
}

/** The campaigns of the roles that hold in one campaign only. */
export const campaignsOf = (json: unknown): string[] => [
  ...new Set((json as PersonJson).roles.flatMap(({ campaign }) => campaign ?? [])),
];

/** The person as one campaign sees him today: only the roles that hold. */
export const decodePerson = (json: unknown, campaign: string, today: Day): Person => {
  const { organisation, roles, ...rest } = json as PersonJson;
  return {
    ...rest,
    organisation: organisation?.name ?? null,
    organisationKind: organisation?.kind ?? null,
    area: organisation?.area ?? null,
    roles: roles
      .filter((r) => (r.campaign === null || r.campaign === campaign) && holdsOn(r, today))
      .map(({ campaign: _campaign, ...holding }) => holding),
  };
};
