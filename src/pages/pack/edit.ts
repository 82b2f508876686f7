// Changes of a pack, each as a new pack: what belongs together changes together, so that no name of an item is left behind.
import type { ChecklistFile, Group, Item, LetterFile, Pack } from './model.ts';

export type Path = readonly (string | number)[];

export const valueAt = (from: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | null | undefined)?.[key], from);

/** `undefined` takes the key out. */
export const withValue = <T>(from: T, [key, ...rest]: Path, value: unknown): T => {
  if (key === undefined) return value as T;
  if (Array.isArray(from)) return from.map((one, i) => (i === key ? withValue(one, rest, value) : one)) as T;
  const { [key]: before, ...others } = from as Record<string | number, unknown>;
  const after = withValue(before, rest, value);
  // The order of keys is the order of the file: what is changed stays where it was.
  if (before !== undefined && after !== undefined)
    return Object.fromEntries(Object.entries(from as object).map(([k, v]) => [k, k === String(key) ? after : v])) as T;
  return (after === undefined ? others : { ...others, [key]: after }) as T;
};

// ---- items ----------------------------------------------------------------------------------------------------------

export const isGroup = (item: Item | Group): item is Group => item.type === 'group';

export const itemsOf = ({ items }: ChecklistFile): Item[] =>
  items.flatMap((item) => (isGroup(item) ? item.items : [item]));

export const shortLabelOf = ({ derived }: ChecklistFile, { id, short_label: own }: Item): string =>
  derived.short_labels[id] ?? own ?? '';

const renumbered = (items: readonly (Item | Group)[]): (Item | Group)[] => {
  let num = 0;
  const next = (item: Item): Item => {
    num += 1;
    return item.num === num ? item : { ...item, num };
  };
  return items.map((item) => (isGroup(item) ? { ...item, items: item.items.map(next) } : next(item)));
};

const changeChecklist = (pack: Pack, n: number, change: (one: ChecklistFile) => ChecklistFile): Pack => ({
  ...pack,
  checklists: pack.checklists.map((one, i) => (i === n ? change(one) : one)),
});

const changeItem = (list: ChecklistFile, id: string, change: (item: Item) => Item): ChecklistFile => {
  const one = (item: Item): Item => (item.id === id ? change(item) : item);
  return {
    ...list,
    items: list.items.map((item) => (isGroup(item) ? { ...item, items: item.items.map(one) } : one(item))),
  };
};

export const setItem = (pack: Pack, n: number, id: string, values: Partial<Item>): Pack =>
  changeChecklist(pack, n, (list) => changeItem(list, id, (item) => ({ ...item, ...values })));

/** An item without options gets two to begin with; what belongs to another type goes. */
export const setType = (pack: Pack, n: number, id: string, type: Item['type']): Pack =>
  changeChecklist(pack, n, (list) =>
    changeItem(list, id, ({ min: _, max: __, unit: ___, options, ...item }) => ({
      ...item,
      type,
      ...(type === 'choice'
        ? {
            options: options ?? [
              { id: 'option_1', label: '', aliases: [] },
              { id: 'option_2', label: '', aliases: [] },
            ],
          }
        : {}),
    })),
  );

/** Empty = the label itself is shown. */
export const setShortLabel = (pack: Pack, n: number, id: string, text: string): Pack =>
  changeChecklist(pack, n, (list) => {
    const short_labels = withValue(list.derived.short_labels, [id], text === '' ? undefined : text);
    const without = changeItem(list, id, ({ short_label: _, ...item }) => item);
    return { ...without, derived: { ...list.derived, short_labels } };
  });

export const setAliases = (pack: Pack, n: number, id: string, words: readonly string[]): Pack =>
  changeChecklist(pack, n, (list) => ({
    ...list,
    derived: {
      ...list.derived,
      aliases: withValue(list.derived.aliases, [id], words.length === 0 ? undefined : words),
    },
  }));

const freshId = (start: string, taken: readonly string[]): string => {
  for (let n = 1; ; n += 1) if (!taken.includes(`${start}${n}`)) return `${start}${n}`;
};

