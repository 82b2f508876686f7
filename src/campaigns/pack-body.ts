// A pack as data: what the database keeps of an imported version, and the campaign that the rules see, made from it.
// No files here: a service starts from the database alone.
import * as z from 'zod';
import { daysBetween, type Holidays, makeCalendar, plusDays } from '../domain/calendar.ts';
import type { Campaign, LetterText, SlotKind, SlotRule, ZoneRow } from '../domain/campaign.ts';
import { type Checklist, FORM_FIELDS, type FormColumn, type Item } from '../domain/checklist.ts';
import { type ChecklistFile, checklistSchema, type Question, questionsOf } from './checklist-schema.ts';
import { layHolidays } from './holidays.ts';
import { type LetterFile, letterSchema } from './letter-schema.ts';
import { type Plan, planSchema } from './plan-schema.ts';
import { settingsFrom } from './settings.ts';
import { type ZoneFileRow, zoneRowSchema } from './zone-table.ts';

/** The checked files, serialisable as JSON: nothing of their wording is lost. */
export interface PackBody {
  readonly plan: Plan;
  readonly checklists: readonly ChecklistFile[];
  readonly letters: readonly LetterFile[];
  readonly zones: readonly ZoneFileRow[];
}

export const packBodySchema = z.object({
  plan: planSchema,
  checklists: z.array(checklistSchema),
  letters: z.array(letterSchema),
  zones: z.array(zoneRowSchema),
});

/**
 * The campaign of one imported version. `body` is a PackBody, also one that came back from the database as JSON.
 * `holidays` are the official years; the plan's own days are laid over them. Throws ZodError for anything else.
 */
export const campaignFrom = (body: unknown, version: number, holidays: Holidays): Campaign => {
  const pack = packBodySchema.parse(body);
  const { plan } = pack;
  const letterId = plan.strands.find((strand) => strand.id === 'letter')?.letter;
  const letter = pack.letters.find((one) => one.id === letterId);
  const zones = pack.zones.map(zoneFrom);
  const deadline = (id: string) => plan.deadlines.find((one) => one.id === id);
  return {
    id: plan.id,
    title: plan.title,
    shortTitle: plan.short_title ?? null,
    timezone: plan.timezone,
    version,
    organisation: {
      office: plan.organisation.office,
      leadBureau: plan.organisation.lead_bureau,
      association: plan.organisation.association,
    },
    strands: plan.strands.map((strand) => ({
      id: strand.id,
      name: strand.name,
      checklist: strand.checklist ?? null,
      phases: strand.phases.map(({ id, label, start, end }) => ({ id, label, start, end })),
    })),
    checklists: pack.checklists.map(checklistFrom),
    letter: letter ? letterFrom(letter) : null,
    letters: pack.letters.map(letterFrom),
    zones,
    zoneMap: { table: zones, spans: [] },
    slots: slotsFrom(plan),
    settings: settingsFrom(plan.settings),
    settingTable: { pack: plan.settings, set: {} },
    firstDay: firstDayOf(plan),
    townReportDue: deadline('town-report')?.date ?? null,
    rectificationWorkingDays: deadline('rectification')?.working_days ?? 2,
    calendar: makeCalendar(plan.timezone, layHolidays(holidays, holidaysOf(plan))),
  };
};

/**
 * The same pack with `day1` as its first day: phases and dated deadlines move, texts, quotes and holidays stay
 * (CAMPAIGN_START, DOORS §2). A deadline may then fall on a day off.
 */
export const shiftPack = (body: PackBody, day1: string): PackBody => {
  const by = daysBetween(firstDayOf(body.plan), day1);
  const plan: Plan = {
    ...body.plan,
    strands: body.plan.strands.map((strand) => ({
      ...strand,
      phases: strand.phases.map((phase) => ({
        ...phase,
        start: plusDays(phase.start, by),
        end: phase.end && plusDays(phase.end, by),
      })),
    })),
    deadlines: body.plan.deadlines.map((one) => (one.date ? { ...one, date: plusDays(one.date, by) } : one)),
  };
  return { ...body, plan };
};

/** The batch the pack's zone leads belong to (第一批), null where the plan names none. */
export const leadBatchOf = (body: PackBody): string | null =>
  body.plan.supervision_levels.find((level) => level.id === 'zone_lead')?.batch ?? null;

/** Day 1 of the campaign. */
export const firstDayOf = (plan: Plan): string =>
  plan.strands.flatMap((strand) => strand.phases.map((phase) => phase.start)).sort()[0] as string; // planSchema wants a phase

