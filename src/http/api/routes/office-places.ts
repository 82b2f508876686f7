// The office's own doors (R08, R12): areas and their zones by date, compounds and who manages them, settings.
import * as z from 'zod';
import type { Day } from '../../../domain/calendar.ts';
import { areasOf, type Campaign, zoneOf } from '../../../domain/campaign.ts';
import { campaignOn, nextMoveAfter, zonesKnown } from '../../../domain/zone-map.ts';
import type { SeatRow } from '../../../ports-listings.ts';
import {
  addCompound,
  changeCompound,
  changeManagement,
  takeUpCompound,
} from '../../../usecases/office/change-compounds.ts';
import { changeSetting, settingsNow } from '../../../usecases/office/change-setting.ts';
import { moveArea } from '../../../usecases/office/move-area.ts';
import { onDay, type Route, route } from '../route.ts';
import { area, id } from '../schemas/common.ts';
import * as schemas from '../schemas/office.ts';
import type { ApiServices } from '../services.ts';

const officeOnly = { tag: 'office', onPages: ['administer'] } as const;
const levels = ['commander', 'supervisor', 'liaison', 'zone_lead'] as const;

export const officePlacesRoutes = ({ listings, office, settingRules }: ApiServices): Route[] => [
  route({
    ...officeOnly,
    method: 'get',
    path: '/zones',
    summary: 'The zones of a day with their areas and whoever holds the four levels; `vacant` = nobody does',
    query: onDay,
    answer: schemas.list(schemas.zoneNow),
    handle: async ({ campaign, query, today }) => {
      const day = query.on ?? today;
      return { items: zonesWithSeats(campaignOn(campaign, day), await listings.seats(campaign.id, day)) };
    },
  }),
  route({
    ...officeOnly,
    method: 'get',
    path: '/areas',
    summary: 'The areas with the zone each belongs to on a day, and where it goes next',
    query: onDay,
    answer: schemas.list(schemas.areaNow),
    handle: ({ campaign, query, today }) => ({ items: areasOn(campaign, query.on ?? today) }),
  }),
  route({
    ...officeOnly,
    method: 'put',
    path: '/areas/{area}/zone',
    summary: 'Moves an area to another zone from a day on; past figures stay as they were',
    params: z.object({ area }),
    body: schemas.areaMove,
    answer: schemas.areaMoved,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => moveArea(acting, params.area, body)),
  }),
  route({
    ...officeOnly,
    method: 'post',
    path: '/compounds',
    summary: 'Enters a compound',
    body: schemas.newCompound,
    answer: schemas.changed,
    handle: ({ campaign, person, body }) => office({ campaign, by: person }, (acting) => addCompound(acting, body)),
  }),
  route({
    ...officeOnly,
    method: 'patch',
    path: '/compounds/{id}',
    summary: 'Changes a compound’s name, aliases or estate; it goes on being found by its former name',
    params: z.object({ id }),
    body: schemas.compoundChange,
    answer: schemas.changed,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => changeCompound(acting, params.id, body)),
  }),
  route({
    ...officeOnly,
    method: 'post',
    path: '/compounds/{id}/take-up',
    summary: 'Lists a compound that waits, or merges it into a listed one; its records count from then on',
    params: z.object({ id }),
    body: schemas.takeUp,
    answer: schemas.takenUp,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => takeUpCompound(acting, params.id, body.into ?? null)),
  }),
  route({
    ...officeOnly,
    method: 'put',
    path: '/compounds/{id}/company',
    summary: 'Hands a compound to another unit from a day on, or to nobody; records keep the company of their day',
    params: z.object({ id }),
    body: schemas.handOver,
    answer: schemas.handedOver,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) => changeManagement(acting, params.id, body)),
  }),
  route({
    ...officeOnly,
    method: 'get',
    path: '/settings',
    summary: 'The campaign’s settings, as the office set them and as the pack says',
    answer: schemas.list(schemas.setting),
    handle: ({ campaign }) => ({ items: settingsNow(campaign, settingRules) }),
  }),
  route({
    ...officeOnly,
    method: 'put',
    path: '/settings/{key}',
    summary: 'Sets a setting, or takes that back',
    params: z.object({ key: id }),
    body: schemas.settingChange,
    answer: schemas.setting,
    handle: ({ campaign, person, params, body }) =>
      office({ campaign, by: person }, (acting) =>
        changeSetting(acting, { key: params.key, value: body.value ?? null }),
      ),
  }),
];

const areasOn = (campaign: Campaign, day: Day) => {
  const now = campaignOn(campaign, day);
  return areasOf(now).map((name) => {
    const zone = zoneOf(now, name) ?? '';
    for (let on = nextMoveAfter(campaign, day); on !== null; on = nextMoveAfter(campaign, on)) {
      const then = zoneOf(campaignOn(campaign, on), name);
      if (then !== null && then !== zone) return { area: name, zone, next: { zone: then, from: on } };
    }
    return { area: name, zone, next: null };
  });
};

const zonesWithSeats = (campaign: Campaign, seats: readonly SeatRow[]) =>
  zonesKnown(campaign).map((zone) => {
    const over = (role: (typeof levels)[number]) =>
      seats
        .filter((seat) => seat.role === role && (seat.scopeKind === 'city' || seat.scope === zone))
        .map(({ role: _role, scopeKind: _kind, scope: _scope, ...seat }) => seat);
    const held = Object.fromEntries(levels.map((role) => [role, over(role)])) as Record<
      (typeof levels)[number],
      ReturnType<typeof over>
    >;
    return {
      zone,
      areas: areasOf(campaign, zone),
      ...held,
      vacant: levels.filter((role) => held[role].length === 0),
    };
  });
