// Short words that are a value in one place and a courtesy or a particle in another: 好, 得, 了, 收到, 对.

import { assertDone, hearPredicate } from './hear-predicate.ts';
import type { Hearing } from './hearing.ts';
import { isNamed } from './neighbours.ts';
import { isTowards, plainPredicate } from './predicates.ts';
import type { Token } from './token.ts';

/** After an item's name 了 says that it was done; 到了 says that somebody arrived. */
const HAPPENED = new Set(['了', '过', '咗', '晒', '好了', '完', '完了', '左', '齐了', '好']);
/** 别的都行: a polite word that is a value after 都. */
const FINE = new Set(['行', '好', '行的', '得', '好的']);
/** Short words that are a value in one place and a courtesy or a particle in another. */
export const hearPolite = (h: Hearing, tokens: readonly Token[], i: number): boolean => {
  const token = tokens[i] as Token;
  const before = tokens[i - 1];
  if (token.cls === 'yes') return isTowards(tokens, i);
  if (token.cls === 'done' && token.text === '过' && h.subject?.scope === 'all') {
    // 8项全过
    hearPredicate(h, plainPredicate(token, 'yes'), tokens);
    return true;
  }
  if (
    token.cls === 'done' &&
    FINE.has(token.text) &&
    h.subject?.asserted &&
    ['space', undefined].includes(tokens[i + 1]?.cls)
  ) {
    // 都好, 其余都得: of all of them, where more is said than that.
    const greets = h.subject.scope === 'all';
    hearPredicate(h, plainPredicate(token, 'yes'), tokens);
    if (greets) h.polite = h.last;
    return true;
  }
  if (token.cls === 'done') {
    if (isNamed(before) && h.subject !== null) {
      // 外卖好慢: very.
      const isVery = token.text === '好' && tokens[i + 1]?.cls === 'unknown';
      if (HAPPENED.has(token.text) && !isVery) assertDone(h, token);
      else h.subject.strange += 2;
      return true;
    }
    if (before?.cls === 'group' && h.tentative && h.last !== null) h.last.doubtful = false;
    if (before?.cls === 'done' && token.from === h.bareAt) h.bareAt = token.to;
    return false;
  }
  if (token.cls === 'ack' && FINE.has(token.text) && h.subject?.scope === 'rest') {
    hearPredicate(h, plainPredicate(token, 'yes'), tokens);
    return true;
  }
  // 都收到了, 没有收到通告: not about how things are.
  if (h.subject?.scope === 'all') h.subject = null;
  if (token.cls === 'ack' && h.lead?.bare) h.lead = null;
  return false;
};
