// People and their accounts, groups, compounds, and the import of the roster.
import * as z from 'zod';
import { areasOf, type Campaign, zoneOf, zonesOf } from '../../../domain/campaign.ts';
import { Problem } from '../../../domain/problem.ts';
import { campaignOn } from '../../../domain/zone-map.ts';
import type { GroupRow, PersonRow } from '../../../ports-listings.ts';
import { cutOff } from '../../../usecases/read-tally.ts';
import { readUpload } from '../../body.ts';
import { inPlace, listRoute, onDay, placesIn, type Route, route } from '../route.ts';
import { channel, id, platform } from '../schemas/common.ts';
import * as schemas from '../schemas/roster.ts';
import type { ApiServices } from '../services.ts';

/** A roster of a hundred thousand rows has about 8 MB. */
const MOST_UPLOAD_BYTES = 20_000_000;

export const rosterRoutes = ({ listings, accounts, clock, importRoster }: ApiServices): Route[] => [
  listRoute({
    path: '/compounds',
    tag: 'roster',
    summary: 'Compounds by area and name; `group` = those behind one figure of the tally, `on` a day or now',
    onPages: ['see_figures', 'see_records'],
    query: inPlace.extend({
      ...onDay.shape,
      group: schemas.coverageGroup.optional(),
      q: z.string().trim().min(1).max(100).optional().meta({ description: 'Part of a name, an alias or its pinyin' }),
      id: id.optional(),
    }),
    item: schemas.compound,
    key: ['text', 'text'],
    read: async (page, { group, on, q = null, id = null, ...place }) => {
      const { at: cutOffAt, day } = cutOff(page.campaign, clock.now(), on);
      const campaign = campaignOn(page.campaign, day);
      const { items, next } = await listings.compounds({
        ...page,
        places: placesIn(campaign, place),
        coverage: group === undefined ? null : { group, cutOffAt, day },
        words: q,
        id,
      });
      return { items: items.map((row) => ({ ...row, zone: zoneOf(campaign, row.area) })), next };
    },
  }),
  listRoute({
    path: '/people',
    tag: 'roster',
    summary: 'People with their roles and accounts',
    onPages: ['see_roster'],
    query: z.object({
      reachable: z.enum(['yes', 'no']).optional(),
      role: schemas.roleName.optional().meta({ description: 'Who holds it today' }),
      q: z.string().trim().min(1).max(50).optional().meta({ description: 'Part of a name' }),
      id: id.optional(),
    }),
    item: schemas.person,
    key: ['text'],
    read: async (page, { reachable, role = null, q = null, id = null }) => {
      const { items, next } = await listings.people({
        ...page,
        reachable: reachable === undefined ? null : reachable === 'yes',
        role,
        words: q,
        id,
      });
      return { items: items.map((row) => ({ ...row, zone: zoneOfPerson(page.campaign, row) })), next };
    },
  }),
  route({
    method: 'put',
    path: '/people/{id}/bindings/{channel}',
    tag: 'roster',
    summary: 'Binds a person to the account of a platform, in place of an earlier one',
    params: z.object({ id, channel: platform }),
    body: schemas.binding,
    answer: z.object({ person: id, channel, externalId: z.string() }).meta({ id: 'Binding' }),
    handle: async ({ params, body, campaign, now }) => {
      const account = { channel: params.channel, externalId: body.externalId };
      await accounts.bindPerson(campaign.id, params.id, account, now);
      return { person: params.id, ...account };
    },
  }),
  listRoute({
    path: '/groups',
    tag: 'roster',
    summary: 'Group conversations, and what each serves',
    item: schemas.group,
    key: ['text', 'text'],
    read: (page) => listings.groups(page),
  }),
  route({
    method: 'put',
    path: '/groups/{channel}/{externalId}',
    tag: 'roster',
    summary: 'Says what a group serves, by the id the platform gives it',
    params: z.object({ channel: platform, externalId: id }),
    body: schemas.groupRequest,
    answer: schemas.group,
    handle: ({ params, body, campaign, now }) => {
      checkServed(campaign, body.serves);
      return accounts.bindGroup(campaign.id, { ...params, ...body, webhookKey: body.webhookKey ?? null }, now);
    },
  }),
  route({
    method: 'post',
    path: '/imports',
    tag: 'roster',
    summary:
      'Imports a roster: good rows go in, bad ones are listed by sheet and line; the same file again changes nothing',
    upload: 'multipart',
    answer: schemas.imported,
    handle: async ({ ctx }) => {
      const file = await readUpload(ctx, MOST_UPLOAD_BYTES);
      if (!/\.(xlsx|csv)$/i.test(file.name)) throw new Problem('unsupported-type', { accepted: ['.xlsx', '.csv'] });
      return importRoster(file);
    },
  }),
];

/** The zone of the town bureau's area, else the zone a role is held over. */
const zoneOfPerson = (campaign: Campaign, person: PersonRow): string | null =>
  zoneOf(campaign, person.area) ?? person.roles.find((role) => role.scopeKind === 'zone')?.scope ?? null;

/** Zones and areas are the campaign's; a group for one that does not exist would wait for messages for ever. */
const checkServed = (campaign: Campaign, { kind, name }: GroupRow['serves']): void => {
  if (kind === 'zone' && !zonesOf(campaign).includes(name)) throw new Problem('not-found', { what: 'zone', id: name });
  if (kind === 'area' && !areasOf(campaign).includes(name)) throw new Problem('not-found', { what: 'area', id: name });
};
