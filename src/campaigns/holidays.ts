// The official working days by year, from campaigns/holidays/YYYY.json (made by scripts/make-holidays.ts).
// A year without a file counts plain weekdays, and the calendar says that it is not official (R51).
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Holidays } from '../domain/calendar.ts';
import { day } from './plan-schema.ts';

export const holidaysFolder = join(import.meta.dirname, '../../campaigns/holidays');

const yearSchema = z
  .strictObject({ year: z.int(), source: z.string(), off: z.array(day), working: z.array(day) })
  .refine(
    (file) => [...file.off, ...file.working].every((d) => d.startsWith(`${file.year}-`)),
    'holds days of another year',
  );

export const noHolidays: Holidays = { off: new Set(), working: new Set(), years: new Set() };

/** Throws when a file is no arrangement of a year, and says which. */
export const loadHolidays = async (folder: string = holidaysFolder): Promise<Holidays> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const years = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      try {
        return yearSchema.parse(JSON.parse(await readFile(path, 'utf8')));
      } catch (cause) {
        throw new Error(`${path} is no arrangement of a year's working days: ${(cause as Error).message}`, { cause });
      }
    }),
  );
  return {
    off: new Set(years.flatMap((year) => year.off)),
    working: new Set(years.flatMap((year) => year.working)),
    years: new Set(years.map((year) => year.year)),
  };
};

/** `over` laid on `under`: of a day that both name, `over` decides. */
export const layHolidays = (under: Holidays, over: Holidays): Holidays => ({
  off: new Set([...over.off, ...[...under.off].filter((d) => !over.working.has(d))]),
  working: new Set([...over.working, ...[...under.working].filter((d) => !over.off.has(d))]),
  years: new Set([...under.years, ...over.years]),
});
