import { describe, expect, it } from 'vitest';
import { followedBy, holdsForGood, spanAt } from '../../../src/domain/office/spans.ts';

interface Held {
  readonly who: string;
  readonly from: string | null;
  readonly to: string | null;
}
const held = (who: string, from: string | null, to: string | null = null): Held => ({ who, from, to });
const next = (who: string, from: string) => ({ who, from, to: null });
/** Who holds it on each of these days, once the rows are written over those of the same beginning. */
const on = (spans: readonly Held[], ...days: string[]) => days.map((day) => spanAt(spans, day)?.who ?? '');

describe('what holds from a day on', () => {
  it('ends what held before the day before, and leaves the past alone', () => {
    const rows = followedBy([held('A', null)], next('B', '2022-05-01'));
    expect(rows).toEqual([held('A', null, '2022-04-30'), held('B', '2022-05-01')]);
    expect(on(rows, '2022-04-01', '2022-04-30', '2022-05-01', '2023-01-01')).toEqual(['A', 'A', 'B', 'B']);
  });

  it('makes void what was set for later', () => {
    const spans = [held('A', null, '2022-04-30'), held('B', '2022-05-01')];
    const rows = followedBy(spans, next('C', '2022-04-25'));
    expect(on(rows, '2022-04-24', '2022-04-25', '2022-05-01')).toEqual(['A', 'C', 'C']);
  });

  it('goes on after what was set for earlier', () => {
    const spans = [held('A', null, '2022-04-30'), held('B', '2022-05-01')];
    const rows = [...spans.slice(0, 1), ...followedBy(spans, next('C', '2022-05-10'))];
    expect(on(rows, '2022-04-30', '2022-05-09', '2022-05-10')).toEqual(['A', 'B', 'C']);
  });

  it('counts the one said last where two overlap', () => {
    expect(on([held('A', null), held('B', '2022-04-20')], '2022-04-19', '2022-04-20')).toEqual(['A', 'B']);
  });

  it.each([
    ['already so and for good', [held('A', null)], 'A'],
    ['ended by a later one', [held('A', null, '2022-05-01'), held('B', '2022-05-02')], undefined],
    ['ended, the later one void', [held('A', null), held('B', '2022-05-02', '2022-05-01')], 'A'],
    ['nothing yet', [], undefined],
  ])('says whether it stays: %s', (_, spans, expected) => {
    expect(holdsForGood(spans, '2022-04-25')?.who).toBe(expected);
  });
});
