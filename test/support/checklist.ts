// Reads a pack's checklist.yaml for tests of the domain. Not the loader of the product: it checks nothing.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Checklist, Item } from '../../src/domain/checklist.ts';

interface RawItem {
  id: string;
  num?: number;
  label: string;
  type: string;
  short_label?: string;
  items?: RawItem[];
  options?: { id: string; label: string; aliases?: string[] }[];
  min?: number;
  max?: number;
  unit?: string;
}

export const loadChecklist = (url: URL): Checklist => {
  const raw = parse(readFileSync(url, 'utf8'));
  const flat: RawItem[] = raw.items.flatMap((item: RawItem) => item.items ?? [item]);
  const items = flat.map(
    (item): Item => ({
      id: item.id,
      num: item.num ?? 0,
      label: item.label,
      shortLabel: raw.derived.short_labels[item.id] ?? item.short_label ?? item.label,
      kind: item.type === 'number' || item.type === 'choice' ? item.type : 'yes_no',
      required: true,
      aliases: raw.derived.aliases[item.id] ?? [],
      options: (item.options ?? []).map((option) => ({ ...option, aliases: option.aliases ?? [] })),
      ...(item.min === undefined ? {} : { min: item.min }),
      ...(item.max === undefined ? {} : { max: item.max }),
      ...(item.unit === undefined ? {} : { unit: item.unit }),
    }),
  );
  return {
    id: raw.id,
    title: raw.title,
    items,
    groupWords: raw.derived.group_words,
    ambiguousWords: raw.derived.ambiguous_words,
    noteLabel: raw.free_text[0].label,
    form: [],
  };
};

/** The 8 items of the action plan. */
export const epidemicChecklist = loadChecklist(
  new URL('../../campaigns/zhongshan-2022/checklist.yaml', import.meta.url),
);

/** The 12 items of the second pack: yes/no, a figure and a choice. */
export const firePackChecklist = loadChecklist(
  new URL('../../campaigns/fire-safety-2022/checklist.yaml', import.meta.url),
);
