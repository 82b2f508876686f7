// The shape of a pack's plan.yaml: strands and their phases, deadlines, holidays, slots, settings.
// What one value may be stands here; what ties two files together is asked in read-pack.ts.
import * as z from 'zod';
import { asDay } from '../domain/calendar.ts';
import { reason } from '../domain/reason.ts';

const isDay = (text: string): boolean => {
  try {
    return asDay(text) === text;
  } catch {
    return false;
  }
};

const isTimezone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** What has words has at least one. */
export const text = z.string().trim().min(1, reason('不能为空，请填写', 'must not be empty: fill it in'));
/** Ids stand in links, keys and commands. */
export const id = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]*$/,
    reason('只能用小写字母、数字、- 和 _', 'must be small letters, digits, - or _: give it such an id'),
  );
export const day = z.string().refine(isDay, {
  error: reason('须是一个日期，例如 2022-04-19', "must be a day such as '2022-04-19'"),
  abort: true,
});
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, reason('须是一个时刻，例如 08:30', "must be a time such as '08:30'"));
const count = z.int().min(0);
const atLeastOne = z.int().min(1);

const phase = z
  .strictObject({
    id,
    label: text.nullable(),
    start: day,
    /** Inclusive; null = open-ended (R15). */
    end: day.nullable(),
    text: text.optional(),
    start_is_derived: z.boolean().optional(),
  })
  .refine((p) => p.end === null || p.start <= p.end, {
    path: ['end'],
    error: reason('早于开始日，请改正其中一个', 'lies before the start: mend one of the two'),
  });

/** Other keys of a strand are the plan's own sentences, kept as they are. */
const strand = z.looseObject({
  id: z.enum(['home', 'letter', 'zone', 'city_town']),
  name: text,
  checklist: id.optional(),
  letter: id.optional(),
  /** The file with the zone table. */
  zones: z
    .string()
    .regex(
      /^[\w.-]+\.csv$/,
      reason('须是同一文件夹里的 .csv 文件名', 'must be the name of a .csv file beside the plan'),
    )
    .optional(),
  phases: z.array(phase),
});

const deadline = z.strictObject({
  id,
  date: day.optional(),
  working_days: atLeastOne.optional(),
  who: text.optional(),
  to: text.optional(),
  text: text.optional(),
});

const slot = z.strictObject({
  at: timeOfDay,
  days: z.union(
    [z.enum(['working', 'every']), z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1)],
    reason('须是工作日、每天，或星期几的列表', 'must be working, every, or a list of days such as [mon, thu]'),
  ),
  /** How late a missed slot still runs. */
  grace_minutes: z.int().min(1).max(1440),
});

const hours = z.tuple([timeOfDay, timeOfDay]).refine(([from, to]) => from < to, {
  path: [1],
  error: reason('早于开始时刻，请改正其中一个', 'lies before the beginning: mend one of the two'),
});

/** Each has a default, so that a version imported by an older program still makes a campaign. */
export const settingsSchema = z.strictObject({
  working_hours: hours.default(['08:30', '20:00']),
  urgent_hours: hours.default(['07:00', '22:00']),
  max_reminders_per_obligation: count.default(2),
  max_messages_per_person_per_day: atLeastOne.default(3),
  inspections_per_inspector_per_day: atLeastOne.default(2),
  home_phase2_every_working_days: atLeastOne.nullable().default(null),
  correction_free_minutes: count.default(60),
  duplicate_minutes: count.default(10),
  photo_minutes: count.default(30),
  ask_back_rounds: count.default(2),
  progress_max_working_days: count.default(5),
  spot_check_due_working_days: atLeastOne.default(2),
  spot_check_max: atLeastOne.default(50),
  referral_after_failures: atLeastOne.default(3),
  revisit_after_days: atLeastOne.default(30),
  revisit_at_risk_after_days: atLeastOne.default(7),
  risk_days: atLeastOne.default(90),
  idle_inspector_working_days: z.array(atLeastOne).default([2, 3]),
  suspicious: z
    .strictObject({ records: atLeastOne, within_minutes: atLeastOne, identical: atLeastOne })
    .default({ records: 10, within_minutes: 5, identical: 10 }),
  name_late_people_in_groups: z.boolean().default(false),
  form_link_hours: atLeastOne.default(72),
  bind_code_minutes: atLeastOne.default(15),
  retention_days_after_end: count.default(180),
});

