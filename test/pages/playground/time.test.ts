import { describe, expect, it } from 'vitest';
import { instantAt, offsetOf, wallOf } from '../../../src/pages/playground/time.ts';

const SHANGHAI = 480;

describe('the wall clock of the page', () => {
  it.each([
    ['2022-04-19T08:25:00+08:00', 480],
    ['2022-04-19T08:25:00-03:30', -210],
    ['2022-04-19T00:25:00Z', 0],
  ])('reads the offset of %s', (instant, minutes) => {
    expect(offsetOf(instant)).toBe(minutes);
  });

  it.each([
    ['2022-04-19T00:25:00Z', { day: '2022-04-19', time: '08:25', shortDay: '4月19日', dayText: '4月19日（周二）' }],
    ['2022-04-23T16:30:00Z', { day: '2022-04-24', time: '00:30', shortDay: '4月24日', dayText: '4月24日（周日）' }],
  ])('says %s as people in the campaign do', (instant, wall) => {
    expect(wallOf(Date.parse(instant), SHANGHAI)).toEqual(wall);
  });

  it.each([
    ['2022-04-19T08:25:00+08:00', '20:00', 0, '2022-04-19T20:00:00+08:00'],
    ['2022-04-30T23:59:00+08:00', '08:25', 1, '2022-05-01T08:25:00+08:00'],
  ])('from %s finds %s, %i days ahead', (from, time, daysAhead, instant) => {
    expect(instantAt(Date.parse(from), SHANGHAI, time, daysAhead)).toBe(instant);
  });
});
