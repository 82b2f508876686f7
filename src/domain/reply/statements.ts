// Clauses → statements. Each kind of word has its rule in a hear-*.ts; this file says which word goes to which rule.

import type { Clause } from './clauses.ts';
import { hearAmbiguous, hearQualifier } from './hear-ambiguous.ts';
import { hearCount, hearPosition, skipSomebody } from './hear-count.ts';
import { hearAmount, hearNumber, hearOption } from './hear-figure.ts';
import { hearName } from './hear-name.ts';
import { hearPolite } from './hear-polite.ts';
import { askedForNumber, assertDone, completeSubject, hearChange, hearMarks } from './hear-predicate.ts';
import { endExcept, hearAll, hearOnly, hearRest, startExcept } from './hear-scope.ts';
import { hearUnknown, hearVerb, isLinking } from './hear-verb.ts';
import { Hearing } from './hearing.ts';
import type { Lexicon } from './lexicon.ts';
import {
  isAnd,
  isDoneTo,
  isNickname,
  isOfSpeaker,
  isOnTheWay,
  isPartOfNamed,
  isPosted,
  joinsNames,
} from './neighbours.ts';
import { plainPredicate, startsPredicate } from './predicates.ts';
import { type Heard, subjectAt } from './statement.ts';
import type { Cls, Token } from './token.ts';

/** `topic`: the items a quoted message asks about. Linear in the number of tokens: every rule looks at most a few words ahead. */
export const hearStatements = (clauses: readonly Clause[], lexicon: Lexicon, topic: readonly number[] = []): Heard => {
  const h = new Hearing(lexicon);
  const start = clauses[0]?.tokens[0];
  if (topic.length > 0 && start !== undefined && !clauses.some((clause) => clause.tokens.some(isOwnName))) {
    h.subject = subjectAt({ from: start.from, to: start.from }, { items: [...topic] });
    h.kept = true;
  }
  h.correcting = clauses.some((clause) => clause.tokens.some((t) => t.cls === 'amend' || t.cls === 'wrong'));
  for (const clause of clauses) {
    if (clause.silent !== null) {
      if (clause.silent === 'question') doubtAgain(h, clause.tokens);
      h.dropSubject();
      h.endSegment('comma');
      continue;
    }
    h.old = clause.old;
    h.changed = false;
    h.mistaken = false;
    h.overriding = false;
    h.ahead = false;
    h.now = clause.tokens.some((token) => NOW.has(token.text));
    for (let i = 0; i < clause.tokens.length; ) i = hearToken(h, clause.tokens, i);
    if (clause.old) h.except = null;
    h.endSegment(clause.end);
  }
  h.endSegment('stop');
  h.closeExcept();
  if (h.polite !== null && h.statements.length === 1) {
    h.retract(h.polite);
    h.doubt('no_value', []);
  }
  return h.heard;
};

/** 4有，不对，4有没有我再看看: what was said of it no longer stands. */
const doubtAgain = (h: Hearing, tokens: readonly Token[]): void => {
  const again = tokens.some((t, i) => t.text === '再' && tokens[i + 1]?.cls === 'look');
  const items = tokens.flatMap((t) => (t.cls === 'number' ? (t.figures ?? []).map((n) => n - 1) : (t.items ?? [])));
  if (again && h.statements.some((s) => s.items.some((item) => items.includes(item)))) h.doubt('hedged', items);
};

const OWN_NAMES: ReadonlySet<Cls> = new Set(['number', 'item', 'group', 'qualifier', 'rest', 'except']);
const isOwnName = (token: Token): boolean => OWN_NAMES.has(token.cls);

const NOW = new Set(['现', '现在', '目前', '而家', '当场', '后来']);

/** Returns the place of the next token to hear. */
const hearToken = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  hearObject(h, token);
  const afterMarks = hearMarks(h, tokens, i);
  if (afterMarks > i) return afterMarks;
  switch (token.cls) {
    case 'number':
      return hearNumber(h, tokens, i);
    case 'quantity':
      return hearAmount(h, tokens, i);
    case 'count':
      return askedForNumber(h) === null ? hearCount(h, tokens, i) : hearAmount(h, tokens, i);
    case 'all':
      return hearAll(h, tokens, i);
    case 'rest':
      return hearRest(h, tokens, i);
    case 'first':
    case 'last':
      return hearPosition(h, tokens, i);
    case 'only':
      return hearOnly(h, tokens, i);
    case 'because':
      // The reason of what was said is no report of its own; that of what will be said is no strange word.
      h.inPlace ||= h.subject !== null;
      return h.last !== null && h.subject === null ? tokens.length : i + 1;
    case 'have':
    case 'heads': {
      const next = skipSomebody(h, tokens, i);
      return next > i ? next : hearVerb(h, tokens, i);
    }
    case 'ack':
    case 'look':
    case 'reported':
    case 'done':
    case 'yes':
      return hearPolite(h, tokens, i) ? i + 1 : hearVerb(h, tokens, i);
    default:
      return hearPlain(h, tokens, i) ? i + 1 : hearVerb(h, tokens, i);
  }
};

