import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Change } from '../../src/domain/change.ts';
import { recordInspection } from '../../src/domain/recording.ts';
import type { Committer } from '../../src/ports.ts';
import { makeCommitter } from '../../src/store/commit.ts';
import { openPool } from '../../src/store/pool.ts';
import { makeScenes } from '../../src/store/scenes.ts';
import { createTestDatabase } from '../support/database.ts';
import { answers, assignment, at, counter, visit, zhongshan } from '../support/universe.ts';

let pool: pg.Pool;
let committer: Committer;
let campaign: Campaign;
beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
  committer = makeCommitter(pool);
  campaign = await zhongshan();
});
afterAll(() => pool.end());

const next = counter('');
const fresh = (prefix: string) => `${prefix}${next()}`;
const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  Number((await pool.query(`select count(*) as n from ${sql}`, values)).rows[0].n);

/** A record of a new compound by an open assignment that is in the database. */
const recording = async (no: string[] = []) => {
  const own = assignment(campaign, { id: fresh('a'), compoundId: fresh('c') });
  await committer.commit({ assignments: [own] });
  const v = visit(campaign, { own: [own], compound: { ...visit(campaign).compound, id: own.compoundId as string } });
  const done = recordInspection(
    v,
    {
      answers: answers(campaign, ...no),
      note: '备注',
      checkOn: '2022-04-19',
      source: { channel: 'playground', kind: 'tap' },
      enteredBy: null,
    },
    at('2022-04-19 10:12'),
    'playground/x',
    () => fresh('r'),
  );
  if (done.kind !== 'recorded') throw new Error(done.kind);
  return { own, done };
};

describe('a commit', () => {
  it('writes the record, its finding, events, figures and messages in one go, and reads back what it wrote', async () => {
    const { done } = await recording(['isolation_point']);
    const message = {
      key: fresh('m'),
      campaign: campaign.id,
      to: { channel: 'playground' as const, chat: 'person:p1', personId: 'p1' },
      kind: 'answer' as const,
      about: [],
      message: { text: '好' },
      notBefore: at('2022-04-19 10:12'),
    };
    expect(await committer.commit({ ...done.change, messages: [message] })).toBe('committed');
    const scenes = makeScenes(pool);
    expect(await scenes.inspection(done.inspection.id)).toEqual(done.inspection);
    expect(await scenes.assignment(done.assignment.id)).toEqual(done.assignment);
    expect(await scenes.findingsOf(done.inspection.id)).toEqual(done.opened);
    expect(await count('outbox where key = $1', [message.key])).toBe(1);
    expect(await count('event where subject_id = $1', [done.inspection.id])).toBe(1);
  });

  it('is all or nothing: whoever read an older state writes not one row', async () => {
    const { own, done } = await recording();
    await committer.commit({ assignments: [{ ...own, state: 'lapsed', version: 2 }] });
    const before = await count('event');
    expect(await committer.commit(done.change)).toBe('stale');
    expect(await count('event')).toBe(before);
    expect(await count('inspection where id = $1', [done.inspection.id])).toBe(0);
  });

  it('lets one of two equal events through (E11, E23)', async () => {
    const change = (id: string): Change => ({
      inbound: [
        {
          channel: 'playground',
          eventId: 'twice',
          at: at('2022-04-19 10:12'),
          personId: null,
          chat: 'x',
          kind: 'text',
          text: id,
          press: null,
          answer: null,
        },
      ],
      events: [
        {
          campaign: campaign.id,
          at: at('2022-04-19 10:12'),
          kind: 'test.twice',
          subject: { kind: 'test', id },
          by: null,
          inbound: null,
          data: {},
        },
      ],
    });
    const results = await Promise.all(['a', 'b', 'c'].map((id) => committer.commit(change(id))));
    expect(results.sort()).toEqual(['committed', 'stale', 'stale']);
    expect(await count(`event where kind = 'test.twice'`)).toBe(1);
  });

  it('puts a new version in the place of the old one, and refuses a second successor', async () => {
    const { done } = await recording();
    await committer.commit(done.change);
    const successor = (id: string) => ({
      inspections: [{ ...done.inspection, id, version: 2, replacesId: done.inspection.id }],
      retired: [done.inspection.id],
    });
    expect(await committer.commit(successor(fresh('v')))).toBe('committed');
    expect(await committer.commit(successor(fresh('v')))).toBe('stale');
    expect(await count('inspection where assignment_id = $1 and live', [done.assignment.id])).toBe(1);
  });

  it('takes a record of an assignment whose first one was taken back', async () => {
    const { done } = await recording();
    await committer.commit({ inspections: [done.inspection] });
    expect(await committer.commit({ retired: [done.inspection.id] })).toBe('committed');
    expect(await committer.commit({ inspections: [{ ...done.inspection, id: fresh('i') }] })).toBe('committed');
    expect(await count('inspection where assignment_id = $1 and live', [done.assignment.id])).toBe(1);
  });

  it('covers a compound once: the second record stands, and adds nothing to the coverage (E02)', async () => {
    const { own, done } = await recording();
    const [covered] = done.change.covered ?? [];
    await committer.commit(done.change);
    const again = await recording();
    const covering = { ...covered, inspectionId: again.done.inspection.id } as NonNullable<typeof covered>;
    expect(await committer.commit({ ...again.done.change, covered: [covering] })).toBe('committed');
    expect(await count('coverage where compound_id = $1', [own.compoundId])).toBe(1);
    expect(await count('inspection where id = $1', [again.done.inspection.id])).toBe(1);
    const figures = await pool.query(`select sum(n)::int as n from delta where measure = 'covered' and area = $1`, [
      '东区街道',
    ]);
    const compounds = await count('coverage where area = $1', ['东区街道']);
    expect(figures.rows[0].n).toBe(compounds);
  });

  it('can hand coverage from one record to another in one statement', async () => {
    const { done } = await recording();
    await committer.commit(done.change);
    const [covered] = done.change.covered ?? [];
    if (!covered) throw new Error('not covered');
    expect(await committer.commit({ uncovered: [covered], covered: [{ ...covered, inspectionId: 'heir' }] })).toBe(
      'committed',
    );
    expect(await count(`coverage where compound_id = $1 and inspection_id = 'heir'`, [covered.compoundId])).toBe(1);
  });

  it('keeps one message for one key', async () => {
    const message = {
      key: fresh('m'),
      campaign: null,
      to: { channel: 'playground' as const, chat: 'x', personId: null },
      kind: 'tally' as const,
      about: [],
      message: { text: 'x' },
      notBefore: at('2022-04-19 20:00'),
    };
    expect(await committer.commit({ messages: [message] })).toBe('committed');
    expect(await committer.commit({ messages: [message] })).toBe('committed');
    expect(await count('outbox where key = $1', [message.key])).toBe(1);
  });
});
