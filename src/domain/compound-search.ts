// Finds compounds by what a person types for one: its name, an alias, how it sounds, its pinyin initials, or nearly so
// (R11, E17). Ranks what the store brings; never picks: whoever asked chooses.
import { editDistance } from './edit-distance.ts';

export interface NamedCompound {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line for each name: its syllables, then its initials (store/pinyin.ts). */
  readonly pinyin: string;
  readonly area: string;
}

export interface CompoundWords {
  /** The name as said, without the area and what people say around it. */
  readonly name: string;
  /** The area that was said with it; null = none. */
  readonly area: string | null;
}

/** From sure to far-fetched. */
const fits = ['exact', 'part', 'sound', 'near'] as const;
export type Fit = (typeof fits)[number];

export interface CompoundHit {
  readonly compound: NamedCompound;
  readonly fit: Fit;
}

const around = /^(?:我们?家?|本人)?(?:现在|目前|就)?(?:住址|居住|住在|住|家在|在|是)?[:：]?/u;
const after = /(?:小区)?(?:里面|里|那里|这里)?(?:的|了|呀|啊|哦)?$/u;

/** 东区街道 is said 东区 too, and 翠亨新区（含南朗街道） is two names. */
const namesOfArea = (area: string): string[] => {
  const parts = area.split(/[（()）]/u).map((part) => part.replace(/^含/u, ''));
  const all = [area, ...parts, ...parts.map((part) => part.replace(/(?:街道|镇|新区|开发区)$/u, ''))];
  return [...new Set(all.filter((name) => name.length > 1))].sort((a, b) => b.length - a.length);
};

/** What `text` says of a compound; the name is empty where it says nothing of one. */
export const compoundWords = (text: string, areas: readonly string[]): CompoundWords => {
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s，。、,.!！?？;；“”"'()（）]/gu, '')
    .replace(around, '');
  const said = areas
    .flatMap((area) => namesOfArea(area.normalize('NFKC')).map((name) => ({ area, name })))
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ name }) => bare.startsWith(name) && bare.length > name.length);
  const rest = said ? bare.slice(said.name.length).replace(/^(?:街道|镇)?的?/u, '') : bare;
  const name = rest.replace(after, '');
  return { name: name || rest, area: said?.area ?? null };
};

const isLatin = (text: string): boolean => /^[a-z0-9]+$/u.test(text);

/** How many changes may lead to a name of so many characters. */
const slack = (length: number): number => (length < 3 ? 0 : length < 5 ? 1 : 2);

const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s/gu, '').replace(after, '');

const fitOf = (said: string, syllables: readonly string[], compound: NamedCompound): Fit | null => {
  const names = [compound.name, ...compound.aliases].map(plain);
  if (names.includes(said)) return 'exact';
  if (said.length > 1 && names.some((name) => name.includes(said) || (name.length > 1 && said.includes(name))))
    return 'part';
  const spoken = compound.pinyin.split('\n').map((line) => {
    const parts = line.split(' ');
    return { syllables: parts.slice(0, -1), initials: parts.at(-1) ?? '' };
  });
  if (isLatin(said)) {
    if (spoken.some((s) => s.initials === said || s.syllables.join('') === said)) return 'sound';
    return said.length > 2 && spoken.some((s) => s.initials.startsWith(said) || s.syllables.join('').startsWith(said))
      ? 'near'
      : null;
  }
  if (spoken.some((s) => s.syllables.join(' ') === syllables.join(' '))) return 'sound';
  const nearly = slack(said.length);
  const near =
    names.some((name) => editDistance(name, said) <= nearly) ||
    spoken.some((s) => editDistance(s.syllables, syllables) <= Math.min(nearly, 1));
  return near && nearly > 0 ? 'near' : null;
};

/** The compounds the words may mean, surest first. `sound` = how the words sound, as the store writes it. */
export const compoundHits = (
  words: CompoundWords,
  sound: string,
  compounds: readonly NamedCompound[],
): CompoundHit[] => {
  if (words.name === '') return [];
  const syllables = sound.split(' ').slice(0, -1);
  const here = compounds.filter((compound) => words.area === null || compound.area === words.area);
  const hits = here.flatMap((compound): CompoundHit[] => {
    const fit = fitOf(words.name, syllables, compound);
    return fit ? [{ compound, fit }] : [];
  });
  const exact = hits.filter((hit) => hit.fit === 'exact');
  if (exact.length > 0) return exact;
  const order = ({ compound, fit }: CompoundHit): number => fits.indexOf(fit) * 100 + compound.name.length;
  return hits.sort((a, b) => order(a) - order(b) || (a.compound.id < b.compound.id ? -1 : 1));
};
