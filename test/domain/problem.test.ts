import { describe, expect, it } from 'vitest';
import { catalogue, type DetailsOf, Problem, type ProblemCode } from '../../src/domain/problem.ts';

/** Details for each code: the type makes a code without a sample a compile error. */
const samples: { [C in ProblemCode]: DetailsOf<C> } = {
  'bad-request': { faults: [{ path: 'limit', reason: 'at most 500' }] },
  'bad-json': { reason: 'unexpected end' },
  'bad-cursor': {},
  'day-not-yet': { on: '2022-04-20', today: '2022-04-19' },
  unauthorised: {},
  'no-session': {},
  'other-origin': {},
  'not-allowed': { who: '督导联络员' },
  'not-found': { what: 'person', id: 'p-1' },
  'method-not-allowed': { method: 'PATCH', allowed: ['GET'] },
  'already-bound': { channel: 'wecom', externalId: 'zhang' },
  'several-people': { name: '张工', people: ['p-1', 'p-2'] },
  'already-so': {},
  'name-taken': { name: '阳光花园', id: 'c_1' },
  'mobile-taken': { name: '张工', id: 'p_1' },
  'has-left': { name: '张工', on: '2022-04-19' },
  'last-office': { office: '领导小组办公室' },
  'wrong-scope': { role: 'supervisor', scopes: ['zone'] },
  'days-reversed': { from: '2022-04-20', to: '2022-04-19' },
  'day-past': { on: '2022-04-18', today: '2022-04-19' },
  'setting-wrong': { key: 'spot_check_max', reason: 'must be at least 1' },
  'not-resendable': { state: 'sent' },
  'clock-fixed': {},
  stale: {},
  'too-large': { limit: 2000, unit: 'characters' },
  'unsupported-type': { accepted: ['.xlsx'] },
  'unreadable-file': { reason: 'no sheet' },
  'pack-refused': { faults: [{ path: 'checklist.yaml:12 items[0].id', reason: 'stands twice' }] },
  internal: {},
  'api-disabled': {},
  unavailable: { retryAfterSeconds: 5 },
};
const codes = Object.keys(catalogue) as ProblemCode[];

describe('the catalogue of problems', () => {
  it.each(codes)('says %s in both languages, with a status of its own kind', (code) => {
    const { status, say } = catalogue[code] as { status: number; say: (d: unknown) => Record<string, string> };
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    const sentences = say(samples[code]);
    expect(sentences['zh-CN']).toMatch(/^[^！!]*[\u4e00-\u9fff][^！!]*。$/);
    expect(sentences.en).toMatch(/^[A-Z0-9].*\.$/);
    for (const text of Object.values(sentences)) expect(text).not.toMatch(/undefined|\[object/);
  });

  it('carries code, status and details, and says itself in English as an error', () => {
    const problem = new Problem('not-found', { what: 'person', id: 'p-1' });
    expect(problem).toMatchObject({ code: 'not-found', status: 404, details: { what: 'person', id: 'p-1' } });
    expect(problem.message).toBe('There is no person p-1: check it and try again.');
    expect(problem.say('zh-CN')).toContain('这位人员（p-1）');
  });
});
