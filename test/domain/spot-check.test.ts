// Spot checks: fair, repeatable, and never of oneself (R38, E21).
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { comparedWith, drawFrom, readSpotWords, spotInspectors } from '../../src/domain/spot-check.ts';
import { answers, zhongshan } from '../support/universe.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const frame = Array.from({ length: 200 }, (_, i) => ({ id: `c${i}`, first: false }));
const campaign = await zhongshan();

describe('a draw (R38)', () => {
  it('is the same for the same frame and seed, whatever order the frame is in, and another for another seed', () => {
    const drawn = drawFrom(frame, 'seed', 10, sha256);
    expect(drawFrom(frame.toReversed(), 'seed', 10, sha256)).toEqual(drawn);
    expect(drawFrom(frame, 'another', 10, sha256)).not.toEqual(drawn);
    expect(new Set(drawn).size).toBe(10);
  });

  it('is what anybody finds who sorts the digests of SEED:ID', () => {
    const byHand = frame.map(({ id }) => `${sha256(`seed:${id}`)} ${id}`).sort();
    expect(drawFrom(frame, 'seed', 3, sha256)).toEqual(byHand.slice(0, 3).map((line) => line.split(' ')[1]));
  });

  it('takes all of a frame that is smaller', () => {
    expect(drawFrom(frame.slice(0, 3), 'seed', 10, sha256)).toHaveLength(3);
  });

  it('takes what was checked by its own company first (E21)', () => {
    const mixed = frame.map((entry, i) => ({ ...entry, first: i === 7 || i === 70 }));
    expect(new Set(drawFrom(mixed, 'seed', 2, sha256))).toEqual(new Set(['c7', 'c70']));
  });

  it('draws every compound about as often as any other', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 2000; i += 1)
      for (const id of drawFrom(frame.slice(0, 20), `seed ${i}`, 5, sha256)) counts.set(id, (counts.get(id) ?? 0) + 1);
    expect(Math.min(...counts.values())).toBeGreaterThan(400);
    expect(Math.max(...counts.values())).toBeLessThan(600);
  });
});

describe('who looks again', () => {
  const who = (id: string, unitId: string | null = null, load = 0) => ({ personId: id, unitId, load, areas: [] });
  const compound = (id: string, recordedBy: string[] = [], unitId: string | null = 'u1') => ({
    id,
    area: '东区街道',
    unitId,
    recordedBy,
  });
  it.each([
    ['never whoever recorded it', [compound('c1', ['p1'])], [who('p1'), who('p2', null, 5)], null, 'p2'],
    ['never, even if chosen', [compound('c1', ['p1'])], [who('p1'), who('p2')], 'p1', 'p2'],
    ['whoever is chosen', [compound('c1')], [who('p1'), who('p2', null, 9)], 'p2', 'p2'],
    ['rather not the managing company', [compound('c1')], [who('p1', 'u1'), who('p2', 'u2', 9)], null, 'p2'],
    ['not the managing company, even if chosen', [compound('c1')], [who('p1', 'u1'), who('p2', 'u2')], 'p1', 'p2'],
    ['the managing company’s where there is nobody else', [compound('c1')], [who('p1', 'u1')], null, 'p1'],
    ['nobody where only the recorder is left', [compound('c1', ['p1'])], [who('p1')], null, null],
  ])('%s (R38)', (_, drawn, inspectors, chosen, expected) => {
    expect(spotInspectors(drawn, inspectors, chosen).get('c1')).toBe(expected);
  });

  it('shares the compounds out', () => {
    const given = spotInspectors(
      Array.from({ length: 6 }, (_, i) => compound(`c${i}`)),
      [who('p1'), who('p2'), who('p3')],
      null,
    );
    expect([...given.values()].sort()).toEqual(['p1', 'p1', 'p2', 'p2', 'p3', 'p3']);
  });
});

describe('the second look against the first', () => {
  const checklist = campaign.checklists[0] as (typeof campaign.checklists)[number];
  it.each([
    ['the same', answers(campaign, 'staff_mask'), answers(campaign, 'staff_mask'), 'match', []],
    ['one item differs', answers(campaign), answers(campaign, 'staff_mask'), 'mismatch', ['staff_mask']],
    ['put right meanwhile', answers(campaign, 'staff_mask'), answers(campaign), 'mismatch', ['staff_mask']],
  ])('%s (R38)', (_, first, again, outcome, items) => {
    expect(comparedWith(checklist, { answers: first }, { answers: again })).toEqual({ outcome, items });
  });

  it('has nothing to say where no record stood', () => {
    expect(comparedWith(checklist, null, { answers: answers(campaign) }).outcome).toBe('nothing_before');
  });
});

describe('the words of /spotcheck', () => {
  it.each([
    ['5', { n: 5, frameKind: 'covered', place: '', by: '' }],
    ['5 东区组团', { n: 5, frameKind: 'covered', place: '东区组团', by: '' }],
    ['东区组团 5个 全部落实', { n: 5, frameKind: 'all_yes', place: '东区组团', by: '' }],
    ['3 自查 由 张工', { n: 3, frameKind: 'self_check', place: '', by: '张工' }],
    ['3 未签阅 由张工（东区街道）', { n: 3, frameKind: 'unsigned', place: '', by: '张工（东区街道）' }],
    ['当场整改 2', { n: 2, frameKind: 'fixed_on_spot', place: '', by: '' }],
    ['东区组团', { n: null, frameKind: 'covered', place: '东区组团', by: '' }],
    ['0', { n: null, frameKind: 'covered', place: '', by: '' }],
  ])('%j', (text, expected) => {
    expect(readSpotWords(text)).toEqual(expected);
  });
});
