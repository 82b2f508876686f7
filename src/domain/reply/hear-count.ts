// So many, the first three, the last one, one of the guards: counts name items only where no other reading is left.

import { hearName } from './hear-name.ts';
import { type Hearing, nextMeaning } from './hearing.ts';
import { readPredicate, startsPredicate } from './predicates.ts';
import { isSubset, opposite, placesBetween, type Statement, scopeAt, subjectAt, UP_TO_NEXT } from './statement.ts';
import type { Cls, Token } from './token.ts';

const GATES = /^(门岗|岗亭|大门|门口|小区门口|大门口)$/;

/** Returns the place of the next token to hear, as all of these do. */
export const hearCount = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  const n = token.amount ?? 0;
  const { subject } = h;
  if (token.text.endsWith('个') && /[查看跑走睇]$/.test(tokens[i - 1]?.text ?? '')) {
    // 已查3个都合格: so many compounds.
    h.foreign = true;
    return i + 1;
  }
  // 问题1个：
  if (tokens[i - 1]?.cls === 'noun' && tokens[i - 1]?.to === token.from && tokens[i + 1]?.cls === 'colon') return i + 2;
  // 两个门岗都没有隔离点
  if (tokens[i + 1]?.cls === 'part' || GATES.test(tokens[i + 1]?.text ?? '')) return i + 2;
  // 不合格0项
  if (n === 0) {
    h.lead = null;
    return i + 1;
  }
  if (n === h.total && subject === null && h.last?.scope === 'all' && h.inSegment(h.last)) {
    // 合格8项
    h.last.to = token.to;
    return i + 1;
  }
  // 除来访管理一项外
  if (h.except?.open && h.except.items.length === n) return i + 1;
  if (h.except?.open) {
    // 除4项外: so many, or item 4? Nobody can tell.
    h.doubt('count', [], token.text);
    return i + 1;
  }
  if (h.position !== null) return hearPositioned(h, n, token, i + 1);
  const after = nextMeaning(tokens, i + 1);
  if (h.last?.doubtful && h.last.general && h.last.items.length === n && h.inClause(h.last)) {
    // 文件上墙情况：三项均已上墙
    const { items, from } = h.last;
    h.retract(h.last);
    h.subject = subjectAt({ from, to: token.to }, { items, origin: 'group' });
    return i + 1;
  }
  // 三项上墙文件
  if (after?.from === token.to && after.noun && after.items?.length === n) return i + 1;
  const [group, ...others] = h.lexicon.groups.filter((members) => members.length === n);
  if (n > 1 && after?.from === token.to && after.cls === 'item' && group !== undefined && others.length === 0) {
    // 三张通告: all that are posted, whatever one calls them.
    if (isSubset(after.items ?? [], group)) {
      hearName(h, group, 'group', { ...token, to: after.to });
      return tokens.indexOf(after) + 1;
    }
  }
  // 一个隔离点
  if (after?.from === token.to && (after.cls === 'item' || after.cls === 'qualifier')) return i + 1;
  if (n === 1 && after !== undefined && (after.cls === 'all' || ['也', '亦'].includes(after.text))) {
    // 一项都没做; with a subject 一个都没有 only strengthens.
    h.subject ??= scopeAt(token, 'all');
    return tokens.indexOf(after) + 1;
  }
  // 八项冇一项做到
  if (n === 1 && h.last !== null && h.last.to === token.from && h.last.value === 'no' && h.last.scope !== 'rest')
    return hearNotOneOf(h, h.last, tokens, i);
  const none = n === 1 ? readNoneSuch(tokens, i + 1) : null;
  if (none !== null) {
    const about = subject ?? (h.last !== null && h.last.scope === 'some' ? h.last : null);
    h.subject = null;
    const { value, to, next } = none;
    h.emit({
      scope: about?.scope ?? 'all',
      items: about?.items ?? [],
      general: about === null,
      value,
      from: token.from,
      to,
    });
    return next;
  }
  // 三份文件一份没贴, 一张不少
  if (n === 1 && (subject?.scope === 'some' || subject?.scope === 'rest') && after?.cls === 'not') {
    subject.asserted = true;
    return i + 1;
  }
  // 一项没落下
  if (
    n === 1 &&
    subject === null &&
    after?.cls === 'not' &&
    nextMeaning(tokens, tokens.indexOf(after) + 1)?.cls === 'bad'
  ) {
    h.subject = scopeAt(token, 'all');
    return i + 1;
  }
  if (n === 1 && subject === null && h.lead?.bare && h.lead.value === 'no') return hearNotOne(h, tokens, i);
  if (subject !== null && (subject.scope === 'rest' || subject.items.length === n || n === h.total)) {
    // 2、3两项, 其他六项, 全部8项
    if (subject.scope !== 'some' || subject.items.length === n) {
      subject.to = token.to;
      return i + 1;
    }
  }
  if (n < h.total && subject?.scope === 'all' && i === 0) {
    // 共8项，7项落实
    h.subject = scopeAt(token, 'rest', { count: n });
    return i + 1;
  }
  if (n === h.total && subject?.scope !== 'all') {
    // 八项里面只有…: of all of them, something follows.
    if ('里中当之'.includes(tokens[i + 1]?.text[0] ?? ' ')) return i + 2;
    h.flushLead();
    h.endSubject();
    h.subject = scopeAt(token, 'all');
    return i + 1;
  }
  hearSomeCount(h, n, token, ['colon', undefined].includes(tokens[i + 1]?.cls) || tokens[i + 1]?.text === '即');
  return i + 1;
};

