// Reads a campaign pack from its folder and checks it: all faults at once, each with file, line, path and reason.
// It makes no campaign and touches no database (pack-body.ts, store/).
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { type FileFault, readYaml, type YamlFile } from '../yaml-file.ts';
import { checklistSchema } from './checklist-schema.ts';
import { letterSchema } from './letter-schema.ts';
import type { PackBody } from './pack-body.ts';
import { planSchema } from './plan-schema.ts';
import { readZones, type ZoneFileRow } from './zone-table.ts';

export type LoadedPack =
  | {
      readonly ok: true;
      readonly body: PackBody /** sha256 of the body: the same text is the same version. */;
      readonly hash: string;
    }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** Reads `dir`/plan.yaml, checklist*.yaml, letter*.yaml and the zone table that the plan names. */
export const loadPack = async (dir: string): Promise<LoadedPack> => {
  const names = await readdir(dir).catch(() => null);
  if (!names) return { ok: false, faults: [{ file: dir, line: null, path: '', reason: 'this folder cannot be read' }] };

  const faults: FileFault[] = [];
  const read = async <S extends z.ZodType>(name: string, schema: S): Promise<YamlFile<z.output<S>>> => {
    const file = await readYaml(join(dir, name), schema);
    faults.push(...file.faults);
    return file;
  };
  const readAll = <S extends z.ZodType>(start: string, schema: S) =>
    Promise.all(
      names
        .filter((n) => n.startsWith(start) && /\.ya?ml$/.test(n))
        .sort()
        .map((n) => read(n, schema)),
    );

  const plan = await read('plan.yaml', planSchema);
  const checklists = await readAll('checklist', checklistSchema);
  const letters = await readAll('letter', letterSchema);
  faults.push(...sameId(checklists), ...sameId(letters));

  let zones: ZoneFileRow[] = [];
  plan.value?.strands.forEach((strand, i) => {
    const names = (key: 'checklist' | 'letter', files: readonly YamlFile<{ id: string }>[]) => {
      const wanted = strand[key];
      // A file with faults has no id to compare: its own faults say enough.
      if (wanted === undefined || files.some((f) => f.value === null || f.value.id === wanted)) return;
      faults.push(plan.fault(['strands', i, key], `no ${key}*.yaml of this pack has the id ${wanted}`));
    };
    names('checklist', checklists);
    names('letter', letters);
  });
  const table = plan.value?.strands.findIndex((strand) => strand.zones !== undefined) ?? -1;
  const zonesFile = plan.value?.strands[table]?.zones;
  if (zonesFile !== undefined) {
    const csv = await readFile(join(dir, zonesFile), 'utf8').catch(() => null);
    if (csv === null) faults.push(plan.fault(['strands', table, 'zones'], `${zonesFile} cannot be read`));
    else {
      const read = readZones(csv);
      zones = read.rows;
      faults.push(...read.faults.map((fault) => ({ file: join(dir, zonesFile), ...fault })));
    }
  }

  if (faults.length > 0 || !plan.value) return { ok: false, faults };
  const body: PackBody = { plan: plan.value, checklists: valuesOf(checklists), letters: valuesOf(letters), zones };
  return { ok: true, body, hash: packHash(body) };
};

/** Tells two versions of a pack apart. */
export const packHash = (body: PackBody): string => createHash('sha256').update(JSON.stringify(body)).digest('hex');

const valuesOf = <T>(files: readonly YamlFile<T>[]): T[] => files.flatMap((file) => file.value ?? []);

const sameId = (files: readonly YamlFile<{ id: string }>[]): FileFault[] =>
  files.flatMap((file, i) =>
    file.value && files.slice(0, i).some((other) => other.value?.id === file.value?.id)
      ? [file.fault(['id'], `another file of this pack has the id ${file.value.id}`)]
      : [],
  );
