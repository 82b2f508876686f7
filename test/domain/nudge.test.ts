import { beforeAll, describe, expect, it } from 'vitest';
import { type Day, plusDays } from '../../src/domain/calendar.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { idleRung, type Obligation, reminderDue, rungDue } from '../../src/domain/nudge.ts';
import { zhongshan } from '../support/universe.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = await zhongshan();
});

const obligation = (more: Partial<Obligation> = {}): Obligation => ({
  kind: 'letter',
  id: 'l1',
  personId: 'p1',
  dueOn: '2022-04-26',
  taken: [],
  absences: [],
  ...more,
});

/** Walks the days as the reminder slot does and notes what goes out. */
const walk = (start: Obligation, from: Day, to: Day): string[] => {
  const out: string[] = [];
  let owed = start;
  for (let day = from; day <= to; day = plusDays(day, 1)) {
    if (!campaign.calendar.isWorkingDay(day)) continue;
    const step = reminderDue(owed, day, campaign.calendar, 2);
    const rung = rungDue(owed, day, campaign.calendar);
    const taken = step ? (`reminder_${step}` as const) : rung ? (`rung_${rung}` as const) : null;
    if (!taken) continue;
    out.push(`${day.slice(5)} ${taken}`);
    owed = { ...owed, taken: [...owed.taken, { step: taken, on: day }] };
  }
  return out;
};

describe('the ladder (REQUIREMENTS 1.7)', () => {
  it.each([
    ['letter', {}, ['04-24 reminder_1', '04-26 reminder_2', '04-27 rung_1', '04-28 rung_2', '04-29 rung_3']],
    [
      'home inspection',
      { kind: 'home' },
      ['04-24 reminder_1', '04-26 reminder_2', '04-27 rung_1', '04-28 rung_2', '04-29 rung_3'],
    ],
    [
      'rectification due 21 April',
      { kind: 'finding', dueOn: '2022-04-21' },
      ['04-20 reminder_1', '04-21 reminder_2', '04-22 rung_1', '04-24 rung_2', '04-25 rung_3'],
    ],
    [
      'town report',
      { kind: 'town_report', dueOn: '2022-04-29' },
      ['04-28 reminder_1', '04-29 reminder_2', '05-05 rung_1', '05-06 rung_2', '05-07 rung_3'],
    ],
    [
      'nobody to remind: only the ladder runs (E22)',
      { personId: null },
      ['04-27 rung_1', '04-28 rung_2', '04-29 rung_3'],
    ],
    [
      'away when the first is due',
      { absences: [{ from: '2022-04-24', to: '2022-04-25' }] },
      ['04-26 reminder_1', '04-27 rung_1', '04-28 rung_2', '04-29 rung_3'],
    ],
    [
      'away on the last day: reminded once after returning',
      { absences: [{ from: '2022-04-25', to: '2022-04-27' }] },
      ['04-24 reminder_1', '04-28 reminder_2', '04-29 rung_1', '05-05 rung_2', '05-06 rung_3'],
    ],
    [
      'a moved deadline on a day off',
      { dueOn: '2022-04-30' },
      ['04-27 reminder_1', '04-29 reminder_2', '05-05 rung_1', '05-06 rung_2', '05-07 rung_3'],
    ],
  ] as const)('%s', (_, more, expected) => {
    expect(walk(obligation(more as Partial<Obligation>), '2022-04-19', '2022-05-09')).toEqual(expected);
  });

  it('sends the second reminder only on the last day, when the first one was missed', () => {
    expect(walk(obligation(), '2022-04-25', '2022-04-26')).toEqual(['04-25 reminder_1', '04-26 reminder_2']);
    expect(walk(obligation(), '2022-04-26', '2022-04-26')).toEqual(['04-26 reminder_1']);
  });

  it('never climbs twice on one day, nor past the third rung', () => {
    const owed = obligation({ taken: [{ step: 'rung_1', on: '2022-04-29' }] });
    expect(rungDue(owed, '2022-04-29', campaign.calendar)).toBeNull();
    const done = obligation({
      taken: (['rung_1', 'rung_2', 'rung_3'] as const).map((step) => ({ step, on: '2022-04-29' })),
    });
    expect(rungDue(done, '2022-05-16', campaign.calendar)).toBeNull();
  });
});

describe('an inspector without a record for days (1.7, R06)', () => {
  it.each<[number, string[], 1 | 2 | null]>([
    [1, [], null],
    [2, [], 1],
    [2, ['rung_1'], null],
    [3, ['rung_1'], 2],
    [4, ['rung_1', 'rung_2'], null],
    // The service was down on the second day: one rung a day, the lower one first.
    [3, [], 1],
  ])('idle on %i days, told %j: rung %s', (days, taken, rung) => {
    const steps = taken.map((step) => ({ step: step as 'rung_1' | 'rung_2' }));
    expect(idleRung(days, [2, 3], steps)).toBe(rung);
  });
});
