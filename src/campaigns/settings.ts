// The settings of a campaign: as the pack says, and as the office set them instead. What a value may be is the plan's rule,
// whoever sets it.
import type * as z from 'zod';
import type { Campaign, Settings } from '../domain/campaign.ts';
import type { SettingChange } from '../domain/office/records.ts';
import type { SettingRules } from '../ports-office.ts';
import { settingsSchema } from './plan-schema.ts';

export const settingsFrom = (s: z.output<typeof settingsSchema>): Settings => ({
  workingHours: s.working_hours,
  urgentHours: s.urgent_hours,
  maxRemindersPerObligation: s.max_reminders_per_obligation,
  maxMessagesPerPersonPerDay: s.max_messages_per_person_per_day,
  inspectionsPerInspectorPerDay: s.inspections_per_inspector_per_day,
  correctionFreeMinutes: s.correction_free_minutes,
  duplicateMinutes: s.duplicate_minutes,
  photoMinutes: s.photo_minutes,
  askBackRounds: s.ask_back_rounds,
  progressMaxWorkingDays: s.progress_max_working_days,
  spotCheckDueWorkingDays: s.spot_check_due_working_days,
  spotCheckMax: s.spot_check_max,
  referralAfterFailures: s.referral_after_failures,
  revisitAfterDays: s.revisit_after_days,
  revisitAtRiskAfterDays: s.revisit_at_risk_after_days,
  riskDays: s.risk_days,
  idleInspectorWorkingDays: s.idle_inspector_working_days,
  suspicious: {
    records: s.suspicious.records,
    withinMinutes: s.suspicious.within_minutes,
    identical: s.suspicious.identical,
  },
  nameLatePeopleInGroups: s.name_late_people_in_groups,
  formLinkHours: s.form_link_hours,
  bindCodeMinutes: s.bind_code_minutes,
  retentionDaysAfterEnd: s.retention_days_after_end,
});

const shape = settingsSchema.shape;
type Key = keyof typeof shape;

/** A plan may name it, and nothing reads it yet: the office is not offered a knob that turns nothing. */
const unused: readonly string[] = ['home_phase2_every_working_days'];

const isKey = (key: string): key is Key => Object.hasOwn(shape, key) && !unused.includes(key);

export const settingRules: SettingRules = {
  keys: () => Object.keys(shape).filter(isKey),
  check(key, value) {
    if (!isKey(key)) return { reason: 'there is no such setting' };
    const result = shape[key].safeParse(value);
    return result.success
      ? { value: result.data }
      : { reason: result.error.issues.map(({ path, message }) => [...path, message].join(' ')).join('; ') };
  },
};

/** The campaign with what the office set, oldest first; a value that today's rules refuse is left out. */
export const withSettings = (campaign: Campaign, changes: readonly SettingChange[]): Campaign => {
  const set: Record<string, unknown> = {};
  for (const { campaign: of, key, value } of changes) {
    if (of !== campaign.id) continue;
    const checked = value === null ? { value } : settingRules.check(key, value);
    if ('reason' in checked) continue;
    if (checked.value === null) delete set[key];
    else set[key] = checked.value;
  }
  const { pack } = campaign.settingTable;
  return {
    ...campaign,
    settings: settingsFrom(settingsSchema.parse({ ...pack, ...set })),
    settingTable: { pack, set },
  };
};
