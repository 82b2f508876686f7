// An item is named: by number, by a word of its own, by a group word, or by a word that fits several.

import { assertDone, hearPredicate } from './hear-predicate.ts';
import { type Hearing, type Lead, nextMeaning } from './hearing.ts';
import { plainPredicate } from './predicates.ts';
import { isSubset, placesBetween, type Statement, type Subject, subjectAt, UP_TO_NEXT } from './statement.ts';
import type { Cls, Token } from './token.ts';

type Origin = 'number' | 'name' | 'group' | 'count';

const OTHER_NAMES: ReadonlySet<Cls> = new Set(['item', 'group', 'rest', 'number']);

/** `token` names `items`; `previous` stands before it. */
export const hearName = (
  h: Hearing,
  items: readonly number[],
  origin: Origin,
  token: Token,
  previous?: Token,
): void => {
  const listed = h.listed;
  const { subject, unclear } = h;
  h.listed = false;
  h.inPlace = false;
  h.unclear = null;
  h.topic = null;
  h.lapsed = null;
  settleUpToNext(h, Math.min(...items));
  if (h.except?.open) {
    h.except.items.push(...items);
    h.except.to = token.to;
    return;
  }
  if (h.except !== null && origin === 'group' && isSubset(h.except.items, items)) {
    // 除指引外均已上墙: an exception to the group.
    h.except.of ??= items;
    if (!token.noun && (h.asserted || previous?.cls === 'all')) hearPredicate(h, plainPredicate(token, 'yes'), []);
    return;
  }
  if (subject !== null) {
    if (isHeading(subject, items, origin, previous, listed)) {
      // 文件指引是否上墙 - 《通告》: a heading, and one of those under it.
      if (origin === 'name') subject.items = [...items];
      subject.to = token.to;
    } else if (isDoing(subject, origin, token, previous, listed)) {
      // 来的人都扫了码: who they are does not matter, what they do does.
      h.subject = subjectAt({ from: subject.from, to: token.to }, { items: [...items], asserted: true });
      if (!token.done) assertDone(h, token);
    } else {
      const isDone = origin === 'name' && subject.asserted && previous?.cls === 'all' && isSubset(items, subject.items);
      joinSubject(h, subject, items, origin, token, listed);
      // 快递都登记: after 都 the second name is what is done.
      if (isDone && subject.origin === 'name') assertDone(h, token);
    }
    return;
  }
  const { last } = h;
  if (last !== null && origin !== 'number' && isEcho(h, last, items, origin)) {
    last.to = token.to;
    if (!h.tentative) h.echo = { items: [...items], from: token.from };
    return;
  }
  if (last?.scope === 'all' && origin !== 'number' && token.from === h.objectAt) {
    // 都没上墙: the object says what all of it is.
    h.retract(last);
    h.emit({ ...last, scope: 'some', items: [...items], general: origin === 'group', to: token.to });
    return;
  }
  if (unclear !== null && token.from === unclear.predicate.to && isSubset(items, unclear.subject.items)) {
    // 电动车没有集中充电
    h.doubts.pop();
    const value = h.valueOf(items, unclear.predicate.value, unclear.predicate);
    h.emit({ items: [...items], value, from: unclear.subject.from, to: token.to });
    return;
  }
  // 我晚上再补第4项: reports of it later.
  if (h.lead?.promised && origin === 'number' && token.ordinal) {
    h.lead = null;
    h.plans = true;
    return;
  }
  // 我没有文件 speaks of having it.
  if (token.noun && h.lead?.bare) h.lead = null;
  // 做到第5项了: so far, and no further.
  if (h.lead?.core === '做到' && token.ordinal) h.lead = null;
  if (h.lead !== null && h.old && !h.changed) {
    // 以前没有隔离点
    h.lead = null;
    h.kept = true;
    h.subject = subjectAt(token, { items: [...items], origin });
    return;
  }
  if (h.lead !== null) {
    const { lead } = h;
    h.lead = null;
    const only = h.takeOnly() || lead.only;
    const value = origin === 'name' ? h.valueOf(items, lead.value, lead) : lead.value;
    emitObject(h, { items: [...items], value, only, general: origin === 'group', from: lead.from, to: token.to }, lead);
    h.objects = { lead, from: token.from, what: token.cls };
    return;
  }
  if (h.objects !== null && last !== null && (listed || (origin === 'number' && previous?.cls === 'number'))) {
    last.items.push(...items);
    last.to = token.to;
    return;
  }
  h.objects = null;
  h.subject = subjectAt(token, { items: [...items], origin, only: h.takeOnly() });
  h.asserted = false;
};