/** 一个没戴的都没有: none of that kind. */
const readNoneSuch = (
  tokens: readonly Token[],
  at: number,
): { value: 'yes' | 'no'; to: number; next: number } | null => {
  const such = readPredicate(tokens, at);
  if (such === null) return null;
  const [of, all] = [tokens[such.next], tokens[such.next + 1]];
  const there = readPredicate(tokens, such.next + 2);
  const denies = there?.bare && there.value === 'no' && (all?.cls === 'all' || all?.text === '也');
  const value = opposite(such.value);
  return denies && /^[的嘅]$/.test(of?.text ?? '') && value !== null ? { value, to: there.to, next: there.next } : null;
};

/** 没有一项不落实, 没有一项落实. */
const hearNotOne = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const { lead } = h;
  const predicate = readPredicate(tokens, skipFiller(tokens, i + 1));
  h.lead = null;
  const value = predicate === null ? 'no' : (opposite(predicate.value) ?? 'no');
  const to = predicate?.to ?? (tokens[i] as Token).to;
  h.emit({ scope: 'all', general: true, value, from: lead?.from ?? to, to });
  return predicate?.next ?? i + 1;
};

/** 八项冇一项做到, 三份没一份没贴 */
const hearNotOneOf = (h: Hearing, last: Statement, tokens: readonly Token[], i: number): number => {
  const predicate = readPredicate(tokens, skipFiller(tokens, i + 1));
  if (/[少缺差漏欠]/.test(h.core)) {
    // 文件少一份: which? 指引还差一张没贴 says no more than that it is missing.
    if (last.items.length !== 1) {
      h.retract(last);
      h.doubt('count', last.items, tokens[i]?.text);
    }
    return predicate?.next ?? i + 1;
  }
  if (predicate === null) return i + 1;
  last.value = opposite(predicate.value) ?? 'no';
  last.to = predicate.to;
  return predicate.next;
};

/** 三份: the group of that size. 7项落实: the rest, if they are so many. 贴了两个: which? */
const hearSomeCount = (h: Hearing, n: number, token: Token, ends: boolean): void => {
  const groups = h.lexicon.groups.filter((group) => group.length === n);
  const [group] = groups;
  if (group !== undefined && groups.length === 1 && n > 1 && !['项', '条', '点'].includes(token.text.at(-1) ?? '')) {
    hearName(h, group, 'group', token);
    return;
  }
  if (isSomebody(h, token)) h.part = token.text;
  const about = h.subject ?? (h.last !== null && h.inSegment(h.last) ? h.last : null);
  if (about?.scope === 'some' && about.items.length === 1) return;
  if (about === null && h.strange > 0) return;
  // 没落实的只有一项，即第3项; 贴了两张：通告同十必须
  if (h.lead !== null && about === null && ends) {
    h.lead = { ...h.lead, counts: token.text };
    return;
  }
  if (h.lead !== null || about !== null) {
    h.doubt('count', [], token.text);
    h.lead = null;
  } else h.subject = scopeAt(token, 'rest', { count: n });
};

/** 剩一个没戴: one of the people just spoken of, where they are no group of items. */
const isSomebody = ({ last, subject, lexicon }: Hearing, token: Token): boolean => {
  const [item, ...others] = (subject ?? last)?.items ?? [];
  if (item === undefined || others.length > 0 || !/[个名位]$/.test(token.text)) return false;
  return !lexicon.groups.some((group) => group.includes(item));
};

