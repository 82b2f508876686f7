// Reports of towns, spot checks and referrals, as the API shows them.
import * as z from 'zod';
import { frameKinds } from '../../../domain/spot-check.ts';
import { figures } from './campaign.ts';
import { area, count, day, id, instant, named, zone } from './common.ts';
import { assignment, finding } from './records.ts';

const townFigures = figures
  .extend({ rectified: z.object({ inTime: count, late: count }) })
  .meta({ id: 'TownFigures', description: 'Frozen when the report was sent; the live ones are in /tally' });

export const townReport = z
  .object({
    area,
    zone: zone.nullable(),
    dueOn: day.nullable(),
    versions: z
      .array(
        z.object({
          version: z.int().min(1),
          text: z.string(),
          figures: townFigures,
          cutOffAt: instant,
          late: z.boolean(),
          by: named,
        }),
      )
      .meta({ description: 'Newest first; empty = not sent' }),
  })
  .meta({ id: 'TownReport' });

const drawn = z
  .object({
    compound: named,
    inspector: named,
    assignment: id,
    state: assignment.shape.state,
    first: id.nullable().meta({ description: 'The record it is compared with; null = none stood there' }),
    again: id.nullable(),
    outcome: z.enum(['match', 'mismatch', 'nothing_before']).nullable(),
    items: z.array(id).meta({ description: 'Items answered differently' }),
  })
  .meta({ id: 'SpotDraw' });

export const spotCheck = z
  .object({
    id,
    at: instant,
    by: named,
    frameKind: z.enum(frameKinds),
    place: z.string(),
    frameSize: count,
    seed: z.string(),
    n: count,
    drawn: z.array(drawn),
  })
  .meta({ id: 'SpotCheck' });

export const spotCheckWithFrame = spotCheck
  .extend({
    frame: z.array(z.object({ id, first: z.boolean() })).meta({
      description:
        'To draw again: sort by `first` (true before false), then by the SHA-256 of `SEED:ID` in small hex letters; the first n are drawn',
    }),
  })
  .meta({ id: 'SpotCheckWithFrame' });

export const referral = z
  .object({
    finding,
    inspections: z.array(z.object({ id, checkOn: day, inspector: z.string(), note: z.string().nullable() })),
    steps: z.array(
      z.object({ at: instant, kind: z.string(), by: z.string().nullable(), remark: z.string().nullable() }),
    ),
    notices: z.array(instant).meta({ description: 'When the town was told' }),
  })
  .meta({ id: 'Referral' });
