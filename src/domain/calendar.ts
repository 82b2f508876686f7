// Days and instants of one campaign: a named time zone and the official working days (R51, E08, E24).
// The only file that knows Temporal; the rest of the domain speaks of `Day` and `Date`.
import { Temporal } from 'temporal-polyfill';

/** A day of the campaign's zone, `YYYY-MM-DD`. Compares as text. */
export type Day = string;
/** `HH:MM`, 24 hours. */
export type TimeOfDay = string;

export interface Holidays {
  /** Days off that would be weekdays, and days that work though they are Saturday or Sunday. */
  readonly off: ReadonlySet<Day>;
  readonly working: ReadonlySet<Day>;
  /** Years with an official arrangement; outside them plain weekdays count and every page says so. */
  readonly years: ReadonlySet<number>;
}

export interface Calendar {
  readonly timezone: string;
  dayOf(at: Date): Day;
  /** Minutes since midnight of the zone, 0–1439. */
  minuteOf(at: Date): number;
  instant(day: Day, time: TimeOfDay): Date;
  /** The last millisecond of the day: a date deadline is met until then (E24). */
  endOf(day: Day): Date;
  isWorkingDay(day: Day): boolean;
  isOfficial(day: Day): boolean;
  /** The n-th working day after `day` (n > 0) or before it (n < 0); n = 0 is the day itself. */
  plusWorkingDays(day: Day, n: number): Day;
  /** How many working days lie after `from`, up to and including `to`. */
  workingDaysBetween(from: Day, to: Day): number;
}

export const plusDays = (day: Day, n: number): Day => Temporal.PlainDate.from(day).add({ days: n }).toString();

export const daysBetween = (from: Day, to: Day): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: Day): number => Temporal.PlainDate.from(day).dayOfWeek;

/** Throws RangeError for a text that is no day (2022-02-30). */
export const asDay = (text: string): Day => Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();

/** `HH:MM` to minutes since midnight. */
export const minutes = (time: TimeOfDay): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

export const makeCalendar = (timezone: string, holidays: Holidays): Calendar => {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' });
  const isWorkingDay = (day: Day): boolean =>
    holidays.working.has(day) || (weekdayOf(day) <= 5 && !holidays.off.has(day));
  const instant = (day: Day, time: TimeOfDay): Date =>
    new Date(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timezone).epochMilliseconds);
  return {
    timezone,
    dayOf: (at) => local.format(at).slice(0, 10),
    minuteOf: (at) => minutes(local.format(at).slice(11)),
    instant,
    endOf: (day) => new Date(instant(plusDays(day, 1), '00:00').getTime() - 1),
    isWorkingDay,
    isOfficial: (day) => holidays.years.has(Number(day.slice(0, 4))),
    plusWorkingDays: (day, n) => {
      const step = Math.sign(n);
      let left = Math.abs(n);
      let at = day;
      while (left > 0) {
        at = plusDays(at, step);
        if (isWorkingDay(at)) left -= 1;
      }
      return at;
    },
    workingDaysBetween: (from, to) => {
      let count = 0;
      for (let at = plusDays(from, 1); at <= to; at = plusDays(at, 1)) if (isWorkingDay(at)) count += 1;
      return count;
    },
  };
};

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

/** 4月21日（周四）, as people say it (VOICE 3). */
export const sayDay = (day: Day): string =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日（周${weekdays[weekdayOf(day) - 1]}）`;
