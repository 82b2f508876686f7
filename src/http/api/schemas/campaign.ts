// The campaign, and its figures (R09–R29).
import * as z from 'zod';
import { count, day, id, instant, strand } from './common.ts';

export const campaign = z
  .object({
    id,
    title: z.string(),
    timezone: z.string(),
    now: instant,
    day,
    strands: z.array(
      z.object({ id: strand, name: z.string(), phases: z.array(z.object({ id, start: day, end: day.nullable() })) }),
    ),
    checklists: z.array(
      z.object({
        id,
        items: z.array(z.object({ id, num: z.int(), label: z.string(), kind: z.enum(['yes_no', 'number', 'choice']) })),
      }),
    ),
    settings: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Campaign' });

const home = z
  .object({ owed: count, done: count, late: count, excused: count, excluded: count })
  .meta({ id: 'HomeFigures', description: 'done, late and excused are disjoint parts of owed' });

export const figures = z
  .object({
    compounds: z.object({ known: count, covered: count, coveredToday: count }),
    inspections: z.object({ total: count, today: count }),
    findings: z
      .object({ total: count, toFix: count, toVerify: count, verified: count, withdrawn: count, overdue: count })
      .meta({ description: 'total = toFix + toVerify + verified + withdrawn; overdue is part of toFix' }),
    letters: z
      .object({ owed: count, signed: count, signedLate: count, unreachable: count, undecided: count })
      .meta({ description: 'signed and signedLate are disjoint parts of owed' }),
    home,
  })
  .meta({ id: 'Figures' });

const line = z.array(z.int()).meta({ description: 'One number for each of `days`' });
const lines = z.object({ covered: line, inspections: line, toFix: line, overdue: line, signed: line });

export const trend = z
  .object({ days: z.array(day), city: lines, zones: z.array(z.object({ zone: z.string(), ...lines.shape })) })
  .meta({ id: 'Trend' });

export const tally = z
  .object({
    on: day,
    cutOffAt: instant,
    city: figures,
    zones: z.array(
      z.object({
        zone: z.string(),
        ...figures.shape,
        areas: z.array(z.object({ area: z.string(), ...figures.shape })),
      }),
    ),
    organisations: z.array(
      z.object({
        organisation: z.string(),
        home,
        departments: z.array(z.object({ department: z.string(), home })),
      }),
    ),
  })
  .meta({ id: 'Tally' });
