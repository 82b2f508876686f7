// A predicate is heard: it completes the subject that waits, corrects the value just said, or waits for its object.

import type { Exception, Hearing } from './hearing.ts';
import { nextMeaning } from './hearing.ts';
import { isNamed } from './neighbours.ts';
import { type Predicate, plainPredicate } from './predicates.ts';
import { opposite, type Said, type Subject, subjectAt, UP_TO_NEXT } from './statement.ts';
import type { Token } from './token.ts';

/** Words that only a checklist is answered with. */
const SPECIFIC = new Set(['落实', '落实好', '做到', '达标', '合格', '符合', '符合要求', '√', '×']);

/** 登记好了疫苗: after these a noun is an object, and the sentence about something else. */
const FINISHED = new Set(['好了', '好啦', '好咗', '完成', '搞定', '齐', '齐全', '弄好', '办好', '做好']);

/** 进来的人都量体温, 登记了: the action itself was done. */
export const assertDone = (h: Hearing, token: Token): void => {
  hearPredicate(h, { ...plainPredicate(token, 'yes'), bare: true }, []);
  h.tentative = true;
};

export const hearPredicate = (h: Hearing, predicate: Predicate, tokens: readonly Token[]): void => {
  h.inPlace = false;
  // 除提醒来往人员佩戴口罩外: still its name.
  if (predicate.weak && h.except?.open && h.except.items.length > 0) return;
  closeOpenException(h);
  if (predicate.partial && !(h.subject?.scope === 'some' && h.subject.items.length === 1)) {
    h.doubt('vague', []);
    h.subject = null;
  } else if (h.mistaken) {
    h.mistaken = false;
  } else if (h.subject !== null) {
    hearOfSubject(h, h.subject, predicate);
  } else if (h.except !== null) {
    h.subject = subjectAt(predicate, { scope: 'all', origin: 'scope', asserted: true });
    hearOfSubject(h, h.subject, predicate);
  } else if (h.lead?.of !== undefined && predicate.generic) {
    h.subject = h.lead.of;
    h.lead = null;
    completeSubject(h, predicate, predicate.value);
  } else if (isOfPart(h, predicate)) {
    h.emit({ items: h.last?.items ?? [], value: predicate.value, from: predicate.from, to: predicate.to });
  } else if (!hearAfterStatement(h, predicate, tokens)) {
    if (h.lapsed !== null && isDoneTo(h, h.lapsed, predicate)) {
      h.subject = { ...h.lapsed, strange: 0 };
      completeSubject(h, predicate, predicate.value);
      return;
    }
    if (isOfEverything(predicate, tokens)) {
      h.emit({ scope: 'all', general: true, value: predicate.value, from: predicate.from, to: predicate.to });
      return;
    }
    const only = h.takeOnly();
    h.flushLead();
    h.lead = { ...predicate, only };
  }
};

/** 除了4没有，其他都有: the exception has a value of its own. 除了没有隔离点: so has its object. */
const closeOpenException = (h: Hearing): void => {
  const { except } = h;
  if (except === null || !except.open) return;
  except.open = false;
  if (except.items.length === 0) h.except = null;
  else if (h.subject === null) {
    h.except = null;
    h.overriding = true;
    h.subject = subjectAt(except, { items: except.items, asserted: true });
  }
};

/** 隔离点堆的全是年货，根本没设: the verb is the one the item asks about. */
const isDoneTo = ({ lexicon }: Hearing, { items }: Subject, { core, generic, weak }: Predicate): boolean =>
  !generic && !weak && core !== '' && items.every((i) => lexicon.items[i]?.label.includes(core[0] ?? ' '));

/** 没有不落实的, 无一项未落实 */
const isOfEverything = (predicate: Predicate, tokens: readonly Token[]): boolean =>
  (predicate.notOne && predicate.generic && predicate.core !== '') ||
  (predicate.doubled &&
    ['的', '项'].includes(tokens[predicate.next]?.text ?? '') &&
    nextMeaning(tokens, predicate.next) === undefined);

/** 员工都戴了，西门那个没戴: of the same item, and of a part of those it is about. */
const isOfPart = ({ last, part, core }: Hearing, predicate: Predicate): boolean =>
  part !== undefined &&
  last?.scope === 'some' &&
  last.items.length === 1 &&
  last.part !== part &&
  (predicate.bare || predicate.core[0] === core[0]);

/** 除了5别的都对: what is right needs no correction. */
const RIGHT = new Set(['对', '对的', '没错', '正确', '没问题', '无误']);

