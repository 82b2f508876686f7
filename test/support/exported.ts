// An exported file as another program sees it: read by a library that had no part in writing it.
import { buffer } from 'node:stream/consumers';
import { readXlsx } from 'hucre/xlsx';
import type { ExportFile } from '../../src/ports-exports.ts';

export interface SeenSheet {
  readonly name: string;
  /** Cells as text: days as days, instants as wall clock to the minute. */
  readonly rows: readonly (readonly string[])[];
  /** `A1:C1` for each joined field. */
  readonly merges: readonly string[];
}

export const seen = async (file: ExportFile): Promise<SeenSheet[]> => seenIn(await buffer(file.content));

export const seenIn = async (bytes: Uint8Array): Promise<SeenSheet[]> => {
  const { sheets } = await readXlsx(bytes);
  return sheets.map(({ name, rows, merges }) => ({
    name,
    rows: rows.map((cells) => cells.map(text)),
    merges: (merges ?? []).map((m) => `${at(m.startRow, m.startCol)}:${at(m.endRow, m.endCol)}`),
  }));
};

const at = (row: number, column: number) => `${String.fromCharCode(65 + column)}${row + 1}`;

const text = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  return cell.toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '');
};
