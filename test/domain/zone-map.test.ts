// Areas move between zones by date (R08), and each day is looked at with the zones it had.
import { beforeAll, describe, expect, it } from 'vitest';
import { areasOf, type Campaign, zoneOf, zonesOf } from '../../src/domain/campaign.ts';
import { campaignOn, nextMoveAfter, withZoneSpans, zonesKnown } from '../../src/domain/zone-map.ts';
import { zhongshan } from '../support/campaign.ts';

let campaign: Campaign;
beforeAll(async () => {
  const pack = await zhongshan();
  campaign = withZoneSpans(pack, [
    { area: '东区街道', zone: '东区组团', from: null, to: '2022-04-30' },
    { area: '东区街道', zone: '东部组团', from: '2022-05-01', to: '2022-05-09' },
    { area: '东区街道', zone: '东区组团', from: '2022-05-10', to: null },
    { area: '港口镇', zone: '石岐区组团', from: null, to: null },
  ]);
});

describe('a campaign on a day', () => {
  it.each([
    ['2022-04-30', '东区组团'],
    ['2022-05-01', '东部组团'],
    ['2022-05-09', '东部组团'],
    ['2022-05-10', '东区组团'],
  ])('of %s has the area in %s', (day, zone) => {
    expect(zoneOf(campaignOn(campaign, day), '东区街道')).toBe(zone);
  });

  it('keeps every area once, in the order of the zones, whoever has them', () => {
    const moved = campaignOn(campaign, '2022-05-01');
    expect([...areasOf(moved)].sort()).toEqual([...areasOf(campaign)].sort());
    expect(areasOf(moved, '东部组团')).toEqual(['东区街道', '火炬开发区', '翠亨新区（含南朗街道）']);
    expect(zonesOf(moved)).toEqual(zonesOf(campaign).filter((zone) => zone !== '东区组团'));
    // A zone without an area is no zone of that day, and may get one again.
    expect(zonesKnown(moved)).toEqual(zonesOf(campaign));
  });

  it('does not depend on the day it was looked at before', () => {
    expect(campaignOn(campaignOn(campaign, '2022-05-01'), '2022-04-30')).toEqual(campaignOn(campaign, '2022-04-30'));
  });

  it('knows when it changes next', () => {
    expect(nextMoveAfter(campaign, '2022-04-19')).toBe('2022-05-01');
    expect(nextMoveAfter(campaign, '2022-05-01')).toBe('2022-05-10');
    expect(nextMoveAfter(campaign, '2022-05-10')).toBe(null);
  });
});
