// A pack with a fault in it: the fault names file, line and path, and none hides another.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPack } from '../../src/campaigns/read-pack.ts';
import { sayFault } from '../../src/yaml-file.ts';

const shipped = join(import.meta.dirname, '../../campaigns/zhongshan-2022');
const packFiles = ['plan.yaml', 'checklist.yaml', 'letter.yaml', 'zones.csv'];

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pack-'));
  for (const file of packFiles) await cp(join(shipped, file), join(dir, file));
});
afterEach(() => rm(dir, { recursive: true }));

const edit = async (file: string, from: string | RegExp, to: string) => {
  const text = await readFile(join(dir, file), 'utf8');
  expect(text).toMatch(from);
  await writeFile(
    join(dir, file),
    text.replace(from, () => to),
  );
};

const faults = async () => {
  const pack = await loadPack(dir);
  return pack.ok ? [] : pack.faults.map((fault) => ({ ...fault, file: basename(fault.file) }));
};

/** The line on which `text` stands first. */
const lineOf = async (file: string, mark: string | RegExp) =>
  (await readFile(join(dir, file), 'utf8'))
    .split('\n')
    .findIndex((line) => (typeof mark === 'string' ? line.includes(mark) : mark.test(line))) + 1;

describe('loading a pack', () => {
  it('finds no fault in the shipped pack', async () => {
    expect(await loadPack(shipped)).toMatchObject({ ok: true, body: { plan: { id: 'zhongshan-2022' } } });
  });

  it('gives the same hash for the same text and another for a changed one', async () => {
    const before = await loadPack(dir);
    expect(await loadPack(shipped)).toMatchObject({ hash: before.ok && before.hash });
    await edit('letter.yaml', '企业宏图大展', '企业蒸蒸日上');
    expect(await loadPack(dir)).not.toMatchObject({ hash: before.ok && before.hash });
  });

  // file, what is replaced, by what, path and reason of the fault, and what marks the line to blame
  // (of a missing key: the first line of what should hold it)
  const cases: [string, string | RegExp, string, string, RegExp, string | RegExp][] = [
    [
      'plan.yaml',
      "end: '2022-04-26', text",
      "end: '2022-02-30', text",
      'strands[0].phases[0].end',
      /must be a day/,
      'home-1',
    ],
    [
      'plan.yaml',
      "end: '2022-04-26', text",
      "end: '2022-04-01', text",
      'strands[0].phases[0].end',
      /before the start/,
      'home-1',
    ],
    [
      'plan.yaml',
      "start: '2022-04-27'",
      "start: '2022-04-20'",
      'strands[0].phases[1].start',
      /inside the phase before/,
      'home-2',
    ],
    ['plan.yaml', 'timezone: Asia/Shanghai', 'timezone: Asia/Zhongshan', 'timezone', /time zone/, 'timezone:'],
    ['plan.yaml', 'title: 中山市物业小区', '# ', 'title', /is missing: give it a text/, '# 中山市物业小区落实'],
    [
      'plan.yaml',
      'checklist: checklist-2022-04',
      'checklist: checklist-2022-05',
      'strands[0].checklist',
      /no checklist\*\.yaml .* checklist-2022-05/,
      'checklist-2022-05',
    ],
    ['plan.yaml', 'letter: letter-2022-04', 'letter: letter-x', 'strands[1].letter', /no letter\*\.yaml/, 'letter-x'],
    ['plan.yaml', 'zones: zones.csv', 'zones: areas.csv', 'strands[2].zones', /areas\.csv cannot be read/, 'areas.csv'],
    ['plan.yaml', '    zones: zones.csv\n', '', 'strands[2].zones', /needs a zone table/, /- id: zone$/],
    ['plan.yaml', "date: '2022-04-29', ", '', 'deadlines[2]', /either a date or working_days/, 'id: town-report'],
    [
      'plan.yaml',
      'max_reminders_per_obligation: 2',
      'max_reminder_per_obligation: 2',
      'settings.max_reminder_per_obligation',
      /unknown key/,
      'max_reminder_per',
    ],
    [
      'plan.yaml',
      'photo_minutes: 30',
      'photo_minutes: half an hour',
      'settings.photo_minutes',
      /must be a number/,
      'half an hour',
    ],
    [
      'plan.yaml',
      "tally:        {at: '20:00'",
      "tally:        {at: '25:00'",
      'schedule.tally.at',
      /must be a time/,
      'tally: ',
    ],
    [
      'plan.yaml',
      'days: working, grace_minutes: 240',
      'days: [montag], grace_minutes: 240',
      'schedule.assignments.days',
      /./,
      'montag',
    ],
    ['plan.yaml', 'holidays_2022:', 'holiday_2022:', 'derived.working_calendar.holiday_2022', /./, 'holiday_2022:'],
    ['checklist.yaml', 'num: 2,', 'num: 1,', 'items[0].items[1].num', /must be 2/, 'wall_ten_musts, num'],
    ['checklist.yaml', 'num: 4, ', '', 'items[1].num', /is missing: give it a number/, 'isolation_point,'],
    ['checklist.yaml', 'type: group ', 'type: grope ', 'items[0].type', /./, 'grope'],
    [
      'checklist.yaml',
      '    staff_mask: 员工戴口罩',
      '    staff_maks: 员工戴口罩',
      'derived.short_labels.staff_maks',
      /no item staff_maks/,
      'staff_maks',
    ],
    [
      'checklist.yaml',
      'entry_temp_mask: 进入人员测温戴口罩',
      'entry_temp_mask: 对所有进入人员进行体温检测并要求佩戴口罩',
      'derived.short_labels.entry_temp_mask',
      /16 characters/,
      '    entry_temp_mask: 对所有',
    ],
    [
      'checklist.yaml',
      '    测温: [visitor_control, entry_temp_mask]',
      '    测温: [visitor_control, entry_temp]',
      'derived.ambiguous_words["测温"][1]',
      /no item entry_temp:/,
      '    测温:',
    ],
    ['letter.yaml', '    num: 3\n', '    num: 02\n', 'questions[2].num', /stands twice/, 'num: 02'],
    ['letter.yaml', /^title: .*$/m, 'title: ""', 'title', /must not be empty/, 'title: ""'],
    ['zones.csv', ',民众街道', ',东凤镇', 'area', /东凤镇 stands twice/, '东北组团,东凤镇'],
    ['zones.csv', '7,彭荣辉,胡瑞国', '7,彭荣辉,', 'supervisor', /must not be empty/, '7,彭荣辉,,'],
    ['zones.csv', 'lead_person', 'leader', 'lead_person', /column is missing/, 'seq,'],
    ['zones.csv', '翠亨新区（含南朗街道）', '翠亨新区,含南朗街道', '', /./, '含南朗街道'],
  ];
  it.each(cases)('names file, line and path of a fault: %s, %s → %s', async (file, from, to, path, reason, mark) => {
    await edit(file, from, to);
    const [fault, ...more] = await faults();
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ file, path, reason: expect.stringMatching(reason) });
    expect(fault?.line).toBe(await lineOf(file, mark));
  });

  it('names the line of broken YAML', async () => {
    await edit('plan.yaml', 'organisation:', 'organisation: [');
    const found = await faults();
    expect(found[0]).toMatchObject({ file: 'plan.yaml', path: '' });
    expect(found[0]?.line).toBeGreaterThanOrEqual(await lineOf('plan.yaml', 'organisation: ['));
  });

  it('tells of all files at once', async () => {
    await edit('plan.yaml', 'photo_minutes: 30', 'photo_minutes: -1');
    await edit('plan.yaml', 'bind_code_minutes: 15', 'bind_code_minutes: no');
    await edit('checklist.yaml', 'num: 2,', 'num: two,');
    await edit('letter.yaml', /^issuer: .*$/m, '');
    await edit('zones.csv', '7,彭荣辉,胡瑞国', '7,彭荣辉,');
    expect((await faults()).map((fault) => `${fault.file} ${fault.path}`).sort()).toEqual([
      'checklist.yaml items[0].items[1].num',
      'letter.yaml issuer',
      'plan.yaml settings.bind_code_minutes',
      'plan.yaml settings.photo_minutes',
    ]);
  });

  it.each([
    ['plan.yaml', [{ file: 'plan.yaml', line: null, path: '' }]],
    ['letter.yaml', [{ file: 'plan.yaml', path: 'strands[1].letter' }]],
    ['checklist.yaml', [{ path: 'strands[0].checklist' }, { path: 'strands[2].checklist' }]],
  ])('says what is missing without %s', async (file, expected) => {
    await rm(join(dir, file));
    expect(await faults()).toMatchObject(expected);
  });

  it('refuses two checklists of one id', async () => {
    await cp(join(dir, 'checklist.yaml'), join(dir, 'checklist-lifts.yaml'));
    expect(await faults()).toMatchObject([{ file: 'checklist.yaml', path: 'id', line: 5 }]);
  });

  it('says in one line where a fault is', () => {
    expect(sayFault({ file: 'p/plan.yaml', line: 3, path: 'title', reason: 'must not be empty' })).toBe(
      'p/plan.yaml:3 title: must not be empty',
    );
    expect(sayFault({ file: 'p', line: null, path: '', reason: 'this folder cannot be read' })).toBe(
      'p: this folder cannot be read',
    );
  });

  it('says so when there is no such folder', async () => {
    expect(await loadPack(join(dir, 'none'))).toMatchObject({ ok: false, faults: [{ line: null }] });
  });
});
