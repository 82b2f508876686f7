// Phases that the office made longer or shorter (E31, R15), on the shipped plan.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Campaign, phaseOn, strandOf } from '../../src/domain/campaign.ts';
import { type PhaseChange, withPhaseChanges } from '../../src/domain/phase-change.ts';
import { at, zhongshan } from '../support/universe.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = await zhongshan();
});

const change = (
  on: string,
  phase: string,
  endOn: string | null,
  strand: PhaseChange['strand'] = 'home',
): PhaseChange => ({
  id: `${on}/${phase}`,
  campaign: campaign.id,
  strand,
  phase,
  endOn,
  byId: 'office',
  at: at(`${on} 10:00`),
});
const phases = (changes: PhaseChange[], strand: PhaseChange['strand'] = 'home') =>
  strandOf(withPhaseChanges(campaign, changes), strand)?.phases.map((p) => `${p.id} ${p.start} ${p.end}`);

describe('a phase whose end the office moves (E31)', () => {
  it.each<[string, () => PhaseChange[], string[]]>([
    ['nothing changed', () => [], ['home-1 2022-04-19 2022-04-26', 'home-2 2022-04-27 null']],
    [
      'longer: the next one begins after it',
      () => [change('2022-04-25', 'home-1', '2022-04-30')],
      ['home-1 2022-04-19 2022-04-30', 'home-2 2022-05-01 null'],
    ],
    [
      'shorter: the next one begins earlier',
      () => [change('2022-04-21', 'home-1', '2022-04-22')],
      ['home-1 2022-04-19 2022-04-22', 'home-2 2022-04-23 null'],
    ],
    [
      'moved twice: the last word stands',
      () => [change('2022-04-21', 'home-1', '2022-04-22'), change('2022-04-22', 'home-1', '2022-04-26')],
      ['home-1 2022-04-19 2022-04-26', 'home-2 2022-04-27 null'],
    ],
    [
      'longer when the next one runs already: that keeps its beginning',
      () => [change('2022-04-28', 'home-1', '2022-05-10')],
      ['home-1 2022-04-19 2022-05-10', 'home-2 2022-04-27 null'],
    ],
    [
      'an open one gets an end (R15)',
      () => [change('2022-05-20', 'home-2', '2022-06-30')],
      ['home-1 2022-04-19 2022-04-26', 'home-2 2022-04-27 2022-06-30'],
    ],
    [
      'no such phase',
      () => [change('2022-04-21', 'home-9', '2022-04-22')],
      ['home-1 2022-04-19 2022-04-26', 'home-2 2022-04-27 null'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(phases(changes())).toEqual(expected);
  });

  it('is another campaign’s own matter, and another strand’s', () => {
    const strange = { ...change('2022-04-21', 'home-1', '2022-04-22'), campaign: 'another' };
    const letter = change('2022-04-21', 'home-1', '2022-04-22', 'letter');
    expect(phases([strange, letter])).toEqual(phases([]));
  });

  it('leaves the days after a shorter last phase to none', () => {
    const shorter = withPhaseChanges(campaign, [change('2022-04-21', 'letter-1', '2022-04-22', 'letter')]);
    expect(phaseOn(strandOf(shorter, 'letter'), '2022-04-23')).toBeNull();
  });
});
