// Rows for sheets out of the lists that the API shows too: read a page at a time, numbered through.

import { type ExportOrder, SHEETS, type SheetName, type SheetWords } from '../../ports-exports.ts';
import type { Key, Page, PlaceQuery } from '../../ports-listings.ts';
import type { Cell, SheetContent } from '../workbook-file.ts';

const PAGE = 1_000;

/** Throws what reading throws; the file then breaks off. */
export async function* pagesOf<T>(
  asked: ExportOrder,
  read: (query: PlaceQuery) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  let after: Key | null = null;
  do {
    const { items, next }: Page<T> = await read({ ...asked, after, limit: PAGE });
    yield items;
    after = next;
  } while (after !== null);
}

/** Each element's rows, with a running number for those who make them. */
export async function* rowsOf<T>(
  pages: AsyncIterable<readonly T[]>,
  rows: (element: T, nextNumber: () => number) => readonly (readonly Cell[])[],
): AsyncGenerator<readonly (readonly Cell[])[]> {
  let number = 0;
  const nextNumber = () => {
    number += 1;
    return number;
  };
  for await (const page of pages) yield page.flatMap((element) => rows(element, nextNumber));
}

type Column<S extends SheetName> = (typeof SHEETS)[S][number];
/** What a row says in each column but the running number. */
export type RowOf<S extends SheetName> = Readonly<Record<Exclude<Column<S>, 'no'>, Cell>>;

/** A sheet whose columns stand in SHEETS and cards/sheets.yaml. */
export const listedSheet = <S extends SheetName, T>(
  name: S,
  words: SheetWords,
  pages: AsyncIterable<readonly T[]>,
  rows: (element: T) => readonly RowOf<S>[],
): SheetContent => {
  const columns: readonly string[] = SHEETS[name];
  const { title, columns: heads } = words.sheets[name];
  const labels: Readonly<Record<string, string>> = heads;
  return {
    title,
    heads: columns.map((column) => ({ label: labels[column] ?? column, width: widthOf(column) })),
    pages: rowsOf(pages, (element, nextNumber) =>
      rows(element).map((row) => {
        const cells: Readonly<Record<string, Cell>> = { ...row, no: nextNumber() };
        return columns.map((column) => cells[column] ?? null);
      }),
    ),
  };
};

const wide: readonly string[] = ['text', 'remark', 'records', 'reason', 'lead'];
const broad: readonly string[] = ['unit', 'company', 'compound', 'item', 'notices', 'reasons'];

const widthOf = (column: string): number => {
  if (column === 'no') return 6;
  if (wide.includes(column)) return 36;
  return broad.includes(column) ? 26 : 16;
};
