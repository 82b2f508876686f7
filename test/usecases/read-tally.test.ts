import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Moment } from '../../src/domain/tally.ts';
import { type TallyReading, tallyOn } from '../../src/usecases/read-tally.ts';

const calendar = makeCalendar('Asia/Shanghai', { off: new Set(), working: new Set(), years: new Set() });
const table = [
  { zone: '东区组团', area: '东区街道' },
  { zone: '南区组团', area: '南区街道' },
  { zone: '南区组团', area: '板芙镇' },
];
const campaign = {
  id: 'c',
  calendar,
  slots: [{ kind: 'tally', at: '20:00', days: 'working', graceMinutes: 60 }],
  zones: table,
  zoneMap: { table, spans: [] },
} as unknown as Campaign;

const at = (time: string): Date => new Date(`2022-04-${time}+08:00`);

/** What was asked for, and figures that are easy to add up. */
const spy = () => {
  const asked: { moment?: Moment; known?: Date; areas?: readonly string[] } = {};
  const reading: TallyReading = {
    sumsUpTo: async (_, moment) => {
      asked.moment = moment;
      const place = { organisation: '', department: '' };
      return [
        { measure: 'covered', area: '南区街道', ...place, total: 3, today: 1 },
        { measure: 'covered', area: '板芙镇', ...place, total: 4, today: 0 },
      ];
    },
    knownCompounds: async (areas, instant) => {
      asked.known = instant;
      asked.areas = areas;
      return new Map([
        ['南区街道', 10],
        ['东区街道', 5],
      ]);
    },
  };
  return { asked, reading };
};

describe('the tally of a day', () => {
  it.each<[string, string | undefined, string, string, Moment]>([
    ['live without a day', undefined, '19T10:00:00', '19T10:00:00', { day: '2022-04-19', late: false }],
    [
      'live without a day, after the tally time',
      undefined,
      '19T21:00:00',
      '19T21:00:00',
      { day: '2022-04-19', late: true },
    ],
    [
      'live for today before the tally time',
      '2022-04-19',
      '19T19:59:59',
      '19T19:59:59',
      { day: '2022-04-19', late: false },
    ],
    [
      'frozen for today from the tally time on',
      '2022-04-19',
      '19T20:00:00',
      '19T20:00:00',
      { day: '2022-04-19', late: false },
    ],
    ['frozen for today later on', '2022-04-19', '19T23:00:00', '19T20:00:00', { day: '2022-04-19', late: false }],
    ['frozen for an earlier day', '2022-04-18', '19T10:00:00', '18T20:00:00', { day: '2022-04-18', late: false }],
  ])('is %s', async (_, on, now, cutOff, moment) => {
    const { asked, reading } = spy();
    const tally = await tallyOn(reading, campaign, at(now), on);
    expect(tally).toMatchObject({ on: on ?? '2022-04-19', cutOffAt: at(cutOff) });
    expect(asked).toEqual({ moment, known: at(cutOff), areas: ['东区街道', '南区街道', '板芙镇'] });
  });

  it('adds areas up to zones, and zones to the city', async () => {
    const tally = await tallyOn(spy().reading, campaign, at('19T10:00:00'));
    expect(tally.city.compounds).toEqual({ known: 15, covered: 7, coveredToday: 1 });
    expect(tally.zones.map(({ zone, compounds, areas }) => [zone, compounds.covered, areas.length])).toEqual([
      ['东区组团', 0, 1],
      ['南区组团', 7, 2],
    ]);
  });

  it('refuses a day to come', async () => {
    await expect(tallyOn(spy().reading, campaign, at('19T23:59:59'), '2022-04-20')).rejects.toMatchObject({
      code: 'day-not-yet',
      details: { on: '2022-04-20', today: '2022-04-19' },
    });
  });
});
