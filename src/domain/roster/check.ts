// Checks a roster file row by row: good rows become lines, bad ones faults that say where and why. Pure.

import { type Cells, choice, dayCell, headed, needPerson, personCells, type SheetName, yesNo } from './cells.ts';
import {
  areaNamed,
  NO_COMPANY,
  NO_COMPOUND,
  OUTSIDE,
  type Place,
  peopleOf,
  type RosterContext,
  type RosterFault,
  type RosterLine,
  type RosterSheet,
  STAFF_KINDS,
} from './lines.ts';

/** Checks every row of every sheet. A row with a fault is left out, the others stand. */
export const checkRoster = (
  sheets: readonly RosterSheet[],
  context: RosterContext,
): { lines: RosterLine[]; faults: RosterFault[] } => {
  const faults: RosterFault[] = [];
  const lines: RosterLine[] = [];
  const tables = sheets.flatMap((sheet) => headed(sheet, faults));
  const ownAreas = tables
    .filter((t) => t.kind === '镇街与联系人')
    .flatMap((t) => t.rows.map((row) => row.text('镇街')));
  const known = { ...context, areas: context.areas.length > 0 ? context.areas : [...new Set(ownAreas)] };
  for (const table of tables) {
    for (const row of table.rows) {
      const before = faults.length;
      const line = readers[table.kind](row, known);
      if (faults.length === before) lines.push(line);
    }
  }
  const { twice, single } = splitTwice(lines);
  return { lines: single, faults: [...faults, ...twice] };
};

const area = (row: Cells, column: string, context: RosterContext): string => {
  const text = row.need(column);
  const found = areaNamed(context.areas, text);
  if (text && !found) row.fault(column, `没有名为“${text}”的镇街`);
  return found ?? '';
};

const readers: Readonly<Record<SheetName, (row: Cells, context: RosterContext) => RosterLine>> = {
  镇街与联系人: (row, context) => ({
    kind: 'town',
    at: row.at,
    area: area(row, '镇街', context),
    bureau: row.need('主管部门'),
    contact: personCells(row, '联系人', '联系人手机', '联系人账号'),
    head: personCells(row, '负责人', '负责人手机', '负责人账号'),
  }),
  物业企业单位: (row, context) => ({
    kind: 'unit',
    at: row.at,
    company: row.need('企业名称'),
    origin: choice(row, '企业来源', { 本土: 'local', 外市: 'outside' }),
    unit: row.need('单位名称'),
    unitKind: choice(row, '单位类型', { 总公司: 'HQ', 分公司: 'branch' }),
    area: row.text('所在镇街') === OUTSIDE ? null : area(row, '所在镇街', context),
    head: personCells(row, '负责人', '负责人手机', '账号'),
  }),
  物业小区: (row, context) => {
    const unit = row.text('管理单位');
    const name = row.need('小区名称');
    const aliases = row
      .text('别名')
      .split(/[、，,;；]/)
      .map((alias) => alias.trim());
    return {
      kind: 'compound',
      at: row.at,
      name,
      aliases: [...new Set(aliases)].filter((alias) => alias !== '' && alias !== name),
      area: area(row, '镇街', context),
      estate: row.text('楼盘') || null,
      managedBy: unit === NO_COMPANY ? 'none' : unit ? { unit } : null,
      from: dayCell(row, '管理起始'),
    };
  },
  工作人员: (row, context) => {
    const home = row.text('居住小区');
    const homeArea = row.text('居住镇街') ? area(row, '居住镇街', context) : null;
    return {
      kind: 'staff',
      at: row.at,
      organisation: row.need('单位'),
      department: row.need('部门'),
      person: needPerson(row, '姓名', '手机', '账号'),
      staffKind: choice(row, '人员类别', Object.fromEntries(STAFF_KINDS.map((kind) => [kind, kind]))),
      home: home === NO_COMPOUND ? 'none' : home ? { area: homeArea, name: home } : null,
      isHead: yesNo(row, '部门负责人', '是', '否'),
      joinedOn: dayCell(row, '到岗日期'),
    };
  },
  检查组: (row, context) => {
    const zone = row.need('组团');
    if (zone && !context.zones.includes(zone)) row.fault('组团', `没有名为“${zone}”的组团`);
    return {
      kind: 'inspector',
      at: row.at,
      zone,
      unit: row.need('所属单位'),
      person: needPerson(row, '姓名', '手机', '账号'),
    };
  },
  市级人员: (row, context) => {
    const organisation = row.need('单位');
    const ofAssociation = context.associations.includes(organisation);
    if (organisation && !ofAssociation && !context.bureaus.includes(organisation)) {
      row.fault('单位', `“${organisation}”既不是牵头部门，也不是行业协会`);
    }
    return {
      kind: 'officer',
      at: row.at,
      role: choice(row, '职责', { 领导小组办公室: 'office', 行业协会: 'association', 文档管理: 'archivist' }),
      organisation,
      organisationKind: ofAssociation ? 'association' : 'bureau',
      department: row.text('部门') || null,
      person: needPerson(row, '姓名', '手机', '账号'),
    };
  },
};

/** What makes two lines of one sheet the same line, and the column that shows it. */
const sameLine = (line: RosterLine): { key: string; column: string } => {
  switch (line.kind) {
    case 'town':
      return { key: line.area, column: '镇街' };
    case 'unit':
      return { key: line.unit, column: '单位名称' };
    case 'compound':
      return { key: `${line.area}/${line.name}`, column: '小区名称' };
    case 'staff':
      return {
        key: line.person.mobile ?? `${line.organisation}/${line.department}/${line.person.name}`,
        column: '姓名',
      };
    case 'inspector':
      return { key: `${line.zone}/${line.person.mobile ?? `${line.unit}/${line.person.name}`}`, column: '姓名' };
    case 'officer':
      return {
        key: `${line.role}/${line.person.mobile ?? `${line.organisation}/${line.person.name}`}`,
        column: '姓名',
      };
  }
};

/** The first of two equal lines stands; one mobile number belongs to one name. */
const splitTwice = (lines: readonly RosterLine[]): { single: RosterLine[]; twice: RosterFault[] } => {
  const seen = new Map<string, RosterLine>();
  const owner = new Map<string, { name: string; at: Place }>();
  const origins = new Map<string, string>();
  const twice: RosterFault[] = [];
  const single = lines.filter((line) => {
    const { key, column } = sameLine(line);
    const first = seen.get(`${line.kind}/${key}`);
    if (first) {
      twice.push({ ...line.at, column, reason: `与第${first.at.line}行重复` });
      return false;
    }
    for (const { person, column: mobileColumn } of peopleOf(line)) {
      const other = person.mobile ? owner.get(person.mobile) : undefined;
      if (other && other.name !== person.name) {
        const reason = `手机号与“${other.at.sheet}”第${other.at.line}行的${other.name}相同`;
        twice.push({ ...line.at, column: mobileColumn, reason });
        return false;
      }
    }
    if (line.kind === 'unit' && (origins.get(line.company) ?? line.origin) !== line.origin) {
      twice.push({ ...line.at, column: '企业来源', reason: `与${line.company}前面的行不一致` });
      return false;
    }
    if (line.kind === 'unit') origins.set(line.company, line.origin);
    seen.set(`${line.kind}/${key}`, line);
    for (const { person } of peopleOf(line)) {
      if (person.mobile && !owner.has(person.mobile)) owner.set(person.mobile, { name: person.name, at: line.at });
    }
    return true;
  });
  return { single, twice };
};
