// The demo roster through the real import into a real database: nothing is lost, nothing is written twice.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { RosterSheet } from '../../src/domain/roster/lines.ts';
import { readRosterFile } from '../../src/reports/roster-file.ts';
import { makeRosterStore } from '../../src/store/roster-writing.ts';
import { importRoster, type RosterFile, type RosterImport } from '../../src/usecases/import-roster.ts';
import { importZones } from '../../src/usecases/import-zones.ts';
import { createTestDatabase } from '../support/database.ts';
import { at, counter, packFolder, zhongshan } from '../support/universe.ts';

let pool: pg.Pool;
let campaign: Campaign;
let demo: RosterFile;

const nextId = counter('import-');
let now = at('2022-04-19 08:25');
const deps = () => ({ store: makeRosterStore(pool), clock: { now: () => now }, ids: { next: nextId } });
const take = (file: RosterFile) =>
  importRoster(deps(), { file, campaigns: [campaign], by: { id: 'p_office', name: '办公室' } });

const query = async (sql: string, ...values: unknown[]) => (await pool.query(sql, values)).rows;
const count = async (table: string) => Number((await query(`select count(*) as n from ${table}`))[0].n);
const tables = [
  'organisation',
  'company',
  'company_unit',
  'compound',
  'management',
  'person',
  'role_holding',
  'zone_area',
];
/** Everything a roster writes, row by row. */
const records = async () =>
  Object.fromEntries(await Promise.all(tables.map(async (t) => [t, await query(`select * from ${t} order by id`)])));

/** A file of one sheet. */
const file = (name: string, ...rows: string[][]): RosterFile => {
  const sheet: RosterSheet = { name, rows: rows.map((cells, i) => ({ line: i + 1, cells })) };
  return { name: `${name}.csv`, hash: 'h', sheets: [sheet], faults: [] };
};

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: (await createTestDatabase()).url, max: 4 });
  campaign = await zhongshan();
  demo = await readRosterFile(await readFile(join(packFolder, 'demo-roster.xlsx')), 'demo-roster.xlsx');
});
afterAll(() => pool.end());

describe('importing the demo roster', () => {
  let first: RosterImport;
  beforeAll(async () => {
    first = await take(demo);
    await importZones(deps(), campaign, '第一批');
  });

  it('takes every row (R09, R12)', async () => {
    expect(first.faults).toEqual([]);
    expect(first).toMatchObject({ changed: 0, unchanged: 0, new: 23 + 1000 + 1800 + 600 + 90 + 14 });
    expect(await Promise.all(['company_unit', 'compound', 'management'].map(count))).toEqual([1000, 1800, 1800]);
  });

  it('gives every role of the four levels its people (R03)', async () => {
    const rows = await query('select role, count(*)::int as n from role_holding group by role');
    expect(Object.fromEntries(rows.map((row) => [row.role, row.n]))).toMatchObject({
      ...{ commander: 1, supervisor: 9, liaison: 9, zone_lead: 9, inspector: 90, staff: 600 },
      ...{ town_contact: 23, town_head: 23, signatory: 1000, office: 3, archivist: 1, association: 10 },
    });
  });

  it('finds the people of the zone table among those of the roster (E04)', async () => {
    const rows = await query(
      `select p.name, array_agg(distinct h.role order by h.role) as roles from person p join role_holding h on h.person_id = p.id
        where p.name in ('彭荣辉', '关孝廷', '郑新', '邓贤俊', '戴巍', '史海艳') group by p.id order by p.name collate "C"`,
    );
    expect(rows).toEqual([
      { name: '关孝廷', roles: ['office', 'staff', 'supervisor'] },
      { name: '史海艳', roles: ['signatory', 'zone_lead'] },
      { name: '彭荣辉', roles: ['commander', 'department_head', 'staff'] },
      { name: '戴巍', roles: ['signatory', 'zone_lead'] },
      { name: '邓贤俊', roles: ['signatory', 'zone_lead'] },
      { name: '郑新', roles: ['association', 'liaison'] },
    ]);
  });

  it('lets the first table and the first roster hold since ever', async () => {
    expect(
      await query('select role, from_on from role_holding where from_on is not null or to_on is not null'),
    ).toEqual([]);
    expect(await query('select 1 from person where joined_on is not null')).toEqual([]);
    expect(await query('select count(*)::int as n, count(from_on)::int as dated from zone_area')).toEqual([
      { n: 23, dated: 0 },
    ]);
  });

  it('has what an expert will look for', async () => {
    const one = async (sql: string) => Number((await query(`select count(*) as n from (${sql}) x`))[0].n);
    const outside = `select company_id from company_unit u join company c on c.id = u.company_id where c.origin = 'outside' group by 1`;
    expect(await one(`${outside} having count(*) filter (where u.area is not null) = 0`)).toBe(3); // E06
    const heads = `select person_id from role_holding where role = 'signatory' group by 1 having count(*) > 1`;
    expect(await one(heads)).toBeGreaterThan(10); // E05
    expect(await one('select name from compound group by 1 having count(distinct area) > 1')).toBeGreaterThan(20); // E17
    expect(await one('select 1 from management where unit_id is null')).toBeGreaterThan(1); // E18
    const estates = `select estate from compound c join management m on m.compound_id = c.id where estate is not null`;
    expect(await one(`${estates} group by estate, area having count(distinct unit_id) > 1`)).toBeGreaterThan(3); // E19
    const excluded = await one(`select 1 from person where lives = 'excluded'`);
    expect(excluded / 600).toBeGreaterThan(0.04);
    expect(excluded / 600).toBeLessThan(0.08);
    expect(await one('select 1 from person where no_account')).toBeGreaterThan(15);
    expect(await one(`select 1 from person where mobile !~ '^100'`)).toBe(0);
    expect(await one('select 1 from compound group by area')).toBe(23);
  });

  it('writes how a compound sounds', async () => {
    const [row] = await query(
      `select name, pinyin from compound where name like '蓬莱花园%' or name like '瑶池%' limit 1`,
    );
    expect(row.pinyin).toMatch(/^(peng lai|yao chi) [a-z ]+ (pl|yc)[a-z]+/);
  });

  it('keeps a record of itself and one event', async () => {
    expect(await query('select id, added, changed, unchanged, faults, hash from roster_import')).toMatchObject([
      { id: first.id, added: first.new, faults: [], hash: demo.hash },
    ]);
    expect(await query(`select kind, subject_id, by_name, campaign from event where kind = 'roster.imported'`)).toEqual(
      [{ kind: 'roster.imported', subject_id: first.id, by_name: '办公室', campaign: 'zhongshan-2022' }],
    );
  });

  it('changes nothing the second time, nor does the zone table (R09)', async () => {
    const before = await records();
    now = at('2022-04-25 09:00');
    expect(await take(demo)).toMatchObject({ new: 0, changed: 0, unchanged: first.new, faults: [] });
    expect(await importZones(deps(), campaign, '第一批')).toMatchObject({ new: 0, changed: 0, faults: [] });
    expect(await records()).toEqual(before);
  });
});

