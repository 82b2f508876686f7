// A checklist made ready for reading, once: its names, group words, ambiguous words and options, joined with the
// everyday words into one trie, and a second trie of their sounds for slips of typing and dictation.

import type { Checklist, Item } from '../checklist.ts';
import { readLabels } from './labels.ts';
import { normalise } from './normalise.ts';
import { sound } from './sounds.ts';
import { familiar, isEntering, isResident, nounsFor, saidFor } from './thesaurus.ts';
import { Trie } from './trie.ts';
import { CLASSIFIERS, COMPOUND_ENDINGS, HEADS, UNITS, WORDS, type WordClass } from './words.ts';

/** What a word of the text can be. `items` are places in the checklist, from 0. */
export type Meaning =
  | { readonly kind: 'word'; readonly cls: WordClass }
  | {
      readonly kind: 'item' | 'group' | 'ambiguous';
      readonly items: readonly number[];
      readonly word: string;
      readonly done?: boolean;
      readonly noun?: boolean;
    }
  /** 员工 names its item only together with one of `heads` (口罩, 戴). */
  | {
      readonly kind: 'qualifier';
      readonly items: readonly number[];
      readonly heads: readonly string[];
      readonly word: string;
    }
  | { readonly kind: 'option'; readonly options: readonly { readonly item: number; readonly id: string }[] }
  | { readonly kind: 'compound' };

export type Suffix = 'unit' | 'classifier' | 'heads' | { readonly quantityOf: readonly number[] };

export interface Slip {
  readonly word: string;
  readonly meaning: Meaning;
}

export interface Lexicon {
  readonly checklist: Checklist;
  readonly items: readonly Item[];
  /** The places of each group's members. */
  readonly groups: readonly (readonly number[])[];
  /** 是否未进楼入户: the items that ask whether something is not so. */
  readonly inverted: ReadonlySet<number>;
  readonly words: Trie<Meaning>;
  readonly slips: Trie<Slip>;
  /** What may stand directly after a figure. */
  readonly suffixes: Trie<Suffix>;
  readonly noteMarkers: readonly string[];
}

const ARABIC: readonly (readonly [string, string])[] = [...'一二三四五六七八九'].map((c, i) => [c, String(i + 1)]);
const WEARS = ['佩戴', '戴', '带', '量', '测'];
const DONE = ['了', '过', '咗', '好', '完', '晒', '过了', '好了'];
const CARELESS = [
  '基本',
  '大部分',
  '好像',
  '听说',
  '更正',
  '改为',
  '未落实',
  '备注',
  '落实',
  '合格',
  '完成',
  '全部',
  '其他',
  '其余',
  '没有',
  '正常',
];

const plain = (word: string): string =>
  normalise(word)
    .text.replaceAll(' ', '')
    .replace(/^"+|"+$/g, '');

/** 十必须 → 10必须, 十个必须, 十条必须. */
const spellings = (word: string): readonly string[] => {
  const first = word[0] ?? '';
  const rest = word.slice(1);
  const digit = first === '十' ? '10' : ARABIC.find(([c]) => c === first)?.[1];
  if (digit === undefined || rest.length < 2) return [word];
  return [word, ...['', '个', '条', '项'].flatMap((c) => [`${digit}${c}${rest}`, `${first}${c}${rest}`])];
};

const namesFor = (word: string): readonly string[] => saidFor(plain(word)).flatMap(spellings);

/** Words with a family of their own that stand in this label and in no other. */
const ownWords = ({ label }: Item, items: readonly Item[]): readonly string[] =>
  familiar.filter((word) => label.includes(word) && items.filter((other) => other.label.includes(word)).length === 1);

/** 疫情防控 of 物业小区疫情防控检查登记表: what the checklist is about, which everybody mentions and which reports nothing. */
const titleWords = (title: string, words: Trie<Meaning>): readonly string[] => {
  const found: string[] = [];
  let from = 0;
  for (let at = 0; at <= title.length; ) {
    const known = words.longest(at, (i) => title[i])?.length ?? 0;
    if (known === 0 && at < title.length) {
      at++;
      continue;
    }
    if (at - from >= 2) found.push(title.slice(from, at));
    at += Math.max(known, 1);
    from = at;
  }
  return found
    .flatMap((word) => (word.length === 4 ? [word, word.slice(0, 2), word.slice(2)] : [word]))
    .flatMap(saidFor);
};

