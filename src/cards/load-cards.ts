// Reads cards/: one template for each kind of card, the sayings, the words and the heads of sheets. Everything is checked before anything is
// sent: all faults at once, each with file, line, path and reason.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CardDataOf } from '../domain/card-data.ts';
import type { SheetWords } from '../ports-exports.ts';
import { type FileFault, readYaml } from '../yaml-file.ts';
import { makeChecker } from './check-template.ts';
import { cardKinds } from './full-sample.ts';
import { sheetWordsSchema } from './sheet-words.ts';
import { type CardTemplate, cardTemplateSchema, type Saying, sayingsSchema } from './template.ts';
import { type Words, wordsSchema } from './words.ts';

export interface CardTemplates {
  readonly cards: ReadonlyMap<keyof CardDataOf, CardTemplate>;
  readonly sayings: Readonly<Record<string, Saying>>;
  readonly words: Words;
  readonly sheets: SheetWords;
}

export type LoadedCards =
  | { readonly ok: true; readonly templates: CardTemplates }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

const wordsFile = 'words.yaml';
const sayingsFile = 'sayings.yaml';
const sheetsFile = 'sheets.yaml';

export const loadCards = async (dir: string): Promise<LoadedCards> => {
  const words = await readYaml(join(dir, wordsFile), wordsSchema);
  const sayings = await readYaml(join(dir, sayingsFile), sayingsSchema);
  const sheets = await readYaml(join(dir, sheetsFile), sheetWordsSchema);
  const cards = await Promise.all(
    cardKinds.map(async (kind) => ({ kind, file: await readYaml(join(dir, `${kind}.yaml`), cardTemplateSchema) })),
  );
  const faults = [words, sayings, sheets, ...cards.map(({ file }) => file)].flatMap((file) => file.faults);
  faults.push(...(await strangers(dir)));

  // Without words no template can be tried: their own faults are said first.
  if (words.value) {
    const checker = makeChecker(words.value);
    for (const { kind, file } of cards) {
      if (!file.value) continue;
      faults.push(...checker.card(kind, file.value).map(({ path, reason }) => file.fault(path, reason)));
    }
    for (const [key, saying] of Object.entries(sayings.value ?? {})) {
      const problems = checker.saying(saying);
      faults.push(...problems.map(({ path, reason }) => sayings.fault([key, ...path], reason)));
    }
  }
  if (faults.length > 0 || !words.value || !sayings.value || !sheets.value) return { ok: false, faults };
  return {
    ok: true,
    templates: {
      cards: new Map(cards.flatMap(({ kind, file }) => (file.value ? [[kind, file.value] as const] : []))),
      sayings: sayings.value,
      words: words.value,
      sheets: sheets.value,
    },
  };
};

/** A file under another name would be ignored without a word: a slip of the pen in its name is a fault. */
const strangers = async (dir: string): Promise<FileFault[]> => {
  const known = new Set<string>([wordsFile, sayingsFile, sheetsFile, ...cardKinds.map((kind) => `${kind}.yaml`)]);
  const names = await readdir(dir).catch(() => []);
  return names
    .filter((name) => /\.ya?ml$/.test(name) && !known.has(name))
    .map((name) => ({ file: join(dir, name), line: null, path: '', reason: `${basename(name)} is no kind of card` }));
};
