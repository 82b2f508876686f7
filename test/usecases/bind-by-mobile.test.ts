// People of the roster are found on a platform by their mobile numbers: slowly, once for each number, and not at the cost
// of being locked out.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAccounts } from '../../src/store/accounts.ts';
import { makeMobileLookups } from '../../src/store/mobile-lookups.ts';
import { openPool } from '../../src/store/pool.ts';
import { openPrisma } from '../../src/store/prisma.ts';
import { bindByMobile, mayAsk } from '../../src/usecases/bind-by-mobile.ts';
import { createTestDatabase } from '../support/database.ts';
import { insert } from '../support/seed.ts';
import { silent } from '../support/silent-log.ts';

let pool: ReturnType<typeof openPool>;
let prisma: ReturnType<typeof openPrisma>;
let asked: string[] = [];
let known: Record<string, string> = {};
const at = '2022-04-19T08:00:00+08:00';

beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
  prisma = openPrisma(pool);
});
afterAll(async () => {
  await prisma.$disconnect();
  if (!pool.ended) await pool.end();
});
beforeEach(async () => {
  await pool.query('truncate person, binding, mobile_lookup, event');
  asked = [];
  known = {};
});

const people = (...rows: { id: string; mobile: string | null; no_account?: boolean; left_on?: string | null }[]) =>
  insert(
    pool,
    'person',
    rows.map(({ no_account = false, left_on = null, ...row }) => ({
      name: row.id,
      lives: 'known',
      added_at: at,
      no_account,
      left_on,
      ...row,
    })),
  );
const mobile = (n: number): string => `138${String(n).padStart(8, '0')}`;
const round = (fails = false): Promise<void> =>
  bindByMobile(
    {
      lookups: makeMobileLookups(pool),
      accounts: makeAccounts(prisma),
      clock: { now: () => new Date(at) },
      log: silent,
    },
    {
      channel: 'wecom',
      accountByMobile: async (number) => {
        if (fails) throw new Error('no answer');
        asked.push(number);
        return known[number] ?? null;
      },
    },
    'c1',
  );
const bound = async () => (await pool.query('select person_id, external_id from binding order by 1')).rows;

describe('people found by mobile (E22)', () => {
  it('are bound, each with an event, and asked for once', async () => {
    known = { [mobile(1)]: 'zhangsan' };
    await people({ id: 'p1', mobile: mobile(1) }, { id: 'p2', mobile: mobile(2) });
    await round();
    await round();
    expect(asked).toEqual([mobile(1), mobile(2)]);
    expect(await bound()).toEqual([{ person_id: 'p1', external_id: 'zhangsan' }]);
    const { rows } = await pool.query('select kind, subject_id from event');
    expect(rows).toEqual([{ kind: 'person.bound', subject_id: 'p1' }]);
  });

  it('are asked for again under a new number', async () => {
    await people({ id: 'p1', mobile: mobile(1) });
    await round();
    await pool.query('update person set mobile = $1', [mobile(9)]);
    known = { [mobile(9)]: 'zhangsan' };
    await round();
    expect(asked).toEqual([mobile(1), mobile(9)]);
    expect(await bound()).toHaveLength(1);
  });

  it('are not those who left, have no account by the roster, no number, or are bound', async () => {
    await people(
      { id: 'p1', mobile: mobile(1), left_on: '2022-04-01' },
      { id: 'p2', mobile: mobile(2), no_account: true },
      { id: 'p3', mobile: null },
      { id: 'p4', mobile: mobile(4) },
    );
    await insert(pool, 'binding', [{ channel: 'wecom', external_id: 'lisi', person_id: 'p4', bound_at: at }]);
    await round();
    expect(asked).toEqual([]);
  });

  it('whose account is somebody else’s stay unbound, and the next ones are served', async () => {
    known = { [mobile(1)]: 'same', [mobile(2)]: 'same', [mobile(3)]: 'other' };
    await people({ id: 'p1', mobile: mobile(1) }, { id: 'p2', mobile: mobile(2) }, { id: 'p3', mobile: mobile(3) });
    await round();
    expect(await bound()).toEqual([
      { person_id: 'p1', external_id: 'same' },
      { person_id: 'p3', external_id: 'other' },
    ]);
  });

  it('wait when the platform does not answer, and nobody is skipped', async () => {
    known = { [mobile(1)]: 'zhangsan' };
    await people({ id: 'p1', mobile: mobile(1) });
    await expect(round(true)).rejects.toThrow('no answer');
    await round();
    expect(await bound()).toHaveLength(1);
  });

  it('are no longer asked for that day when too many numbers are unknown', async () => {
    await people(
      ...Array.from({ length: 30 }, (_, i) => ({ id: `p${String(i).padStart(2, '0')}`, mobile: mobile(i) })),
    );
    await round();
    await round();
    expect(asked).toHaveLength(10);
    const stored = await pool.query("select string_agg(mobile_hash, '') as all_of_them from mobile_lookup");
    expect(stored.rows[0].all_of_them).not.toContain('138');
  });

  it.each([
    [{ found: 0, unknown: 9 }, true],
    [{ found: 0, unknown: 10 }, false],
    [{ found: 500, unknown: 49 }, true],
    [{ found: 500, unknown: 50 }, false],
  ])('after %o in a day may be asked for: %s', (day, expected) => {
    expect(mayAsk(day)).toBe(expected);
  });
});
