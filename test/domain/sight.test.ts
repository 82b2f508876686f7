import { beforeAll, describe, expect, it } from 'vitest';
import { areasOf, type Campaign, zonesOf } from '../../src/domain/campaign.ts';
import { type Tally, tallyOf } from '../../src/domain/figures.ts';
import type { Person } from '../../src/domain/people.ts';
import { may } from '../../src/domain/rights.ts';
import { seenTally } from '../../src/domain/seen-tally.ts';
import { EVERYTHING, seesNothing, sightOf } from '../../src/domain/sight.ts';
import { at, holder, person, zhongshan } from '../support/universe.ts';

let campaign: Campaign;
let tally: Tally;
beforeAll(async () => {
  campaign = await zhongshan();
  const areas = areasOf(campaign);
  const zones = zonesOf(campaign).map((zone) => ({ zone, areas: areasOf(campaign, zone) }));
  const none = { organisation: '', department: '' };
  const bureau = { area: '', organisation: '市住建局' };
  tally = tallyOf(
    { on: '2022-04-19', cutOffAt: at('2022-04-19 20:00') },
    [
      ...areas.map((area) => ({ measure: 'covered' as const, area, ...none, total: 2, today: 1 })),
      { measure: 'home_owed', ...bureau, department: '物业管理科', total: 5, today: 0 },
      { measure: 'home_owed', ...bureau, department: '房产科', total: 7, today: 0 },
    ],
    new Map(areas.map((area) => [area, 10])),
    zones,
  );
});

const departmentHead = (): Person => holder('p', 'department_head', 'department', '市住建局/物业管理科');

describe('how far somebody sees (REQUIREMENTS 1.7)', () => {
  it('is everything for whoever may see it anywhere', () => {
    expect(sightOf(campaign, holder('p', 'commander', 'city', ''), 'see_findings')).toEqual(EVERYTHING);
    expect(sightOf(campaign, holder('p', 'association', 'organisation', 'x'), 'see_letters')).toEqual(EVERYTHING);
  });

  it('is the areas of one’s zones, one’s area, department or unit, as may() says for each', () => {
    const lead = holder('p', 'zone_lead', 'zone', '东区组团');
    const sight = sightOf(campaign, lead, 'see_findings');
    expect(sight.areas).toEqual(areasOf(campaign, '东区组团'));
    for (const area of areasOf(campaign)) {
      const zone = campaign.zones.find((row) => row.area === area)?.zone ?? null;
      expect(sight.areas.includes(area), area).toBe(may(lead, 'see_findings', { area, zone }));
    }
    expect(sightOf(campaign, holder('p', 'town_contact', 'area', '东区街道'), 'see_findings').areas).toEqual([
      '东区街道',
    ]);
    expect(sightOf(campaign, departmentHead(), 'see_records').departments).toEqual(['市住建局/物业管理科']);
    expect(sightOf(campaign, holder('p', 'signatory', 'unit', 'u1'), 'see_letters').units).toEqual(['u1']);
  });

  it('is nothing without a role', () => {
    expect(seesNothing(sightOf(campaign, person('p'), 'see_figures'))).toBe(true);
    expect(seesNothing(sightOf(campaign, departmentHead(), 'see_figures'))).toBe(true);
  });
});

describe('the figures one person sees (R52)', () => {
  it('add up what the person may see: the zone of a lead, the area of a town', () => {
    const zone = seenTally(campaign, holder('p', 'zone_lead', 'zone', '东部组团'), tally);
    expect(zone.zones.map((one) => one.zone)).toEqual(['东部组团']);
    expect(zone.city.compounds.covered).toBe(2 * areasOf(campaign, '东部组团').length);
    const town = seenTally(
      campaign,
      holder('p', 'town_contact', 'area', areasOf(campaign, '东部组团')[0] ?? ''),
      tally,
    );
    expect(town.zones.map(({ areas }) => areas.length)).toEqual([1]);
    expect(town.zones[0]?.compounds).toEqual({ known: 10, covered: 2, coveredToday: 1 });
    expect(town.city.compounds.covered).toBe(2);
  });

  it('are the home duties of the department for its head, and no zone', () => {
    const seen = seenTally(campaign, departmentHead(), tally);
    expect(seen.zones).toEqual([]);
    expect(seen.organisations.map(({ departments }) => departments.map(({ department }) => department))).toEqual([
      ['物业管理科'],
    ]);
    expect(seen.city.home.owed).toBe(5);
    expect(seen.city.compounds.covered).toBe(0);
  });

  it('leave the bureau’s own departments out for the association (R02)', () => {
    const seen = seenTally(campaign, holder('p', 'association', 'organisation', 'x'), tally);
    expect(seen.zones).toHaveLength(9);
    expect(seen.organisations).toEqual([]);
  });
});