const PASSING: ReadonlySet<Cls> = new Set(['filler', 'noun', 'person', 'part']);

const skipFiller = (tokens: readonly Token[], from: number): number => {
  let i = from;
  while (PASSING.has(tokens[i]?.cls as Cls)) i++;
  return i;
};

/** 有一个保安没戴, 两位没戴: somebody, which is a no of the item. Returns `i` where it is nothing of the kind. */
export const skipSomebody = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  const who = token.cls === 'heads' ? token : token.cls === 'have' ? tokens[i + 1] : undefined;
  if (who === undefined) return i;
  const at = tokens.indexOf(who) + 1;
  const following = tokens[skipFiller(tokens, at)];
  const isPerson = following?.cls === 'qualifier';
  const isDenied = following?.cls === 'not';
  if (who.cls === 'vague') return tokens[at]?.cls === 'qualifier' ? at : i;
  if (who.cls === 'heads') return h.subject === null && h.last === null && isDenied ? i : at;
  if (who.cls !== 'count' || !who.text.endsWith('个')) return i;
  return isPerson || (isDenied && h.subject?.scope === 'some' && h.subject.items.length === 1) ? at : i;
};

const FROM_HERE = /^往|^及/;

/** 前三项, 最后一项, 后面都有, 前面的. */
export const hearPosition = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  const next = nextMeaning(tokens, i + 1);
  if (FROM_HERE.test(token.text) && tokens[i - 1]?.cls === 'number' && h.subject?.scope === 'some') {
    // 第4项往后
    const { items } = h.subject;
    h.subject.items =
      token.cls === 'last' ? placesBetween(Math.min(...items), h.total) : placesBetween(0, Math.max(...items) + 1);
    h.subject.to = token.to;
    return i + 1;
  }
  // 幼儿园后面: where something stands.
  if (token.text.length > 1 && tokens[i - 1]?.cls === 'unknown') return i + 1;
  const [nth] = next?.figures ?? [];
  if (token.text === '倒数' && next?.ordinal && nth !== undefined && nth <= h.total) {
    hearName(h, [h.total - nth], 'number', { ...next, from: token.from });
    return tokens.indexOf(next) + 1;
  }
  if (next?.cls === 'before' || next?.cls === 'reported') return i + 1;
  if (next?.cls === 'number' || next?.cls === 'count') {
    // 上面的第4项 is no position.
    if (next.ordinal || (next.cls === 'number' && next.figures?.length !== 1)) return i + 1;
    h.position = { end: token.cls === 'first' ? 'first' : 'last', from: token.from };
    return tokens.indexOf(next);
  }
  // 后面几个快递员
  if (next?.cls === 'vague' && ['item', 'qualifier'].includes(tokens[tokens.indexOf(next) + 1]?.cls ?? ''))
    return i + 1;
  const leadsOn = next !== undefined && (startsPredicate(next) || next.cls === 'all' || next.cls === 'adv');
  const isNoun = ['noun', 'filler', 'vague'].includes(tokens[i + 1]?.cls ?? '');
  if (h.except?.open || token.text.length < 2 || !(leadsOn || isNoun)) return i + 1;
  h.flushLead();
  h.endSubject();
  h.subject = scopeAt(token, 'all', { scope: 'some', ...sideOf(h, token.cls) });
  return i + 1;
};

/** 后面: after all that was named. 前面: before what was named last, or up to what will be named next. */
const sideOf = (h: Hearing, cls: Cls): { items: number[]; doubt?: 'count'; word?: string } => {
  const named = h.statements.flatMap((s) => s.items);
  if (cls === 'last') {
    const items = named.length === 0 ? [] : placesBetween(Math.max(...named) + 1, h.total);
    return items.length === 0 ? { items, doubt: 'count' } : { items };
  }
  if (h.last !== null && h.last.items.length > 0) return { items: placesBetween(0, Math.min(...h.last.items)) };
  return { items: [], doubt: 'count', word: UP_TO_NEXT };
};

/** `n` items from the end that `h.position` says. */
export const hearPositioned = (h: Hearing, n: number, token: Token, next: number): number => {
  const { position } = h;
  h.position = null;
  if (position === null || n < 1 || n > h.total) {
    h.doubt('count', [], token.text);
    return next;
  }
  const items = position.end === 'first' ? placesBetween(0, n) : placesBetween(h.total - n, h.total);
  hearName(h, items, 'count', { ...token, from: position.from });
  return next;
};
