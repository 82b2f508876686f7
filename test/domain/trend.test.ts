import { describe, expect, it } from 'vitest';
import type { Sum } from '../../src/domain/figures.ts';
import { type DaySum, trendOf } from '../../src/domain/trend.ts';

const days = ['2022-04-19', '2022-04-20', '2022-04-21'];
const zones = [
  { zone: 'Z1', areas: ['A1', 'A2'] },
  { zone: 'Z2', areas: ['A3'] },
];
const added = (measure: DaySum['measure'], area: string, day: string, n: number, late = false): DaySum => ({
  measure,
  area,
  day,
  late,
  n,
});

describe('the trend of the figures (R49, R52)', () => {
  it('adds up day by day what each day’s tally said: what came in the evening counts from the next day on', () => {
    const rows = [added('covered', 'A1', days[0] ?? '', 3), added('covered', 'A1', days[0] ?? '', 2, true)];
    expect(trendOf(days, [], rows, false, zones).city.covered).toEqual([3, 5, 5]);
  });

  it('counts the evening of the last day only while it is live', () => {
    const rows = [added('covered', 'A1', days[2] ?? '', 1), added('covered', 'A1', days[2] ?? '', 2, true)];
    expect(trendOf(days, [], rows, false, zones).city.covered).toEqual([0, 0, 1]);
    expect(trendOf(days, [], rows, true, zones).city.covered).toEqual([0, 0, 3]);
  });

  it('begins with what was there before, and goes down where something was put right', () => {
    const place = { area: 'A3', organisation: '', department: '' };
    const before: Sum[] = [{ measure: 'to_fix', ...place, total: 4, today: 0 }];
    const { city, zones: parts } = trendOf(days, before, [added('to_fix', 'A3', days[1] ?? '', -3)], true, zones);
    expect(city.toFix).toEqual([4, 1, 1]);
    expect(parts.map(({ zone, toFix }) => [zone, toFix])).toEqual([
      ['Z1', [0, 0, 0]],
      ['Z2', [4, 1, 1]],
    ]);
  });

  it('counts a letter signed late as signed', () => {
    const rows = [
      added('letters_signed', 'A1', days[0] ?? '', 1),
      added('letters_signed_late', 'A2', days[1] ?? '', 1),
      added('letters_owed', 'A2', days[1] ?? '', 9),
    ];
    expect(trendOf(days, [], rows, true, zones).city.signed).toEqual([1, 2, 2]);
  });
});
