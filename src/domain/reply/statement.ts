// What a reply states, before it is weighed: who (items, all, the rest, all but…) and what (yes, no, a figure, not looked at).

import type { AnswerValue } from '../checklist.ts';
import type { AskReason } from './reading.ts';
import type { Token } from './token.ts';

export type Said = AnswerValue | 'unseen' | 'same';
export type Scope = 'some' | 'all' | 'rest' | 'except';

export interface Statement {
  readonly scope: Scope;
  /** Places of the items; with `except`, the exceptions. Empty for `all` and `rest`. */
  items: number[];
  value: Said;
  /** 只有4没有: what is not named is the opposite. */
  readonly only: boolean;
  /** 三份里只有通告: only among these. Among all, where nothing was named before. */
  readonly within?: readonly number[] | undefined;
  /** Named by a group word or by all, so that a member may differ. */
  readonly general: boolean;
  /** Said as an exception or a change (但, 就, 改为). */
  readonly overrides: boolean;
  /** Strange words stand where they change the meaning. */
  doubtful: boolean;
  /** 7项落实: of the rest, which must be so many. */
  readonly count?: number | undefined;
  /** 西门没贴, 剩一个没戴: said of a part; a part that is not as required leaves the whole undone. */
  readonly part?: string | undefined;
  /** 现已上墙: how it is by now, whatever was found before. */
  readonly now?: boolean;
  from: number;
  to: number;
}

export interface Doubt {
  readonly reason: AskReason;
  readonly items: readonly number[];
  readonly word?: string | undefined;
  /** The value, where only the item is in doubt. */
  readonly said?: { readonly value: Said; readonly from: number; readonly to: number } | undefined;
}

/** A value said of nothing: 有, 没有. */
export interface LooseValue {
  readonly value: Said;
  readonly from: number;
  readonly to: number;
}

export interface Heard {
  readonly statements: readonly Statement[];
  readonly doubts: readonly Doubt[];
  readonly loose: readonly LooseValue[];
  /** Stretches of words that report nothing known. */
  readonly remarks: readonly (readonly [from: number, to: number])[];
  /** Items named without a value. */
  readonly dangling: readonly number[];
}

/** What waits for its predicate. */
export interface Subject {
  readonly scope: Scope;
  items: number[];
  origin: 'number' | 'name' | 'group' | 'count' | 'scope';
  from: number;
  to: number;
  readonly only: boolean;
  /** 都/也/已 stands with it: a bare action is then a yes. */
  asserted: boolean;
  /** How many unknown characters came since. */
  strange: number;
  /** A value said of it cannot be placed, and why. */
  readonly doubt?: AskReason | undefined;
  readonly word?: string | undefined;
  readonly count?: number | undefined;
  /** Said of something that is no part of the checklist (车都…, 人都…). */
  foreign?: boolean | undefined;
}

export const subjectAt = (token: Pick<Token, 'from' | 'to'>, more: Partial<Subject>): Subject => ({
  scope: 'some',
  items: [],
  origin: 'name',
  from: token.from,
  to: token.to,
  only: false,
  asserted: false,
  strange: 0,
  ...more,
});

/** 都, 其他: whoever they are, what is said of them is said plainly. */
export const scopeAt = (token: Token, scope: 'all' | 'rest', more: Partial<Subject> = {}): Subject =>
  subjectAt(token, { scope, origin: 'scope', asserted: true, ...more });

export const opposite = (value: Said): 'yes' | 'no' | null => (value === 'yes' ? 'no' : value === 'no' ? 'yes' : null);

export const isSubset = (some: readonly number[], of: readonly number[]): boolean =>
  some.length > 0 && some.every((item) => of.includes(item));

/** Places from `from` up to, not including, `to`. */
export const placesBetween = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** The word of a doubt that is no word of the text: 前面, up to whatever is named next. */
export const UP_TO_NEXT = 'before';