const zoneFrom = (row: ZoneFileRow): ZoneRow => ({
  zone: row.zone,
  area: row.area,
  commander: row.commander,
  supervisor: row.supervisor,
  liaison: row.liaison,
  leadCompany: row.lead_company,
  leadPerson: row.lead_person,
});

const letterFrom = (letter: LetterFile): LetterText => ({
  id: letter.id,
  title: letter.title,
  salutation: letter.salutation,
  intro: letter.intro,
  questions: letter.questions.map(({ id, num, text }) => ({ id, num, text })),
  closing: letter.closing,
  issuer: letter.issuer,
  dateText: letter.date_text,
  signAgain: letter.sign_again,
});

/** A word that stands under several items is ambiguous, whether the pack says so or not: it is asked back, never guessed. */
const checklistFrom = (file: ChecklistFile): Checklist => {
  const { short_labels, aliases, ambiguous_words, group_words } = file.derived;
  const itemsOfWord = new Map<string, string[]>();
  for (const [item, words] of Object.entries(aliases)) {
    for (const word of words) itemsOfWord.set(word, [...(itemsOfWord.get(word) ?? []), item]);
  }
  const shared = [...itemsOfWord].filter(([, items]) => items.length > 1);
  const own = (id: string) => (aliases[id] ?? []).filter((word) => itemsOfWord.get(word)?.length === 1);
  return {
    id: file.id,
    title: file.title,
    items: questionsOf(file).map((question) =>
      itemFrom(question, short_labels[question.id] ?? question.short_label ?? question.label, own(question.id)),
    ),
    groupWords: group_words,
    ambiguousWords: { ...Object.fromEntries(shared), ...ambiguous_words },
    noteLabel: file.free_text[0]?.label ?? '备注',
    form: formFrom(file),
  };
};

/** The columns as the pack orders them; a pack without fields of its own has the usual ones. */
const formFrom = (file: ChecklistFile): FormColumn[] => {
  const { basic_info: basic, row_number_column: row, column_order: order } = file;
  const fields = basic?.fields ?? FORM_FIELDS.map((id) => ({ id, label: null }));
  const questions = file.items.flatMap((item): Pick<FormColumn, 'id' | 'label' | 'under'>[] =>
    item.type === 'group'
      ? item.items.map(({ id, label }) => ({ id, label, under: item.label }))
      : [{ id: item.id, label: item.label, under: null }],
  );
  const columns: FormColumn[] = [
    { holds: 'row_number', id: row ?? 'row_number', label: row ?? null, under: null },
    ...fields.map(({ id, label }) => ({ holds: 'field' as const, id, label, under: basic?.label ?? null })),
    ...questions.map((question) => ({ holds: 'item' as const, ...question })),
    ...file.free_text.map(({ id, label }) => ({ holds: 'note' as const, id, label, under: null })),
  ];
  return order
    ? columns.filter(({ id }) => order.includes(id)).sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
    : columns;
};

const itemFrom = (question: Question, shortLabel: string, aliases: readonly string[]): Item => ({
  id: question.id,
  num: question.num,
  label: question.label,
  shortLabel,
  kind: question.type,
  required: question.required,
  aliases,
  options: question.type === 'choice' ? question.options : [],
  ...(question.type === 'number' && {
    ...(question.min !== undefined && { min: question.min }),
    ...(question.max !== undefined && { max: question.max }),
    ...(question.unit !== undefined && { unit: question.unit }),
  }),
});

const slotsFrom = (plan: Plan): SlotRule[] =>
  Object.entries(plan.schedule).flatMap(([kind, slot]) =>
    slot ? [{ kind: kind as SlotKind, at: slot.at, days: slot.days, graceMinutes: slot.grace_minutes }] : [],
  );

/** The days off and make-up days that the plan itself lists. */
const holidaysOf = (plan: Plan): Holidays => {
  const entries = Object.entries(plan.derived.working_calendar ?? {});
  const ranges = entries.flatMap(([, days]) => (Array.isArray(days) ? [] : Object.values(days)));
  return {
    off: new Set(
      ranges.flatMap(([from, to]) =>
        Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => plusDays(from, i)),
      ),
    ),
    working: new Set(entries.flatMap(([, days]) => (Array.isArray(days) ? days : []))),
    years: new Set(entries.map(([key]) => Number(key.slice(-4)))),
  };
};
