// An item is named: by number, by a word of its own or by a group word. Words that fit several are in hear-ambiguous.ts.

import { assertDone, hearPredicate } from './hear-predicate.ts';
import type { Hearing, Lead } from './hearing.ts';
import { plainPredicate } from './predicates.ts';
import { isSubset, placesBetween, type Statement, type Subject, subjectAt, UP_TO_NEXT } from './statement.ts';
import type { Token } from './token.ts';

type Origin = 'number' | 'name' | 'group' | 'count';

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
  // 群号是1234567: a number of something else.
  if (
    h.lead?.mark &&
    /^[是为系]$/.test(h.lead.core) &&
    origin === 'number' &&
    h.strange > 0 &&
    token.from === h.lead.to
  ) {
    h.lead = null;
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
  if (subject.origin === 'number' && origin === 'number' && !listed && isSubset(items, subject.items)) {
    // 1-8，4冇
    h.subject = subjectAt(token, { items: [...items], origin });
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
