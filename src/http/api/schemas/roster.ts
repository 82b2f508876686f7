// People, their accounts, groups, compounds, and what an import of the roster came to.
import * as z from 'zod';
import { roleNames } from '../../../domain/office/seats.ts';
import { area, channel, count, day, id, instant, zone } from './common.ts';

export const coverageGroup = z.enum(['known', 'covered', 'covered_today', 'not_covered']);

export const compound = z
  .object({
    id,
    name: z.string(),
    aliases: z.array(z.string()),
    area,
    zone: zone.nullable(),
    company: z.string().nullable(),
    status: z.enum(['listed', 'pending', 'merged']),
    coveredBy: id.nullable().meta({ description: 'The inspection that covered it first' }),
    coveredAt: instant.nullable(),
    doubtful: z.boolean(),
  })
  .meta({ id: 'Compound' });

export const roleName = z.enum(roleNames).meta({ id: 'Role' });
export const scopeKind = z.enum(['city', 'zone', 'area', 'organisation', 'department', 'unit']);

export const person = z
  .object({
    id,
    name: z.string(),
    roles: z.array(
      z.object({
        id,
        role: roleName,
        scopeKind,
        scope: z.string(),
        from: day.nullable(),
        to: day.nullable(),
        batch: z.string().nullable(),
        deputyFor: id.nullable().meta({ description: 'Whose seat it is, where it is held as a deputy' }),
      }),
    ),
    organisation: z.string().nullable(),
    department: z.string().nullable(),
    staffKind: z.string().nullable(),
    unit: id.nullable().meta({ description: 'The company’s unit the person works for' }),
    joinedOn: day.nullable(),
    leftOn: day.nullable().meta({ description: 'The first day the person is no longer there' }),
    noAccount: z.boolean(),
    lives: z.enum(['known', 'unknown', 'exclusion_claimed', 'excluded']),
    area: area.nullable(),
    zone: zone.nullable(),
    compound: id.nullable().meta({ description: 'Where the person lives' }),
    mobileMasked: z.string().nullable().meta({ example: '138****1234' }),
    bindings: z.array(z.object({ channel, externalId: z.string() })),
    reachable: z.boolean(),
  })
  .meta({ id: 'Person' });

export const binding = z.object({ externalId: z.string().trim().min(1).max(200) }).meta({ id: 'BindingRequest' });

const serves = z.object({ kind: z.enum(['zone', 'area', 'organisation', 'command']), name: z.string().min(1) });

export const group = z
  .object({ channel, externalId: z.string(), title: z.string(), serves, hasWebhook: z.boolean() })
  .meta({ id: 'Group' });

export const groupRequest = z
  .object({
    title: z.string().trim().min(1).max(200),
    serves,
    webhookKey: z.string().min(1).max(200).optional().meta({ description: 'The group robot that rings people there' }),
  })
  .meta({ id: 'GroupRequest' });

export const imported = z
  .object({
    id,
    new: count,
    changed: count,
    unchanged: count,
    faults: z.array(
      z.object({ sheet: z.string(), line: z.int().nullable(), column: z.string().nullable(), reason: z.string() }),
    ),
  })
  .meta({ id: 'Import' });