/**
 * `holidays_YYYY` (name → first and last day off) and `make_up_working_days_YYYY`. A year named here is official for this
 * campaign, beside those of campaigns/holidays.
 */
const workingCalendar = z.record(
  z
    .string()
    .regex(
      /^(holidays|make_up_working_days)_\d{4}$/,
      reason(
        '须写成 holidays_年份 或 make_up_working_days_年份',
        'must be called holidays_YYYY or make_up_working_days_YYYY',
      ),
    ),
  z.union([z.record(z.string(), z.tuple([day, day])), z.array(day)]),
);

export const standsTwice = reason('重复出现，请改成别的', 'stands twice: give one of the two another');
const repeated = (ids: readonly string[]): number => ids.findIndex((one, i) => ids.indexOf(one) < i);

export const planSchema = z
  .looseObject({
    id,
    title: text,
    /** What cards and commands call it where several campaigns run. */
    short_title: z
      .string()
      .trim()
      .min(1)
      .max(
        8,
        reason(
          '超过 8 个字，卡片上放不下，请缩短',
          'is longer than the 8 characters that a card has for it: shorten it',
        ),
      )
      .optional(),
    timezone: z
      .string()
      .refine(isTimezone, reason('须是时区，例如 Asia/Shanghai', 'must be a time zone such as Asia/Shanghai')),
    organisation: z.looseObject({ office: text, lead_bureau: text, association: text }),
    supervision_levels: z.array(z.looseObject({ id, label: text, batch: text.optional() })).default([]),
    strands: z.array(strand).min(1),
    deadlines: z.array(deadline).default([]),
    derived: z.looseObject({ working_calendar: workingCalendar.optional() }).default({}),
    /** A slot that a plan does not name never runs. */
    schedule: z.strictObject({
      assignments: slot.optional(),
      reminders: slot.optional(),
      next_day: slot.optional(),
      hand_over: slot.optional(),
      tally: slot.optional(),
      digest: slot.optional(),
      day_close: slot.optional(),
      backup: slot.optional(),
    }),
    settings: settingsSchema.prefault({}),
  })
  .superRefine((plan, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const twiceStrand = repeated(plan.strands.map((s) => s.id));
    if (twiceStrand >= 0) complain(['strands', twiceStrand, 'id'], standsTwice);
    plan.strands.forEach((s, i) => {
      const inspects = s.id === 'home' || s.id === 'zone';
      if (inspects && !s.checklist)
        complain(
          ['strands', i, 'checklist'],
          reason('没有填写：这条线要有检查表', 'is missing: this strand needs a checklist, give it the id of one'),
        );
      if (s.id === 'zone' && !s.zones)
        complain(
          ['strands', i, 'zones'],
          reason('没有填写：这条线要有分工表', 'is missing: this strand needs a zone table, name its .csv file'),
        );
      if (s.id === 'letter' && !s.letter)
        complain(
          ['strands', i, 'letter'],
          reason('没有填写：这条线要有一封信', 'is missing: this strand needs a letter, give it the id of one'),
        );
      s.phases.forEach((p, j) => {
        const before = s.phases[j - 1];
        if (before && (before.end === null || p.start <= before.end)) {
          complain(
            ['strands', i, 'phases', j, 'start'],
            reason(
              `与前一阶段（${before.label ?? before.id}）重叠，请改正其中一个日期`,
              `lies inside the phase before it (${before.id}): move one of the two`,
            ),
          );
        }
      });
    });
    if (plan.strands.every((s) => s.phases.length === 0))
      complain(
        ['strands'],
        reason(
          '没有任何阶段，不知道从哪天开始，请加上一个',
          'have no phase, so there is no first day: give one of them a phase',
        ),
      );
    const twiceDeadline = repeated(plan.deadlines.map((d) => d.id));
    if (twiceDeadline >= 0) complain(['deadlines', twiceDeadline, 'id'], standsTwice);
    plan.deadlines.forEach((d, i) => {
      if ((d.date === undefined) === (d.working_days === undefined)) {
        complain(
          ['deadlines', i],
          reason('须填日期或工作日数，只填一个', 'needs either a date or working_days, and not both'),
        );
      }
    });
  });

export type Plan = z.output<typeof planSchema>;
