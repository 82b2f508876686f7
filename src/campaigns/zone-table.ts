// The zone table of a pack (zones.csv): which area belongs to which zone, and who holds the four levels there.
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { reason } from '../domain/reason.ts';

const name = z.string().min(1, reason('不能为空，请填写', 'must not be empty: fill it in'));

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

interface ReadZones {
  readonly rows: ZoneFileRow[];
  readonly faults: ZoneFault[];
}

/** The rows of the table, or every fault in it. Columns beyond the seven (seq) are passed over. */
export const readZones = (csv: string): ReadZones => {
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
    // The parser says the line itself.
    const advice = `${message.replace(/ (?:on|at) line \d+/, '')}: mend this line`;
    return { rows: [], faults: [{ line: lines ?? 1, path: '', reason: advice }] };
  }
  const missing = columns.filter((column) => !heads.includes(column));
  if (missing.length > 0) {
    return {
      rows: [],
      faults: missing.map((path) => ({
        line: 1,
        path,
        reason: reason('缺少这一列，请补上', 'this column is missing: add it to the first line'),
      })),
    };
  }
  if (parsed.length === 0)
    return {
      rows: [],
      faults: [
        {
          line: 1,
          path: '',
          reason: reason('表里一行也没有，请至少填一行', 'the table has no row: add one for each area'),
        },
      ],
    };

  const rows: ZoneFileRow[] = [];
  const faults: ZoneFault[] = [];
  for (const { record, info } of parsed) {
    const row = zoneRowSchema.safeParse(Object.fromEntries(columns.map((column) => [column, record[column]])));
    if (!row.success) {
      for (const issue of row.error.issues) {
        faults.push({ line: info.lines, path: issue.path.join('.'), reason: issue.message });
      }
    } else if (rows.some((other) => other.area === row.data.area)) {
      faults.push({
        line: info.lines,
        path: 'area',
        reason: reason(
          `${row.data.area} 重复出现，一个镇街只能在一个组团`,
          `${row.data.area} stands twice: an area belongs to one zone, take one of the rows out`,
        ),
      });
    } else {
      rows.push(row.data);
    }
  }
  return { rows, faults };
};
