// The office's files connected: the lists they are made of, and the words of cards/.
import type { MakeExport } from '../ports-exports.ts';
import { exportsFrom } from '../reports/export-file.ts';
import { makeListings } from '../store/listings.ts';
import type { Foundation } from './foundation.ts';
import type { Cards } from './service.ts';

export const openExports = (
  { pool, prisma }: Pick<Foundation, 'pool' | 'prisma'>,
  { words, sheets }: Pick<Cards, 'words' | 'sheets'>,
): MakeExport => {
  const tables: Readonly<Record<string, unknown>> = words;
  return exportsFrom({
    listings: makeListings(pool, prisma),
    words: sheets,
    word: (vocabulary, code) => (tables[vocabulary] as Record<string, string> | undefined)?.[code] ?? code,
    list: (texts) => texts.join(words.formats.separator),
  });
};
