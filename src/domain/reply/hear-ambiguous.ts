// A word that fits several items (口罩, 测温), and one that names its item only together with another (员工 … 口罩).

import { hearName } from './hear-name.ts';
import { assertDone } from './hear-predicate.ts';
import { type Hearing, nextMeaning } from './hearing.ts';
import { isSubset, type Statement, subjectAt } from './statement.ts';
import type { Cls, Token } from './token.ts';

const OTHER_NAMES: ReadonlySet<Cls> = new Set(['item', 'group', 'rest', 'number']);
const CORRECTS: ReadonlySet<Cls> = new Set(['wrong', 'change', 'amend', 'mistaken']);

const isHead = (token: Token, heads: readonly string[]): boolean =>
  heads.includes(token.text) ||
  (token.cls === 'ambiguous' && heads.includes(token.word ?? '')) ||
  (token.cls === 'act' && heads.some((head) => head.length === 1 && token.text.startsWith(head)));

/** 员工 … 口罩, 口罩 … 员工: together they name the item; 员工 alone may be anybody. */
export const hearQualifier = (h: Hearing, tokens: readonly Token[], i: number): void => {
  const token = tokens[i] as Token;
  const heads = token.heads ?? [];
  const items = token.items ?? [];
  const reach = (from: number, step: 1 | -1, far: number): Token | undefined => {
    for (let j = from; j >= 0 && j < tokens.length && Math.abs(j - i) <= far; j += step) {
      const other = tokens[j] as Token;
      if (isHead(other, heads)) return other;
      if (OTHER_NAMES.has(other.cls)) return undefined;
    }
    return undefined;
  };
  if (reach(i + 1, 1, 13) !== undefined) {
    hearName(h, items, 'name', token, tokens[i - 1]);
    return;
  }
  if (reach(i - 1, -1, 7) !== undefined) {
    if (h.subject?.doubt === 'ambiguous_word') h.subject = null;
    hearName(h, items, 'name', token, tokens[i - 1]);
    return;
  }
  if (/^[那这嗰呢一][个项条栏块]|^号项/.test(tokens[i + 1]?.text ?? '') && tokens.some((t) => CORRECTS.has(t.cls))) {
    // 员工那项改成没有
    hearName(h, items, 'name', token, tokens[i - 1]);
    return;
  }
  h.topic = token;
  const isLabel = tokens[i + 1]?.cls === 'colon';
  // 保安没有提醒…: who does it, and not who is spoken of.
  if (tokens.slice(i + 1, i + 5).some((t) => t.cls === 'item' && !t.items?.includes(items[0] ?? -1))) return;
  if (h.subject === null && h.lead === null && (h.last === null || isLabel)) {
    h.subject = subjectAt(token, { items: [...items], only: h.takeOnly(), doubt: 'ambiguous_word', word: token.text });
  }
};

