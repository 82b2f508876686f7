import { beforeAll, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import {
  claimed,
  type Finding,
  isOverdue,
  joined,
  mayBeReferred,
  notified,
  promised,
  rectificationDue,
  referred,
  reopened,
  reported,
  verified,
  withdrawn,
} from '../../src/domain/finding.ts';
import { at, zhongshan } from '../support/universe.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = await zhongshan();
});

const finding = (state: Finding['state'], more: Partial<Finding> = {}): Finding => ({
  id: 'f1',
  campaign: 'zhongshan-2022',
  compoundId: 'c1',
  compoundName: '阳光花园',
  item: 'isolation_point',
  area: '东区街道',
  zone: '东区组团',
  company: null,
  unitId: null,
  state,
  version: 3,
  inspectionIds: ['i1'],
  openedAt: at('2022-04-19 10:00'),
  notifiedAt: null,
  dueOn: '2022-04-21',
  promisedOn: null,
  claimedAt: null,
  claimedById: null,
  reportedAt: null,
  verifiedAt: null,
  reopenedAt: null,
  referredAt: null,
  ...more,
});

const now = at('2022-04-20 09:00');
const states: readonly Finding['state'][] = [
  'open',
  'notified',
  'claimed',
  'reported',
  'verified',
  'reopened',
  'fixed_on_spot',
  'withdrawn',
];

describe('how a finding moves (REQUIREMENTS 1.7)', () => {
  const steps = {
    notified: (f: Finding) => notified(f, now, campaign.calendar, 2),
    claimed: (f: Finding) => claimed(f, now, 'p1'),
    reported: (f: Finding) => reported(f, now, 'p1'),
    progressed: (f: Finding) => promised(f, '2022-04-25', '2022-04-20', campaign.calendar, 5),
    verified: (f: Finding) => verified(f, now),
    reopened: (f: Finding) => reopened(f, now, campaign.calendar, 2),
    withdrawn,
  };
  it.each([
    ['notified', ['open']],
    ['claimed', ['notified', 'reopened']],
    ['reported', ['notified', 'claimed', 'reopened']],
    ['progressed', ['notified']],
    ['verified', ['reported']],
    ['reopened', ['reported', 'fixed_on_spot']],
    ['withdrawn', ['open', 'notified', 'claimed', 'reported', 'verified', 'reopened', 'fixed_on_spot']],
  ] as const)('%s is possible from %j and from nowhere else', (name, from) => {
    const possible = states.filter((state) => steps[name](finding(state)) !== null);
    expect(possible).toEqual(states.filter((state) => (from as readonly string[]).includes(state)));
    for (const state of possible)
      expect(steps[name](finding(state))).toMatchObject({ event: `finding.${name}`, finding: { version: 4 } });
  });

  it('claims and reports in one tap of the town', () => {
    expect(reported(finding('notified'), now, 'p1')?.finding).toMatchObject({
      state: 'reported',
      claimedAt: now,
      claimedById: 'p1',
      reportedAt: now,
    });
  });

  it('gives a reopened finding a new two-day clock and voids the promise', () => {
    const again = reopened(
      finding('reported', { promisedOn: '2022-04-25' }),
      at('2022-04-28 15:00'),
      campaign.calendar,
      2,
    );
    expect(again?.finding).toMatchObject({
      state: 'reopened',
      dueOn: '2022-05-05',
      promisedOn: null,
      reportedAt: null,
    });
  });

  it.each([
    ['a second promise', { promisedOn: '2022-04-22' }, '2022-04-25'],
    ['a day beyond five working days', {}, '2022-04-28'],
    ['a day that is not ahead', {}, '2022-04-20'],
  ])('refuses %s', (_, more, on) => {
    expect(promised(finding('notified', more), on, '2022-04-20', campaign.calendar, 5)).toBeNull();
  });

  it.each([
    ['open', 'open', 'finding.joined'],
    ['notified', 'notified', 'finding.joined'],
    ['reported', 'reopened', 'finding.reopened'],
    ['verified', null, null],
    ['fixed_on_spot', null, null],
    ['withdrawn', null, null],
  ] as const)('another "no" on a finding that is %s: %s', (state, becomes, event) => {
    const step = joined(finding(state), 'i2', now, campaign.calendar, 2);
    expect(step && [step.finding.state, step.event]).toEqual(becomes === null ? null : [becomes, event]);
    if (step) expect(step.finding.inspectionIds).toEqual(['i1', 'i2']);
  });
});

describe('another "no" of somebody who looks again', () => {
  it('opens again what was put right on the spot (R18, R38)', () => {
    expect(joined(finding('fixed_on_spot'), 'i2', now, campaign.calendar, 2, true)?.finding).toMatchObject({
      state: 'reopened',
      inspectionIds: ['i1', 'i2'],
      dueOn: '2022-04-22',
    });
    expect(joined(finding('verified'), 'i2', now, campaign.calendar, 2, true)).toBeNull();
  });
});

describe('what stays unmended (R43)', () => {
  it.each([
    ['overdue', { dueOn: '2022-04-21' }, 0, '2022-04-22', true],
    ['not overdue yet', { dueOn: '2022-04-21' }, 0, '2022-04-21', false],
    ['found not right three times', { dueOn: '2022-04-25' }, 3, '2022-04-22', true],
    ['found not right twice', { dueOn: '2022-04-25' }, 2, '2022-04-22', false],
  ])('may be referred: %s', (_, more, failures, today, expected) => {
    expect(mayBeReferred(finding('reopened', more), failures, 3, today)).toBe(expected);
  });

  it.each(states)('keeps its state when it is referred: %s', (state) => {
    const step = referred(finding(state), now);
    expect(step?.finding.state ?? null).toBe(['notified', 'reopened'].includes(state) ? state : null);
    expect(step && referred(step.finding, now)).toBeNull();
  });
});

describe('when a town is late', () => {
  it.each([
    ['on the due day', finding('notified'), '2022-04-21', false],
    ['the day after', finding('notified'), '2022-04-22', true],
    ['after a promise, on the promised day', finding('notified', { promisedOn: '2022-04-25' }), '2022-04-25', false],
    ['once reported', finding('reported'), '2022-05-20', false],
    ['before anybody was told', finding('open', { dueOn: null }), '2022-05-20', false],
  ])('%s', (_, f, today, late) => {
    expect(isOverdue(f, today)).toBe(late);
  });

  it('counts from the day of the notice, whatever the hour', () => {
    expect(rectificationDue(campaign.calendar, at('2022-04-22 19:59'), 2)).toBe('2022-04-25');
  });
});
