// Rows of a roster file: what a good one says, and that a bad one is named with sheet, line, column and reason.
import { describe, expect, it } from 'vitest';
import { ROSTER_SHEETS, type SheetName } from '../../../src/domain/roster/cells.ts';
import { checkRoster } from '../../../src/domain/roster/check.ts';
import { areaNamed, type RosterContext, type RosterSheet } from '../../../src/domain/roster/lines.ts';

const context: RosterContext = {
  areas: ['东区街道', '小榄镇', '翠亨新区（含南朗街道）'],
  zones: ['东区组团'],
  bureaus: ['市建设局'],
  associations: ['市物业协会'],
};

/** A sheet with its heads in line 1. */
const sheet = (name: SheetName, ...rows: string[][]): RosterSheet => ({
  name,
  rows: [ROSTER_SHEETS[name].map((head) => head.replace('!', '')), ...rows].map((cells, i) => ({ line: i + 1, cells })),
});

const check = (...sheets: RosterSheet[]) => checkRoster(sheets, context);

describe('a good row', () => {
  it('of areas names the town bureau and its two people', () => {
    const row = ['东区街道', '东区住建', '张 三', '100 0000 0001', '有', '李四', '', '无'];
    expect(check(sheet('镇街与联系人', row))).toEqual({
      faults: [],
      lines: [
        {
          kind: 'town',
          at: { sheet: '镇街与联系人', line: 2 },
          area: '东区街道',
          bureau: '东区住建',
          contact: { name: '张三', mobile: '10000000001', noAccount: false },
          head: { name: '李四', mobile: null, noAccount: true },
        },
      ],
    });
  });

  it.each([
    ['市外', null],
    ['南朗街道', '翠亨新区（含南朗街道）'],
  ])('of company units may stand in %s', (written, area) => {
    const row = ['白泽物业', '外市', '白泽物业中山分公司', '分公司', written, '', '', ''];
    expect(check(sheet('物业企业单位', row))).toMatchObject({
      faults: [],
      lines: [{ origin: 'outside', unitKind: 'branch', area, head: null }],
    });
  });

  it.each([
    ['无', 'none'],
    ['白泽物业', { unit: '白泽物业' }],
    ['', null],
  ])('of compounds is managed by %j', (written, managedBy) => {
    const row = ['蓬莱花园', '蓬莱苑、老蓬莱，蓬莱花园', '小榄镇', '', written, '2022年3月1日'];
    expect(check(sheet('物业小区', row))).toMatchObject({
      faults: [],
      lines: [{ managedBy, aliases: ['蓬莱苑', '老蓬莱'], estate: null, from: '2022-03-01' }],
    });
  });

  it.each([
    ['小榄镇', '蓬莱花园', { area: '小榄镇', name: '蓬莱花园' }],
    ['', '蓬莱花园', { area: null, name: '蓬莱花园' }],
    ['', '不住物业小区', 'none'],
    ['', '', null],
  ])('of staff lives at %j %j', (area, compound, home) => {
    const row = ['市建设局', '物业科', '张三', '+86 10000000001', '雇员', area, compound, '是', '2022/4/1', '有'];
    expect(check(sheet('工作人员', row))).toMatchObject({
      faults: [],
      lines: [{ home, isHead: true, joinedOn: '2022-04-01', staffKind: '雇员', person: { mobile: '10000000001' } }],
    });
  });

  it('is found by its heads, in any order, below a title, in a sheet of any name', () => {
    const rows = [
      ['中山市检查组名单'],
      ['账号', '所属单位*', '姓 名', '组团', '备注'],
      [],
      ['无', '白泽物业', '张三', '东区组团', ''],
    ];
    const csv = { name: 'inspectors', rows: rows.map((cells, i) => ({ line: i + 1, cells })) };
    expect(check(csv)).toMatchObject({
      faults: [],
      lines: [{ kind: 'inspector', at: { line: 4 }, zone: '东区组团', person: { name: '张三', noAccount: true } }],
    });
  });

  it('is not looked for in a sheet of explanations', () => {
    expect(check({ name: '填表说明', rows: [{ line: 1, cells: ['请如实填写'] }] })).toEqual({ lines: [], faults: [] });
  });
});

