import { describe, expect, it } from 'vitest';
import { instantsIn, written } from '../../src/http/instants.ts';

describe('instants', () => {
  it.each([
    ['Asia/Shanghai', '2022-04-19T00:30:00.007Z', '2022-04-19T08:30:00.007+08:00'],
    ['Asia/Shanghai', '2022-04-19T16:00:00.000Z', '2022-04-20T00:00:00.000+08:00'],
    ['Asia/Shanghai', '1990-07-01T00:00:00.000Z', '1990-07-01T09:00:00.000+09:00'],
    ['Asia/Kolkata', '2022-04-19T00:30:00.000Z', '2022-04-19T06:00:00.000+05:30'],
    ['America/St_Johns', '2022-01-01T00:00:00.000Z', '2021-12-31T20:30:00.000-03:30'],
    ['UTC', '1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999+00:00'],
  ])('in %s %s is %s', (zone, at, expected) => {
    expect(instantsIn(zone)(new Date(at))).toBe(expected);
    expect(new Date(expected).toISOString()).toBe(at);
  });

  it('are written wherever they stand, and nothing else is touched', () => {
    const at = new Date('2022-04-19T00:30:00Z');
    const value = { at, list: [{ at }, null, 1, 'text', undefined], deep: { none: null, yes: true } };
    expect(written(value, () => 'AT')).toEqual({
      at: 'AT',
      list: [{ at: 'AT' }, null, 1, 'text', undefined],
      deep: { none: null, yes: true },
    });
  });
});
