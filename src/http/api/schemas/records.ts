// Assignments, inspections, findings, letters and the ledger, as the API shows them.
import * as z from 'zod';
import { answers, area, count, day, id, instant, named, zone } from './common.ts';

const photos = z
  .array(z.object({ id, at: instant, takenAt: instant.nullable() }).meta({ id: 'Photo' }))
  .meta({ description: 'Evidence; the picture is at /photos/ID' });

export const inspection = z
  .object({
    id,
    version: z.int().min(1),
    replaces: id.nullable(),
    before: z
      .object({ answers, note: z.string().nullable() })
      .nullable()
      .meta({ description: 'What the version said that this one replaces' }),
    campaign: id,
    strand: z.enum(['home', 'zone']),
    checklist: id.meta({ description: 'The version that was answered (E30)' }),
    assignment: id,
    checkOn: day,
    recordedAt: instant,
    inspector: named,
    enteredBy: named.nullable(),
    compound: z.object({ id, name: z.string(), status: z.enum(['listed', 'pending', 'merged']) }),
    company: z.string().nullable(),
    area,
    zone: zone.nullable(),
    department: z.string().nullable(),
    answers,
    note: z.string().nullable(),
    source: z.object({
      channel: z.string(),
      kind: z.enum(['tap', 'text', 'form', 'proxy', 'import']),
      text: z.string().optional(),
    }),
    flags: z.array(
      z.enum([
        'late',
        'proxy',
        'self_check',
        'doubtful',
        'pending_compound',
        'fixed_on_spot',
        'other_day',
        'suspicious',
        'second_visit',
      ]),
    ),
    photos,
  })
  .meta({ id: 'Inspection' });

export const finding = z
  .object({
    id,
    inspections: z.array(id).meta({ description: 'The live records that say “no”' }),
    item: id,
    compound: id,
    compoundName: z.string(),
    area,
    zone: zone.nullable(),
    company: z.string().nullable(),
    state: z.enum(['open', 'notified', 'claimed', 'reported', 'verified', 'reopened', 'fixed_on_spot', 'withdrawn']),
    openedAt: instant,
    notifiedAt: instant.nullable(),
    dueOn: day.nullable(),
    promisedOn: day.nullable(),
    claimedAt: instant.nullable(),
    reportedAt: instant.nullable(),
    verifiedAt: instant.nullable(),
    reopenedAt: instant.nullable(),
    referredAt: instant.nullable(),
    overdue: z.boolean(),
  })
  .meta({ id: 'Finding' });

export const listedFinding = finding.extend({ photos }).meta({ id: 'ListedFinding' });
export const findingGroup = z.enum(['to_fix', 'overdue', 'to_verify', 'verified', 'withdrawn']);
export const letterGroup = z.enum(['unsigned', 'signed', 'signed_late', 'unreachable', 'undecided', 'refused']);
export const dutyGroup = z.enum(['open', 'done', 'done_late', 'excused', 'excluded']);

export const findingStory = listedFinding
  .extend({
    events: z.array(
      z.object({
        at: instant,
        kind: z.string().meta({ example: 'finding.notified' }),
        by: z.union([named, z.literal('system')]),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'FindingStory' });

const letterState = z.enum([
  'owed',
  'sent',
  'read',
  'partial',
  'signed',
  'signed_late',
  'refused',
  'unreachable',
  'undecided',
]);

export const letter = z
  .object({
    id,
    letter: id.meta({ description: 'The letter and its version, as in the pack' }),
    unit: z.string(),
    unitId: id,
    company: z.string().nullable(),
    kind: z.enum(['HQ', 'branch']),
    origin: z.enum(['local', 'outside']),
    area: area.nullable(),
    zone: zone.nullable(),
    signatory: named.nullable(),
    state: letterState,
    answers: z.record(z.string(), z.enum(['yes', 'no'])),
    version: z.int().min(1),
    sentAt: instant.nullable(),
    readAt: instant.nullable(),
    signedAt: instant.nullable(),
    reminders: count,
    rung: z.int().nullable().meta({ description: 'The highest rung of the ladder that was climbed' }),
  })
  .meta({ id: 'Letter' });

export const ledgerRow = z
  .object({
    letter: id,
    unit: z.string(),
    area: area.nullable(),
    zone: zone.nullable(),
    frozenAt: instant,
    stateThen: letterState,
    attempts: count,
    reason: z.string().nullable(),
    signedLateAt: instant.nullable(),
  })
  .meta({ id: 'LedgerRow' });

export const assignment = z
  .object({
    id,
    strand: z.enum(['home', 'zone']),
    kind: z.enum(['home', 'zone', 'strengthened', 'recheck', 'spot', 'extra']),
    person: id,
    personName: z.string().nullable(),
    compound: id.nullable(),
    compoundName: z.string().nullable(),
    area: area.nullable(),
    zone: zone.nullable(),
    reasons: z.array(z.string()),
    from: day,
    to: day.nullable(),
    state: z.enum([
      'open',
      'partial',
      'done',
      'done_late',
      'covered',
      'lapsed',
      'excused',
      'reassigned',
      'excluded',
      'left',
    ]),
    inspection: id.nullable(),
  })
  .meta({ id: 'Assignment' });

export const parseRequest = z.object({ checklist: id, text: z.string() }).meta({ id: 'ParseRequest' });

export const parsed = z
  .object({
    kind: z.string(),
    answers,
    note: z.string().nullable(),
    spans: z.record(z.string(), z.array(z.tuple([count, count]))).meta({
      description: 'By item id, or “note”: where it stands in the text as sent, in UTF-16 units, end exclusive',
    }),
  })
  .meta({ id: 'Parsed' });