describe('importing over what is there', () => {
  const heads = ['单位', '部门', '姓名', '手机', '人员类别', '居住小区'];

  it('takes the good rows and lists the bad ones', async () => {
    const people = await count('person');
    const imported = await take(
      file(
        '工作人员',
        heads,
        ['市住房城乡建设局', '办公室', '新来一', '10099999991', '雇员', '不住物业小区'],
        ['市住房城乡建设局', '办公室', '新来二', '10099999992', '雇员', '没有的小区'],
        ['市住房城乡建设局', '办公室', '新来三', '12345', '雇员', ''],
      ),
    );
    expect(imported).toMatchObject({
      new: 1,
      faults: [
        { sheet: '工作人员', line: 3, column: '居住小区' },
        { sheet: '工作人员', line: 4, column: '手机' },
      ],
    });
    expect(await count('person')).toBe(people + 1);
  });

  it('lets two people change numbers', async () => {
    const pair = [
      ['市住房城乡建设局', '办公室', '换号甲', '10099999981', '雇员', ''],
      ['市住房城乡建设局', '办公室', '换号乙', '10099999982', '雇员', ''],
    ];
    await take(file('工作人员', heads, ...pair));
    const swapped = pair.map((row, i) => row.with(3, pair[1 - i]?.[3] ?? ''));
    expect(await take(file('工作人员', heads, ...swapped))).toMatchObject({ new: 0, changed: 2, faults: [] });
    expect(await query(`select name, mobile from person where name like '换号_' order by mobile`)).toEqual([
      { name: '换号乙', mobile: '10099999981' },
      { name: '换号甲', mobile: '10099999982' },
    ]);
  });

  it('hands a unit to its new head, the old one until yesterday (E14)', async () => {
    now = at('2022-05-06 09:00');
    const unit = [
      '中山市安美物业管理有限公司',
      '本土',
      '中山市安美物业管理有限公司',
      '总公司',
      '东区街道',
      '新负责人',
      '10099999971',
    ];
    const unitHeads = ['企业名称', '企业来源', '单位名称', '单位类型', '所在镇街', '负责人', '负责人手机'];
    expect(await take(file('物业企业单位', unitHeads, unit))).toMatchObject({ new: 0, changed: 1 });
    const holders = await query(
      `select p.name, h.from_on::text as from, h.to_on::text as to from role_holding h join person p on p.id = h.person_id
        join company_unit u on u.id = h.scope where u.name = $1 and h.role = 'signatory' order by h.from_on nulls first`,
      '中山市安美物业管理有限公司',
    );
    expect(holders).toEqual([
      { name: '戴巍', from: null, to: '2022-05-05' },
      { name: '新负责人', from: '2022-05-06', to: null },
    ]);
  });

  it('does each of two imports at the same time whole, one after the other', async () => {
    const row = ['市住房城乡建设局', '办公室', '同时', '10099999961', '雇员', ''];
    const both = await Promise.all([take(file('工作人员', heads, row)), take(file('工作人员', heads, row))]);
    expect(both.map((one) => one.new).sort()).toEqual([0, 1]);
  });

  it('keeps a record of a file that could not be read', async () => {
    const fault = { sheet: '', line: 0, column: '', reason: '文件是空的' };
    const imported = await take({ name: 'x.xlsx', hash: 'empty', sheets: [], faults: [fault] });
    expect(imported).toMatchObject({ new: 0, faults: [fault] });
    expect(await query('select faults from roster_import where id = $1', imported.id)).toEqual([{ faults: [fault] }]);
  });
});

describe('the zone table before any roster', () => {
  it('makes people whom a later roster finds', async () => {
    const before = pool;
    pool = new pg.Pool({ connectionString: (await createTestDatabase()).url, max: 2 });
    try {
      await importZones(deps(), campaign, '第一批');
      const ids = await query('select name, id from person order by id');
      expect(ids).toHaveLength(19);
      expect((await take(demo)).faults).toEqual([]);
      expect(
        await query(
          'select name, id from person where id = any($1) and mobile is not null order by id',
          ids.map((row) => row.id),
        ),
      ).toEqual(ids);
      for (const { name } of ids) {
        expect([name, await query('select count(*)::int as n from person where name = $1', name)]).toEqual([
          name,
          [{ n: 1 }],
        ]);
      }
    } finally {
      await pool.end();
      pool = before;
    }
  });
});
