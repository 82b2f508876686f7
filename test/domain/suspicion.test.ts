// Which records a supervisor should look at (R44, E27).
import { describe, expect, it } from 'vitest';
import { type Seen, suspiciousRuns } from '../../src/domain/suspicion.ts';
import { answers, at, zhongshan } from '../support/universe.ts';

const campaign = await zhongshan();
const rule = campaign.settings.suspicious;
const allYes = answers(campaign);
const oneNo = answers(campaign, 'staff_mask');

/** So many records of one person, so many seconds apart. */
const records = (n: number, seconds: number, given = allYes, who = 'p1', from = '2022-04-19 10:00'): Seen[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `${who}-${i}-${from}`,
    inspectorId: who,
    inspectorName: who,
    enteredAt: new Date(at(from).getTime() + i * seconds * 1000),
    answers: given,
    zone: '东区组团',
    flags: [],
  }));

describe('a run of records', () => {
  it.each([
    ['ten in three minutes, all alike', records(10, 20), [10]],
    ['nine in three minutes', records(9, 20), []],
    ['ten in ten minutes', records(10, 65), []],
    ['ten in five minutes to the second', records(10, 33), [10]],
    ['ten of which one is different', [...records(9, 20), ...records(1, 20, oneNo, 'p1', '2022-04-19 10:04')], []],
    [
      'ten alike and one different between',
      [...records(10, 20), ...records(1, 0, oneNo, 'p1', '2022-04-19 10:01')],
      [10],
    ],
    ['ten of two people', [...records(5, 10), ...records(5, 10, allYes, 'p2')], []],
    ['two people, ten each', [...records(10, 20), ...records(12, 20, allYes, 'p2')], [10, 12]],
    ['ten, and another much later', [...records(10, 20), ...records(1, 0, allYes, 'p1', '2022-04-19 11:00')], [10]],
  ])('%s (E27)', (_, seen, lengths) => {
    expect(suspiciousRuns(seen, rule).map((run) => run.length)).toEqual(lengths);
  });
});
