import { beforeAll, describe, expect, it } from 'vitest';
import type { Campaign, SlotRule } from '../../src/domain/campaign.ts';
import { dueSlots, fallsOn, isCalledFor, nextSlots } from '../../src/domain/slots.ts';
import { at, zhongshan } from '../support/universe.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = await zhongshan();
});

const due = (now: string, firstStart = '2022-04-01 00:00') =>
  dueSlots(campaign.slots, campaign.calendar, at(firstStart), at(now)).map(
    (slot) => `${slot.day.slice(5)} ${slot.kind}`,
  );

describe('which slots are due', () => {
  it.each([
    ['a minute before', '2022-04-19 08:29', ['04-19 day_close', '04-19 backup']],
    ['on the minute', '2022-04-19 08:30', ['04-19 day_close', '04-19 backup', '04-19 assignments']],
    [
      'reminders beside assignments that are still in grace',
      '2022-04-19 10:00',
      ['04-19 day_close', '04-19 backup', '04-19 assignments', '04-19 reminders'],
    ],
    ['after the grace of the morning', '2022-04-19 12:31', ['04-19 day_close', '04-19 backup', '04-19 reminders']],
    [
      'tally and digest together, in the order of the pack',
      '2022-04-19 20:00',
      ['04-19 day_close', '04-19 hand_over', '04-19 tally', '04-19 digest'],
    ],
    ['on a day off nothing but what is every day’s', '2022-04-23 20:00', ['04-23 day_close']],
    ['on the Sunday that works', '2022-04-24 08:30', ['04-24 day_close', '04-24 backup', '04-24 assignments']],
  ])('%s', (_, now, expected) => {
    expect(due(now)).toEqual(expect.arrayContaining(expected));
    expect(due(now)).toHaveLength(expected.length);
  });

  it('never looks back beyond the first start of the service', () => {
    expect(due('2022-04-19 10:00', '2022-04-19 09:00')).toEqual(['04-19 reminders']);
  });
});

describe('days of a slot', () => {
  it.each([
    ['working', '2022-04-24', true],
    ['working', '2022-04-23', false],
    ['every', '2022-04-23', true],
    [['mon', 'thu'], '2022-04-25', true],
    [['mon', 'thu'], '2022-04-26', false],
  ] as const)('%j on %s: %s', (days, day, expected) => {
    expect(fallsOn(days as SlotRule['days'], day, campaign.calendar)).toBe(expected);
  });

  it('finds the next ones across days off', () => {
    const next = nextSlots(
      campaign.slots.filter((s) => s.days === 'working'),
      campaign.calendar,
      at('2022-04-22 20:30'),
      1,
    );
    expect(next).toMatchObject([{ kind: 'assignments', day: '2022-04-24' }]);
  });
});

describe('whether a slot has anything to do', () => {
  it.each<[string, SlotRule['kind'], string, boolean]>([
    ['assignments on the first day', 'assignments', '2022-04-19', true],
    ['nothing is sent before the campaign begins', 'tally', '2022-04-18', false],
    ['no reminder either', 'reminders', '2022-04-18', false],
    ['nothing to close', 'day_close', '2022-04-18', false],
    ['a back-up at any time', 'backup', '2022-04-18', true],
    ['nothing is sent on a day off, whatever the rule of the slot says (E08)', 'digest', '2022-05-02', false],
    ['days off end like others', 'day_close', '2022-05-02', true],
    ['a make-up Sunday is a working day', 'assignments', '2022-04-24', true],
  ])('%s', (_, kind, day, expected) => {
    expect(isCalledFor(campaign, kind, day)).toBe(expected);
  });

  it.each<[SlotRule['kind'], boolean]>([
    ['assignments', false],
    ['tally', false],
    ['reminders', true],
    ['day_close', true],
  ])('after the last phase %s: %s, because what is owed outlives its window', (kind, expected) => {
    const over: Campaign = {
      ...campaign,
      strands: campaign.strands.map((strand) => ({
        ...strand,
        phases: strand.phases.map((phase) => ({ ...phase, end: phase.end ?? '2022-06-30' })),
      })),
    };
    expect(isCalledFor(over, kind, '2022-07-01')).toBe(expected);
  });
});
