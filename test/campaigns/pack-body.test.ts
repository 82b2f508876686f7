// What becomes of a pack: the campaign that the rules see, and the same pack moved to another first day.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadHolidays, noHolidays } from '../../src/campaigns/holidays.ts';
import { campaignFrom, leadBatchOf, type PackBody, shiftPack } from '../../src/campaigns/pack-body.ts';
import { loadPack } from '../../src/campaigns/read-pack.ts';
import { checklistOf, phaseOn, strandOf, zoneOf, zonesOf } from '../../src/domain/campaign.ts';

let body: PackBody;
beforeAll(async () => {
  const pack = await loadPack(join(import.meta.dirname, '../../campaigns/zhongshan-2022'));
  if (!pack.ok) throw new Error('the shipped pack has faults');
  body = pack.body;
});

/** As it comes back from the database. */
const stored = (pack: PackBody): unknown => JSON.parse(JSON.stringify(pack));

describe('the campaign of a pack', () => {
  it('is the same from the files and from the database', () => {
    const { calendar: _, ...fromFiles } = campaignFrom(body, 1, noHolidays);
    expect(campaignFrom(stored(body), 1, noHolidays)).toMatchObject(fromFiles);
  });

  it('has the four strands with their phases, open-ended where the plan has no end (R14, R15, R25, R30)', () => {
    const campaign = campaignFrom(body, 3, noHolidays);
    expect(campaign).toMatchObject({
      id: 'zhongshan-2022',
      version: 3,
      firstDay: '2022-04-19',
      townReportDue: '2022-04-29',
    });
    expect(campaign.strands.map((strand) => strand.id)).toEqual(['home', 'letter', 'zone', 'city_town']);
    expect(phaseOn(strandOf(campaign, 'home'), '2022-04-26')?.id).toBe('home-1');
    expect(phaseOn(strandOf(campaign, 'home'), '2023-01-01')?.id).toBe('home-2');
    expect(phaseOn(strandOf(campaign, 'letter'), '2022-04-27')).toBeNull();
  });

  it('has eight items, twelve questions, nine zones and 23 areas (R08, R20, R23)', () => {
    const campaign = campaignFrom(body, 1, noHolidays);
    expect(checklistOf(campaign, 'zone').items.map((item) => item.num)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(campaign.letter?.questions).toHaveLength(12);
    expect(zonesOf(campaign)).toHaveLength(9);
    expect(campaign.zones).toHaveLength(23);
    expect(zoneOf(campaign, '翠亨新区（含南朗街道）')).toBe('东部组团');
    expect(leadBatchOf(body)).toBe('第一批');
  });

  it('takes numeric and choice items, weekly slots and no letter from another pack', () => {
    const other = stored(body) as { plan: PackBody['plan']; checklists: unknown[]; letters: unknown[] };
    const [home] = other.plan.strands;
    const lifts = {
      id: 'lifts',
      title: '电梯检查表',
      items: [
        { id: 'lifts', num: 1, label: '电梯数量', type: 'number', min: 0, max: 99, unit: '台' },
        {
          id: 'sticker',
          num: 2,
          label: '检验标志',
          type: 'choice',
          options: [
            { id: 'valid', label: '有效', aliases: ['没过期'] },
            { id: 'expired', label: '过期' },
          ],
        },
      ],
    };
    const campaign = campaignFrom(
      {
        plan: {
          ...other.plan,
          strands: [{ ...home, checklist: 'lifts' }],
          schedule: { reminders: { at: '10:00', days: ['mon', 'thu'], grace_minutes: 60 } },
          settings: undefined,
        },
        checklists: [lifts],
        letters: [],
        zones: [],
      },
      1,
      noHolidays,
    );
    expect(campaign.letter).toBeNull();
    expect(campaign.slots).toEqual([{ kind: 'reminders', at: '10:00', days: ['mon', 'thu'], graceMinutes: 60 }]);
    expect(campaign.settings.workingHours).toEqual(['08:30', '20:00']);
    expect(checklistOf(campaign, 'home').items).toMatchObject([
      { id: 'lifts', kind: 'number', min: 0, max: 99, unit: '台', required: true, options: [] },
      { id: 'sticker', kind: 'choice', options: [{ id: 'valid' }, { id: 'expired', aliases: [] }] },
    ]);
  });

  it('treats a word that stands under two items as ambiguous', () => {
    const pack = stored(body) as { checklists: { derived: { aliases: Record<string, string[]> } }[] };
    pack.checklists[0]?.derived.aliases.isolation_point?.push('通告');
    const checklist = checklistOf(campaignFrom(pack, 1, noHolidays), 'home');
    expect(checklist.ambiguousWords.通告).toEqual(['wall_notice', 'isolation_point']);
    expect(checklist.items.flatMap((item) => item.aliases)).not.toContain('通告');
  });

  it('refuses a body that is no pack', () => {
    expect(() => campaignFrom({ plan: {} }, 1, noHolidays)).toThrow();
  });
});

describe('moving a pack', () => {
  it('moves phases and deadlines so that day 1 is the given day', () => {
    const campaign = campaignFrom(shiftPack(body, '2026-11-24'), 1, noHolidays);
    expect(campaign).toMatchObject({ firstDay: '2026-11-24', townReportDue: '2026-12-04' });
    expect(campaign.strands.map((strand) => strand.phases.map(({ start, end }) => [start, end]))).toEqual([
      [
        ['2026-11-24', '2026-12-01'],
        ['2026-12-02', null],
      ],
      [['2026-11-24', '2026-12-01']],
      [
        ['2026-11-24', '2026-12-24'],
        ['2026-12-25', null],
      ],
      [],
    ]);
  });

  it('leaves texts, quotes and holidays where they are', () => {
    const moved = shiftPack(body, '2026-11-24');
    expect(moved.letters).toEqual(body.letters);
    expect(moved.plan.derived).toEqual(body.plan.derived);
    expect(moved.plan.strands[0]?.phases[0]?.text).toBe('2022年4月19日-4月26日');
    expect(moved.plan.deadlines.map((deadline) => deadline.text)).toEqual(body.plan.deadlines.map((d) => d.text));
  });

  it('changes nothing when the first day stays', () => {
    expect(shiftPack(body, '2022-04-19')).toEqual(body);
  });
});

describe('the working days of a campaign', () => {
  it('are official for the years of the pack and of the files, and for no other', async () => {
    const { calendar } = campaignFrom(body, 1, await loadHolidays());
    expect(['2022-04-19', '2026-02-14', '2030-04-19'].map(calendar.isOfficial)).toEqual([true, true, false]);
    expect(calendar.isWorkingDay('2026-02-14')).toBe(true); // a Saturday made up for
    expect(calendar.isWorkingDay('2022-12-31')).toBe(false);
    expect(calendar.isWorkingDay('2030-10-01')).toBe(true); // a Tuesday nobody has arranged yet
  });

  it('agree with the official files in 2022', async () => {
    const files = campaignFrom({ ...body, plan: { ...body.plan, derived: {} } }, 1, await loadHolidays()).calendar;
    const own = campaignFrom(body, 1, noHolidays).calendar;
    for (let day = '2022-01-01'; day <= '2022-12-30'; day = own.dayOf(new Date(own.endOf(day).getTime() + 1))) {
      expect([day, own.isWorkingDay(day)]).toEqual([day, files.isWorkingDay(day)]);
    }
  });

  it('follow the pack where it and the official files name the same day', async () => {
    const derived = { working_calendar: { make_up_working_days_2026: ['2026-10-01'] } };
    const { calendar } = campaignFrom({ ...body, plan: { ...body.plan, derived } }, 1, await loadHolidays());
    expect(calendar.isWorkingDay('2026-10-01')).toBe(true);
  });
});