const lexiconOf = (checklist: Checklist): Lexicon => {
  const words = new Trie<Meaning>();
  const slips = new Trie<Slip>();
  const suffixes = new Trie<Suffix>();
  const { items } = checklist;
  const placeOf = new Map(items.map((item, i) => [item.id, i]));
  const placesOf = (ids: readonly string[]): number[] => ids.flatMap((id) => placeOf.get(id) ?? []);

  /** What a word about the people of an item must stand with. */
  const headsOf = (item: Item): string[] =>
    [
      ...item.aliases,
      ...Object.entries(checklist.ambiguousWords).flatMap(([word, ids]) => (ids.includes(item.id) ? [word] : [])),
    ].flatMap(saidFor);

  /** 业主没戴口罩 may be of several items; 业主量体温 is not of the visitors. */
  const sharedByTwo = (item: Item): string[] =>
    Object.entries(checklist.ambiguousWords)
      .filter(([, ids]) => ids.length === 2 && ids.includes(item.id))
      .flatMap(([word]) => saidFor(word));

  const learn = (word: string, meaning: Meaning): void => {
    words.add(word, meaning, true);
    if (word.length < 2) return;
    if (word.length === 2 && (meaning.kind === 'item' || meaning.kind === 'ambiguous')) {
      for (const aspect of DONE) words.add(`${word[0]}${aspect}${word[1]}`, { ...meaning, done: true });
    }
    const sounds = [...word].map(sound);
    if (sounds.every((s) => s !== null)) slips.add(sounds as string[], { word, meaning });
  };

  for (const [cls, list] of Object.entries(WORDS) as [WordClass, readonly string[]][]) {
    for (const word of list) words.add(word, { kind: 'word', cls });
  }
  for (const ending of COMPOUND_ENDINGS) words.add(ending, { kind: 'compound' });
  const fromLabels = readLabels(items, Object.keys(checklist.ambiguousWords));
  for (const [cls, list] of [
    ['state', fromLabels.states],
    ['bad', fromLabels.faults],
  ] as const) {
    for (const word of list) if (words.get(word) === undefined) words.add(word, { kind: 'word', cls });
  }
  for (const word of titleWords(checklist.title, words)) words.add(word, { kind: 'word', cls: 'noun' });
  for (const word of CARELESS) {
    const meaning = words.get(word);
    if (meaning) learn(word, meaning);
  }

  for (const [cls, list] of [
    ['unit', UNITS],
    ['classifier', CLASSIFIERS],
    ['heads', HEADS],
  ] as const) {
    for (const word of list) suffixes.add(word, cls);
  }

  const ambiguous = Object.entries(checklist.ambiguousWords);
  for (const [word, ids] of ambiguous) {
    for (const name of namesFor(word)) learn(name, { kind: 'ambiguous', items: placesOf(ids), word });
  }
  for (const [word, ids] of Object.entries(checklist.groupWords)) {
    for (const name of namesFor(word)) learn(name, { kind: 'group', items: placesOf(ids), word });
    for (const noun of nounsFor(word)) learn(noun, { kind: 'group', items: placesOf(ids), word, noun: true });
  }

  items.forEach((item, i) => {
    const qualifiers = new Map<string, Set<string>>();
    const taken = (word: string): boolean => ambiguous.some(([w]) => plain(w) === word);
    for (const alias of item.aliases) {
      const inside = ambiguous.find(([word]) => alias.includes(word) && alias !== word)?.[0];
      if (inside === undefined) {
        for (const name of namesFor(alias)) {
          if (isResident(name)) learn(name, { kind: 'qualifier', items: [i], heads: sharedByTwo(item), word: alias });
          else if (isEntering(name)) learn(name, { kind: 'qualifier', items: [i], heads: headsOf(item), word: alias });
          else if (!taken(name)) learn(name, { kind: 'item', items: [i], word: alias });
        }
        continue;
      }
      const wears = WEARS.find((verb) => alias.includes(verb + inside)) ?? '';
      const qualifier = plain(alias.replace(wears + inside, ''));
      if (qualifier === '') continue;
      const heads = qualifiers.get(qualifier) ?? new Set();
      for (const head of [...saidFor(inside), wears, ...(wears ? ['佩戴', '带'] : [])]) if (head) heads.add(head);
      qualifiers.set(qualifier, heads);
    }
    for (const [qualifier, heads] of qualifiers) {
      for (const name of namesFor(qualifier)) {
        learn(name, { kind: 'qualifier', items: [i], heads: [...heads], word: qualifier });
      }
    }
    // 来往人员: of one label only, and of its item where the rest of the sentence agrees.
    for (const name of ownWords(item, items).flatMap(saidFor)) {
      if (words.get(name) === undefined && !taken(name))
        learn(name, { kind: 'qualifier', items: [i], heads: headsOf(item), word: name });
    }
    for (const thing of fromLabels.things[i] ?? []) {
      if (words.get(thing) === undefined) learn(thing, { kind: 'item', items: [i], word: thing });
    }
    const whole: Meaning = { kind: 'item', items: [i], word: item.shortLabel };
    words.add(plain(item.label), whole, true);
    words.add(plain(item.label).replace(/^"|"$/g, ''), whole, true);
    if (item.aliases.length === 0) learn(plain(item.shortLabel), whole);
    for (const option of item.options) {
      for (const name of [option.label, ...option.aliases].map(plain)) {
        const known = words.get(name);
        const others = known?.kind === 'option' ? known.options : [];
        words.add(name, { kind: 'option', options: [...others, { item: i, id: option.id }] }, true);
      }
    }
    if (item.kind === 'number' && item.unit) {
      const same = items.flatMap((other, j) => (other.kind === 'number' && other.unit === item.unit ? [j] : []));
      suffixes.add(plain(item.unit), { quantityOf: same }, true);
    }
  });

  const groups = Object.values(checklist.groupWords).map(placesOf);
  return {
    checklist,
    items,
    groups,
    inverted: fromLabels.inverted,
    words,
    slips,
    suffixes,
    noteMarkers: [plain(checklist.noteLabel)],
  };
};

const compiled = new WeakMap<Checklist, Lexicon>();

/** The work of about a millisecond, done once for each checklist object. */
export const compileChecklist = (checklist: Checklist): Lexicon => {
  const known = compiled.get(checklist);
  if (known) return known;
  const lexicon = lexiconOf(checklist);
  compiled.set(checklist, lexicon);
  return lexicon;
};
