// What a reply was understood to say. Data only.

import type { Answers } from '../checklist.ts';

export type ReplyKind = 'answer' | 'correction' | 'chatter' | 'ask_back';

/** Why a colleague would ask. The card names the reason in its own words. */
export type AskReason =
  | 'too_long'
  | 'contradiction'
  | 'hedged'
  | 'vague'
  | 'ambiguous_word'
  | 'no_value'
  | 'no_item'
  | 'unknown_item'
  | 'count'
  | 'out_of_bounds'
  | 'hearsay'
  | 'for_somebody_else'
  | 'two_compounds'
  | 'same_as_before'
  | 'incomplete_correction'
  | 'blank_card'
  | 'relay_list'
  | 'unclear';

/** UTF-16 offsets in the text as sent, end exclusive. */
export type Span = readonly [start: number, end: number];

export interface AskBack {
  readonly reason: AskReason;
  /** Item ids, likeliest first, at most four. */
  readonly candidates?: readonly string[];
  /** The word that could not be pinned down. */
  readonly word?: string;
}

export interface Reading {
  readonly kind: ReplyKind;
  /** Every item id; null = nothing certain was said. */
  readonly answers: Answers;
  /** '' only where a correction empties the note. */
  readonly note: string | null;
  /** Item id or `note` → the proof in the text as sent. */
  readonly spans: Readonly<Record<string, readonly Span[]>>;
  readonly askBack?: AskBack;
  /** Said without a marker: shown back with a button to keep it as the note. */
  readonly remark?: string;
  /** What looks like the name of a compound. */
  readonly compound?: Span;
}
