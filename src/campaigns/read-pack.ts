// Reads a campaign pack from its folder and checks it: all faults at once, each with file, line, path and reason.
// It makes no campaign and touches no database (pack-body.ts, store/).
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { checkYaml, type FileFault, type YamlFile } from '../yaml-file.ts';
import { danglingNames, type PackRemark, remarksOn } from './check-pack.ts';
import { checklistSchema } from './checklist-schema.ts';
import { loadHolidays } from './holidays.ts';
import { letterSchema } from './letter-schema.ts';
import type { PackBody } from './pack-body.ts';
import { type Plan, planSchema } from './plan-schema.ts';
import { readZones, type ZoneFileRow } from './zone-table.ts';

export type LoadedPack =
  | {
      readonly ok: true;
      readonly body: PackBody;
      /** sha256 of the body: the same text is the same version. */
      readonly hash: string;
      /** Worth knowing, and no fault. */
      readonly notes: readonly FileFault[];
    }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** The files of a pack by name, as texts. */
export type PackTexts = Readonly<Record<string, string>>;

/** Reads `dir`/plan.yaml, checklist*.yaml, letter*.yaml and the zone table that the plan names. */
export const loadPack = async (dir: string): Promise<LoadedPack> => {
  const names = await readdir(dir).catch(() => null);
  if (!names) {
    const advice = 'this folder cannot be read: give the folder that holds plan.yaml';
    return { ok: false, faults: [{ file: dir, line: null, path: '', reason: advice }] };
  }
  const texts = await Promise.all(
    names
      .filter((name) => isYaml(name) || name.endsWith('.csv'))
      .map(async (name) => {
        const text = await readFile(join(dir, name), 'utf8').catch(() => null);
        return text === null ? [] : [[name, text] as const];
      }),
  );
  return readPack(Object.fromEntries(texts.flat()), dir);
};

/** The pack in these texts; `place` stands before their names in the faults. */
export const readPack = async (texts: PackTexts, place = ''): Promise<LoadedPack> => {
  const names = Object.keys(texts);
  const read = <S extends z.ZodType>(name: string, schema: S): YamlFile<z.output<S>> =>
    checkYaml(join(place, name), texts[name] ?? null, schema);
  const readAll = <S extends z.ZodType>(start: string, schema: S): YamlFile<z.output<S>>[] =>
    names
      .filter((n) => n.startsWith(start) && isYaml(n))
      .sort()
      .map((n) => read(n, schema));
  const plan = read('plan.yaml', planSchema);
  const checklists = readAll('checklist', checklistSchema);
  const letters = readAll('letter', letterSchema);
  const table = readTable(texts, place, plan);
  const files: PackFiles = { plan, checklists, letters };

  const faults = [...[plan, ...checklists, ...letters].flatMap((file) => file.faults), ...table.faults];
  if (plan.value)
    faults.push(...danglingNames(plan.value, ids(checklists), ids(letters)).map((one) => placed(files, one)));
  if (faults.length > 0 || !plan.value) return { ok: false, faults };

  const body: PackBody = {
    plan: plan.value,
    checklists: valuesOf(checklists),
    letters: valuesOf(letters),
    zones: table.rows,
  };
  const remarks = remarksOn(body, await loadHolidays());
  const of = (weight: PackRemark['weight']) =>
    remarks.filter((r) => r.weight === weight).map((one) => placed(files, one));
  if (of('fault').length > 0) return { ok: false, faults: of('fault') };
  return { ok: true, body, hash: packHash(body), notes: [...of('note'), ...strangers(place, names)] };
};

const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);

interface PackFiles {
  readonly plan: YamlFile<unknown>;
  readonly checklists: readonly YamlFile<unknown>[];
  readonly letters: readonly YamlFile<unknown>[];
}

/** A remark on the body, at its line of the file it came from. */
const placed = ({ plan, checklists, letters }: PackFiles, { path, reason }: PackRemark): FileFault => {
  const [part, n, ...inside] = path;
  const file = part === 'plan' ? plan : (part === 'checklists' ? checklists : letters)[Number(n)];
  return (file ?? plan).fault(part === 'plan' ? path.slice(1) : inside, reason);
};

/** The zone table that a strand names: none where no strand does. */
const readTable = (
  texts: PackTexts,
  place: string,
  plan: YamlFile<Plan>,
): { readonly rows: ZoneFileRow[]; readonly faults: readonly FileFault[] } => {
  const at = plan.value?.strands.findIndex((strand) => strand.zones !== undefined) ?? -1;
  const name = plan.value?.strands[at]?.zones;
  if (name === undefined) return { rows: [], faults: [] };
  const csv = texts[name];
  if (csv === undefined) {
    const advice = `${name} cannot be read: put the file beside the plan, or mend its name`;
    return { rows: [], faults: [plan.fault(['strands', at, 'zones'], advice)] };
  }
  const { rows, faults } = readZones(csv);
  return { rows, faults: faults.map((one) => ({ file: join(place, name), ...one })) };
};

/** A slip of the pen in a file's name would leave it out without a word. */
const strangers = (place: string, names: readonly string[]): FileFault[] =>
  names
    .filter((name) => isYaml(name) && !/^(plan\.yaml|(checklist|letter).*)$/.test(name))
    .map((name) => ({
      file: join(place, name),
      line: null,
      path: '',
      reason: 'nobody reads this file: only plan.yaml, checklist*.yaml and letter*.yaml are read',
    }));

/** Tells two versions of a pack apart. */
export const packHash = (body: PackBody): string => createHash('sha256').update(JSON.stringify(body)).digest('hex');

const valuesOf = <T>(files: readonly YamlFile<T>[]): T[] => files.flatMap((file) => file.value ?? []);

const ids = (files: readonly YamlFile<{ id: string }>[]): (string | null)[] =>
  files.map((file) => file.value?.id ?? null);
