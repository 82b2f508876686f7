// The office's files, read back by another library and held against the pack's own file and the seeded rows.
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openExports } from '../../src/compose/exports.ts';
import { openCards } from '../../src/compose/service.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { EVERYTHING } from '../../src/domain/sight.ts';
import { EXPORTS, type ExportOrder, type MakeExport } from '../../src/ports-exports.ts';
import { openPool } from '../../src/store/pool.ts';
import { openPrisma, type PrismaClient } from '../../src/store/prisma.ts';
import { zhongshan } from '../support/campaign.ts';
import { createTestDatabase } from '../support/database.ts';
import { seen } from '../support/exported.ts';
import { insert, seedStory } from '../support/seed.ts';

const today = '2022-04-22';
let campaign: Campaign;
let order: ExportOrder;
let pool: pg.Pool;
let prisma: PrismaClient;
let make: MakeExport;
let empty: MakeExport;

/** A database of its own behind it. */
const open = async () => {
  const { url } = await createTestDatabase();
  const opened = openPool(url, { max: 4 });
  return { pool: opened, prisma: openPrisma(opened) };
};

const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  campaign = await zhongshan();
  order = { campaign, today, sight: EVERYTHING, places: null };
  const cards = await openCards();
  const [full, bare] = await Promise.all([open(), open()]);
  for (const { pool: p, prisma: c } of [full, bare]) closing.push(() => c.$disconnect().then(() => p.end()));
  ({ pool, prisma } = full);
  make = openExports({ pool, prisma }, cards);
  empty = openExports(bare, cards);
  await seedStory(pool, campaign.id);
  await pool.query(`update inspection set answers = $1, note = $2 where id = 'i2'`, [
    { ...Object.fromEntries(campaign.checklists[0]?.items.map(({ id }) => [id, 'yes']) ?? []), wall_notice: 'no' },
    '=HYPERLINK("http://a.example")',
  ]);
});
afterAll(() => Promise.all(closing.map((close) => close())));

describe('the official check form (R46)', () => {
  /** As it stands in the pack's file, not as the program understood it. */
  const paper = parse(readFileSync('campaigns/zhongshan-2022/checklist.yaml', 'utf8'));
  const labels = new Map<string, string>([
    [paper.row_number_column, paper.row_number_column],
    ...[...paper.basic_info.fields, ...paper.items[0].items, ...paper.items.slice(1), ...paper.free_text].map(
      ({ id, label }: { id: string; label: string }) => [id, label] as const,
    ),
  ]);

  it('has the columns of 附件4 in their order, with heads verbatim and joined as on paper', async () => {
    const [sheet] = await seen(make('check-form', order));
    expect(sheet?.name).toBe('物业小区疫情防控检查登记表');
    expect(sheet?.rows[0]?.[0]).toBe('物业小区疫情防控检查登记表');
    const heads = paper.column_order.map((_: string, i: number) => sheet?.rows[2]?.[i] || sheet?.rows[1]?.[i]);
    expect(heads).toEqual(paper.column_order.map((id: string) => labels.get(id)));
    expect(sheet?.rows[1]?.[1]).toBe('基本情况');
    expect(sheet?.rows[1]?.[7]).toBe('文件指引是否上墙');
    expect([...(sheet?.merges ?? [])].sort()).toEqual(
      ['A1:P1', 'B2:G2', 'H2:J2', 'A2:A3', ...['K', 'L', 'M', 'N', 'O', 'P'].map((c) => `${c}2:${c}3`)].sort(),
    );
  });

  it('has one line for each live record, and what begins with = is a text', async () => {
    const [sheet] = await seen(make('check-form', order));
    expect(sheet?.rows.slice(3)).toEqual([
      [
        '1',
        '2022-04-19',
        '张工',
        '东区街道',
        '物业股',
        '阳光花园',
        '安美物业东区分公司',
        '否',
        '是',
        '是',
        '是',
        '是',
        '是',
        '是',
        '是',
        '=HYPERLINK("http://a.example")',
      ],
    ]);
  });

  it('is called in Chinese, with the day', () => {
    expect(make('check-form', order).name).toBe('物业小区疫情防控检查登记表 2022-04-22.xlsx');
  });

  it('goes over pages: every record once, in the order of recording', async () => {
    const { pool: own, prisma: client } = await open();
    closing.push(() => client.$disconnect().then(() => own.end()));
    await seedStory(own, campaign.id);
    await own.query(
      `insert into inspection select (jsonb_populate_record(i, jsonb_build_object('id', 'x' || n, 'inspector_name', 'P' || n,
         'assignment_id', 'ax' || n, 'recorded_at', i.recorded_at + n * interval '1 second'))).* from inspection i, generate_series(1, 2345) n where i.id = 'i2'`,
    );
    const file = openExports({ pool: own, prisma: client }, await openCards())('check-form', order);
    const [sheet] = await seen(file);
    const rows = sheet?.rows.slice(3) ?? [];
    expect(rows.map((row) => row[2])).toEqual(['张工', ...Array.from({ length: 2345 }, (_, i) => `P${i + 1}`)]);
    expect(rows.at(-1)?.[0]).toBe('2346');
    expect(file.rows()).toBe(2346);
  });
});

