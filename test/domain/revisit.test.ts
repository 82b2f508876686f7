import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../../src/domain/calendar.ts';
import { type RiskFacts, revisits } from '../../src/domain/revisit.ts';

const today = '2022-07-01';
const frequency = { revisitAfterDays: 30, revisitAtRiskAfterDays: 7 };
const seen = (compoundId: string, daysAgo: number, more: Partial<RiskFacts> = {}): RiskFacts => ({
  compoundId,
  area: 'A',
  unitId: null,
  lastOn: plusDays(today, -daysAgo),
  repeatedNo: 0,
  lateFixes: 0,
  unsigned: false,
  mismatch: false,
  ...more,
});
const said = (facts: RiskFacts[]) =>
  revisits(facts, today, frequency).map((r) => `${r.compoundId}: ${r.reasons.join(' ')}`);

describe('where phase 2 looks again (R42)', () => {
  it.each([
    [
      'comes in the order of the plan: repeated “no”, late fixes, unsigned, mismatch, long not visited',
      [
        seen('k1', 30),
        seen('k2', 7, { mismatch: true }),
        seen('k3', 7, { unsigned: true }),
        seen('k4', 7, { lateFixes: 1 }),
        seen('k5', 7, { repeatedNo: 1 }),
      ],
      ['k5: repeated_no', 'k4: late_fix', 'k3: letter_unsigned', 'k2: mismatch', 'k1: long_not_visited'],
    ],
    [
      'lets one graver reason outweigh all lesser ones together',
      [seen('k1', 40, { lateFixes: 3, unsigned: true, mismatch: true }), seen('k2', 7, { repeatedNo: 1 })],
      ['k2: repeated_no', 'k1: late_fix letter_unsigned mismatch long_not_visited'],
    ],
    [
      'puts the one with one reason more before its like',
      [seen('k1', 7, { repeatedNo: 1 }), seen('k2', 7, { repeatedNo: 1, mismatch: true })],
      ['k2: repeated_no mismatch', 'k1: repeated_no'],
    ],
    [
      'puts more of the same first, then who was not visited for longest, then the id',
      [
        seen('k4', 8, { repeatedNo: 1 }),
        seen('k3', 8, { repeatedNo: 1 }),
        seen('k2', 9, { repeatedNo: 1 }),
        seen('k1', 7, { repeatedNo: 2 }),
      ],
      ['k1: repeated_no', 'k2: repeated_no', 'k3: repeated_no', 'k4: repeated_no'],
    ],
    ['lets what is at risk rest for a week', [seen('k1', 6, { repeatedNo: 4 }), seen('k2', 0, { unsigned: true })], []],
    ['lets everything else rest for a month', [seen('k1', 29), seen('k2', 7)], []],
  ])('%s', (_, facts, expected) => {
    expect(said(facts)).toEqual(expected);
  });

  it('is the same whatever order the records are read in, with a reason for each', () => {
    const fact = fc.record({
      daysAgo: fc.integer({ min: 0, max: 60 }),
      repeatedNo: fc.integer({ min: 0, max: 2 }),
      lateFixes: fc.integer({ min: 0, max: 2 }),
      unsigned: fc.boolean(),
      mismatch: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 20 }), (rows) => {
        const facts = rows.map(({ daysAgo, ...more }, i) => seen(`k${i}`, daysAgo, more));
        const found = revisits(facts, today, frequency);
        expect(revisits(facts.toReversed(), today, frequency)).toEqual(found);
        for (const { reasons } of found) expect(reasons).not.toEqual([]);
      }),
    );
  });
});
