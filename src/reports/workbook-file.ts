// Writes a workbook as it is read: rows go from the database into the file a page at a time, so 100,000 records need no
// more memory than one page. The sheet's XML is our own because hucre writes merged heads only from memory, and what it
// streams cannot have them. A text cell is a text whatever it begins with: nothing here is ever a formula.
import { type PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type Calendar, type Day, daysBetween } from '../domain/calendar.ts';

/** A `Date` is shown as the wall clock of the campaign. */
export type Cell = string | number | Date | { readonly day: Day } | null;

export interface SheetHead {
  readonly label: string;
  /** A head over this one and its neighbours that say the same. */
  readonly under?: string | null;
  /** In characters. */
  readonly width: number;
}

export interface SheetContent {
  readonly title: string;
  readonly heads: readonly SheetHead[];
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>;
  /** The columns where equal cells, one below the other, become one. */
  readonly joined?: readonly number[];
}

export interface WrittenWorkbook {
  readonly content: Readable;
  rows(): number;
}

/** `nothing` stands behind the title of a sheet without rows. */
export const writeWorkbook = (
  sheets: readonly SheetContent[],
  calendar: Calendar,
  nothing: string,
): WrittenWorkbook => {
  let rows = 0;
  const zip = new ZipFile();
  const content = zip.outputStream as PassThrough;
  zip.on('error', (error: Error) => content.destroy(error));
  const names = sheetNames(sheets.map(({ title }) => title));
  for (const [path, xml] of fixedParts(sheets, names)) zip.addBuffer(Buffer.from(xml), path);
  sheets.forEach((sheet, i) => {
    const xml = sheetXml(sheet, calendar, nothing, (more) => {
      rows += more;
    });
    // Opened when its turn comes: until then nothing is read for it. Neither end outlives the other.
    zip.addReadStreamLazy(`xl/worksheets/sheet${i + 1}.xml`, (take) => {
      const source = Readable.from(xml, { objectMode: false });
      source.on('error', (error) => content.destroy(error));
      content.on('close', () => source.destroy());
      take(null, source);
    });
  });
  zip.end();
  return { content, rows: () => rows };
};

/** Rows above the data: the title, and two of heads. */
export const HEAD_ROWS = 3;

const style = { title: 1, head: 2, text: 3, guarded: 4, day: 5, moment: 6, number: 7 } as const;

