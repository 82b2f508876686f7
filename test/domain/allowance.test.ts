import { describe, expect, it } from 'vitest';
import { allowanceLevel, mayStillGo } from '../../src/domain/allowance.ts';
import type { MessageKind } from '../../src/domain/message.ts';

describe('a month’s allowance', () => {
  it.each([
    [0, 'plenty'],
    [3_999, 'plenty'],
    [4_000, 'low'],
    [4_749, 'low'],
    [4_750, 'last'],
    [6_000, 'last'],
  ] as const)('with %d of 5,000 used is %s', (used, level) => {
    expect(allowanceLevel(used, 5_000)).toBe(level);
  });

  it.each<[MessageKind, boolean]>([
    ['answer', true],
    ['receipt', true],
    ['assignment', true],
    ['finding', true],
    ['reminder', true],
    ['rung', true],
    ['warning', true],
    ['tally', false],
    ['digest', false],
    ['notice', false],
    ['letter', false],
    ['next_day', false],
    ['handover', false],
  ])('lets a message of kind %s go at the last: %s', (kind, goes) => {
    expect(mayStillGo('last', { verb: 'send', kind })).toBe(goes);
    expect(mayStillGo('low', { verb: 'send', kind })).toBe(true);
    expect(mayStillGo('last', { verb: 'update', kind })).toBe(false);
    expect(mayStillGo('low', { verb: 'update', kind })).toBe(true);
  });
});
