// cards/words.yaml: how days, times and lists are said, and the word for each code. Every code of the domain has one.
import * as z from 'zod';
import type { AssignmentReason, AssignmentState } from '../domain/assignment.ts';
import type { SlotKind } from '../domain/campaign.ts';
import type { ReminderSection, RungCardData } from '../domain/card-data.ts';
import type { FindingState } from '../domain/finding.ts';
import type { InspectionFlag } from '../domain/inspection.ts';
import type { LetterState } from '../domain/letter.ts';
import type { RoleName } from '../domain/people.ts';
import type { FrameKind } from '../domain/spot-check.ts';
import type { TownMeasure } from '../domain/town-report.ts';

const text = z.string('must be a text').min(1, 'must not be empty');

/** A word for each of these codes, no more and no fewer. The record makes the compiler ask for a code that is new. */
const wordsFor = <Code extends string>(codes: Record<Code, true>) =>
  z.strictObject(Object.fromEntries(Object.keys(codes).map((code) => [code, text])) as Record<Code, typeof text>);

const reminded = { home: true, letter: true, finding: true, town_report: true, zone: true, hand_over: true } as const;

export const wordsSchema = z.strictObject({
  formats: wordsFor({
    day: true,
    date: true,
    time: true,
    moment: true,
    until: true,
    until_working: true,
    counted: true,
    numbered: true,
    and_more: true,
    separator: true,
  }),
  weekdays: z.array(text).length(7, 'must name the seven days, Monday first'),
  reason: wordsFor<AssignmentReason>({
    home_duty: true,
    not_yet_checked: true,
    letter_unsigned: true,
    look_back: true,
    spot_check: true,
    own_wish: true,
    by_request: true,
    repeated_no: true,
    late_fix: true,
    mismatch: true,
    long_not_visited: true,
  }),
  about: wordsFor<RungCardData['sections'][number]['about']>({
    home: true,
    letter: true,
    finding: true,
    zone: true,
    town_report: true,
    hand_over: true,
  }),
  request: wordsFor<ReminderSection['about']>(reminded),
  told_after: wordsFor<ReminderSection['about']>(reminded),
  town_measure: wordsFor<TownMeasure>({
    home: true,
    covered: true,
    signed: true,
    findings: true,
    to_fix: true,
    verified: true,
  }),
  frame: wordsFor<FrameKind>({
    covered: true,
    all_yes: true,
    self_check: true,
    unsigned: true,
    fixed_on_spot: true,
    suspicious: true,
  }),
  answer: wordsFor<'yes' | 'no'>({ yes: true, no: true }),
  finding_state: wordsFor<FindingState>({
    open: true,
    notified: true,
    claimed: true,
    reported: true,
    verified: true,
    reopened: true,
    fixed_on_spot: true,
    withdrawn: true,
  }),
  letter_state: wordsFor<LetterState>({
    owed: true,
    sent: true,
    read: true,
    partial: true,
    signed: true,
    signed_late: true,
    refused: true,
    unreachable: true,
    undecided: true,
  }),
  assignment_state: wordsFor<AssignmentState>({
    open: true,
    partial: true,
    done: true,
    done_late: true,
    covered: true,
    lapsed: true,
    excused: true,
    reassigned: true,
    excluded: true,
    left: true,
  }),
  role: wordsFor<RoleName>({
    commander: true,
    supervisor: true,
    liaison: true,
    zone_lead: true,
    inspector: true,
    staff: true,
    department_head: true,
    town_contact: true,
    town_head: true,
    association: true,
    signatory: true,
    office: true,
    archivist: true,
  }),
  slot: wordsFor<SlotKind>({
    assignments: true,
    reminders: true,
    next_day: true,
    hand_over: true,
    tally: true,
    digest: true,
    day_close: true,
    backup: true,
  }),
  flag: wordsFor<InspectionFlag>({
    late: true,
    proxy: true,
    self_check: true,
    doubtful: true,
    pending_compound: true,
    fixed_on_spot: true,
    other_day: true,
    suspicious: true,
    second_visit: true,
  }),
});

export type Words = z.output<typeof wordsSchema>;
