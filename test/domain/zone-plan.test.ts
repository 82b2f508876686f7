import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type Inspector, planZoneDay } from '../../src/domain/zone-plan.ts';
import { at, counter } from '../support/universe.ts';

const gap = (compoundId: string, area = 'A', more: Partial<Candidate> = {}): Candidate => ({
  compoundId,
  area,
  unitId: null,
  kind: 'zone',
  reasons: ['not_yet_checked'],
  notBy: null,
  checklist: 'checklist-2022-04',
  ...more,
});
const who = (personId: string, more: Partial<Inspector> = {}): Inspector => ({
  personId,
  unitId: null,
  load: 0,
  areas: [],
  ...more,
});
const plan = (candidates: Candidate[], inspectors: Inspector[], perDay = 2) =>
  planZoneDay('c', 'Z', '2022-04-19', candidates, inspectors, perDay, at('2022-04-19 08:30'), counter()).map(
    (a) => `${a.compoundId}→${a.personId}`,
  );

describe('a zone’s day', () => {
  it.each([
    ['fills each inspector up to the day’s load', [gap('k1'), gap('k2'), gap('k3')], [who('p1')], ['k1→p1', 'k2→p1']],
    ['spreads before it stacks', [gap('k1'), gap('k2')], [who('p1'), who('p2')], ['k1→p1', 'k2→p2']],
    [
      'keeps to the area an inspector is in already',
      [gap('k1', 'A'), gap('k2', 'B'), gap('k3', 'B'), gap('k4', 'A')],
      [who('p1'), who('p2')],
      ['k1→p1', 'k2→p2', 'k3→p2', 'k4→p1'],
    ],
    [
      'counts what an inspector still has',
      [gap('k1'), gap('k2')],
      [who('p1', { load: 2 }), who('p2', { load: 1 })],
      ['k1→p2'],
    ],
    [
      'looks back first, then strengthened, then gaps (R28)',
      [gap('k1'), gap('k2', 'A', { kind: 'strengthened' }), gap('k3', 'A', { kind: 'recheck' })],
      [who('p1')],
      ['k3→p1', 'k2→p1'],
    ],
    [
      'never sends the one who claimed the fix (R40)',
      [gap('k1', 'A', { kind: 'recheck', notBy: 'p1' })],
      [who('p1'), who('p2')],
      ['k1→p2'],
    ],
    ['leaves it for another day rather than that', [gap('k1', 'A', { kind: 'recheck', notBy: 'p1' })], [who('p1')], []],
    [
      'avoids the own company’s compounds (E21)',
      [gap('k1', 'A', { unitId: 'u1' })],
      [who('p1', { unitId: 'u1' }), who('p2', { load: 1 })],
      ['k1→p2'],
    ],
    [
      'takes them when nobody else is free',
      [gap('k1', 'A', { unitId: 'u1' })],
      [who('p1', { unitId: 'u1' })],
      ['k1→p1'],
    ],
    ['plans nothing without inspectors', [gap('k1')], [], []],
  ])('%s', (_, candidates, inspectors, expected) => {
    expect(plan(candidates, inspectors)).toEqual(expected);
  });

  it('never overloads anybody, never plans a compound twice, and is balanced to one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (compounds, people, perDay) => {
          const candidates = Array.from({ length: compounds }, (_, i) => gap(`k${i}`, `A${i % 3}`));
          const inspectors = Array.from({ length: people }, (_, i) => who(`p${i}`));
          const planned = plan(candidates, inspectors, perDay);
          const loads = inspectors.map((p) => planned.filter((x) => x.endsWith(`→${p.personId}`)).length);
          expect(planned.length).toBe(Math.min(compounds, people * perDay));
          expect(new Set(planned.map((x) => x.split('→')[0])).size).toBe(planned.length);
          expect(Math.max(...loads)).toBeLessThanOrEqual(perDay);
          expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
