import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Nudge } from '../../src/domain/change.ts';
import { makeCommandLists } from '../../src/store/command-lists.ts';
import { makeCommitter } from '../../src/store/commit.ts';
import { openPool } from '../../src/store/pool.ts';
import { createTestDatabase } from '../support/database.ts';

let pool: pg.Pool;
beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
});
afterAll(() => pool?.end());

const nudge = (aboutKind: Nudge['aboutKind'], aboutId: string, step: Nudge['step'], on: string): Nudge => ({
  campaign: 'c',
  aboutKind,
  aboutId,
  step,
  toId: null,
  on,
  outboxKey: null,
});

describe('what reached the top of the ladder', () => {
  it('is counted by what it is about, as the digest calls it (R04)', async () => {
    await makeCommitter(pool).commit({
      nudges: [
        nudge('assignment', 'a1', 'rung_3', '2022-04-29'),
        nudge('assignment', 'a2', 'rung_3', '2022-04-29'),
        nudge('letter', 'l1', 'rung_3', '2022-04-29'),
        nudge('letter', 'l2', 'rung_2', '2022-04-29'),
        nudge('finding', 'f1', 'rung_3', '2022-04-28'),
      ],
    });
    expect(await makeCommandLists(pool).reachedTop('c', '2022-04-29')).toEqual([
      { about: 'home', n: 2 },
      { about: 'letter', n: 1 },
    ]);
  });
});
