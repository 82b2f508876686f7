// Reads a roster as an office saves it, .xlsx or .csv, into sheets of rows of text. What the rows mean is not asked here.
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { type CellValue, readXlsx } from 'hucre/xlsx';
import type { RosterFault, RosterRow, RosterSheet } from '../domain/roster/lines.ts';
import type { RosterFile } from '../usecases/import-roster.ts';

export const MAX_ROSTER_BYTES = 20 * 1024 * 1024;
/** Of one sheet. */
export const MAX_ROSTER_ROWS = 100_000;

/** Never throws for what the file holds: what cannot be read is a fault of the file. */
export const readRosterFile = async (bytes: Uint8Array, name: string): Promise<RosterFile> => {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const refuse = (reason: string, line = 0): RosterFile => ({
    name,
    hash,
    sheets: [],
    faults: [{ sheet: '', line, column: '', reason }],
  });
  if (bytes.length === 0) return refuse('文件是空的');
  if (bytes.length > MAX_ROSTER_BYTES) return refuse(`文件超过 ${MAX_ROSTER_BYTES / 1024 / 1024} MB，请分成几个文件`);
  if (startsWith(bytes, OLD_EXCEL)) return refuse('这是旧版 .xls 文件，请另存为 .xlsx 再导入');
  try {
    const sheets = startsWith(bytes, ZIP) ? await readWorkbook(bytes) : [readCsv(bytes, name)];
    return { name, hash, ...limited(sheets) };
  } catch (error) {
    const { lines, message } = error as Error & { lines?: number };
    return refuse(`文件无法读取：${message}`, lines ?? 0);
  }
};

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];
const startsWith = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte);

const readWorkbook = async (bytes: Uint8Array): Promise<RosterSheet[]> => {
  const { sheets } = await readXlsx(bytes, {
    sheets: (info) => !info.hidden && !info.veryHidden,
    maxRows: MAX_ROSTER_ROWS + 1,
  });
  return sheets.map((sheet) => ({
    name: sheet.name,
    rows: sheet.rows.map((cells, i) => ({ line: i + 1, cells: cells.map(cellText) })),
  }));
};

const cellText = (value: CellValue | undefined): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value);
};

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** A .csv is one sheet, named like the file. Excel in Chinese saves it as GB18030. */
const readCsv = (bytes: Uint8Array, name: string): RosterSheet => {
  const records = parse(decodeText(bytes), { info: true, relax_column_count: true, to: MAX_ROSTER_ROWS + 1 });
  const rows = (records as unknown as CsvRecord[]).map(
    ({ record, info }): RosterRow => ({ line: info.lines, cells: record }),
  );
  return { name: name.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, ''), rows };
};

const decodeText = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  }
};

/** A sheet that is too long is not imported at all: half of it would look like the whole. */
const limited = (sheets: readonly RosterSheet[]): { sheets: RosterSheet[]; faults: RosterFault[] } => ({
  sheets: sheets.filter((sheet) => sheet.rows.length <= MAX_ROSTER_ROWS),
  faults: sheets
    .filter((sheet) => sheet.rows.length > MAX_ROSTER_ROWS)
    .map((sheet) => ({ sheet: sheet.name, line: 0, column: '', reason: `超过 ${MAX_ROSTER_ROWS} 行，没有导入` })),
});
