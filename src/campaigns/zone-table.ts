// The zone table of a pack (zones.csv): which area belongs to which zone, and who holds the four levels there.
import { parse } from 'csv-parse/sync';
import * as z from 'zod';

const name = z.string().min(1, 'must not be empty');

export const zoneRowSchema = z.strictObject({
  zone: name,
  area: name,
  commander: name,
  supervisor: name,
  liaison: name,
  lead_company: name,
  lead_person: name,
});

export type ZoneFileRow = z.output<typeof zoneRowSchema>;

export interface ZoneFault {
  readonly line: number;
  readonly path: string;
  readonly reason: string;
}

const columns = Object.keys(zoneRowSchema.shape);

interface Parsed {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
}

/** The rows of the table, or every fault in it. Columns beyond the seven (seq) are passed over. */
export const readZones = (csv: string): { rows: ZoneFileRow[]; faults: ZoneFault[] } => {
  let parsed: Parsed[];
  let heads: string[] = [];
  try {
    parsed = parse(csv, {
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      columns: (found: string[]) => {
        heads = found;
        return found;
      },
    }) as unknown as Parsed[];
  } catch (error) {
    const { lines, message } = error as Error & { lines?: number };
    return { rows: [], faults: [{ line: lines ?? 1, path: '', reason: message }] };
  }
  const missing = columns.filter((column) => !heads.includes(column));
  if (missing.length > 0) {
    return { rows: [], faults: missing.map((path) => ({ line: 1, path, reason: 'this column is missing' })) };
  }
  if (parsed.length === 0) return { rows: [], faults: [{ line: 1, path: '', reason: 'the table has no row' }] };

  const rows: ZoneFileRow[] = [];
  const faults: ZoneFault[] = [];
  for (const { record, info } of parsed) {
    const row = zoneRowSchema.safeParse(Object.fromEntries(columns.map((column) => [column, record[column]])));
    if (!row.success) {
      for (const issue of row.error.issues) {
        faults.push({ line: info.lines, path: issue.path.join('.'), reason: issue.message });
      }
    } else if (rows.some((other) => other.area === row.data.area)) {
      faults.push({ line: info.lines, path: 'area', reason: `${row.data.area} stands twice` });
    } else {
      rows.push(row.data);
    }
  }
  return { rows, faults };
};
