import { describe, expect, it } from 'vitest';
import { type Act, makeAgenda } from '../../src/simulation/agenda.ts';
import { chanceOf, oneOf } from '../../src/simulation/chance.ts';
import { at } from '../support/universe.ts';

const act = (time: string, id: string): Act => ({
  at: at(`2022-04-19 ${time}`),
  event: {
    channel: 'playground',
    id,
    sender: 'p1',
    chat: { kind: 'person', id: 'person:p1' },
    body: { kind: 'text', text: id, mentionsBot: false },
  },
});

describe('the agenda', () => {
  it('gives acts by time and then by name, however they came in', () => {
    const acts = [act('09:04', 'late'), act('09:01', 'b'), act('09:01', 'a'), act('09:30', 'another time')];
    for (const order of [acts, acts.toReversed()]) {
      const agenda = makeAgenda();
      agenda.add(order);
      expect(agenda.next()).toEqual(at('2022-04-19 09:10'));
      expect(agenda.take(at('2022-04-19 09:10')).map((one) => one.event.id)).toEqual(['a', 'b', 'late']);
      expect(agenda.next()).toEqual(at('2022-04-19 09:30'));
    }
  });

  it('is empty when nobody plans anything', () => {
    expect(makeAgenda().next()).toBeNull();
  });
});

describe('chance', () => {
  it('is the same for the same seed and words, and another for another', () => {
    expect(chanceOf(1)('temper', 'p1')).toBe(chanceOf(1)('temper', 'p1'));
    expect(chanceOf(1)('temper', 'p1')).not.toBe(chanceOf(2)('temper', 'p1'));
    expect(chanceOf(1)('temper', 'p1')).not.toBe(chanceOf(1)('temper', 'p2'));
  });

  it.each([
    [0, 'most'],
    [0.69, 'most'],
    [0.7, 'some'],
    [0.999, 'few'],
  ])('at %d chooses %s', (draw, expected) => {
    const shares = [
      ['most', 0.7],
      ['some', 0.2],
      ['few', 0.1],
    ] as const;
    expect(oneOf(draw, shares)).toBe(expected);
  });

  it('gives each share about its part of many', () => {
    const chance = chanceOf(3);
    const n = Array.from({ length: 4000 }, (_, i) => chance('x', i)).filter((draw) => draw < 0.25).length;
    expect(n).toBeGreaterThan(900);
    expect(n).toBeLessThan(1100);
  });
});