export const addItem = (pack: Pack, n: number): Pack =>
  changeChecklist(pack, n, (list) => {
    const taken = [...itemsOf(list).map((item) => item.id), ...list.items.map((item) => item.id)];
    const item: Item = { id: freshId('item_', taken), num: 0, label: '', type: 'yes_no', required: true };
    const remark = list.free_text[0]?.id;
    const at = list.column_order && remark ? list.column_order.indexOf(remark) : -1;
    const order = list.column_order && [...list.column_order];
    order?.splice(at < 0 ? order.length : at, 0, item.id);
    return { ...list, items: renumbered([...list.items, item]), ...(order ? { column_order: order } : {}) };
  });

const withoutItem = (words: Readonly<Record<string, readonly string[]>>, id: string, least: number) =>
  Object.fromEntries(
    Object.entries(words)
      .map(([word, items]) => [word, items.filter((one) => one !== id)] as const)
      .filter(([, items]) => items.length >= least),
  );

export const removeItem = (pack: Pack, n: number, id: string): Pack =>
  changeChecklist(pack, n, (list) => {
    const items = list.items
      .map((item) => (isGroup(item) ? { ...item, items: item.items.filter((one) => one.id !== id) } : item))
      .filter((item) => (isGroup(item) ? item.items.length > 0 : item.id !== id));
    const { derived } = list;
    return {
      ...list,
      items: renumbered(items),
      ...(list.column_order ? { column_order: list.column_order.filter((column) => column !== id) } : {}),
      derived: {
        ...derived,
        short_labels: withValue(derived.short_labels, [id], undefined),
        aliases: withValue(derived.aliases, [id], undefined),
        ambiguous_words: withoutItem(derived.ambiguous_words, id, 2),
        group_words: withoutItem(derived.group_words, id, 2),
      },
    };
  });

const swapped = <T>(list: readonly T[], at: number, by: -1 | 1): T[] => {
  const to = at + by;
  const out = [...list];
  const [one, other] = [list[at], list[to]];
  if (at < 0 || one === undefined || other === undefined) return out;
  out[at] = other;
  out[to] = one;
  return out;
};

/** Up or down among its own: an item under a common head stays there. */
export const moveItem = (pack: Pack, n: number, id: string, by: -1 | 1): Pack =>
  changeChecklist(pack, n, (list) => {
    const index = (items: readonly (Item | Group)[]) => items.findIndex((one) => one.id === id);
    const top = index(list.items);
    const items =
      top >= 0
        ? swapped(list.items, top, by)
        : list.items.map((item) =>
            isGroup(item) ? { ...item, items: swapped(item.items, index(item.items), by) } : item,
          );
    return { ...list, items: renumbered(items) };
  });

// ---- the letter -----------------------------------------------------------------------------------------------------

const changeLetter = (pack: Pack, n: number, change: (one: LetterFile) => LetterFile): Pack => ({
  ...pack,
  letters: pack.letters.map((one, i) => (i === n ? change(one) : one)),
});

const numbered = (questions: LetterFile['questions']): LetterFile['questions'] =>
  questions.map((one, i) => (one.num === i + 1 ? one : { ...one, num: i + 1 }));

export const addQuestion = (pack: Pack, n: number): Pack =>
  changeLetter(pack, n, (letter) => ({
    ...letter,
    questions: numbered([
      ...letter.questions,
      {
        id: freshId(
          'q',
          letter.questions.map(({ id }) => id),
        ),
        num: 0,
        text: '',
        answer: 'yes_no',
      },
    ]),
  }));

export const removeQuestion = (pack: Pack, n: number, id: string): Pack =>
  changeLetter(pack, n, (letter) => ({
    ...letter,
    questions: numbered(letter.questions.filter((one) => one.id !== id)),
  }));

export const moveQuestion = (pack: Pack, n: number, id: string, by: -1 | 1): Pack =>
  changeLetter(pack, n, (letter) => ({
    ...letter,
    questions: numbered(
      swapped(
        letter.questions,
        letter.questions.findIndex((one) => one.id === id),
        by,
      ),
    ),
  }));