describe('a bad row', () => {
  const staff = ['市建设局', '物业科', '张三', '10000000001', '雇员', '', '', '', '', ''];
  const unit = ['白泽物业', '本土', '白泽物业', '总公司', '小榄镇', '李四', '10000000002', ''];
  const but = (row: string[], at: number, cell: string) => row.map((old, i) => (i === at ? cell : old));

  const cases: [SheetName, string[], string, RegExp][] = [
    ['镇街与联系人', ['西区街道', '西区住建', '', '', '', '', '', ''], '镇街', /没有名为“西区街道”的镇街/],
    ['镇街与联系人', ['东区街道', '', '', '', '', '', '', ''], '主管部门', /不能为空/],
    ['镇街与联系人', ['东区街道', '东区住建', '', '10000000001', '', '', '', ''], '联系人', /没有姓名/],
    ['物业企业单位', but(unit, 1, '外地'), '企业来源', /本土、外市/],
    ['物业企业单位', but(unit, 3, '子公司'), '单位类型', /总公司、分公司/],
    ['物业企业单位', but(unit, 4, ''), '所在镇街', /不能为空/],
    ['物业企业单位', but(unit, 6, '0760-8888888'), '负责人手机', /不是11位手机号/],
    ['物业小区', ['', '', '小榄镇', '', '无', ''], '小区名称', /不能为空/],
    ['物业小区', ['蓬莱花园', '', '小榄镇', '', '无', '2022-02-30'], '管理起始', /不是日期/],
    ['工作人员', but(staff, 2, ''), '姓名', /不能为空/],
    ['工作人员', but(staff, 4, '临时工'), '人员类别', /公务员、工勤、事业编、雇员/],
    ['工作人员', but(staff, 5, '大榄镇'), '居住镇街', /没有名为“大榄镇”的镇街/],
    ['工作人员', but(staff, 7, '对'), '部门负责人', /“是”或“否”/],
    ['工作人员', but(staff, 9, '微信'), '账号', /“有”或“无”/],
    ['检查组', ['西区组团', '张三', '', '白泽物业', ''], '组团', /没有名为“西区组团”的组团/],
    ['市级人员', ['督导', '市建设局', '', '张三', '', ''], '职责', /领导小组办公室、行业协会、文档管理/],
    ['市级人员', ['文档管理', '某局', '', '张三', '', ''], '单位', /既不是牵头部门/],
  ];
  it.each(cases)('of %s is named and left out: %j', (name, row, column, reason) => {
    expect(check(sheet(name, row))).toEqual({
      lines: [],
      faults: [{ sheet: name, line: 2, column, reason: expect.stringMatching(reason) }],
    });
  });

  it('does not keep the good ones out', () => {
    const { lines, faults } = check(
      sheet('工作人员', staff, but(staff, 4, '?'), but(but(staff, 2, '李四'), 3, '10000000003')),
    );
    expect(lines.map((line) => line.at.line)).toEqual([2, 4]);
    expect(faults.map((fault) => fault.line)).toEqual([3]);
  });

  it('has all its faults named', () => {
    const row = ['', '', '', '1', '', '', '', '', '', ''];
    expect(check(sheet('工作人员', row)).faults.map((fault) => fault.column)).toEqual([
      '单位',
      '部门',
      '姓名',
      '手机',
      '人员类别',
    ]);
  });

  it('is the second of two that say the same', () => {
    const compound = ['蓬莱花园', '', '小榄镇', '', '无', ''];
    expect(check(sheet('物业小区', compound, compound, but(compound, 2, '东区街道')))).toMatchObject({
      lines: [{ area: '小榄镇' }, { area: '东区街道' }],
      faults: [{ line: 3, column: '小区名称', reason: '与第2行重复' }],
    });
  });

  it('gives a number that another name has', () => {
    expect(
      check(sheet('工作人员', staff), sheet('检查组', ['东区组团', '李四', '10000000001', '白泽物业', ''])),
    ).toMatchObject({
      lines: [{ kind: 'staff' }],
      faults: [{ sheet: '检查组', line: 2, column: '手机', reason: '手机号与“工作人员”第2行的张三相同' }],
    });
  });

  it('gives one company two origins', () => {
    const branch = ['白泽物业', '外市', '白泽物业分公司', '分公司', '小榄镇', '', '', ''];
    expect(check(sheet('物业企业单位', unit, branch)).faults).toMatchObject([{ line: 3, column: '企业来源' }]);
  });
});

describe('a bad sheet', () => {
  it('lacks a column, and is left out as a whole', () => {
    const rows = [
      ['小区名称', '镇街'],
      ['蓬莱花园', '小榄镇'],
    ].map((cells, i) => ({ line: i + 1, cells }));
    expect(check({ name: '物业小区', rows })).toEqual({
      lines: [],
      faults: [{ sheet: '物业小区', line: 1, column: '管理单位', reason: '缺少这一列，整张表没有导入' }],
    });
  });

  it('is of a kind that nobody knows', () => {
    const rows = [{ line: 1, cells: ['车位'] }];
    expect(check({ name: '车位', rows }).faults).toMatchObject([
      { sheet: '车位', line: 0, reason: expect.stringMatching(/不认识/) },
    ]);
  });
});

describe('areas', () => {
  it('come from the file where no campaign has a zone table', () => {
    const row = ['新区', '新区住建', '', '', '', '', '', ''];
    expect(checkRoster([sheet('镇街与联系人', row)], { ...context, areas: [] }).faults).toEqual([]);
  });

  it.each([
    ['翠亨新区', '翠亨新区（含南朗街道）'],
    ['翠亨新区(含南朗街道)', '翠亨新区（含南朗街道）'],
    ['小榄镇', '小榄镇'],
    ['小榄', null],
  ])('named %s are %s', (name, area) => {
    expect(areaNamed(context.areas, name)).toBe(area);
  });
});