/** 只落实了1: the rest was not. 只贴了通告: of what is posted, no more; of anything else it says nothing. */
const emitObject = (h: Hearing, said: Parameters<Hearing['emit']>[0], { generic }: Lead): void => {
  if (said.only !== true || generic) {
    h.emit(said);
    return;
  }
  const group = h.lexicon.groups.find((members) => isSubset(said.items ?? [], members));
  h.frame = group;
  h.emit({ ...said, only: group !== undefined });
  h.frame = undefined;
};

const isDoing = (
  subject: Subject,
  origin: Origin,
  token: Token,
  previous: Token | undefined,
  listed: boolean,
): boolean =>
  subject.scope === 'some' &&
  subject.origin === 'name' &&
  origin === 'name' &&
  !listed &&
  !isSubset(token.items ?? [], subject.items) &&
  (token.done === true || previous?.cls === 'all');

const isHeading = (
  subject: Subject,
  items: readonly number[],
  origin: Origin,
  previous: Token | undefined,
  listed: boolean,
): boolean =>
  subject.origin === 'group' &&
  !listed &&
  isSubset(items, subject.items) &&
  (origin === 'name' || previous?.text === '是否');

/** 4没有隔离点, 快递都有登记: more words for the item just spoken of. */
const isEcho = (h: Hearing, last: Statement, items: readonly number[], origin: Origin): boolean =>
  h.lead === null &&
  h.strangeTo <= last.to &&
  last.scope === 'some' &&
  h.inSegment(last) &&
  (origin === 'group' ? isSubset(last.items, items) : isSubset(items, last.items));

/** A name after a subject that still waits: another of a list, the same once more, or what was done. */
const joinSubject = (
  h: Hearing,
  subject: Subject,
  items: readonly number[],
  origin: Origin,
  token: Token,
  listed: boolean,
): void => {
  if (subject.scope !== 'some') {
    // 全部员工, 都1有: the wider word only strengthens; 其他 with a name of its own is no sentence.
    if (subject.scope === 'rest' && (origin !== 'number' || items.length < 2)) h.doubt('unclear', items, token.text);
    h.objects = null;
    const asserted = subject.scope === 'all';
    // 报名的人都登记了: other people.
    const strange = subject.foreign ? 2 : 0;
    h.subject = subjectAt(token, { items: [...items], origin, only: h.takeOnly(), asserted, strange });
    h.asserted = false;
    return;
  }
  if (origin === 'group' && !listed && isSubset(subject.items, items)) {
    // 1-3上墙: after its own members the group word is what was done.
    subject.to = token.to;
    if (token.noun) return;
    const isLabel = subject.origin !== 'number' && !subject.asserted && !/[了咗在都]/.test(token.text);
    hearPredicate(h, plainPredicate(token, 'yes'), []);
    h.tentative = true;
    // 通告上墙 alone may be the label of the item: 了 or a value makes it an answer.
    if (isLabel && h.last !== null) h.last.doubtful = true;
    return;
  }
  if (subject.doubt === 'ambiguous_word' && isSubset(items, subject.items)) {
    h.subject = { ...subject, items: [...items], to: token.to, doubt: undefined };
    return;
  }
  if (subject.origin === 'number' && origin === 'number' && subject.strange >= 2 && !listed) {
    // 1-3做晒, with a word for it that we do not know: the next number begins anew.
    h.doubt('no_value', subject.items);
    h.subject = subjectAt(token, { items: [...items], origin, only: h.takeOnly() });
    return;
  }
  const [first] = subject.items;
  const isLabelled = subject.origin === 'number' && subject.items.length === 1 && origin !== 'number' && !listed;
  // 3隔离点: number and name disagree.
  if (isLabelled && first !== undefined && !items.includes(first) && subject.to >= token.from - 2) {
    h.doubt('contradiction', [first, ...items]);
  }
  subject.items = [...new Set([...subject.items, ...items])];
  subject.to = token.to;
  subject.strange = 0;
  if (origin === 'name' && subject.origin === 'group') subject.origin = 'name';
};

/** 前面都有，第8项没有: the next item named says how far 前面 goes. */
const settleUpToNext = (h: Hearing, until: number): void => {
  const before = h.upToNext;
  h.upToNext = null;
  const at = h.doubts.findIndex((doubt) => doubt.word === UP_TO_NEXT);
  if (before === null || at < 0) return;
  h.doubts.splice(at, 1);
  h.emit({ ...before, items: placesBetween(0, until), general: true });
};

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