/** 口罩: belongs to the item spoken of where it can, else it is asked back. */
export const hearAmbiguous = (h: Hearing, tokens: readonly Token[], i: number): void => {
  const token = tokens[i] as Token;
  const candidates = token.items ?? [];
  // 口罩全部员工都戴了: what follows makes it clear.
  if (tokens.slice(i + 1, i + 8).some((t) => t.cls === 'qualifier' && t.heads?.includes(token.word ?? ''))) return;
  // 佩戴口罩提醒
  if (isMadeClear(tokens, i + 1, candidates)) return;
  if (tokens[0]?.text === '我' && tokens.slice(0, i).some((t) => t.text === '自己')) return;
  if (h.topic?.heads?.includes(token.word ?? '')) {
    settleTopic(h, h.topic, token);
    return;
  }
  const { subject, last } = h;
  h.inPlace = false;
  if (h.except?.open) {
    if (h.except.items.length === 0) h.doubt('ambiguous_word', candidates, token.text);
  } else if (subject?.scope === 'some') {
    const isEarlier = subject.to < (tokens[0]?.from ?? 0);
    subject.to = token.to;
    const isObject = !h.listed && candidates.includes(subject.items.at(-1) ?? -1) && tokens[i - 1]?.cls === 'act';
    if (subject.strange > 0 && subject.origin !== 'number' && isEarlier) {
      // 快递管得住，口罩也戴: of whom?
      h.doubt('ambiguous_word', candidates, token.text);
    } else if (isSubset(subject.items, candidates) || isObject) {
      if (subject.asserted || h.asserted) assertDone(h, token);
    } else if (subject.doubt !== 'ambiguous_word') h.doubt('ambiguous_word', candidates, token.text);
  } else if (subject === null && last?.scope === 'all' && token.from === h.objectAt) {
    // 都没戴口罩: of whom?
    h.retract(last);
    h.doubt('ambiguous_word', candidates, token.text);
  } else if (last !== null && belongsTo(h, last, candidates, isAlso(tokens, i))) {
    hearOtherHalf(h, last, candidates, token);
  } else if (h.lead?.value === 'no' && /^[的嘅]/.test(tokens[i + 1]?.text ?? '') && isSpokenOf(tokens, i + 2)) {
    // 没戴口罩的人也没人提醒, 没戴口罩的不让进: whom something else is said of.
    h.lead = null;
  } else if (h.lead !== null) {
    const { value, from } = h.lead;
    h.lead = null;
    h.doubt('ambiguous_word', candidates, token.text, { value, from, to: token.to });
  } else {
    const asserted = subject?.scope === 'all';
    h.subject = subjectAt(token, { items: [...candidates], asserted, doubt: 'ambiguous_word', word: token.text });
  }
};

/** 口罩提醒, 电动车推进楼入户: the name that follows before anything is said of it. */
const isMadeClear = (tokens: readonly Token[], from: number, candidates: readonly number[]): boolean => {
  for (const token of tokens.slice(from, from + 6)) {
    if (token.cls === 'item') return isSubset(token.items ?? [], candidates);
    if (!['unknown', 'act', 'done', 'filler', 'person', 'adv', 'at'].includes(token.cls)) return false;
  }
  return false;
};

/** 员工，口罩都戴; 员工那块，有两个没戴口罩: the value just said, or the one that follows, is theirs. */
const settleTopic = (h: Hearing, topic: Token, token: Token): void => {
  h.topic = null;
  const items = topic.items ?? [];
  const at = h.doubts.findIndex((doubt) => doubt.word === topic.text && doubt.reason === 'ambiguous_word');
  const [doubt] = at < 0 ? [] : h.doubts.splice(at, 1);
  if (h.subject?.word === topic.text) h.subject = null;
  if (doubt?.said !== undefined && h.doubtedAt === token.from)
    h.emit({ ...doubt.said, items: [...items], to: token.to });
  else hearName(h, items, 'name', token);
};

const isSpokenOf = (tokens: readonly Token[], at: number): boolean =>
  tokens.slice(at, at + 4).some((t) => t.cls === 'item' || t.text === '不');

const belongsTo = (h: Hearing, last: Statement, candidates: readonly number[], also: boolean): boolean =>
  last.scope === 'some' &&
  last.items.some((item) => candidates.includes(item)) &&
  (h.inSegment(last) || h.asserted || also);

/** …，口罩也戴; …，也没人要求戴口罩. */
const isAlso = (tokens: readonly Token[], at: number): boolean =>
  [nextMeaning(tokens, at + 1), ...tokens.slice(Math.max(0, at - 6), at)].some((t) => ALSO.has(t?.text ?? ''));
const ALSO = new Set(['也', '亦', '更']);

/** 扫了码，也测温; 登记了但没测温. */
const hearOtherHalf = (h: Hearing, last: Statement, candidates: readonly number[], token: Token): void => {
  if (h.lead === null) {
    if (h.inSegment(last)) last.to = token.to;
    h.absorbed = true;
    return;
  }
  const { value, from } = h.lead;
  h.lead = null;
  h.emit({ items: last.items.filter((item) => candidates.includes(item)), value, from, to: token.to });
};
