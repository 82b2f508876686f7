// A word of the text as the lexer hands it on: what it is, where it stands, and what it may stand for.

import type { WordClass } from './words.ts';

export type Cls =
  | WordClass
  | 'item'
  | 'group'
  | 'ambiguous'
  | 'qualifier'
  | 'option'
  | 'number'
  | 'count'
  | 'heads'
  | 'quantity'
  | 'fact'
  | 'thing'
  | 'compound'
  | 'unknown'
  | 'comma'
  | 'stop'
  | 'newline'
  | 'space'
  | 'list'
  | 'dash'
  | 'dot'
  | 'slash'
  | 'colon'
  | 'quote'
  | 'box'
  | 'mark';

export interface Token {
  readonly cls: Cls;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly items?: readonly number[];
  readonly word?: string;
  readonly heads?: readonly string[];
  readonly options?: readonly { readonly item: number; readonly id: string }[];
  /** The figures of a number: one, or a run of single digits (12356). */
  readonly figures?: readonly number[];
  /** The figure as an amount, for items that ask for a number. */
  readonly amount?: number;
  /** 第4, (4): certainly an ordinal. */
  readonly ordinal?: boolean;
  readonly chinese?: boolean;
  /** 扫了码, 登了记: the name itself says that it was done. */
  readonly done?: boolean;
  /** A group word that is a thing (文件) and never what was done (上墙). */
  readonly noun?: boolean;
}
