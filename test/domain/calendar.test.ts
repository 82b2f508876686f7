// Working days and instants of the campaign's zone, on the vectors that the shipped plan itself gives (R51, E08, E24).
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { noHolidays } from '../../src/campaigns/holidays.ts';
import { campaignFrom } from '../../src/campaigns/pack-body.ts';
import { loadPack } from '../../src/campaigns/read-pack.ts';
import {
  asDay,
  type Calendar,
  type Day,
  daysBetween,
  makeCalendar,
  minutes,
  plusDays,
  sayDay,
  weekdayOf,
} from '../../src/domain/calendar.ts';

let calendar: Calendar;
let dueExamples: [Day, Day][];
beforeAll(async () => {
  const pack = await loadPack(join(import.meta.dirname, '../../campaigns/zhongshan-2022'));
  if (!pack.ok) throw new Error('the shipped pack has faults');
  calendar = campaignFrom(pack.body, 1, noHolidays).calendar;
  dueExamples = Object.entries(pack.body.plan.derived.rectification_due_examples as Record<Day, Day>);
});

describe('working days', () => {
  it('give the due days that the plan gives for a rectification', () => {
    expect(dueExamples).toHaveLength(10);
    expect(dueExamples.map(([notifiedOn]) => [notifiedOn, calendar.plusWorkingDays(notifiedOn, 2)])).toEqual(
      dueExamples,
    );
  });

  it.each([
    ['2022-04-22', true], // Friday
    ['2022-04-23', false], // Saturday
    ['2022-04-24', true], // Sunday, made up for Labour Day
    ['2022-04-29', true],
    ['2022-04-30', false],
    ['2022-05-04', false],
    ['2022-05-05', true],
    ['2022-05-07', true], // Saturday, made up
    ['2022-05-08', false],
  ])('%s: %s', (day, works) => {
    expect(calendar.isWorkingDay(day)).toBe(works);
  });

  it.each([
    ['2022-04-26', -1, '2022-04-25'],
    ['2022-04-26', -2, '2022-04-24'],
    ['2022-04-26', 1, '2022-04-27'],
    ['2022-04-29', 1, '2022-05-05'],
    ['2022-05-05', -1, '2022-04-29'],
    ['2022-04-23', 0, '2022-04-23'],
  ])('%s and %i working days is %s', (day, n, expected) => {
    expect(calendar.plusWorkingDays(day, n)).toBe(expected);
  });

  const days = fc.integer({ min: 0, max: 900 }).map((n) => plusDays('2021-06-01', n));

  it('are counted back as they are counted forth', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 15 }), (day, n) => {
        const later = calendar.plusWorkingDays(day, n);
        expect(calendar.isWorkingDay(later)).toBe(true);
        expect(calendar.workingDaysBetween(day, later)).toBe(n);
        if (calendar.isWorkingDay(day)) expect(calendar.plusWorkingDays(later, -n)).toBe(day);
      }),
      { numRuns: 60 },
    );
  });

  it('add up over a day in between', () => {
    fc.assert(
      fc.property(days, fc.nat(30), fc.nat(30), (a, n, m) => {
        const [b, c] = [plusDays(a, n), plusDays(a, n + m)];
        expect(calendar.workingDaysBetween(a, c)).toBe(
          calendar.workingDaysBetween(a, b) + calendar.workingDaysBetween(b, c),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('instants', () => {
  it.each([
    ['2022-04-19T15:59:59.999Z', '2022-04-19', 1439],
    ['2022-04-19T16:00:00.000Z', '2022-04-20', 0],
    ['2022-04-19T00:30:00.000Z', '2022-04-19', 510],
  ])('%s is %s at minute %i in Shanghai, whatever the server says', (at, day, minute) => {
    expect(calendar.dayOf(new Date(at))).toBe(day);
    expect(calendar.minuteOf(new Date(at))).toBe(minute);
  });

  it('meet a deadline until the last millisecond of its day', () => {
    expect(calendar.endOf('2022-04-26').toISOString()).toBe('2022-04-26T15:59:59.999Z');
  });

  it('come back as the day and minute they were made of', () => {
    const time = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi', 'UTC'), fc.nat(3000), time, (zone, n, minute) => {
        const local = makeCalendar(zone, { off: new Set(), working: new Set(), years: new Set() });
        const day = plusDays('2020-01-01', n);
        const text = `${String(Math.trunc(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const at = local.instant(day, text);
        expect([local.dayOf(at), local.minuteOf(at), minutes(text)]).toEqual([day, minute, minute]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('days', () => {
  it.each(['2022-02-30', '2022-13-01', 'tomorrow', ''])('refuses %j', (text) => {
    expect(() => asDay(text)).toThrow(RangeError);
  });

  it('count across months and leap days', () => {
    expect(daysBetween('2024-02-27', '2024-03-01')).toBe(3);
    expect(plusDays('2024-03-01', -3)).toBe('2024-02-27');
    expect(weekdayOf('2022-04-24')).toBe(7);
  });

  it('are said as people say them', () => {
    expect(sayDay('2022-04-21')).toBe('4月21日（周四）');
    expect(sayDay('2022-05-08')).toBe('5月8日（周日）');
  });
});
