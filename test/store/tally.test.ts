import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sum } from '../../src/domain/figures.ts';
import type { Measure, Moment } from '../../src/domain/tally.ts';
import { openPool } from '../../src/store/pool.ts';
import { makeTallyStore, type TallyStore } from '../../src/store/tally.ts';
import { createTestDatabase } from '../support/database.ts';
import { insert } from '../support/seed.ts';

let pool: pg.Pool;
let store: TallyStore;
beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url, { max: 8 });
  store = makeTallyStore(pool);
});
afterAll(() => pool.end());
beforeEach(() => pool.query('truncate delta, rollup, rollup_span'));

const delta = (measure: Measure, day: string, late: boolean, n = 1, more: object = {}) => ({
  campaign: 'c',
  measure,
  area: '东区街道',
  organisation: '',
  department: '',
  on_day: day,
  day,
  late,
  n,
  ...more,
});
const totals = (sums: readonly Sum[]) => sums.map(({ measure, area, total, today }) => [measure, area, total, today]);

const story = [
  delta('covered', '2022-04-19', false),
  delta('covered', '2022-04-19', false),
  delta('covered', '2022-04-19', true),
  delta('covered', '2022-04-20', false),
  // Corrected the next morning: the first entry's day still counts it, the change is of the new day.
  delta('inspections', '2022-04-19', false, 1, { area: '石岐街道' }),
  delta('inspections', '2022-04-20', false, -1, { area: '石岐街道', on_day: '2022-04-19' }),
  // Overdue by time alone, on a day to come.
  delta('overdue', '2022-04-22', false),
  delta('covered', '2022-04-19', false, 1, { campaign: 'another' }),
];

const moments: [string, Moment, unknown[]][] = [
  ['before anything', { day: '2022-04-18', late: true }, []],
  [
    'at the tally time',
    { day: '2022-04-19', late: false },
    [
      ['covered', '东区街道', 2, 2],
      ['inspections', '石岐街道', 1, 1],
    ],
  ],
  [
    'at the end of that day',
    { day: '2022-04-19', late: true },
    [
      ['covered', '东区街道', 3, 3],
      ['inspections', '石岐街道', 1, 1],
    ],
  ],
  ['the next day, with what changed', { day: '2022-04-20', late: false }, [['covered', '东区街道', 4, 1]]],
  [
    'once time alone has made something true',
    { day: '2022-04-22', late: false },
    [
      ['covered', '东区街道', 4, 0],
      ['overdue', '东区街道', 1, 1],
    ],
  ],
];

describe('the sums', () => {
  it.each(moments)('%s', async (_, moment, expected) => {
    await insert(pool, 'delta', story);
    expect(totals(await store.sumsUpTo('c', moment))).toEqual(expected);
  });

  it.each(moments)('%s, folded as a whole', async (_, moment, expected) => {
    await insert(pool, 'delta', story);
    expect(await store.foldDeltas()).toBe(story.length);
    expect(totals(await store.sumsUpTo('c', moment))).toEqual(expected);
    expect((await pool.query('select from delta')).rowCount).toBe(0);
  });

  it.each(moments)('%s, folded in part, with rows added after', async (_, moment, expected) => {
    await insert(pool, 'delta', story.slice(0, 5));
    expect(await store.foldDeltas(3)).toBe(3);
    await insert(pool, 'delta', story.slice(5));
    expect(totals(await store.sumsUpTo('c', moment))).toEqual(expected);
  });

  it('count newly covered compounds by day, a day without any as none', async () => {
    await insert(pool, 'delta', story);
    await store.foldDeltas(2);
    expect(await store.newlyCovered('c', ['2022-04-20', '2022-04-21', '2022-04-19'])).toEqual([1, 0, 3]);
  });
});

describe('folding', () => {
  it('says 0 when there is nothing to fold', async () => {
    expect(await store.foldDeltas()).toBe(0);
  });

  it('loses and doubles nothing while records are written, read and folded by several at once', async () => {
    const end: Moment = { day: '2022-04-30', late: true };
    let written = 0;
    const seen: number[] = [];
    const writer = async (): Promise<void> => {
      for (let i = 0; i < 40; i += 1) {
        await insert(pool, 'delta', [delta('covered', `2022-04-${10 + (i % 5)}`, i % 2 === 0)]);
        written += 1;
      }
    };
    const folder = async (): Promise<void> => {
      while (written < 120) await store.foldDeltas(7);
    };
    const reader = async (): Promise<void> => {
      while (written < 120) {
        const [sum] = await store.sumsUpTo('c', end);
        seen.push(sum?.total ?? 0);
      }
    };
    await Promise.all([writer(), writer(), writer(), folder(), folder(), reader()]);
    while ((await store.foldDeltas(50)) > 0);
    expect(totals(await store.sumsUpTo('c', end))).toEqual([['covered', '东区街道', 120, 0]]);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });
});

describe('known compounds', () => {
  it('are the listed ones of the areas, as known at the instant', async () => {
    const compound = (id: string, area: string, status: string, day: number) => ({
      id,
      name: id,
      aliases: [],
      pinyin: '',
      area,
      status,
      added_at: `2022-04-${day}T12:00:00Z`,
    });
    await insert(pool, 'compound', [
      compound('k1', '东区街道', 'listed', 10),
      compound('k2', '东区街道', 'listed', 20),
      compound('k3', '东区街道', 'pending', 10),
      compound('k4', '石岐街道', 'listed', 10),
      compound('k5', '别处', 'listed', 10),
    ]);
    const known = (day: number) => store.knownCompounds(['东区街道', '石岐街道'], new Date(`2022-04-${day}T12:00:00Z`));
    expect([...(await known(20))].sort()).toEqual(
      [
        ['东区街道', 2],
        ['石岐街道', 1],
      ].sort(),
    );
    expect((await known(19)).get('东区街道')).toBe(1);
  });
});
