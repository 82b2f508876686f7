// What sheets are made of: the lists, and the words.
import type { SheetWords } from '../../ports-exports.ts';
import type { Listings } from '../../ports-listings.ts';

export interface Sources {
  readonly listings: Listings;
  readonly words: SheetWords;
  /** The word of words.yaml for a code; the code itself where there is none. */
  word(vocabulary: string, code: string): string;
  /** Several things in one cell. */
  list(texts: readonly string[]): string;
}
