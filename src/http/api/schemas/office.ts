// What the office changes: people and their seats, organisations, companies, compounds, areas, settings.
import * as z from 'zod';
import { area, count, day, id, named, zone } from './common.ts';
import { roleName, scopeKind } from './roster.ts';

const name = z.string().trim().min(1).max(100);
const words = z.string().trim().min(1).max(200);
const byIdOrName = words.meta({ description: 'Its id or its exact name' });

const personFields = {
  organisation: byIdOrName.nullable().optional(),
  department: name.nullable().optional(),
  staffKind: z.enum(['公务员', '工勤', '事业编', '雇员']).nullable().optional(),
  mobile: z
    .string()
    .regex(/^1\d{10}$/, 'must be a mobile number of eleven digits')
    .nullable()
    .optional(),
  unit: byIdOrName.nullable().optional(),
  noAccount: z.boolean().optional(),
  joinedOn: day.nullable().optional(),
  leftOn: day.nullable().optional().meta({ description: 'The first day the person is no longer there' }),
};

export const newPerson = z.strictObject({ name, ...personFields }).meta({ id: 'NewPerson' });
export const personChange = z.strictObject({ name: name.optional(), ...personFields }).meta({ id: 'PersonChange' });
export const changed = z.object({ id }).meta({ id: 'Changed' });

export const newRole = z
  .strictObject({
    role: roleName,
    scopeKind: scopeKind.optional(),
    scope: words.optional().meta({
      description: 'The zone, area or organisation by name, the unit by id or name, or organisation/department',
    }),
    from: day.optional().meta({ description: 'Today when left out' }),
    to: day.nullable().optional(),
    batch: name.nullable().optional(),
    inPlace: z.boolean().optional().meta({ description: 'Whoever holds the seat gives it up the day before' }),
  })
  .meta({ id: 'NewRole' });
export const roleEnd = z
  .strictObject({ to: day.nullable().meta({ description: 'Its last day; null = until further notice' }) })
  .meta({ id: 'RoleEnd' });
export const roleChanged = z.object({ id, ended: z.array(id) }).meta({ id: 'RoleChanged' });
export const deputy = z.strictObject({ deputy: id, from: day, to: day }).meta({ id: 'DeputyRequest' });
export const deputyNamed = z.object({ roles: z.array(id) }).meta({ id: 'DeputyNamed' });

const organisationKind = z.enum(['bureau', 'town_bureau', 'association', 'company']);
export const organisation = z
  .object({ id, name: z.string(), kind: organisationKind, area: area.nullable(), people: count })
  .meta({ id: 'Organisation' });
export const newOrganisation = z
  .strictObject({ name, kind: organisationKind, area: area.nullable().default(null) })
  .meta({ id: 'NewOrganisation' });

const origin = z.enum(['local', 'outside']);
export const newCompany = z.strictObject({ name, origin }).meta({ id: 'NewCompany' });
export const companyChange = z.strictObject({ origin }).meta({ id: 'CompanyChange' });

const unitKind = z.enum(['HQ', 'branch']);
const unitArea = area.nullable().meta({ description: 'Null = outside the city' });
export const unit = z
  .object({
    id,
    name: z.string(),
    kind: unitKind,
    area: unitArea,
    company: z.object({ id, name: z.string(), origin }),
    head: named.nullable(),
    compounds: count,
    addedOn: day.nullable(),
  })
  .meta({ id: 'Unit' });
export const newUnit = z
  .strictObject({ company: byIdOrName, name, kind: unitKind, area: unitArea })
  .meta({ id: 'NewUnit' });
export const unitChange = z
  .strictObject({ name: name.optional(), kind: unitKind.optional(), area: unitArea.optional() })
  .meta({ id: 'UnitChange' });

const aliases = z.array(name).max(50).optional();
export const newCompound = z
  .strictObject({ name, area, aliases, estate: name.nullable().optional() })
  .meta({ id: 'NewCompound' });
export const compoundChange = z
  .strictObject({ name: name.optional(), aliases, estate: name.nullable().optional() })
  .meta({ id: 'CompoundChange' });
export const takeUp = z
  .strictObject({ into: id.optional().meta({ description: 'The listed compound that it is under a second name' }) })
  .meta({ id: 'TakeUp' });
export const takenUp = z
  .object({ id, records: count.meta({ description: 'Records that count from now on' }) })
  .meta({ id: 'TakenUp' });
export const handOver = z
  .strictObject({
    unit: byIdOrName.nullable().meta({ description: 'Null = nobody manages it' }),
    from: day,
    reason: z.string().trim().max(200).nullable().default(null),
  })
  .meta({ id: 'CompoundHandOver' });
export const handedOver = z.object({ compound: id, unit: id.nullable(), from: day }).meta({ id: 'CompoundHandedOver' });

export const areaNow = z
  .object({
    area,
    zone,
    next: z
      .object({ zone, from: day })
      .nullable()
      .meta({ description: 'The zone it goes to, and from when; null = it stays' }),
  })
  .meta({ id: 'Area' });
export const areaMove = z.strictObject({ zone, from: day }).meta({ id: 'AreaMove' });
export const areaMoved = z.object({ area, zone, from: day, before: zone.nullable() }).meta({ id: 'AreaMoved' });

const seat = z.object({
  id,
  person: named,
  organisation: z.string().nullable(),
  from: day.nullable(),
  to: day.nullable(),
  batch: z.string().nullable(),
  deputyFor: id.nullable(),
  reachable: z.boolean(),
});
export const zoneNow = z
  .object({
    zone,
    areas: z.array(area),
    commander: z.array(seat),
    supervisor: z.array(seat),
    liaison: z.array(seat),
    zone_lead: z.array(seat),
    vacant: z.array(z.enum(['commander', 'supervisor', 'liaison', 'zone_lead'])),
  })
  .meta({ id: 'Zone', description: 'A zone with its areas and whoever holds the four levels over it on a day' });

export const setting = z
  .object({ key: z.string(), value: z.unknown(), pack: z.unknown().meta({ description: 'What the pack says' }) })
  .meta({ id: 'Setting' });
export const settingChange = z
  .strictObject({ value: z.unknown().meta({ description: 'Null = as the pack says again' }) })
  .meta({ id: 'SettingChange' });
export const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
