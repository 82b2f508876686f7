// `new-campaign`: a pack begun from another, with dates that make sense and nothing lost, or nothing at all.
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadHolidays } from '../../src/campaigns/holidays.ts';
import { movePack } from '../../src/campaigns/move-pack.ts';
import { campaignFrom, type PackBody } from '../../src/campaigns/pack-body.ts';
import { loadPack } from '../../src/campaigns/read-pack.ts';
import { newCampaignCommand } from '../../src/commands/new-campaign.ts';
import { type Holidays, makeCalendar, plusDays } from '../../src/domain/calendar.ts';
import { tempFolder } from '../support/temp-folder.ts';

const shipped = join(import.meta.dirname, '../../campaigns/zhongshan-2022');
const names = ['plan.yaml', 'checklist.yaml', 'letter.yaml'];

let holidays: Holidays;
let body: PackBody;
let sources: Map<string, string>;
beforeAll(async () => {
  holidays = await loadHolidays();
  const pack = await loadPack(shipped);
  if (!pack.ok) throw new Error('the shipped pack has faults');
  body = pack.body;
  sources = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(shipped, name), 'utf8')] as const)),
  );
});

describe('a new campaign', () => {
  let root: string;
  beforeEach(async () => {
    root = await tempFolder();
    for (const name of [...names, 'zones.csv']) await cp(join(shipped, name), join(root, 'old', name));
  });
  const begin = async (name: string, options = {}): Promise<string[]> => {
    const lines: string[] = [];
    await newCampaignCommand(
      { campaigns: [join(root, 'old')] },
      name,
      options,
      (line) => lines.push(line),
      new Date('2026-04-29T02:00:00Z'),
    );
    return lines;
  };

  it('moves each date by working days, so that nobody has less time and no last day is a day off', async () => {
    const lines = await begin('lifts-2026', { start: '2026-04-28', title: '2026年电梯安全检查' });
    const pack = await loadPack(join(root, 'lifts-2026'));
    expect(pack).toMatchObject({
      ok: true,
      notes: [],
      body: { plan: { id: 'lifts-2026', title: '2026年电梯安全检查' } },
    });
    if (!pack.ok) return;
    const [home, letter, zone] = pack.body.plan.strands;
    // Seven working days from Tuesday 28 April, over Labour Day (1 to 5 May 2026) and the Saturday that makes up for it.
    expect(home?.phases).toMatchObject([
      { start: '2026-04-28', end: '2026-05-09' },
      { start: '2026-05-10', end: null },
    ]);
    expect(letter?.phases).toMatchObject([{ start: '2026-04-28', end: '2026-05-09' }]);
    expect(zone?.phases[0]).toMatchObject({ start: '2026-04-28' });
    expect(pack.body.letters[0]).toMatchObject({ date: '2026-04-28', date_text: '2026年4月28日' });
    expect(lines).toContain('  home home-1: 2022-04-19 to 2022-04-26 → 2026-04-28 to 2026-05-09');
    expect(lines.filter((line) => /plan\.yaml:\d+ .*2022年4月19日-4月26日/.test(line))).toHaveLength(4);
    expect(lines.some((line) => line.includes('2026年4月28日') && line.includes('letter.yaml:'))).toBe(false);
  });

  it('leaves every other line as it was, comments included', async () => {
    await begin('lifts-2026', { start: '2026-12-01' });
    const before = (sources.get('plan.yaml') ?? '').split('\n');
    const after = (await readFile(join(root, 'lifts-2026/plan.yaml'), 'utf8')).split('\n');
    const isOld = (line: string) =>
      /^( {2}(working_calendar|rectification_due_examples):| {4})/.test(line) && !/^ {4}[a-z_]+:/.test(line);
    const gone = before.filter((line) => !after.includes(line) && !isOld(line));
    expect(
      gone.every((line) => /'2022-|zhongshan-2022|working_calendar|due_examples|holidays_2022|make_up/.test(line)),
    ).toBe(true);
    expect(after).toContain('    name: “回家就是督导”');
    expect(await readFile(join(root, 'lifts-2026/checklist.yaml'), 'utf8')).toBe(sources.get('checklist.yaml'));
  });

  it('begins on the next working day when nobody says when', async () => {
    await begin('lifts-2026');
    expect(await loadPack(join(root, 'lifts-2026'))).toMatchObject({
      body: { plan: { strands: [{ phases: [{ start: '2026-04-30' }, {}] }, {}, {}, {}] } },
    });
  });

  it.each([
    ['Lifts 2026', {}, /cannot be a campaign's id/],
    ['zhongshan-2022', {}, /give another name/],
    ['old', {}, /is there already/],
    ['lifts-2026', { start: '2026-02-30' }, /is no day/],
    ['lifts-2026', { start: '2026-05-02' }, /day off.*2026-05-06/],
    ['lifts-2026', { from: 'no-such-folder' }, /cannot be read/],
  ])('refuses %s %j and writes nothing', async (name, options, reason) => {
    await expect(begin(name, options)).rejects.toThrow(reason);
    expect(await readdir(root)).toEqual(['old']);
  });
});

describe('a pack moved to any working day', () => {
  it('keeps the order of its dates, the length of its phases in working days, and ends none on a day off', () => {
    const calendar = makeCalendar('Asia/Shanghai', holidays);
    const before = campaignFrom(body, 1, holidays).calendar;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (n) => {
        const day = plusDays('2025-01-02', n);
        fc.pre(calendar.isWorkingDay(day));
        const { files } = movePack(sources, body, { id: 'next', title: null, day1: day, holidays });
        const plan = files.get('plan.yaml') ?? '';
        const dates = [...plan.matchAll(/start: '([\d-]+)', end: (?:'([\d-]+)'|null)/g)];
        const phases = body.plan.strands.flatMap((strand) => strand.phases);
        expect(dates).toHaveLength(phases.length);
        for (const [i, [, start = '', end]] of dates.entries()) {
          const old = phases[i];
          if (!old?.end || !end) continue;
          expect(calendar.isWorkingDay(end)).toBe(true);
          expect(calendar.workingDaysBetween(start, end)).toBe(before.workingDaysBetween(old.start, old.end));
        }
      }),
      { numRuns: 60 },
    );
  });
});
