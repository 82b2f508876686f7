import { describe, expect, it } from 'vitest';
import { sparkPoints } from '../../../src/pages/dashboard/parts/spark.tsx';
import { readPlace, writePlace } from '../../../src/pages/dashboard/place.ts';
import { count, daysBetween, longDay, percent } from '../../../src/pages/dashboard/words.ts';

describe('an address of the dashboard', () => {
  it.each([
    ['', { view: 'overview', id: '', query: {} }],
    ['#/', { view: 'overview', id: '', query: {} }],
    ['#/zone/%E4%B8%9C%E5%8C%BA%E7%BB%84%E5%9B%A2', { view: 'zone', id: '东区组团', query: {} }],
    [
      '#/findings?group=overdue&on=2022-04-20',
      { view: 'findings', id: '', query: { group: 'overdue', on: '2022-04-20' } },
    ],
    ['#/nonsense', { view: 'overview', id: '', query: {} }],
    ['#/zone/%E0%A4%A', { view: 'zone', id: '', query: {} }],
  ])('%s', (hash, place) => {
    expect(readPlace(hash)).toEqual(place);
  });

  it('is read as it was written, and leaves out what is not asked', () => {
    const address = writePlace('area', '翠亨新区/南朗 街道?', { group: 'covered', on: null, q: undefined });
    expect(readPlace(address)).toEqual({ view: 'area', id: '翠亨新区/南朗 街道?', query: { group: 'covered' } });
    expect(writePlace('overview')).toBe('#/');
  });
});

describe('figures in words', () => {
  it.each([
    [0, 10, 0],
    [1, 1000, 1],
    [999, 1000, 99],
    [10, 10, 100],
    [5, 10, 50],
    [0, 0, 0],
  ])('%i of %i is %i per cent: never all before the last, never none after the first', (part, whole, expected) => {
    expect(percent(part, whole)).toBe(expected);
  });

  it('set thousands apart and say days as people do', () => {
    expect([count(7), count(1812), count(1_000_000)]).toEqual(['7', '1,812', '1,000,000']);
    expect(longDay('2022-04-21', 'zh-CN')).toBe('4月21日（周四）');
    expect(longDay('2022-04-21', 'en')).toBe('Thu 21 Apr');
    expect([daysBetween('2022-04-30', '2022-05-05'), daysBetween('2022-04-21', '2022-04-20')]).toEqual([5, -1]);
  });
});

describe('a spark line', () => {
  it('begins at zero and ends at the last figure, whatever they are', () => {
    expect(sparkPoints([0, 5, 10])).toBe('2,26 48,14 94,2');
    expect(sparkPoints([0, 0])).toBe('2,26 94,26');
    expect(sparkPoints([])).toBe('');
  });
});
