// The compound that a command names: 阳光花园, or 东区街道阳光花园 where two are called so. Several are shown to choose from;
// a name nobody has is answered with the nearest ones (E17).
import { areasOf } from '../domain/campaign.ts';
import { compoundHits, compoundWords } from '../domain/compound-search.ts';
import type { Lists } from '../ports.ts';
import { askWhich, mostReadings } from './ask-which.ts';
import { type Outcome, type Situation, saying } from './service.ts';

type Named = Awaited<ReturnType<Lists['compoundsIn']>>[number];

export type FoundCompound =
  | { readonly kind: 'compound'; readonly compound: Named; readonly rest: string }
  | { readonly kind: 'said'; readonly outcome: Outcome }
  /** No compound is named, and the first word is like none. */
  | { readonly kind: 'none' };

const mostRead = 200;

/** `fits` narrows what may be meant, by area. */
export const findCompound = async (
  s: Situation,
  text: string,
  fits: (area: string) => boolean = () => true,
): Promise<FoundCompound> => {
  const areas = areasOf(s.campaign).filter(fits);
  const named = await s.service.lists.compoundsIn(text, areas);
  const [longest] = named;
  if (!longest) return nearest(s, text, areas);
  const same = named.filter((c) => c.words === longest.words);
  const inArea = same.filter((c) => text.includes(c.area));
  const meant = inArea.length > 0 ? inArea : same;
  const [one, ...others] = meant;
  const rest = text
    .replace(longest.words, ' ')
    .replace(one?.area ?? '', ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (one && others.length === 0) return { kind: 'compound', compound: one, rest };
  const typed = s.event.body.kind === 'text' ? s.event.body.text : text;
  const readings = meant.map((c) => ({
    label: `${c.name} · ${c.area}`,
    says: typed.replace(longest.words, `${c.area}${c.name}`),
  }));
  return { kind: 'said', outcome: askWhich(s, 'which_compound', longest.words, readings) };
};

/** A name that is nearly right is never taken for the right one: the nearest are named back. */
const nearest = async (s: Situation, text: string, areas: readonly string[]): Promise<FoundCompound> => {
  const [word = ''] = text.trim().split(/[\s，,。:：]+/);
  const words = compoundWords(word.slice(0, 30), areas);
  if (words.name.length < 2) return { kind: 'none' };
  const { sound, compounds } = await s.service.people.compoundsLike(words.name, areas, mostRead);
  const near = compoundHits(words, sound, compounds).slice(0, mostReadings);
  if (near.length === 0) return { kind: 'none' };
  const names = near.map(({ compound }) => compound.name);
  return { kind: 'said', outcome: saying(s, 'compound_near', { words: words.name, names }) };
};
