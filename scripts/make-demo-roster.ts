// For developers: writes campaigns/zhongshan-2022/demo-roster.xlsx, the invented city of demo-city.ts as a clerk would
// fill it in. The same program writes the same file.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { ROSTER_SHEETS, type SheetName } from '../src/domain/roster/cells.ts';
import { NO_COMPANY, NO_COMPOUND, OUTSIDE, STAFF_KINDS } from '../src/domain/roster/lines.ts';
import { cityPeople, compounds, folder, inspectors, staff, towns, units } from './demo-city.ts';

const body: Record<SheetName, string[][]> = {
  镇街与联系人: towns.map(({ area, bureau, contact, head }) => [
    area,
    bureau,
    ...[contact.name, contact.mobile, contact.account],
    ...[head.name, head.mobile, head.account],
  ]),
  物业企业单位: units.map((u) => [
    u.company,
    u.origin,
    u.name,
    u.kind,
    u.area,
    u.head.name,
    u.head.mobile,
    u.head.account,
  ]),
  物业小区: compounds.map((c) => [c.name, c.aliases.join('、'), c.area, c.estate, c.unit, '']),
  工作人员: staff.map((s) => [
    ...[s.organisation, s.department, s.name, s.mobile, s.kind],
    ...(s.home ? [s.home.area, s.home.name] : ['', NO_COMPOUND]),
    ...[s.isHead ? '是' : '否', '', s.account],
  ]),
  检查组: inspectors.map((i) => [i.zone, i.name, i.mobile, i.unit, i.account]),
  市级人员: cityPeople,
};

/** Cells with a fixed choice offer it as a list. */
const choices: Partial<Record<string, string[]>> = {
  企业来源: ['本土', '外市'],
  单位类型: ['总公司', '分公司'],
  人员类别: [...STAFF_KINDS],
  部门负责人: ['是', '否'],
  账号: ['有', '无'],
  联系人账号: ['有', '无'],
  负责人账号: ['有', '无'],
  职责: ['领导小组办公室', '行业协会', '文档管理'],
};

const notes = [
  '填表说明',
  '本表为演示数据：除督导检查分工表上公布的姓名和企业外，人员、企业、小区均为虚构；手机号一律以100开头，现实中不存在。',
  '每张表第一行为表头，请勿改动表名和表头；列的先后可以调整，可以加“备注”等列。',
  '空格表示“未填”，再次导入时不会清除已有内容。',
  `“管理单位”填企业单位全称；无物业企业的填“${NO_COMPANY}”。“所在镇街”不在本市的填“${OUTSIDE}”。`,
  `“居住小区”填小区名称或别名；不住物业小区的填“${NO_COMPOUND}”。`,
  '“账号”填“无”表示该人员没有聊天账号，由联络员代为录入。',
];

const columnName = (index: number): string => String.fromCharCode(65 + index);
const font = { name: '宋体', size: 11 };
const sheets = (Object.keys(ROSTER_SHEETS) as SheetName[]).map((name) => {
  const heads = ROSTER_SHEETS[name].map((head) => head.replace('!', ''));
  const rows = body[name];
  return {
    name,
    rows: [heads, ...rows],
    columns: heads.map((head, i) => ({
      width: Math.min(44, 2 + Math.max(...[head, ...rows.map((row) => row[i] ?? '')].map((text) => text.length * 2))),
    })),
    freezePane: { rows: 1, columns: 0 },
    cells: new Map(heads.map((value, i) => [`0,${i}`, { value, style: { font: { ...font, bold: true } } }])),
    dataValidations: heads.flatMap((head, i) => {
      const values = choices[head];
      return values
        ? [{ type: 'list' as const, range: `${columnName(i)}2:${columnName(i)}${rows.length + 200}`, values }]
        : [];
    }),
  };
});

const bytes = await writeXlsx({
  sheets: [{ name: '填表说明', rows: notes.map((note) => [note]), columns: [{ width: 100 }] }, ...sheets],
  defaultFont: font,
  properties: { created: new Date('2022-04-19T00:00:00+08:00'), modified: new Date('2022-04-19T00:00:00+08:00') },
});
await writeFile(join(folder, 'demo-roster.xlsx'), bytes);
