// Which slots of a campaign are due: pure, from the calendar, the slot's rule and what was run already (DESIGN §1, R48).
import { type Calendar, type Day, plusDays, weekdayOf } from './calendar.ts';
import { type Campaign, runsOn, type SlotDays, type SlotKind, type SlotRule } from './campaign.ts';

export interface DueSlot {
  readonly kind: SlotKind;
  readonly day: Day;
  readonly at: Date;
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const fallsOn = (days: SlotDays, day: Day, calendar: Calendar): boolean => {
  if (days === 'every') return true;
  if (days === 'working') return calendar.isWorkingDay(day);
  return days.includes(weekdays[weekdayOf(day) - 1] as (typeof weekdays)[number]);
};

/** What looks after the records only: it runs on days off and outside the phases too. */
const keeping: ReadonlySet<SlotKind> = new Set(['day_close', 'backup']);

/**
 * Whether a slot has anything to do on its day. One that sends is never run on a day off, whatever its rule says (E08), nor
 * outside the campaign's phases; reminders go on after them, because what is owed outlives the window it was owed in.
 */
export const isCalledFor = (campaign: Campaign, kind: SlotKind, day: Day): boolean => {
  if (kind === 'backup') return true;
  if (day < campaign.firstDay) return false;
  if (keeping.has(kind)) return true;
  return campaign.calendar.isWorkingDay(day) && (kind === 'reminders' || runsOn(campaign, day));
};

/** The slots of these rules between two instants, the first excluded and the last included, earliest first; in the rules' order at one instant. */
export const slotsBetween = (rules: readonly SlotRule[], calendar: Calendar, after: Date, until: Date): DueSlot[] => {
  const found: DueSlot[] = [];
  const last = calendar.dayOf(until);
  for (let day = calendar.dayOf(after); day <= last; day = plusDays(day, 1)) {
    for (const rule of rules) {
      if (!fallsOn(rule.days, day, calendar)) continue;
      const at = calendar.instant(day, rule.at);
      if (at > after && at <= until) found.push({ kind: rule.kind, day, at });
    }
  }
  return found.sort((a, b) => a.at.getTime() - b.at.getTime());
};

/**
 * What is due at `now`: each slot whose time has come, within its grace, that lies after the service's first start.
 * Which of them ran already is the store's knowledge.
 */
export const dueSlots = (rules: readonly SlotRule[], calendar: Calendar, firstStart: Date, now: Date): DueSlot[] => {
  const longest = Math.max(0, ...rules.map((rule) => rule.graceMinutes));
  const from = new Date(Math.max(firstStart.getTime(), now.getTime() - longest * 60_000) - 1);
  const grace = new Map(rules.map((rule) => [rule.kind, rule.graceMinutes]));
  return slotsBetween(rules, calendar, from, now).filter(
    ({ kind, at }) => now.getTime() - at.getTime() <= (grace.get(kind) ?? 0) * 60_000,
  );
};

/** The next slots after `now`, at most `n`: what the playground's clock offers. */
export const nextSlots = (rules: readonly SlotRule[], calendar: Calendar, now: Date, n: number): DueSlot[] => {
  const found: DueSlot[] = [];
  const today = calendar.dayOf(now);
  for (let ahead = 0; ahead < 15 && found.length < n; ahead += 1) {
    const day = plusDays(today, ahead);
    const end = calendar.endOf(day);
    const begin = ahead === 0 ? now : new Date(calendar.instant(day, '00:00').getTime() - 1);
    found.push(...slotsBetween(rules, calendar, begin, end));
  }
  return found.slice(0, n);
};
