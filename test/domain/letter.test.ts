import { describe, expect, it } from 'vitest';
import { type Letter, sign, type Unit, unitsThatOwe } from '../../src/domain/letter.ts';
import { at } from '../support/universe.ts';

const unit = (
  id: string,
  companyId: string,
  origin: Unit['origin'],
  kind: Unit['kind'],
  area: string | null,
): Unit => ({ id, name: id, companyId, origin, kind, area, headId: `head-${id}`, addedOn: null });

describe('who must sign (R24, E06)', () => {
  it.each([
    [
      'a local company: headquarters and each branch in the city',
      [unit('hq', 'a', 'local', 'HQ', '东区街道'), unit('b1', 'a', 'local', 'branch', '小榄镇')],
      ['hq', 'b1'],
    ],
    [
      'a local company’s branch elsewhere does not',
      [unit('hq', 'a', 'local', 'HQ', '东区街道'), unit('far', 'a', 'local', 'branch', null)],
      ['hq'],
    ],
    [
      'an outside company: each branch in the city, not its headquarters',
      [
        unit('hq', 'a', 'outside', 'HQ', null),
        unit('b1', 'a', 'outside', 'branch', '小榄镇'),
        unit('b2', 'a', 'outside', 'branch', '古镇镇'),
      ],
      ['b1', 'b2'],
    ],
    ['an outside company without a branch here: undecided', [unit('hq', 'a', 'outside', 'HQ', null)], ['hq?']],
    [
      'an outside company’s branch elsewhere changes nothing',
      [unit('hq', 'a', 'outside', 'HQ', null), unit('far', 'a', 'outside', 'branch', null)],
      ['hq?'],
    ],
  ])('%s', (_, units, expected) => {
    expect(unitsThatOwe(units).map((o) => o.unit.id + (o.undecided ? '?' : ''))).toEqual(expected);
  });
});

const questions = Array.from({ length: 12 }, (_, i) => `q${i + 1}`);
const yes = (...except: string[]) =>
  Object.fromEntries(questions.filter((q) => !except.includes(q)).map((q) => [q, 'yes' as const]));
const letter: Letter = {
  id: 'l1',
  campaign: 'c',
  letter: 'letter-2022-04',
  unitId: 'u1',
  unit: '某物业',
  kind: 'branch',
  origin: 'local',
  area: '东区街道',
  zone: '东区组团',
  signatoryId: 'p1',
  state: 'sent',
  version: 2,
  answers: {},
  remark: null,
  dueOn: '2022-04-26',
  owedAt: at('2022-04-19 08:30'),
  sentAt: at('2022-04-19 08:30'),
  readAt: null,
  signedAt: null,
  signedById: null,
};
const signOn = (day: string, given: Record<string, 'yes' | 'no'>, from: Letter = letter) =>
  sign(from, questions, given, null, 'p1', at(`${day} 09:00`), day);

describe('signing (R23, R25, E32)', () => {
  it.each([
    ['all twelve yes, in time', '2022-04-26', yes(), 'signed', 'signed'],
    ['all twelve yes, after the window (E09)', '2022-04-27', yes(), 'signed', 'signed_late'],
    ['one left out', '2022-04-20', yes('q7'), 'partial', 'partial'],
    ['one answered no', '2022-04-20', { ...yes(), q7: 'no' as const }, 'refused', 'refused'],
    ['nothing answered', '2022-04-20', {}, 'partial', 'partial'],
  ])('%s', (_, day, given, kind, state) => {
    const outcome = signOn(day, given);
    expect([outcome.kind, outcome.letter.state]).toEqual([kind, state]);
    expect(outcome.letter.signedAt !== null).toBe(kind === 'signed');
  });

  it('goes on where it stopped, and a "no" may be answered again', () => {
    const half = signOn('2022-04-20', { ...yes('q11', 'q12'), q3: 'no' }).letter;
    const outcome = signOn('2022-04-21', { q3: 'yes', q11: 'yes', q12: 'yes' }, half);
    expect(outcome.kind).toBe('signed');
    expect(outcome.letter.version).toBe(4);
  });
});
