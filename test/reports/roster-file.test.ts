// Files as offices save them, down to rows of text; what cannot be read is said, never thrown.
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { MAX_ROSTER_BYTES, MAX_ROSTER_ROWS, readRosterFile } from '../../src/reports/roster-file.ts';

const text = (content: string) => new TextEncoder().encode(content);
/** The same as Excel in Chinese saves it. */
const gb18030 = Uint8Array.from(
  'd0a1c7f8c3fbb3c62cd5f2bdd60d0ac5eec0b3bba8d4b02cd0a1e9add5f20d0a'.match(/../g) ?? [],
  (byte) => Number.parseInt(byte, 16),
);

describe('a workbook', () => {
  it('gives its visible sheets, with the lines of the clerk and cells as text', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: '工作人员',
          rows: [
            ['标题'],
            [],
            ['姓名', '手机', '到岗日期', '部门负责人'],
            ['张三', 10000000001, new Date('2022-04-19T00:00:00Z'), true],
          ],
        },
        { name: '旧表', rows: [['x']], hidden: true },
      ],
    });
    const file = await readRosterFile(bytes, 'roster.xlsx');
    expect(file.faults).toEqual([]);
    expect(file.sheets.map((sheet) => sheet.name)).toEqual(['工作人员']);
    expect(file.sheets[0]?.rows.at(-1)).toEqual({ line: 4, cells: ['张三', '10000000001', '2022-04-19', '是'] });
    expect(file.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a .csv', () => {
  it.each([
    ['UTF-8', text('小区名称,镇街\r\n蓬莱花园,小榄镇\r\n')],
    ['UTF-8 with its mark', text('\uFEFF小区名称,镇街\r\n蓬莱花园,小榄镇\r\n')],
    ['GB18030', gb18030],
  ])('is read as %s', async (_, bytes) => {
    const { sheets, faults } = await readRosterFile(bytes, 'C:\\名册\\物业小区.csv');
    expect(faults).toEqual([]);
    expect(sheets.map((sheet) => sheet.name)).toEqual(['物业小区']);
    expect(sheets[0]?.rows.map((row) => row.cells)).toEqual([
      ['小区名称', '镇街'],
      ['蓬莱花园', '小榄镇'],
    ]);
  });

  it('keeps the lines of the file where a cell holds a line break', async () => {
    const { sheets } = await readRosterFile(text('a,b\n"1\n2",3\n4,5\n'), 'x.csv');
    expect(sheets[0]?.rows.map((row) => row.line)).toEqual([1, 3, 4]);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['is empty', new Uint8Array(), /空/],
    ['is an old .xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), /另存为 \.xlsx/],
    ['is a broken .xlsx', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 1, 2, 3), /无法读取/],
    ['is a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xff), /无法读取/],
    ['has an open quote', text('a,b\n"1,2\n'), /无法读取/],
    ['is too large', new Uint8Array(MAX_ROSTER_BYTES + 1), /超过 20 MB/],
  ])('%s', async (_, bytes, reason) => {
    const { sheets, faults } = await readRosterFile(bytes, 'roster');
    expect(sheets).toEqual([]);
    expect(faults).toMatchObject([{ sheet: '', reason: expect.stringMatching(reason) }]);
  });

  it('has more rows than a roster may have', async () => {
    const { sheets, faults } = await readRosterFile(text('a\n'.repeat(MAX_ROSTER_ROWS + 1)), 'x.csv');
    expect(sheets).toEqual([]);
    expect(faults).toMatchObject([{ sheet: 'x', reason: expect.stringMatching(/超过 100000 行/) }]);
  });
});