const hearOfSubject = (h: Hearing, subject: Subject, predicate: Predicate): void => {
  if (predicate.weak && !subject.asserted && !h.kept) return;
  // 灭火器有12具: the figure is the value.
  if (askedForNumber(h) !== null && predicate.value === 'yes' && (predicate.bare || predicate.mark)) return;
  if (predicate.value === 'unseen' && subject.scope === 'all') {
    h.subject = null;
    return;
  }
  const isRight = h.correcting && subject.scope !== 'some' && RIGHT.has(predicate.core);
  completeSubject(h, predicate, isRight ? 'same' : predicate.value);
  h.tentative = predicate.weak;
};

/** 1234√√√×, 1-4为是是是否: as many marks as items, one for each. Returns the place after them, or `i`. */
export const hearMarks = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const { subject } = h;
  if (subject?.scope !== 'some' || subject.origin !== 'number' || subject.items.length < 2) return i;
  const start = tokens[i]?.cls === 'is' ? i + 1 : i;
  let end = start;
  while (tokens[end]?.cls === 'yes' || tokens[end]?.cls === 'no') end++;
  if (end - start < 2) return i;
  h.subject = null;
  if (end - start !== subject.items.length) h.doubt('count', subject.items);
  else {
    subject.items.forEach((item, nth) => {
      const { cls, from, to } = tokens[start + nth] as Token;
      h.emit({ items: [item], value: cls === 'yes' ? 'yes' : 'no', from, to });
    });
  }
  return end;
};

/** The place of the item with a number for an answer that waits for its figure. */
export const askedForNumber = (h: Hearing): number | null => {
  const [item] = h.subject?.scope === 'some' && h.subject.items.length === 1 && !h.listed ? h.subject.items : [];
  return item !== undefined && h.lexicon.items[item]?.kind === 'number' ? item : null;
};

/** A second predicate in the same segment, without a subject of its own. False where it is a new beginning. */
const hearAfterStatement = (h: Hearing, predicate: Predicate, tokens: readonly Token[]): boolean => {
  const { last } = h;
  if (last === null || !h.inSegment(last)) return false;
  if (h.tentative && !predicate.weak) {
    last.value = predicate.value;
    last.to = predicate.to;
    last.doubtful = false;
    h.tentative = false;
    return true;
  }
  if (h.objects !== null) {
    rereadObject(h, predicate, tokens[predicate.next]);
    return true;
  }
  if (h.echo !== null) {
    // 快递扫了码登记没做: the same item once more, with a value of its own.
    const { items, from } = h.echo;
    h.echo = null;
    if (!predicate.weak) h.emit({ items, value: predicate.value, from, to: predicate.to });
    return true;
  }
  if (h.absorbed && !predicate.weak && predicate.value !== last.value) last.doubtful = true;
  const saysNothingNew = h.absorbed || predicate.weak || predicate.value === last.value;
  h.absorbed = false;
  return saysNothingNew;
};

/** 有4没有: the object of the first predicate turns out to be the subject of the second. */
const rereadObject = (h: Hearing, predicate: Predicate, next: Token | undefined): void => {
  const { last, objects } = h;
  h.objects = null;
  if (last === null || objects === null) return;
  const { lead } = objects;
  const isDenied = lead.value === 'no' && predicate.value === 'no';
  const isTwice =
    (predicate.denial.startsWith('不') && !lead.denial.startsWith('不')) ||
    (objects.what === 'qualifier' && lead.denial.length > 1);
  if ((lead.value === 'unseen' && predicate.value === 'unseen') || (isDenied && !isTwice && isNamed(next))) {
    // 先看4再看5, 没扫码没登记: one after the other.
    h.lead = { ...predicate, only: false };
  } else if (isDenied && !isTwice && !predicate.bare) {
    // 没登记没戴口罩
    last.to = predicate.to;
  } else if (lead.bare && lead.value === 'no' && predicate.value === 'no' && !predicate.mark) {
    // 没有员工不戴口罩
    last.value = 'yes';
    last.to = predicate.to;
  } else if (lead.value === predicate.value) {
    last.to = predicate.to;
  } else if (!lead.weak && !predicate.weak) {
    last.value = predicate.value;
    last.from = objects.from;
    last.to = predicate.to;
    h.loose.push({ value: lead.value, from: lead.from, to: lead.to });
  }
};

