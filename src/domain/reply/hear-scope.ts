// All, the rest, all but…, only…: words that say how far a value reaches.

import { type Hearing, nextMeaning } from './hearing.ts';
import { startsPredicate } from './predicates.ts';
import { isSubset, placesBetween, scopeAt } from './statement.ts';
import type { Cls, Token } from './token.ts';

const NAMES: ReadonlySet<Cls> = new Set(['number', 'item', 'group', 'qualifier', 'first', 'last']);

/** Returns the place of the next token to hear, as all of these do. */
export const hearAll = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  const { subject } = h;
  endNaming(h, tokens[i - 1]);
  h.objects = null;
  // 东门西门都看了: how the inspector went about it.
  if (tokens[i + 1]?.cls === 'filler' && /^[看查去走问核巡睇]/.test(tokens[i + 1]?.text ?? '')) return i + 1;
  if (subject !== null) {
    subject.asserted = true;
    // 全组都…
    if (subject.scope === 'all' && isForeign(tokens[i - 1], token) && subject.to === tokens[i - 1]?.from)
      subject.foreign = true;
    if (subject.scope === 'all') subject.to = token.to;
  } else if (h.lead?.of !== undefined) {
    h.subject = h.lead.of;
    h.lead = null;
  } else if (!h.tentative) {
    h.foreign ||= isPair(tokens, i);
    // After 通告上墙 it is still about the same: 通告上墙：都落实了.
    h.flushLead();
    h.subject = scopeAt(token, 'all', {
      foreign: h.foreign || isForeign(tokens[i - 1], token) || isPeople(tokens[i + 1]),
    });
  }
  return i + 1;
};

/** 除了那一项都有: but for what? */
const endNaming = (h: Hearing, before: Token | undefined): void => {
  if (h.except === null) return;
  if (h.except.open && h.except.items.length === 0 && before?.cls === 'noun') h.doubt('no_item', []);
  h.except.open = false;
};

const isPeople = (token: Token | undefined): boolean =>
  token?.cls === 'person' && ['人', '人员', '的人'].includes(token.text);

/** 翠湖和锦绣都落实了: two places. */
const isPair = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.cls === 'unknown' &&
  tokens[at - 3]?.cls === 'unknown' &&
  /^[和跟与及、]$/.test(tokens[at - 2]?.text ?? '');

/** 车都安排好了, 人都齐了. */
const isForeign = (before: Token | undefined, all: Token): boolean =>
  before !== undefined &&
  before.to === all.from &&
  (before.cls === 'unknown' || before.cls === 'thing' || before.cls === 'heads' || isPeople(before));

export const hearRest = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  const next = nextMeaning(tokens, i + 1);
  if (token.text === '另外' && next?.cls !== 'count') return i + 1;
  endNaming(h, tokens[i - 1]);
  if (h.lead !== null && tokens[i - 1]?.cls === 'colon' && next === undefined) {
    // 没落实：隔离点。落实：其他
    const { value, from } = h.lead;
    h.lead = null;
    h.emit({ scope: 'rest', value, from, to: token.to });
    return i + 1;
  }
  if (h.lead?.bare && h.lead.value === 'no' && (next === undefined || next.cls === 'done')) {
    // 都有，没有其他: nothing to add.
    h.lead = null;
    return i + 1;
  }
  h.flushLead();
  h.endSubject();
  h.objects = null;
  h.subject = scopeAt(token, 'rest');
  if (next?.cls !== 'count') return i + 1;
  const counted = restOfCount(h, next.amount ?? 0);
  // 其他七项都没问题，就隔离点没弄: how many are left the end will tell.
  if (counted === null && h.statements.length === 0) h.subject = scopeAt(token, 'rest', { count: next.amount });
  else if (counted === null) h.doubt('count', [], next.text);
  else if (counted.length > 0) h.subject = scopeAt(token, 'rest', { scope: 'some', items: counted, to: next.to });
  return tokens.indexOf(next) + 1;
};

/** 其他两个: all that are left (an empty list), or those left of a group of which one was spoken of. */
const restOfCount = (h: Hearing, n: number): number[] | null => {
  const named = new Set([...h.statements.flatMap((s) => s.items), ...(h.except?.items ?? [])]);
  if (placesBetween(0, h.total).filter((i) => !named.has(i)).length === n) return [];
  for (const group of h.lexicon.groups) {
    const open = group.filter((i) => !named.has(i));
    if (open.length === n && open.length < group.length) return open;
  }
  return null;
};

/** 只有4没有, 只落实了1-3; 就 is an exception, and an only before a name. */
export const hearOnly = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const { text } = tokens[i] as Token;
  const next = nextMeaning(tokens, i + 1);
  if (next === undefined) return i + 1;
  // 没落实的只有一项，即第3项
  if (h.lead !== null && next.cls === 'count') h.lead = { ...h.lead, only: true };
  const reaches = NAMES.has(next.cls) || (startsPredicate(next) && '只仅唯'.includes(text[0] ?? ' '));
  const { subject } = h;
  const named = next.cls === 'number' ? (next.figures ?? []).map((n) => n - 1) : (next.items ?? []);
  if (reaches && subject?.scope === 'some' && subject.items.length > 1) {
    // 从1到8，只有2没有
    if (named.length === 0 || isSubset(named, subject.items)) {
      h.frame = subject.items;
      h.subject = null;
      h.only = true;
    }
  } else if (reaches && subject?.scope !== 'some') {
    h.endSubject();
    h.only = true;
  }
  if (text.startsWith('就') || text === '偏偏') h.overriding = true;
  return i + 1;
};

export const startExcept = (h: Hearing, { from, to }: Token): void => {
  h.flushLead();
  const { subject } = h;
  const isList = subject?.scope === 'some' && subject.items.length > 1 && subject.doubt === undefined;
  const of = isList ? subject.items : subject?.scope === 'rest' ? 'rest' : null;
  if (of === null) h.endSubject();
  h.subject = null;
  h.except = { items: [], of, from: of === null ? from : (subject?.from ?? from), to, open: true };
};

/** 除…外; 4除外. */
export const endExcept = (h: Hearing, { to }: Token): void => {
  if (h.except !== null) {
    h.except.open = false;
    h.except.to = to;
  } else if (h.subject?.scope === 'some') {
    h.except = { items: h.subject.items, of: null, from: h.subject.from, to, open: false };
    h.subject = null;
  }
};
