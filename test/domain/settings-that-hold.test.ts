// What the office set stands until a later version of the pack says something else of the same setting (R01, E30).
import { beforeAll, describe, expect, it } from 'vitest';
import { settingRules, withSettings } from '../../src/campaigns/settings.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { SettingChange } from '../../src/domain/office/records.ts';
import { settingsThatHold } from '../../src/domain/pack-version.ts';
import { at, zhongshan } from '../support/universe.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = await zhongshan();
});

const set = (key: string, value: unknown, when = '2022-04-19 09:00'): SettingChange => ({
  id: `${key} ${when}`,
  campaign: campaign.id,
  key,
  value,
  byId: 'p1',
  byName: '何工',
  at: at(when),
});
const version = (n: number, pack: Readonly<Record<string, unknown>>, from: string) => ({
  campaign: { ...campaign, version: n, settingTable: { pack: { ...campaign.settingTable.pack, ...pack }, set: {} } },
  effectiveAt: at(from),
});

describe('a setting of the office', () => {
  it.each([
    ['that the new version says nothing of stands', { spot_check_max: 9 }, 1],
    ['that the new version says otherwise gives way', { photo_minutes: 45 }, 0],
  ])('%s', (_, pack, n) => {
    const versions = [version(1, {}, '2022-04-19 00:00'), version(2, pack, '2022-04-21 00:00')];
    const changes = [set('photo_minutes', 60)];
    expect(settingsThatHold(versions, changes, at('2022-04-20 10:00'))).toHaveLength(1);
    expect(settingsThatHold(versions, changes, at('2022-04-21 10:00'))).toHaveLength(n);
  });

  it('is laid over the pack; the last one counts, and what today’s rules refuse is left out', () => {
    const laid = withSettings(campaign, [
      set('photo_minutes', 60),
      set('photo_minutes', 90, '2022-04-19 10:00'),
      set('spot_check_max', -1),
      set('form_link_hours', 24),
      set('form_link_hours', null, '2022-04-19 11:00'),
    ]).settings;
    expect(laid).toEqual({ ...campaign.settings, photoMinutes: 90 });
  });

  it('may be what the plan may say, and nothing else', () => {
    expect(settingRules.check('working_hours', ['20:00', '08:30'])).toHaveProperty('reason');
    expect(settingRules.check('working_hours', ['09:00', '18:00'])).toEqual({ value: ['09:00', '18:00'] });
    expect(settingRules.check('colour', 'red')).toHaveProperty('reason');
  });
});