/** The subject that waits gets its value, or shows itself to be none of the checklist's. */
export const completeSubject = (h: Hearing, predicate: Predicate, value: Said): void => {
  const { subject } = h;
  if (subject === null) return;
  h.subject = null;
  h.objects = null;
  h.core = predicate.core;
  const { scope, items, from } = subject;
  const isWide = scope === 'all' || scope === 'rest';
  if (h.mistaken || (h.old && !h.changed)) {
    // 刚才报的4没有: the old value goes, the item stays for the new one.
    h.mistaken = false;
    h.kept = true;
    h.subject = { ...subject, asserted: false, strange: 0 };
  } else if (subject.doubt !== undefined) {
    doubtSubject(h, subject, predicate, value);
  } else if (h.intends || (h.ahead && isWide)) {
    h.plans = true;
  } else if (h.ahead && value === 'yes' && !predicate.mark) {
    // 明天把隔离点设好
    h.emit({ scope, items, value: 'no', from, to: predicate.to });
  } else if (isWide && !predicate.generic && !predicate.promised && h.except === null) {
    // 都贴了: what is stuck to a wall is not every item, but the object may say which (都贴了通告).
    h.lead = { ...predicate, only: false, of: subject };
  } else if (isWide && (predicate.promised || predicate.ofNobody || isForeign(h, subject, predicate))) {
    h.plans = true;
  } else {
    const { except } = h;
    if (except !== null && isWide) {
      h.except = null;
      emitAllBut(h, except, value, predicate.to);
    } else {
      const general = scope === 'all' || subject.origin === 'group';
      if (subject.origin === 'number') h.settleDoubt(items, value);
      const meant = subject.origin === 'name' ? h.valueOf(items, value, predicate) : value;
      h.emit({ scope, items, value: meant, only: subject.only, general, from, to: predicate.to, count: subject.count });
    }
    const tolerated = h.kept || (isWide && !predicate.bare) ? 6 : isFault(h, items, predicate) ? 4 : 1;
    if (h.last !== null && subject.strange > tolerated) h.last.doubtful = true;
    // 3半√
    if (h.last !== null && subject.origin === 'number' && subject.strange > 0 && predicate.mark) h.last.doubtful = true;
    const finished = subject.origin === 'name' && FINISHED.has(predicate.core);
    const isCopula = scope === 'all' && predicate.mark;
    // 外卖小哥没带钥匙
    const acts = subject.origin === 'name' && predicate.takesObject;
    h.bareAt = predicate.bare || acts || finished || isCopula ? predicate.to : -1;
    h.objectAt = predicate.takesObject ? predicate.to : -1;
  }
};

/** 消火栓拧开没水: in the words of the label itself. */
const isFault = ({ lexicon }: Hearing, items: readonly number[], { core, value }: Predicate): boolean =>
  value === 'no' && core.length > 1 && items.every((i) => lexicon.items[i]?.label.includes(core.at(-1) ?? ' '));

/** 1-6除了4都有: of these and no others. */
const emitAllBut = (h: Hearing, { of, items, from }: Exception, value: Said, to: number): void => {
  if (of === null) {
    h.emit({ scope: 'except', items, value, from, to });
    return;
  }
  if (of === 'rest') h.emit({ scope: 'rest', value, from, to });
  else h.emit({ items: [...of], value, general: true, from, to });
  const other = opposite(value);
  if (other !== null) h.emit({ items, value: other, overrides: true, from, to });
};

/** 车都安排好了, 1组全部完成: said of something else. */
const isForeign = (h: Hearing, { scope, foreign }: Subject, predicate: Predicate): boolean =>
  scope === 'all' && foreign === true && (h.foreign || !SPECIFIC.has(predicate.core));

const doubtSubject = (h: Hearing, subject: Subject, predicate: Predicate, value: Said): void => {
  if (subject.word === UP_TO_NEXT) h.upToNext = { from: subject.from, to: predicate.to, value };
  if (subject.strange >= 2 || h.strange >= 4) return;
  const said = predicate.weak ? undefined : { value, from: subject.from, to: predicate.to };
  h.doubt(subject.doubt ?? 'unclear', subject.items, subject.word, said);
  h.doubtedAt = predicate.bare ? predicate.to : -1;
  h.unclear = predicate.takesObject ? { subject, predicate } : null;
};

/** 4由否改为是: what was said of it in this clause is the old value. */
export const hearChange = (h: Hearing): void => {
  h.changed = true;
  h.lead = null;
  const { last } = h;
  if (h.subject !== null || last === null) return;
  if (h.inClause(last)) h.retract(last);
  // 隔离点已经设好了，改成有
  else if (last.scope !== 'some') return;
  h.subject = subjectAt(last, {
    scope: last.scope === 'except' ? 'some' : last.scope,
    items: last.items,
    asserted: true,
  });
};
