// What may be sent when (REQUIREMENTS 1.7): nothing leaves by itself on a day off or at night, answers always may.
import { type Calendar, minutes, type TimeOfDay } from './calendar.ts';
import type { Settings } from './campaign.ts';

export interface Window {
  readonly notBefore: Date;
  /** After this the message has no sense any more and is dropped. */
  readonly expiresAt?: Date;
}

export const isWorkingHour = (calendar: Calendar, hours: readonly [TimeOfDay, TimeOfDay], at: Date): boolean => {
  const minute = calendar.minuteOf(at);
  return calendar.isWorkingDay(calendar.dayOf(at)) && minutes(hours[0]) <= minute && minute < minutes(hours[1]);
};

/** The first instant from `at` on that lies in working hours: `at` itself, or the next working day's opening. */
export const nextWorkingInstant = (calendar: Calendar, hours: readonly [TimeOfDay, TimeOfDay], at: Date): Date => {
  if (isWorkingHour(calendar, hours, at)) return at;
  const today = calendar.dayOf(at);
  const stillToday = calendar.isWorkingDay(today) && calendar.minuteOf(at) < minutes(hours[0]);
  return calendar.instant(stillToday ? today : calendar.plusWorkingDays(today, 1), hours[0]);
};

/** Finding notices and everything else unasked: at once in working hours, else held to the next opening. */
export const inWorkingHours = (calendar: Calendar, settings: Settings, now: Date): Window => ({
  notBefore: nextWorkingInstant(calendar, settings.workingHours, now),
});

/** What a slot sends belongs to its day: it leaves until working hours end, and not later. */
export const withSlot = (calendar: Calendar, settings: Settings, now: Date): Window => ({
  notBefore: now,
  expiresAt: calendar.instant(calendar.dayOf(now), settings.workingHours[1]),
});

/** Tally and digest go at their slot and may leave for an hour. */
export const withinTheHour = (now: Date): Window => ({
  notBefore: now,
  expiresAt: new Date(now.getTime() + 60 * 60_000),
});

/** A notice: in working hours, or in the wider hours of any day when urgent (R36). */
export const asNotice = (calendar: Calendar, settings: Settings, urgent: boolean, now: Date): Window => {
  if (!urgent) return inWorkingHours(calendar, settings, now);
  const [from, to] = settings.urgentHours;
  const minute = calendar.minuteOf(now);
  const today = calendar.dayOf(now);
  if (minute < minutes(from)) return { notBefore: calendar.instant(today, from) };
  if (minute < minutes(to)) return { notBefore: now };
  return { notBefore: new Date(calendar.instant(today, from).getTime() + 24 * 60 * 60_000) };
};
