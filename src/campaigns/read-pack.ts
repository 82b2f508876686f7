// Reads a campaign pack from its folder and checks it: all faults at once, each with file, line, path and reason.
// It makes no campaign and touches no database (pack-body.ts, store/).
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { checklistSchema } from './checklist-schema.ts';
import { letterSchema } from './letter-schema.ts';
import type { PackBody } from './pack-body.ts';
import { planSchema } from './plan-schema.ts';
import { readZones, type ZoneFileRow } from './zone-table.ts';

export interface PackFault {
  readonly file: string;
  /** From 1; null where no line is to blame (a missing file). */
  readonly line: number | null;
  /** Inside the file: `strands[0].phases[1].end`; empty = the file as a whole. */
  readonly path: string;
  readonly reason: string;
}

export type LoadedPack =
  | {
      readonly ok: true;
      readonly body: PackBody /** sha256 of the body: the same text is the same version. */;
      readonly hash: string;
    }
  | { readonly ok: false; readonly faults: readonly PackFault[] };

/** Reads `dir`/plan.yaml, checklist*.yaml, letter*.yaml and the zone table that the plan names. */
export const loadPack = async (dir: string): Promise<LoadedPack> => {
  const names = await readdir(dir).catch(() => null);
  if (!names) return { ok: false, faults: [{ file: dir, line: null, path: '', reason: 'this folder cannot be read' }] };

  const faults: PackFault[] = [];
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

/** One line for people: `campaigns/x/plan.yaml:12 strands[0].name: must not be empty`. */
export const sayPackFault = ({ file, line, path, reason }: PackFault): string =>
  `${file}${line === null ? '' : `:${line}`}${path && ` ${path}`}: ${reason}`;

interface YamlFile<T> {
  readonly value: T | null;
  readonly faults: readonly PackFault[];
  /** A fault at a place of this file, with its line. */
  fault(path: readonly PropertyKey[], reason: string): PackFault;
}

const valuesOf = <T>(files: readonly YamlFile<T>[]): T[] => files.flatMap((file) => file.value ?? []);

const sameId = (files: readonly YamlFile<{ id: string }>[]): PackFault[] =>
  files.flatMap((file, i) =>
    file.value && files.slice(0, i).some((other) => other.value?.id === file.value?.id)
      ? [file.fault(['id'], `another file of this pack has the id ${file.value.id}`)]
      : [],
  );

const readYaml = async <S extends z.ZodType>(path: string, schema: S): Promise<YamlFile<z.output<S>>> => {
  const source = await readFile(path, 'utf8').catch(() => null);
  if (source === null) {
    const fault = { file: path, line: null, path: '', reason: 'this file cannot be read' };
    return { value: null, faults: [fault], fault: () => fault };
  }
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const fault = (at: readonly PropertyKey[], reason: string): PackFault => ({
    file: path,
    line: lineOf(document, lines, at),
    path: z.core.toDotPath(at),
    reason,
  });
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      file: path,
      line: lines.linePos(error.pos[0]).line,
      path: '',
      reason: error.message,
    }));
    return { value: null, faults, fault };
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, faults: [], fault };
  return { value: null, faults: parsed.error.issues.map((issue) => faultOf(issue, fault)), fault };
};

/** A key that nobody knows is blamed on itself, not on the map that holds it. */
const faultOf = (issue: z.core.$ZodIssue, fault: YamlFile<unknown>['fault']): PackFault =>
  issue.code === 'unrecognized_keys'
    ? fault(
        [...issue.path, issue.keys[0] ?? ''],
        `unknown ${issue.keys.length > 1 ? `keys ${issue.keys.join(', ')}` : 'key'}`,
      )
    : fault(issue.path, issue.message);

/** The line of the value at `path`; of the nearest thing that holds it, where it is missing. */
const lineOf = (document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number => {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      : null;
    const node = pair?.key ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
};
