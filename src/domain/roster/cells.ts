// The sheets and columns of a roster file, and what one cell may say. It knows nothing of a row as a whole.
import { asDay, type Day } from '../calendar.ts';
import type { NamedPerson, Place, RosterFault, RosterRow, RosterSheet } from './lines.ts';

/** Sheets by name, with their heads; `!` marks a column that must be there. */
export const ROSTER_SHEETS = {
  镇街与联系人: ['镇街!', '主管部门!', '联系人!', '联系人手机', '联系人账号', '负责人!', '负责人手机', '负责人账号'],
  物业企业单位: ['企业名称!', '企业来源!', '单位名称!', '单位类型!', '所在镇街!', '负责人!', '负责人手机', '账号'],
  物业小区: ['小区名称!', '别名', '镇街!', '楼盘', '管理单位!', '管理起始'],
  工作人员: ['单位!', '部门!', '姓名!', '手机', '人员类别!', '居住镇街', '居住小区!', '部门负责人', '到岗日期', '账号'],
  检查组: ['组团!', '姓名!', '手机', '所属单位!', '账号'],
  市级人员: ['职责!', '单位!', '部门', '姓名!', '手机', '账号'],
} as const;

export type SheetName = keyof typeof ROSTER_SHEETS;

/** One row with its heads: answers what a cell says, and notes a fault where it says nothing sensible. */
export interface Cells {
  readonly at: Place;
  readonly fault: (column: string, reason: string) => void;
  readonly text: (column: string) => string;
  readonly need: (column: string) => string;
}

export interface Table {
  readonly kind: SheetName;
  readonly rows: readonly Cells[];
}

const names = Object.keys(ROSTER_SHEETS) as SheetName[];
const requiredHeads = (kind: SheetName) =>
  ROSTER_SHEETS[kind].filter((head) => head.endsWith('!')).map((head) => head.slice(0, -1));

/** How far down a sheet its heads may stand, below a title. */
const HEAD_ROWS = 5;

/** Finds out which sheet this is and where its heads stand; a sheet of explanations (填表说明) is passed over. */
export const headed = (sheet: RosterSheet, faults: RosterFault[]): Table[] => {
  const rows = sheet.rows.filter((row) => row.cells.some((cell) => cell.trim() !== ''));
  if (rows.length === 0 || /说明/.test(sheet.name)) return [];
  const top = rows.slice(0, HEAD_ROWS).map((row) => ({ ...row, cells: row.cells.map(headText) }));
  // A .csv has a file's name for a sheet's: then the heads tell.
  const kind =
    names.find((name) => name === sheet.name.trim()) ??
    names.find((name) => top.some((row) => requiredHeads(name).every((head) => row.cells.includes(head))));
  const fault = (line: number, column: string, reason: string) =>
    faults.push({ sheet: sheet.name, line, column, reason });
  if (!kind) {
    fault(0, '', `不认识这张表，没有导入。可用的表名：${names.join('、')}`);
    return [];
  }
  const wanted = requiredHeads(kind);
  const found = (row: { cells: readonly string[] }) => wanted.filter((head) => row.cells.includes(head)).length;
  const heads = top.reduce((best, row) => (found(row) > found(best) ? row : best));
  const missing = wanted.filter((head) => !heads.cells.includes(head));
  for (const head of missing) fault(heads.line, head, '缺少这一列，整张表没有导入');
  if (missing.length > 0) return [];
  const text = (row: RosterRow, column: string) => {
    const at = heads.cells.indexOf(column);
    return at < 0 ? '' : (row.cells[at] ?? '').replaceAll('\u3000', ' ').trim();
  };
  return [
    {
      kind,
      rows: rows
        .filter((row) => row.line > heads.line)
        .map((row) => ({
          at: { sheet: sheet.name, line: row.line },
          fault: (column, reason) => fault(row.line, column, reason),
          text: (column) => text(row, column),
          need: (column) => {
            const value = text(row, column);
            if (!value) fault(row.line, column, '不能为空');
            return value;
          },
        })),
    },
  ];
};

const headText = (cell: string): string => cell.replace(/[\s*＊]/g, '');

const one = (text: string, values: Readonly<Record<string, string>>): string | null => values[text] ?? null;

export const choice = <T extends string>(row: Cells, column: string, values: Readonly<Record<string, T>>): T => {
  const text = row.need(column);
  const value = one(text, values);
  if (text && value === null) row.fault(column, `“${text}”不在可填的值中：${Object.keys(values).join('、')}`);
  return (value ?? '') as T;
};

/** Null where the cell is empty. */
export const yesNo = (row: Cells, column: string, yes: string, no: string): boolean | null => {
  const text = row.text(column);
  if (text && text !== yes && text !== no) row.fault(column, `请填“${yes}”或“${no}”，现为“${text}”`);
  return text === '' ? null : text === yes;
};

export const dayCell = (row: Cells, column: string): Day | null => {
  const text = row.text(column);
  if (!text) return null;
  const [, y = '', m = '', d = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  try {
    return asDay(`${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
  } catch {
    row.fault(column, `“${text}”不是日期，请写成 2022-04-19`);
    return null;
  }
};

/** Mainland mobile numbers have eleven digits and begin with 1. */
const mobileCell = (row: Cells, column: string): string | null => {
  const text = row.text(column);
  const digits = text
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '');
  if (text && !/^1\d{10}$/.test(digits)) row.fault(column, `“${text}”不是11位手机号`);
  return text ? digits : null;
};

const named = (row: Cells, column: string, mobile: string, account: string): NamedPerson => {
  const has = yesNo(row, account, '有', '无');
  return {
    name: row.text(column).replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, ''),
    mobile: mobileCell(row, mobile),
    noAccount: has === null ? null : !has,
  };
};

/** The person named in `column`; null where it is empty. */
export const personCells = (row: Cells, column: string, mobile: string, account: string): NamedPerson | null => {
  const person = named(row, column, mobile, account);
  if (!person.name && person.mobile) row.fault(column, '有手机号而没有姓名');
  return person.name ? person : null;
};

export const needPerson = (row: Cells, column: string, mobile: string, account: string): NamedPerson => {
  row.need(column);
  return named(row, column, mobile, account);
};
