import { beforeAll, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import { asNotice, inWorkingHours, withSlot } from '../../src/domain/sending.ts';
import { at, zhongshan } from '../support/universe.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = await zhongshan();
});

describe('what may be sent when (REQUIREMENTS 1.7, E08)', () => {
  it.each([
    ['in working hours: at once', '2022-04-19 10:12', '2022-04-19 10:12'],
    ['before they begin', '2022-04-19 07:00', '2022-04-19 08:30'],
    ['the first minute', '2022-04-19 08:30', '2022-04-19 08:30'],
    ['when they end', '2022-04-19 20:00', '2022-04-20 08:30'],
    ['Friday night: Saturday 23 is off, Sunday 24 works', '2022-04-22 21:00', '2022-04-24 08:30'],
    ['on the day off', '2022-04-23 10:00', '2022-04-24 08:30'],
    ['on the Sunday that works', '2022-04-24 10:00', '2022-04-24 10:00'],
    ['in the Labour Day holidays', '2022-05-01 12:00', '2022-05-05 08:30'],
  ])('a finding notice, %s', (_, now, expected) => {
    expect(inWorkingHours(campaign.calendar, campaign.settings, at(now)).notBefore).toEqual(at(expected));
  });

  it.each([
    ['an urgent one on a day off', true, '2022-04-23 12:00', '2022-04-23 12:00'],
    ['an urgent one at night', true, '2022-04-23 23:00', '2022-04-24 07:00'],
    ['an urgent one before dawn', true, '2022-04-23 05:00', '2022-04-23 07:00'],
    ['a plain one on a day off', false, '2022-04-23 12:00', '2022-04-24 08:30'],
  ])('a notice: %s', (_, urgent, now, expected) => {
    expect(asNotice(campaign.calendar, campaign.settings, urgent, at(now)).notBefore).toEqual(at(expected));
  });

  it('what a slot sends does not leave after working hours', () => {
    expect(withSlot(campaign.calendar, campaign.settings, at('2022-04-24 10:00')).expiresAt).toEqual(
      at('2022-04-24 20:00'),
    );
  });
});
