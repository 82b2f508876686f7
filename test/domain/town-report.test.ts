// The town report: when it comes, what is frozen, and what changed since (R41, E33).
import { describe, expect, it } from 'vitest';
import { nextReport, prefillOn, sinceThen, type TownFigures } from '../../src/domain/town-report.ts';
import { at, zhongshan } from '../support/universe.ts';

const { calendar } = await zhongshan();

const figures = (more: { covered?: number; toFix?: number } = {}): TownFigures => ({
  compounds: { known: 20, covered: more.covered ?? 5, coveredToday: 1 },
  inspections: { total: 6, today: 1 },
  findings: { total: 3, toFix: more.toFix ?? 2, toVerify: 1, verified: 0, withdrawn: 0, overdue: 0 },
  letters: { owed: 4, signed: 2, signedLate: 1, unreachable: 0, undecided: 0 },
  home: { owed: 9, done: 3, late: 0, excused: 0, excluded: 0 },
  rectified: { inTime: 1, late: 0 },
});

describe('the day of the pre-filled report (R41)', () => {
  it.each([
    ['2022-04-29', '2022-04-27'],
    ['2022-04-26', '2022-04-24'],
    // Moved to a day off: counted from the working day before.
    ['2022-05-02', '2022-04-27'],
    ['2022-05-06', '2022-04-29'],
  ])('due %s: %s', (dueOn, expected) => {
    expect(prefillOn(calendar, dueOn)).toBe(expected);
  });
});

describe('what changed since a report was sent (E33)', () => {
  it.each([
    ['nothing', figures(), []],
    ['more covered', figures({ covered: 8 }), [{ measure: 'covered', n: 3 }]],
    ['fewer to put right', figures({ toFix: 0 }), [{ measure: 'to_fix', n: -2 }]],
  ])('%s', (_, live, expected) => {
    expect(sinceThen(figures(), live)).toEqual(expected);
  });
});

describe('a report sent again (R41)', () => {
  const given = {
    campaign: 'c',
    area: '东区街道',
    text: '已督促',
    figures: figures(),
    cutOffAt: at('2022-04-28 10:00'),
    byId: 'p1',
    byName: '陈科',
  };
  it('is a new version, keeps the words where none are given, and is late after the day', () => {
    const first = nextReport(null, given, '2022-04-29', '2022-04-29');
    expect(first).toMatchObject({ version: 1, text: '已督促', late: false });
    const again = nextReport(
      first,
      { ...given, text: '', figures: figures({ covered: 8 }) },
      '2022-04-30',
      '2022-04-29',
    );
    expect(again).toMatchObject({ version: 2, text: '已督促', late: true });
    expect(first.figures.compounds.covered).toBe(5);
  });
});
