// The forecast of coverage (R32): working days only, at the pace of the last ones.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Calendar } from '../../src/domain/calendar.ts';
import { coveredBy } from '../../src/domain/pace.ts';
import { zhongshan } from '../support/universe.ts';

let calendar: Calendar;
beforeAll(async () => {
  calendar = (await zhongshan()).calendar;
});

describe('the day on which everything is covered (R32)', () => {
  it.each<[string, number, number[], string, string | null]>([
    ['ten a day, twenty left: two working days on', 20, [10, 10, 10, 10, 10], '2022-04-20', '2022-04-22'],
    ['a rest takes a day of its own', 21, [10, 10, 10, 10, 10], '2022-04-19', '2022-04-22'],
    ['Saturday is skipped, Sunday 24 April works', 20, [10], '2022-04-22', '2022-04-25'],
    ['Labour Day is skipped', 20, [10], '2022-04-29', '2022-05-06'],
    ['days without any slow the pace', 20, [20, 0, 0, 0, 0], '2022-04-19', '2022-04-25'],
    ['nothing left', 0, [10], '2022-04-19', null],
    ['no pace yet', 20, [0, 0], '2022-04-19', null],
    ['no days yet', 20, [], '2022-04-19', null],
    ['further off than anybody plans', 1_000_000, [1], '2022-04-19', null],
  ])('%s', (_, left, newly, today, day) => {
    expect(coveredBy(left, newly, today, calendar)).toBe(day);
  });
});
