import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../src/delivery/retry.ts';

describe('the wait after a failed attempt', () => {
  it.each([
    { attempts: 1, asked: null, chance: 0, expected: 500 },
    { attempts: 1, asked: null, chance: 0.5, expected: 750 },
    { attempts: 2, asked: null, chance: 0, expected: 1_000 },
    { attempts: 8, asked: null, chance: 0, expected: 64_000 },
    { attempts: 11, asked: null, chance: 0, expected: 150_000 },
    { attempts: 1, asked: 30, chance: 0, expected: 30_000 },
    { attempts: 9, asked: 3, chance: 0, expected: 128_000 },
    { attempts: 12, asked: null, chance: 0, expected: null },
    { attempts: 12, asked: 5, chance: 0, expected: null },
  ])(
    'is $expected ms after $attempts attempts when the platform asks for $asked s',
    ({ attempts, asked, chance, expected }) => {
      expect(retryDelayMs(attempts, asked, chance)).toBe(expected);
    },
  );
});
