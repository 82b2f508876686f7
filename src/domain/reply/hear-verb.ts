// A word that may begin a predicate, and a word nobody knows.

import { hearPredicate } from './hear-predicate.ts';
import type { Hearing } from './hearing.ts';
import { readPredicate, startsPredicate } from './predicates.ts';
import { scopeAt } from './statement.ts';
import type { Token } from './token.ts';

/** 没有的是4: 是 only links what is missing with what it is. */
export const isLinking = (h: Hearing, tokens: readonly Token[], i: number): boolean =>
  h.lead !== null && tokens[i - 1]?.text === '的';

/** 确保1-8项落实: an intention, whatever comes between it and its verb. */
const INTENDS = new Set([
  '确保',
  '争取',
  '准备',
  '打算',
  '计划',
  '马上',
  '会',
  '坚决',
  '尽快',
  '立即',
  '预备',
  '拟',
  '将',
  '保证',
  '力争',
  '定会',
]);

export const hearVerb = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  if (isPartOfWord(tokens, i)) {
    hearUnknown(h, token);
    return i + 1;
  }
  if (token.cls === 'have' && isLinking(h, tokens, i)) return i + 1;
  const predicate = startsPredicate(token) || token.cls === 'adv' ? readPredicate(tokens, i) : null;
  if (predicate !== null) {
    hearPredicate(h, predicate, tokens);
    return predicate.next;
  }
  if (token.text === '无一' && h.subject === null) h.subject = scopeAt(token, 'all');
  if (token.text === '不' && ['unknown', 'urge'].includes(tokens[i + 1]?.cls ?? '')) h.unsure = true;
  // 一定都做好
  if (
    token.text === '一定' &&
    tokens[i + 1]?.cls === 'all' &&
    !tokens.some((t) => t.cls === 'done' || t.cls === 'have')
  )
    h.intends = true;
  if (INTENDS.has(token.text) && !isObjectMark(tokens, i)) h.intends = true;
  if (token.text === '就' && isNameToken(tokens[i + 1])) h.overriding = true;
  h.ahead ||= (token.cls === 'future' && AHEAD.test(token.text)) || /承诺|保证/.test(token.text);
  if (token.cls === 'adv' || token.text === '要求') h.assert();
  return i + 1;
};

const AHEAD = /^(明|后[天日]|下[周个礼星]|听[日朝])|.[前内底]$/;

const isNameToken = (token: Token | undefined): boolean =>
  token !== undefined && ['number', 'item', 'group', 'qualifier'].includes(token.cls);

/** 将前报情况更正如下, 将《通告》张贴: no more than 把. */
const isObjectMark = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === '将' &&
  (isNameToken(tokens[at + 1]) || ['quote', 'first', 'before', 'noun'].includes(tokens[at + 1]?.cls ?? ''));

/** 难搞: an action of one character behind a strange one is no action. */
const isPartOfWord = (tokens: readonly Token[], at: number): boolean => {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  return (
    token?.cls === 'act' &&
    token.text.length === 1 &&
    before?.cls === 'unknown' &&
    before.text.length === 1 &&
    after === undefined
  );
};

export const hearUnknown = (h: Hearing, token: Token): void => {
  const length = token.to - token.from;
  if (h.inPlace) return;
  h.foreign ||= /[组镇队班]$/.test(token.text);
  if (h.strangeFrom < 0) h.strangeFrom = token.from;
  h.strange += length;
  h.strangeTo = token.to;
  if (h.subject) h.subject.strange += length;
  // 没空; 保安不让进: no report at all.
  if (h.lead?.bare && token.from === h.lead.to) h.lead = null;
  if (token.from === h.doubtedAt) h.doubts.pop();
  const { last } = h;
  if (last === null) return;
  // 没有人手, 没有隔离点钥匙: the object is something else.
  if (token.from === h.bareAt || (h.objects !== null && (length > 1 || token.from === last.to))) last.doubtful = true;
};