async function* sheetXml(
  { title, heads, pages, joined = [] }: SheetContent,
  calendar: Calendar,
  nothing: string,
  count: (rows: number) => void,
): AsyncGenerator<string> {
  const merges = headMerges(heads);
  const joins = joined.map((column) => ({ column, from: HEAD_ROWS, value: undefined as Cell | undefined }));
  const join = (at: number, cells: readonly Cell[] | null) => {
    for (const one of joins) {
      const value = cells?.[one.column];
      if (cells && value === one.value) continue;
      if (at - one.from > 1) merges.push(range(one.from, one.column, at - 1, one.column));
      Object.assign(one, { from: at, value });
    }
  };
  let row = HEAD_ROWS;
  let opened = false;
  for await (const page of pages) {
    if (page.length === 0) continue;
    if (!opened) yield opening(title, heads);
    opened = true;
    let xml = '';
    for (const cells of page) {
      if (joins.length > 0) join(row, cells);
      xml += rowXml(row, cells, calendar);
      row += 1;
    }
    count(page.length);
    yield xml;
  }
  if (!opened) yield opening(title + nothing, heads);
  join(row, null);
  yield `</sheetData><mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>${printing}</worksheet>`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** On paper: across, as wide as the page. */
const printing = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';

const opening = (title: string, heads: readonly SheetHead[]): string => {
  const columns = heads.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  const upper = heads.map(({ label, under }) => under ?? label);
  const lower = heads.map(({ label, under }) => (under ? label : ''));
  const line = (row: number, height: number, texts: readonly string[], as: number) =>
    `<row r="${row + 1}" ht="${height}" customHeight="1">${texts.map((text, i) => textXml(row, i, text, as)).join('')}</row>`;
  return `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${HEAD_ROWS}" topLeftCell="A${HEAD_ROWS + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>${line(0, 30, [title], style.title)}${line(1, 32, upper, style.head)}${line(2, 64, lower, style.head)}`;
};

/** The title over everything, a common head over its columns, any other over both rows. */
const headMerges = (heads: readonly SheetHead[]): string[] => {
  const merges = heads.length > 1 ? [range(0, 0, 0, heads.length - 1)] : [];
  let from = 0;
  heads.forEach(({ under }, i) => {
    if (!under) merges.push(range(1, i, 2, i));
    if (heads[i + 1]?.under === under) return;
    if (under && i > from) merges.push(range(1, from, 1, i));
    from = i + 1;
  });
  return merges;
};

const rowXml = (row: number, cells: readonly Cell[], calendar: Calendar): string =>
  `<row r="${row + 1}">${cells.map((cell, i) => cellXml(row, i, cell, calendar)).join('')}</row>`;

const cellXml = (row: number, column: number, cell: Cell, calendar: Calendar): string => {
  if (cell === null || cell === '') return `<c r="${ref(row, column)}" s="${style.text}"/>`;
  if (typeof cell === 'string') return textXml(row, column, cell, formulaLike.test(cell) ? style.guarded : style.text);
  if (typeof cell === 'number') return numberXml(row, column, cell, style.number);
  if (cell instanceof Date) {
    const serial = serialOf(calendar.dayOf(cell)) + calendar.minuteOf(cell) / 1440;
    return numberXml(row, column, serial, style.moment);
  }
  return numberXml(row, column, serialOf(cell.day), style.day);
};

/** Such a text would become a formula as soon as somebody edits the cell, were it not marked as quoted. */
const formulaLike = /^[=+\-@]/;

const numberXml = (row: number, column: number, value: number, as: number): string =>
  `<c r="${ref(row, column)}" s="${as}"><v>${value}</v></c>`;

const textXml = (row: number, column: number, text: string, as: number): string =>
  text === ''
    ? `<c r="${ref(row, column)}" s="${as}"/>`
    : `<c r="${ref(row, column)}" s="${as}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

/** The most characters of a cell. */
const MOST = 32_767;

/** Without what XML cannot hold at all. */
const escaped = (text: string): string =>
  (text.length > MOST ? text.slice(0, MOST) : text)
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** Days since the spreadsheet's day 0. */
const serialOf = (day: Day): number => daysBetween('1899-12-30', day);

const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
const ref = (row: number, column: number): string => `${letters(column)}${row + 1}`;
const range = (row: number, column: number, toRow: number, toColumn: number): string =>
  `${ref(row, column)}:${ref(toRow, toColumn)}`;

/** At most 31 characters, none of those that a sheet's name may not have, and no name twice. */
const sheetNames = (titles: readonly string[]): string[] =>
  titles.map((title, i) => {
    const name = title.replace(/[[\]:*?/\\']/g, ' ').slice(0, 28);
    return titles.indexOf(title) === i ? name : `${name} ${i + 1}`;
  });

const fixedParts = (sheets: readonly SheetContent[], names: readonly string[]): [string, string][] => {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const parts = sheets.map(
    (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  );
  const listed = names.map((name, i) => `<sheet name="${attribute(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  const titles = names.map(
    (name, i) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${attribute(name)}'!$1:$${HEAD_ROWS}</definedName>`,
  );
  const relations = names.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${parts.join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships">${relations.join('')}<Relationship Id="rId${names.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', styles],
  ];
};

const attribute = (text: string): string => escaped(text).replaceAll('"', '&quot;');

const font = (size: number, bold: boolean) =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="SimSun"/><charset val="134"/></font>`;
const sides = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color auto="1"/></${side}>`);
const xf = (more: string, horizontal: string | null, fontId = 0, borderId = 1) =>
  `<xf fontId="${fontId}" fillId="0" borderId="${borderId}" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1" ${more}><alignment ${horizontal ? `horizontal="${horizontal}" ` : ''}vertical="center" wrapText="1"/></xf>`;

/** In the order of `style`. */
const styles = `${declaration}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="3">${font(11, false)}${font(11, true)}${font(16, true)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${sides.join('')}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${xf('numFmtId="0"', 'center', 2, 0)}${xf('numFmtId="0"', 'center', 1)}${xf('numFmtId="49" applyNumberFormat="1"', null)}${xf('numFmtId="49" applyNumberFormat="1" quotePrefix="1"', null)}${xf('numFmtId="164" applyNumberFormat="1"', 'center')}${xf('numFmtId="165" applyNumberFormat="1"', 'center')}${xf('numFmtId="0"', 'center')}</cellXfs></styleSheet>`;
