// So many, the first three, the last one, one of the guards: counts name items only where no other reading is left.

import { hearName } from './hear-name.ts';
import { type Hearing, nextMeaning } from './hearing.ts';
import { readPredicate, startsPredicate } from './predicates.ts';
import { opposite, placesBetween, scopeAt, UP_TO_NEXT } from './statement.ts';
import type { Cls, Token } from './token.ts';

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
  if (h.except?.open) {
    // 除4项外: so many, or item 4? Nobody can tell.
    h.doubt('count', [], token.text);
    return i + 1;
  }
  if (h.position !== null) return hearPositioned(h, n, token, i + 1);
  const after = nextMeaning(tokens, i + 1);
  // 三项上墙文件
  if (after?.from === token.to && after.noun && after.items?.length === n) return i + 1;
  // 一个隔离点
  if (after?.from === token.to && (after.cls === 'item' || after.cls === 'qualifier')) return i + 1;
  if (n === 1 && after !== undefined && (after.cls === 'all' || ['也', '亦'].includes(after.text))) {
    // 一项都没做; with a subject 一个都没有 only strengthens.
    h.subject ??= scopeAt(token, 'all');
    return tokens.indexOf(after) + 1;
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
  hearSomeCount(h, n, token);
  return i + 1;
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

/** 三份: the group of that size. 7项落实: the rest, if they are so many. 贴了两个: which? */
const hearSomeCount = (h: Hearing, n: number, token: Token): void => {
  const groups = h.lexicon.groups.filter((group) => group.length === n);
  const [group] = groups;
  if (group !== undefined && groups.length === 1 && n > 1 && !['项', '条', '点'].includes(token.text.at(-1) ?? '')) {
    hearName(h, group, 'group', token);
    return;
  }
  const about = h.subject ?? (h.last !== null && h.inSegment(h.last) ? h.last : null);
  if (about?.scope === 'some' && about.items.length === 1) return;
  if (about === null && h.strange > 0) return;
  if (h.lead !== null || about !== null) {
    h.doubt('count', [], token.text);
    h.lead = null;
  } else h.subject = scopeAt(token, 'rest', { count: n });
};

const PASSING: ReadonlySet<Cls> = new Set(['filler', 'noun', 'person']);

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

/** 前三项, 最后一项, 后面都有, 前面的. */
export const hearPosition = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  const next = nextMeaning(tokens, i + 1);
  if (next?.cls === 'before' || next?.cls === 'reported') return i + 1;
  if (next?.cls === 'number' || next?.cls === 'count') {
    // 上面的第4项 is no position.
    if (next.ordinal || (next.cls === 'number' && next.figures?.length !== 1)) return i + 1;
    h.position = { end: token.cls === 'first' ? 'first' : 'last', from: token.from };
    return tokens.indexOf(next);
  }
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