/** 没有来, 都是好人, 没有打印: what follows 有, 没有 or 是 shows that something else was meant. */
const hearObject = (h: Hearing, token: Token): void => {
  if (token.from !== h.bareAt || h.last === null) return;
  const isPerson = ['person', 'qualifier', 'ack', 'heads'].includes(token.cls) && !/^[哦噢嗯哈啊啦]/.test(token.text);
  if (MOVES.has(token.text) || (h.last.scope === 'all' && isPerson)) h.last.doubtful = true;
  else if (token.cls === 'noun' && token.text.length === 1) h.bareAt = token.to;
};
const MOVES = new Set([
  '到',
  '来',
  '去',
  '走',
  '回',
  '用',
  '发',
  '送',
  '给',
  '看',
  '找',
  '来了',
  '去了',
  '到了',
  '用了',
  '报',
]);

/** Words that take no more than their own place. False where the token is none of them. */
const hearPlain = (h: Hearing, tokens: readonly Token[], i: number): boolean => {
  const token = tokens[i] as Token;
  switch (token.cls) {
    case 'space':
      h.endSegment('space');
      return true;
    case 'item':
    case 'group':
      if (isOfSpeaker(tokens, i) || isOnTheWay(tokens, i) || isDoneTo(tokens, i)) return true;
      hearName(h, token.items ?? [], token.cls === 'group' ? 'group' : 'name', token, tokens[i - 1]);
      if (token.done && h.subject !== null) assertDone(h, token);
      return true;
    case 'qualifier':
      if (isDoneTo(tokens, i)) return true;
      hearQualifier(h, tokens, i);
      return true;
    case 'ambiguous':
      hearAmbiguous(h, tokens, i);
      return true;
    case 'option':
      hearOption(h, token);
      return true;
    case 'part':
      h.part = token.text;
      if (h.strangeFrom < 0) h.strangeFrom = token.from;
      return true;
    case 'urge':
      if (h.lead?.bare && h.lead.value === 'no') h.lead = { ...h.lead, urged: true };
      else if (token.from === h.bareAt && h.last !== null && h.last.scope === 'some') {
        // 外卖员进去没人拦: what nobody made them do is still to come.
        const { items, from } = h.last;
        h.retract(h.last);
        h.subject = subjectAt({ from, to: token.to }, { items: [...items] });
      } else hearUnknown(h, token);
      return true;
    case 'except':
      startExcept(h, token);
      return true;
    case 'outside':
      endExcept(h, token);
      return true;
    case 'lacking':
      h.flushLead();
      h.lead = { ...plainPredicate(token, 'no'), only: true };
      return true;
    case 'but':
      h.overriding = true;
      h.tentative = false;
      return true;
    case 'change':
      hearChange(h);
      return true;
    case 'amend':
      // 3×改√
      if (tokens[i + 1]?.cls === 'colon') {
        // 漏打了一个字，更正：… all before it tells why.
        h.doubts.length = 0;
        h.loose.length = 0;
        if (h.subject?.scope !== 'some') h.dropSubject();
      }
      if (token.text === '改' && startsPredicate(tokens[i + 1])) hearChange(h);
      return false;
    case 'wrong':
      if (isSaidOf(h, tokens, i)) hearChange(h);
      return false;
    case 'mistaken':
      h.mistaken = true;
      return true;
    case 'same':
      if (h.subject !== null || h.except !== null) completeSubject(h, plainPredicate(token, 'yes'), 'same');
      return true;
    case 'list':
      h.listed = joinsNames(tokens, i);
      return true;
    case 'onBehalf':
    case 'filler':
      // 被几辆车堵死: by whom does not matter.
      h.inPlace ||= BY.has(token.text);
      h.listed ||= h.objects !== null && isAnd(tokens, i);
      return false;
    case 'fact':
      h.foreign ||= OTHERS.some((unit) => token.text.endsWith(unit));
      return true;
    case 'unknown':
    case 'thing':
      if (isNickname(tokens, i)) return true;
      hearUnknown(h, token);
      if (isPartOfNamed(tokens, i) && h.subject !== null) h.subject.strange += 2;
      return true;
    case 'at':
      if (isPosted(tokens[i + 1]) && h.subject?.scope === 'some') assertDone(h, tokens[i + 1] as Token);
      h.inPlace ||= token.text.length === 1;
      return token.text.length === 1;
    case 'is':
      return isLinking(h, tokens, i);
    default:
      return false;
  }
};

/** 第四项"否"有误: the value just said is the wrong one. */
const isSaidOf = (h: Hearing, tokens: readonly Token[], at: number): boolean => {
  let before = at - 1;
  while (tokens[before]?.cls === 'quote' || tokens[before]?.text === '的') before--;
  return h.last !== null && h.last.to === tokens[before]?.to && h.inSegment(h.last) && h.last.scope === 'some';
};

const BY = new Set(['被', '畀', '俾']);

/** A number of these is a number of other places and people. */
const OTHERS = ['组', '组团', '家', '个小区', '户', '个镇', '个单位', '家企业', '个群'];
