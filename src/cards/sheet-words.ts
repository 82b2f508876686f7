// cards/sheets.yaml: titles and column heads of the office's files, and the words that stand only there.
import * as z from 'zod';
import { FORM_FIELDS } from '../domain/checklist.ts';
import { LEDGER_COLUMNS, SHEETS, type SheetName, type SheetWords } from '../ports-exports.ts';

const text = z.string('must be a text').trim().min(1, 'must not be empty');
const textsFor = (keys: readonly string[]) => z.strictObject(Object.fromEntries(keys.map((key) => [key, text])));

const sheet = (columns: readonly string[]) => z.strictObject({ title: text, columns: textsFor(columns) });

export const sheetWordsSchema = z.strictObject({
  sheets: z.strictObject(
    Object.fromEntries(Object.entries(SHEETS).map(([name, columns]) => [name, sheet(columns)])) as unknown as {
      [S in SheetName]: z.ZodType<SheetWords['sheets'][S]>;
    },
  ),
  form: textsFor(['row_number', ...FORM_FIELDS]),
  ledger: sheet(LEDGER_COLUMNS) as unknown as z.ZodType<SheetWords['ledger']>,
  marks: z.strictObject({ yes: text, no: text }),
  origin: z.strictObject({ local: text, outside: text }),
  unit_kind: z.strictObject({ HQ: text, branch: text }),
  step: z.record(z.string(), text),
  nothing: text,
});