describe('the ledger', () => {
  it('has every version in the form’s columns: who, when, and what it was before (R34)', async () => {
    const [records] = await seen(make('ledger', order));
    expect(records?.rows[1]?.slice(16)).toEqual(['第几版', '记录时间', '代填人', '更正前', '标记']);
    const [first, second] = records?.rows.slice(3) ?? [];
    expect(first?.slice(16, 19)).toEqual(['1', '2022-04-19 10:00', '']);
    expect(second?.slice(16)).toEqual([
      '2',
      '2022-04-19 10:05',
      '李工',
      expect.stringMatching(/^通告上墙 是、十必须上墙 —、.*检查发现的其他情况 —$/),
      '存疑、代填',
    ]);
  });

  it('lists units that had not signed when the window ended, also those that signed later (R27)', async () => {
    const [, unsigned] = await seen(make('ledger', order));
    expect(unsigned?.rows.slice(3)).toEqual([
      [
        '1',
        '安美物业东区分公司',
        '东区组团',
        '东区街道',
        '2022-04-27 00:05',
        '已发送，未阅',
        '2',
        '',
        '2022-04-27 09:00',
      ],
    ]);
  });
});

describe('the other sheets', () => {
  it('show who answers for which zone, equal cells joined (R46)', async () => {
    const [zones] = await seen(make('assignments', order));
    expect(zones?.rows[0]?.[0]).toBe('督导检查分工表');
    expect(zones?.rows.slice(3)).toHaveLength(23);
    expect(zones?.rows[3]?.slice(1, 7)).toEqual([
      '彭荣辉',
      '梁梓胜',
      '翁冠超',
      '中山市安美物业管理有限公司 戴巍',
      '东区组团',
      '东区街道',
    ]);
    expect(zones?.merges).toEqual(expect.arrayContaining(['B4:B26', 'C4:C6', 'D7:D15', 'F5:F6']));
    expect(zones?.merges.filter((ref) => ref.startsWith('G'))).toEqual(['G2:G3']);
  });

  it('show assignments with their reasons', async () => {
    const [, assigned] = await seen(make('assignments', order));
    expect(assigned?.rows.slice(3).map((row) => row.slice(3))).toEqual([
      ['阳光花园', '张工', '居住小区检查', '2022-04-19', '2022-04-26', '已完成'],
      ['景湖居', '李工', '尚未检查', '2022-04-20', '2022-04-20', '待检查'],
    ]);
  });

  it('show who signed, and who is not known yet', async () => {
    const [signing] = await seen(make('signing', order));
    expect(signing?.rows.slice(3).map((row) => [row[1], row[3], row[4], row[7], row[8], row[11], row[13]])).toEqual([
      ['安美物业东区分公司', '本土企业', '分公司', '李工', '逾期签阅', '2022-04-27 09:00', '2'],
      ['无名分公司', '外市企业', '总公司', '', '签阅人待定', '', '0'],
    ]);
  });

  it('show findings with the item’s whole label and whether they are overdue', async () => {
    const [findings] = await seen(make('findings', order));
    expect(findings?.rows.slice(3).map((row) => [row[5], row[6], row[7], row[10]])).toEqual([
      ['《中山市物业管理区域疫情防控通告》', '待整改', '是', '2022-04-21'],
      ['员工是否佩戴口罩', '已复核', '否', '2022-04-21'],
      ['是否提醒来往人员佩戴口罩', '待通知', '否', ''],
    ]);
  });

  it('show every area’s report, as it sent it, and those that sent none (R41)', async () => {
    const figures = {
      compounds: { known: 9, covered: 7, coveredToday: 1 },
      inspections: { total: 9, today: 1 },
      findings: { total: 4, toFix: 1, toVerify: 1, verified: 2, withdrawn: 0, overdue: 0 },
      letters: { owed: 5, signed: 3, signedLate: 1, unreachable: 0, undecided: 0 },
      home: { owed: 12, done: 10, late: 1, excused: 0, excluded: 0 },
      rectified: { inTime: 2, late: 1 },
    };
    await insert(pool, 'town_report', [
      {
        campaign: campaign.id,
        area: '东区街道',
        version: 1,
        text: '-已落实',
        figures,
        cut_off_at: '2022-04-28T16:00:00+08:00',
        by_id: 'p1',
        by_name: '张工',
        late: false,
      },
    ]);
    const [reports] = await seen(make('town-report', order));
    const rows = reports?.rows.slice(3) ?? [];
    expect(rows).toHaveLength(23);
    expect(rows.find((row) => row[2] === '东区街道')?.slice(3)).toEqual([
      '2022-04-28 16:00',
      '张工',
      '1',
      '否',
      '12',
      '11',
      '9',
      '7',
      '5',
      '4',
      '4',
      '1',
      '2',
      '1',
      '-已落实',
    ]);
    expect(rows.filter((row) => row[3] === '')).toHaveLength(22);
  });

  it('show what was referred, with its records and every step (R43)', async () => {
    await pool.query(`update finding set referred_at = '2022-04-22T09:00:00+08:00' where id = 'f1'`);
    const step = {
      campaign: campaign.id,
      subject_kind: 'finding',
      subject_id: 'f1',
      by_id: 'p1',
      by_name: '张工',
      inbound: null,
    };
    await insert(pool, 'event', [
      { ...step, at: '2022-04-19T10:05:00+08:00', kind: 'finding.opened', data: {} },
      { ...step, at: '2022-04-22T09:00:00+08:00', kind: 'finding.referred', data: { remark: '两次未改' } },
    ]);
    const [referred, steps] = await seen(make('referrals', order));
    expect(referred?.rows.slice(3).map((row) => row.slice(3, 8))).toEqual([
      [
        '阳光花园',
        '安美物业东区分公司',
        '《中山市物业管理区域疫情防控通告》',
        '待整改',
        '2022-04-19 张工 =HYPERLINK("http://a.example")',
      ],
    ]);
    expect(steps?.rows.slice(3).map((row) => row.slice(3))).toEqual([
      ['2022-04-19 10:05', '发现问题', '张工', ''],
      ['2022-04-22 09:00', '移送', '张工', '两次未改'],
    ]);
  });
});

describe('an export of nothing', () => {
  it.each(EXPORTS.filter((what) => what !== 'assignments' && what !== 'town-report'))(
    '%s says so and still has its heads',
    async (what) => {
      const file = empty(what, order);
      for (const { rows } of await seen(file)) {
        expect(rows).toHaveLength(3);
        expect(rows[0]?.[0]).toMatch(/（没有记录）$/);
      }
      expect(file.rows()).toBe(0);
    },
  );
});
