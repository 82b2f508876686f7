// The office's own doors (R01–R03): people, their seats and deputies, organisations, companies and their units.
import * as z from 'zod';
import {
  addCompany,
  addOrganisation,
  addUnit,
  changeCompany,
  changeUnit,
} from '../../../usecases/office/change-employers.ts';
import { addPerson, changePerson } from '../../../usecases/office/change-people.ts';
import { endRole, giveRole, nameDeputy } from '../../../usecases/office/change-roles.ts';
import { inPlace, listRoute, placesIn, type Route, route } from '../route.ts';
import { id } from '../schemas/common.ts';
import * as schemas from '../schemas/office.ts';
import type { ApiServices } from '../services.ts';

/** The office only: `may()` is asked again where it acts. */
const officeOnly = { tag: 'office', onPages: ['administer'] } as const;

export const officePeopleRoutes = ({ listings, office }: ApiServices): Route[] => [
  route({
    ...officeOnly,
    method: 'post',
    path: '/people',
    summary: 'Enters a person',
    body: schemas.newPerson,
    answer: schemas.changed,
    handle: ({ campaign, person, body }) => office({ campaign, by: person }, (acting) => addPerson(acting, body)),
  }),
  route({
    ...officeOnly,
    method: 'patch',
    path: '/people/{id}',
    summary: 'Changes what is said of a person; `leftOn` ends the roles too',
    params: z.object({ id }),
    body: schemas.personChange,
    answer: schemas.changed,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => changePerson(acting, params.id, body)),
  }),
  route({
    ...officeOnly,
    method: 'post',
    path: '/people/{id}/roles',
    summary: 'Gives a person a role from a day on, beside or in place of whoever holds it',
    params: z.object({ id }),
    body: schemas.newRole,
    answer: schemas.roleChanged,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => giveRole(acting, params.id, body)),
  }),
  route({
    ...officeOnly,
    method: 'patch',
    path: '/people/{id}/roles/{role}',
    summary: 'Sets the last day of a role; one before it began takes the role back',
    params: z.object({ id, role: id }),
    body: schemas.roleEnd,
    answer: schemas.roleChanged,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => endRole(acting, params.id, params.role, body.to)),
  }),
  route({
    ...officeOnly,
    method: 'post',
    path: '/people/{id}/deputies',
    summary: 'Names who holds a person’s seats for some days; a signature is nobody else’s',
    params: z.object({ id }),
    body: schemas.deputy,
    answer: schemas.deputyNamed,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => nameDeputy(acting, params.id, body)),
  }),
  listRoute({
    ...officeOnly,
    path: '/organisations',
    summary: 'Organisations that people belong to',
    item: schemas.organisation,
    key: ['text'],
    read: (page) => listings.organisations(page),
  }),
  route({
    ...officeOnly,
    method: 'post',
    path: '/organisations',
    summary: 'Enters an organisation',
    body: schemas.newOrganisation,
    answer: schemas.changed,
    handle: ({ campaign, person, body }) => office({ campaign, by: person }, (acting) => addOrganisation(acting, body)),
  }),
  route({
    ...officeOnly,
    method: 'post',
    path: '/companies',
    summary: 'Enters a company; its units are entered one by one',
    body: schemas.newCompany,
    answer: schemas.changed,
    handle: ({ campaign, person, body }) => office({ campaign, by: person }, (acting) => addCompany(acting, body)),
  }),
  route({
    ...officeOnly,
    method: 'patch',
    path: '/companies/{id}',
    summary: 'Says whether a company is local or from outside',
    params: z.object({ id }),
    body: schemas.companyChange,
    answer: schemas.changed,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => changeCompany(acting, params.id, body)),
  }),
  listRoute({
    ...officeOnly,
    path: '/units',
    summary: 'Headquarters and branches with their heads',
    query: inPlace.extend({
      q: z.string().trim().min(1).max(100).optional().meta({ description: 'Part of a name' }),
    }),
    item: schemas.unit,
    key: ['text'],
    read: (page, { q = null, ...place }) =>
      listings.units({ ...page, places: placesIn(page.campaign, place), words: q }),
  }),
  route({
    ...officeOnly,
    method: 'post',
    path: '/units',
    summary: 'Enters a unit of a company; its head is given the role `signatory`',
    body: schemas.newUnit,
    answer: schemas.changed,
    handle: ({ campaign, person, body }) => office({ campaign, by: person }, (acting) => addUnit(acting, body)),
  }),
  route({
    ...officeOnly,
    method: 'patch',
    path: '/units/{id}',
    summary: 'Changes a unit’s name, kind or address',
    params: z.object({ id }),
    body: schemas.unitChange,
    answer: schemas.changed,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => changeUnit(acting, params.id, body)),
  }),
];
