// What `check-pack` says: of a pack full of faults every one with its line and what to do, held against test/golden/packs
// (UPDATE_GOLDEN=1 writes them anew), and of a good one its cards as each platform shows them.
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkPackCommand } from '../../src/commands/check-pack.ts';
import { tempFolder } from '../support/temp-folder.ts';

const shipped = join(import.meta.dirname, '../../campaigns');
const golden = join(import.meta.dirname, '../golden/packs');
const update = process.env.UPDATE_GOLDEN === '1';

let dir: string;
beforeEach(async () => {
  dir = await tempFolder();
  for (const name of ['plan.yaml', 'checklist.yaml', 'letter.yaml', 'zones.csv'])
    await cp(join(shipped, 'zhongshan-2022', name), join(dir, name));
});

const edit = async (file: string, ...changes: readonly (readonly [from: string, to: string])[]): Promise<void> => {
  let text = await readFile(join(dir, file), 'utf8');
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  await writeFile(join(dir, file), text);
};

/** All that it says, and what it ends with, without the folder's own name. */
const said = async (folder = dir, cards = false): Promise<string> => {
  const lines: string[] = [];
  await checkPackCommand(folder, { cards }, (line) => lines.push(line)).catch((error: Error) =>
    lines.push(error.message),
  );
  return `${lines.join('\n').replaceAll(folder, 'PACK')}\n`;
};

const holds = async (name: string, text: string): Promise<void> => {
  if (update) await writeFile(join(golden, name), text);
  expect(text).toBe(await readFile(join(golden, name), 'utf8'));
};

describe('check-pack', () => {
  it('says of every wrong value where it stands, what is wrong and what to do', async () => {
    await edit(
      'plan.yaml',
      ['id: zhongshan-2022', 'id: Zhongshan 2022'],
      [
        "{id: home-1, label: 第一阶段, start: '2022-04-19', end: '2022-04-26'",
        "{id: home-1, label: 第一阶段, start: '2022-04-19', end: '2022-02-30'",
      ],
      ["{id: zone-2, label: 第二阶段, start: '2022-05-20'", "{id: zone-2, label: 第二阶段, start: '2022-05-10'"],
      ["at: '10:00', days: working", "at: 10 o'clock, days: sometimes"],
      ['photo_minutes: 30', 'photo_minute: 30'],
      ['working_days: 2, who', 'working_days: two, who'],
    );
    await edit(
      'checklist.yaml',
      ['num: 2,', 'num: 1,'],
      ['staff_mask: 员工戴口罩', 'staff_mask: 员工上岗期间是否都戴好口罩并及时更换'],
    );
    await edit('letter.yaml', ["issuer: '中山市住房和城乡建设局'", 'issuer:']);
    await holds('faulty-values.txt', await said());
  });

  it('says which dates cross, which ids are unknown or stand twice, and which file is missing', async () => {
    await edit(
      'plan.yaml',
      ['id: zone-1, label', 'id: home-1, label'],
      ["id: letter-end, date: '2022-04-26'", "id: letter-end, date: '2022-04-01'"],
      ["劳动节: ['2022-04-30', '2022-05-04']", "劳动节: ['2022-05-04', '2022-04-30']"],
      ["元旦: ['2022-01-01', '2022-01-03']", "元旦: ['2021-01-01', '2021-01-03']"],
      ["hand_over:    {at: '18:00'", "hand_over:    {at: '21:00'"],
    );
    await cp(join(dir, 'checklist.yaml'), join(dir, 'checklist-b.yaml'));
    await holds('faulty-whole.txt', await said());
    await edit('plan.yaml', ['letter: letter-2022-04', 'letter: letter-2023']);
    await rm(join(dir, 'zones.csv'));
    await holds('faulty-files.txt', await said());
  });

  it('says on which line YAML or the table cannot be read', async () => {
    await edit('plan.yaml', ['  leading_group', '\tleading_group']);
    await edit('checklist.yaml', [
      'title: 物业小区疫情防控检查登记表',
      'title: 检查登记表\ntitle: 物业小区疫情防控检查登记表',
    ]);
    await edit('letter.yaml', ["title: '致中山", "title: '致'中山"]);
    await holds('faulty-yaml.txt', await said());
  });

  it('notes what is no fault and worth knowing', async () => {
    await edit(
      'plan.yaml',
      [
        "{id: zone-1, label: 第一阶段, start: '2022-04-19', end: '2022-05-19'",
        "{id: zone-1, label: 第一阶段, start: '2022-04-19', end: '2022-05-21'",
      ],
      [
        "{id: zone-2, label: 第二阶段, start: '2022-05-20', end: null",
        "{id: zone-2, label: 第二阶段, start: '2022-05-22', end: '2031-06-30'",
      ],
      ["reminders:    {at: '10:00'", "reminders:    {at: '07:00'"],
      ["'2022-05-19': '2022-05-23'", "'2022-05-19': '2022-05-24'"],
      ["  backup:       {at: '02:30', days: every, grace_minutes: 720}\n", ''],
    );
    await writeFile(join(dir, 'cheklist-lifts.yaml'), '');
    await holds('notes.txt', await said());
  });

  it('shows each card of a good pack on every platform, and what of it does not fit', async () => {
    await holds('fire-safety-2022.txt', await said(join(shipped, 'fire-safety-2022'), true));
  });
});
