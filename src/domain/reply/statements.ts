// Clauses → statements: who (items, all, the rest, all but…) and what (yes, no, a figure, not looked at). A subject waits
// for its predicate (4没有), a predicate without one waits for its object (没有隔离点). What does not fit becomes a doubt.

import type { AnswerValue } from '../checklist.ts';
import type { Clause } from './clauses.ts';
import type { Lexicon } from './lexicon.ts';
import type { Cls, Token } from './lexer.ts';
import { type Predicate, readPredicate, startsPredicate } from './predicates.ts';
import type { AskReason } from './reading.ts';

export type Said = AnswerValue | 'unseen' | 'same';
export type Scope = 'some' | 'all' | 'rest' | 'except';

export interface Statement {
  readonly scope: Scope;
  /** Places of the items; with `except`, the exceptions. Empty for `all` and `rest`. */
  items: number[];
  value: Said;
  /** 只有4没有: what is not named is the opposite. */
  readonly only: boolean;
  /** Named by a group word, so that a member may differ. */
  readonly general: boolean;
  /** An exception or a correction by its own words (但, 就, 其实). */
  readonly overrides: boolean;
  from: number;
  to: number;
  doubtful: boolean;
  readonly promised: boolean;
  /** 7项落实: of the rest, which must be so many. */
  readonly count?: number;
}

export interface Doubt {
  readonly reason: AskReason;
  readonly items: readonly number[];
  readonly word?: string;
  readonly from: number;
}

export interface Heard {
  readonly statements: readonly Statement[];
  readonly doubts: readonly Doubt[];
  /** Values said of nothing: 有, 没有. */
  readonly loose: readonly { readonly value: Said; readonly from: number; readonly to: number; readonly strong: boolean }[];
  /** Stretches that report nothing known. */
  readonly remarks: readonly (readonly [from: number, to: number])[];
  /** The item a correction speaks of without saying what it should be. */
  readonly dangling: readonly number[];
}

interface Subject {
  scope: Scope;
  items: number[];
  origin: 'number' | 'name' | 'group' | 'count' | 'scope';
  from: number;
  to: number;
  only: boolean;
  /** 都/也 stands after it: a bare action is then a yes. */
  asserted: boolean;
  /** Unknown words since. */
  strange: number;
  doubt?: AskReason | undefined;
  word?: string;
  count?: number;
  /** Said of something that is no part of the checklist (车都…, 人都…). */
  foreign?: boolean;
}

/** Words that only a checklist is answered with. */
const SPECIFIC = new Set(['落实', '到位', '达标', '合格', '符合', '做到', '符合要求', '√', '×', '落实好', '做到位']);
const OTHERS = /(组|组团|家|个小区|户|个镇|个单位|家企业|个群)$/;
const isForeign = (before: Token | undefined, all: Token): boolean =>
  before !== undefined && before.to === all.from && (before.cls === 'unknown' || before.text === '人' || before.text === '人员' || before.cls === 'thing');
/** 登记好了疫苗: after these a noun is an object, and the sentence about something else. */
const FINISHED = new Set(['好了', '好啦', '完成', '搞定', '齐', '好咗', '弄好', '办好', '做好', '齐全']);
const HAPPENED = new Set(['了', '过', '咗', '晒', '好了', '完', '完了', '左', '齐了', '好']);
/** 别的都行: a polite word that is a value after 都. */
const FINE = new Set(['行', '好', '行的', '得', '好的']);

const opposite = (value: Said): Said | null => (value === 'yes' ? 'no' : value === 'no' ? 'yes' : null);
const isSubset = (some: readonly number[], of: readonly number[]): boolean => some.length > 0 && some.every((i) => of.includes(i));
const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

export const hearStatements = (clauses: readonly Clause[], lexicon: Lexicon): Heard => new Listener(lexicon).hear(clauses);

class Listener {
  readonly #lexicon: Lexicon;
  readonly #total: number;
  readonly #statements: Statement[] = [];
  readonly #doubts: Doubt[] = [];
  readonly #loose: { value: Said; from: number; to: number; strong: boolean }[] = [];
  readonly #remarks: [number, number][] = [];
  #dangling: number[] = [];

  #subject: Subject | null = null;
  #except: { items: number[]; from: number; to: number; open: boolean } | null = null;
  #lead: (Predicate & { only: boolean }) | null = null;
  #last: Statement | null = null;
  /** The last statement took its items as objects (没有4, 5) and may take more. */
  #open = false;
  /** The last predicate was only an action and gives way to a plain value. */
  #tentative = false;
  #only = false;
  #overriding = false;
  #changed = false;
  #mistaken = false;
  #place = false;
  #asserted = false;
  #strange = 0;
  #strangeFrom = -1;
  #strangeTo = -1;
  #position: 'first' | 'last' | null = null;
  #positionAt = 0;
  #before: { from: number; to: number } | null = null;
  #listed = false;
  #old = false;

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
    this.#total = lexicon.items.length;
  }

  hear(clauses: readonly Clause[]): Heard {
    clauses.forEach((clause) => {
      if (clause.silent !== null) {
        this.#dropSubject();
        this.#endSegment('comma');
        return;
      }
      this.#old = clause.old;
      this.#hearClause(clause.tokens);
      this.#endSegment(clause.end);
    });
    this.#endSegment('stop');
    this.#closeExcept();
    return { statements: this.#statements, doubts: this.#doubts, loose: this.#loose, remarks: this.#remarks, dangling: this.#dangling };
  }

  #hearClause(tokens: readonly Token[]): void {
    this.#changed = false;
    this.#mistaken = false;
    this.#overriding = false;
    for (let i = 0; i < tokens.length; ) {
      i = this.#hearToken(tokens, i);
    }
  }

  /** Returns the place of the next token to hear. */
  #hearToken(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    const next = tokens[i + 1];
    switch (token.cls) {
      case 'space':
        this.#endSegment('space');
        return i + 1;
      case 'number':
        return this.#hearNumber(tokens, i);
      case 'quantity':
      case 'option':
        return this.#hearValue(tokens, i);
      case 'item':
      case 'group':
        if (tokens[i - 1]?.text.includes('谢')) return i + 1;
        this.#name(token.items ?? [], token.cls === 'group' ? 'group' : 'name', token, tokens[i - 1], next);
        if (token.done && this.#subject !== null) this.#assertAction(token);
        return i + 1;
      case 'qualifier':
        return this.#hearQualifier(tokens, i);
      case 'ambiguous':
        this.#hearAmbiguous(tokens, i);
        return i + 1;
      case 'count':
        return this.#hearCount(tokens, i);
      case 'all':
        return this.#hearAll(tokens, i);
      case 'rest':
        return this.#hearRest(tokens, i);
      case 'except':
        this.#startExcept(token);
        return i + 1;
      case 'outside':
        this.#closeExceptList(token);
        return i + 1;
      case 'first':
      case 'last':
        return this.#hearPosition(tokens, i);
      case 'only':
        return this.#hearOnly(tokens, i);
      case 'lacking':
        this.#flushLead();
        this.#lead = { ...this.#plainNo(token, i), only: true };
        return i + 1;
      case 'but':
        this.#overriding = true;
        this.#tentative = false;
        return i + 1;
      case 'change':
        this.#change();
        return i + 1;
      case 'mistaken':
        this.#mistaken = true;
        return i + 1;
      case 'same':
        if (this.#subject || this.#except) this.#complete({ ...this.#plainNo(token, i), value: 'yes' }, 'same');
        return i + 1;
      case 'list':
        this.#listed = true;
        return i + 1;
      case 'because':
        if (this.#last !== null && this.#subject === null) return tokens.length;
        return i + 1;
      case 'fact':
        this.#foreign ||= OTHERS.test(token.text);
        return i + 1;
      case 'unknown':
      case 'thing':
        this.#hearUnknown(token);
        return i + 1;
    }
    const named = tokens[i - 1]?.cls;
    if (token.cls === 'done' && (named === 'item' || named === 'ambiguous' || named === 'group') && this.#subject !== null) {
      if (HAPPENED.has(token.text)) this.#assertAction(token);
      else this.#subject.strange += 2;
      return i + 1;
    }
    if (token.text === '对' && next !== undefined && ['item', 'qualifier', 'ambiguous', 'unknown', 'all', 'person'].includes(next.cls)) return i + 1;
    if (token.cls === 'done' && tokens[i - 1]?.cls === 'done' && token.from === this.#bareAt) this.#bareAt = token.to;
    if ((token.cls === 'is' || token.cls === 'have') && this.#lead !== null && tokens[i - 1]?.text === '的') return i + 1;
    if (token.cls === 'ack' && FINE.has(token.text) && this.#subject?.asserted && this.#subject.scope !== 'some') {
      this.#hearPredicate({ ...this.#plainNo(token, i), value: 'yes' }, tokens);
      return i + 1;
    }
    if (token.cls === 'at' && token.text.length === 1) {
      this.#place = true;
      return i + 1;
    }
    if (token.cls === 'ack' || token.cls === 'look' || token.cls === 'reported') {
      // 都收到了, 没有收到通告: not about how things are.
      if (this.#subject?.scope === 'all') this.#subject = null;
      if (token.cls === 'ack' && this.#lead?.bare) this.#lead = null;
    }
    const existential = this.#existential(tokens, i);
    if (existential > i) return existential;
    if (startsPredicate(token) || token.cls === 'adv') {
      const predicate = readPredicate(tokens, i);
      if (predicate !== null) {
        this.#hearPredicate(predicate, tokens);
        return predicate.next;
      }
    }
    if (token.cls === 'adv' || token.text === '要求') this.#assert();
    return i + 1;
  }

  #plainNo(token: Token, i: number): Predicate {
    return { value: 'no', next: i + 1, from: token.from, to: token.to, bare: false, takesObject: false, generic: true, core: '', weak: false, promised: false, mark: false, partial: false, doubled: false, polite: false };
  }

  #assert(): void {
    this.#asserted = true;
    if (this.#subject) this.#subject.asserted = true;
  }

  // — subjects —

  #hearNumber(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    const figures = token.figures ?? [];
    const next = this.#nextMeaning(tokens, i + 1);
    const asked = this.#askedForNumber();
    if (asked !== null && token.amount !== undefined) return this.#hearValue(tokens, i);
    if (token.chinese && !token.ordinal && !this.#stands(next)) return i + 1;
    if (this.#position !== null && figures.length === 1 && !token.ordinal) return this.#positioned(figures[0] ?? 0, token, i + 1);
    const items = [...new Set(figures.map((n) => n - 1))];
    if (items.some((n) => n < 0 || n >= this.#total)) {
      const certain = token.ordinal || this.#stands(next) || tokens.length === 1;
      if (certain) this.#doubt('unknown_item', [], token, token.text);
      return i + 1;
    }
    this.#name(items, 'number', token, tokens[i - 1], tokens[i + 1]);
    return i + 1;
  }

  /** A lone 一 or 三 is an item number only where a value, a name or a list sign follows. */
  #stands(next: Token | undefined): boolean {
    return next !== undefined && (startsPredicate(next) || ['all', 'colon', 'list', 'item', 'group', 'qualifier', 'outside', 'number', 'dot', 'change', 'adv', 'same'].includes(next.cls));
  }

  #nextMeaning(tokens: readonly Token[], from: number): Token | undefined {
    for (let i = from; i < tokens.length; i++) {
      const token = tokens[i] as Token;
      if (!['space', 'filler', 'quote', 'noun'].includes(token.cls)) return token;
    }
    return undefined;
  }

  #name(items: readonly number[], origin: 'number' | 'name' | 'group' | 'count', token: Token, previous?: Token, next?: Token): void {
    const listed = this.#listed || previous?.text === '和';
    this.#listed = false;
    this.#place = false;
    const subject = this.#subject;
    if (this.#before !== null) {
      this.#resolveBefore(Math.min(...items));
    }
    if (this.#except?.open) {
      this.#except.items.push(...items);
      this.#except.to = token.to;
      return;
    }
    // 1-3上墙: after its own members the group word is what was done.
    if (origin === 'group' && subject?.scope === 'some' && isSubset(subject.items, items) && !listed) {
      if (token.noun) {
        subject.to = token.to;
        return;
      }
      this.#hearPredicate({ ...this.#plainNo(token, 0), value: 'yes' }, []);
      this.#tentative = true;
      return;
    }
    if (this.#last !== null && subject === null && !this.#lead && this.#strangeTo <= this.#last.to && this.#last.scope === 'some' && isSubset(origin === 'group' ? this.#last.items : items, origin === 'group' ? items : this.#last.items) && this.#inSegment(this.#last) && !listed && origin !== 'number') {
      this.#last.to = token.to;
      this.#detail = token.to;
      if (!this.#tentative) this.#followed = { statement: this.#last, items: [...items], from: token.from, to: token.to };
      return;
    }
    if (subject === null && origin !== 'number' && this.#last?.scope === 'all' && token.from === this.#objectAt) {
      // 都没上墙: the object says what all of it is.
      const all = this.#statements.pop() as Statement;
      this.#emit({ ...all, scope: 'some', items: [...items], general: origin === 'group', to: token.to });
      return;
    }
    const unclear = this.#unclear;
    this.#unclear = null;
    if (unclear !== null && subject === null && token.from === unclear.predicate.to && isSubset(items, unclear.subject.items)) {
      this.#doubts.pop();
      this.#emit({ scope: 'some', items: [...items], value: unclear.predicate.value, only: false, general: false, from: unclear.subject.from, to: token.to, promised: unclear.predicate.promised });
      return;
    }
    if (subject?.doubt === 'ambiguous_word' && isSubset(items, subject.items)) {
      this.#subject = { ...subject, items: [...items], to: token.to, doubt: undefined };
      return;
    }
    if (token.noun && this.#lead?.bare) this.#lead = null;
    if (this.#lead !== null && subject === null) {
      const lead = this.#lead;
      this.#lead = null;
      this.#emit({ scope: 'some', items: [...items], value: lead.value, only: lead.only || this.#takeOnly(), general: origin === 'group', from: lead.from, to: token.to, promised: lead.promised });
      this.#open = true;
      this.#opened = { lead, token };
      return;
    }
    if (this.#open && this.#last !== null && subject === null && (listed || (origin === 'number' && previous?.cls === 'number'))) {
      this.#last.items.push(...items);
      this.#last.to = token.to;
      return;
    }
    this.#open = false;
    if (subject !== null && subject.scope === 'some') {
      const mismatch = !listed && subject.origin === 'number' && subject.items.length === 1 && origin !== 'number' && !items.includes(subject.items[0] ?? -1);
      if (mismatch && subject.to >= token.from - 2) this.#doubt('contradiction', [...subject.items, ...items], token);
      subject.items = [...new Set([...subject.items, ...items])];
      subject.to = token.to;
      subject.strange = 0;
      if (origin === 'name' && subject.origin === 'group') subject.origin = 'name';
      return;
    }
    if (subject !== null && subject.scope === 'rest') {
      this.#doubt('unclear', items, token);
    }
    void next;
    this.#subject = {
      scope: 'some',
      items: [...items],
      origin,
      from: token.from,
      to: token.to,
      only: this.#takeOnly(),
      asserted: subject?.scope === 'all',
      strange: 0,
    };
    this.#asserted = false;
  }

  #detail = -1;
  #followed: { statement: Statement; items: number[]; from: number; to: number } | null = null;
  #opened: { lead: Predicate; token: Token } | null = null;
  #segmentFrom = 0;

  #inSegment(statement: Statement): boolean {
    return statement.from >= this.#segmentFrom;
  }

  #takeOnly(): boolean {
    const only = this.#only;
    this.#only = false;
    return only;
  }

  #hearQualifier(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    const heads = token.heads ?? [];
    for (let j = i + 1; j < tokens.length && j < i + 14; j++) {
      const other = tokens[j] as Token;
      if (heads.includes(other.text) || (other.cls === 'ambiguous' && heads.includes(other.word ?? '')) || heads.some((head) => head.length === 1 && other.cls === 'act' && other.text.startsWith(head))) {
        this.#name(token.items ?? [], 'name', token, tokens[i - 1], tokens[i + 1]);
        return i + 1;
      }
      if (['item', 'group', 'rest', 'number'].includes(other.cls)) break;
    }
    for (let j = i - 1; j >= 0 && j > i - 8; j--) {
      const other = tokens[j] as Token;
      if (heads.includes(other.text) || (other.cls === 'ambiguous' && heads.includes(other.word ?? ''))) {
        if (this.#subject?.doubt === 'ambiguous_word') this.#subject = null;
        this.#name(token.items ?? [], 'name', token, tokens[i - 1], tokens[i + 1]);
        return i + 1;
      }
      if (['item', 'group', 'rest', 'number', 'comma'].includes(other.cls)) break;
    }
    // 4隔离点保安说…: a person in passing, not the subject.
    if (this.#subject === null && this.#lead === null && this.#last === null) {
      this.#subject = { scope: 'some', items: [...(token.items ?? [])], origin: 'name', from: token.from, to: token.to, only: this.#takeOnly(), asserted: false, strange: 0, doubt: 'ambiguous_word', word: token.text };
    }
    return i + 1;
  }

  #hearAmbiguous(tokens: readonly Token[], i: number): void {
    const token = tokens[i] as Token;
    // 口罩全部员工都戴了: what follows makes it clear.
    if (tokens.slice(i + 1, i + 8).some((t) => t.cls === 'qualifier' && t.heads?.includes(token.word ?? ''))) return;
    const candidates = token.items ?? [];
    const subject = this.#subject;
    this.#place = false;
    if (this.#except?.open) {
      if (this.#except.items.length > 0) return;
      this.#doubt('ambiguous_word', candidates, token, token.text);
      return;
    }
    if (subject !== null && subject.scope === 'some') {
      if (isSubset(subject.items, candidates)) {
        subject.to = token.to;
        if (subject.asserted || this.#asserted) this.#assertAction(token);
      } else if (subject.doubt === 'ambiguous_word') subject.to = token.to;
      else if (isSubset(candidates.filter((c) => subject.items.includes(c)), subject.items)) subject.to = token.to;
      else this.#doubt('ambiguous_word', candidates, token, token.text);
      return;
    }
    const last = this.#last;
    if (subject === null && last?.scope === 'all' && token.from === this.#objectAt) {
      this.#statements.pop();
      this.#last = null;
      this.#doubt('ambiguous_word', candidates, token, token.text);
      return;
    }
    if (last !== null && last.scope === 'some' && last.items.some((item) => candidates.includes(item)) && (this.#inSegment(last) || this.#asserted || last.to === this.#detail || this.#nextMeaning(tokens, i + 1)?.text === '也')) {
      if (this.#lead !== null) {
        // 登记了但没测温: the other half of the same item.
        const { value, from } = this.#lead;
        this.#lead = null;
        this.#emit({ scope: 'some', items: last.items.filter((item) => candidates.includes(item)), value, only: false, general: false, from, to: token.to, promised: false });
        return;
      }
      if (this.#inSegment(last)) last.to = token.to;
      this.#mute = true;
      return;
    }
    if (this.#lead !== null) {
      this.#lead = null;
      this.#doubt('ambiguous_word', candidates, token, token.text);
      return;
    }
    const asserted = subject?.scope === 'all';
    this.#subject = { scope: 'some', items: [...candidates], origin: 'name', from: token.from, to: token.to, only: false, asserted, strange: 0, doubt: 'ambiguous_word', word: token.text };
  }

  #mute = false;

  /** 进来的人都量体温: an action after 都/也/已 is done. */
  #assertAction(token: Token): void {
    const only = this.#plainNo(token, 0);
    this.#hearPredicate({ ...only, value: 'yes', bare: true }, []);
    this.#tentative = true;
  }

  #hearAll(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    if (this.#except) this.#except.open = false;
    this.#open = false;
    const subject = this.#subject;
    if (subject !== null && subject.scope !== 'all') {
      subject.asserted = true;
      return i + 1;
    }
    // 通告上墙：都落实了: more of the same item.
    if (subject === null && this.#tentative) return i + 1;
    if (this.#lead !== null) this.#flushLead();
    if (subject === null) this.#subject = { ...this.#scopeSubject('all', token), foreign: this.#foreign || isForeign(tokens[i - 1], token) };
    else subject.to = token.to;
    return i + 1;
  }

  #scopeSubject(scope: 'all' | 'rest', token: Token): Subject {
    return { scope, items: [], origin: 'scope', from: token.from, to: token.to, only: false, asserted: true, strange: 0 };
  }

  #hearRest(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    const next = this.#nextMeaning(tokens, i + 1);
    if (token.text === '另外' && next?.cls !== 'count') return i + 1;
    if (this.#except) this.#except.open = false;
    if (this.#lead?.bare && this.#lead.value === 'no' && (next === undefined || next.cls === 'done')) {
      // 都有，没有其他: nothing to add.
      this.#lead = null;
      return i + 1;
    }
    this.#flushLead();
    this.#endSubject();
    this.#open = false;
    this.#subject = this.#scopeSubject('rest', token);
    if (next?.cls === 'count') {
      const counted = this.#restOfCount(next.amount ?? 0);
      if (counted === null) this.#doubt('count', [], next, next.text);
      else if (counted.length > 0) this.#subject = { ...this.#subject, scope: 'some', items: counted, to: next.to };
      return tokens.indexOf(next) + 1;
    }
    return i + 1;
  }

  /** 其他两个: all that are left, or those left of the group last spoken of. Empty: all that are left. */
  #restOfCount(n: number): number[] | null {
    const named = new Set(this.#statements.flatMap((s) => s.items));
    for (const item of this.#except?.items ?? []) named.add(item);
    const left = range(0, this.#total).filter((i) => !named.has(i));
    if (left.length === n) return [];
    for (const ids of Object.values(this.#lexicon.checklist.groupWords)) {
      const group = this.#lexicon.items.flatMap((item, i) => (ids.includes(item.id) ? [i] : []));
      const open = group.filter((i) => !named.has(i));
      if (open.length === n && open.length < group.length) return open;
    }
    return null;
  }

  #hearCount(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    const n = token.amount ?? 0;
    if (this.#except?.open) {
      // 除4项外: so many, or item 4? Nobody can tell.
      this.#doubt('count', [], token, token.text);
      return i + 1;
    }
    if (this.#position !== null) return this.#positioned(n, token, i + 1);
    const asked = this.#askedForNumber();
    if (asked !== null) return this.#hearValue(tokens, i);
    const after = this.#nextMeaning(tokens, i + 1);
    if (after !== undefined && after.from === token.to && (after.cls === 'item' || after.cls === 'qualifier')) return i + 1;
    if (n === 1 && after !== undefined && (after.cls === 'all' || ['也', '都', '亦'].includes(after.text))) {
      // 一项都没做; with a subject 一个都没有 only strengthens.
      if (this.#subject === null) this.#subject = this.#scopeSubject('all', token);
      return tokens.indexOf(after) + 1;
    }
    if (this.#lead?.value === 'no' && this.#lead.bare && n === 1 && this.#subject === null) {
      // 没有一项不落实
      const predicate = readPredicate(tokens, this.#skipFiller(tokens, i + 1));
      const lead = this.#lead;
      this.#lead = null;
      if (predicate !== null) {
        const value = opposite(predicate.value as Said) ?? predicate.value;
        this.#emit({ scope: 'all', items: [], value, only: false, general: true, from: lead.from, to: predicate.to, promised: false });
        return predicate.next;
      }
      this.#emit({ scope: 'all', items: [], value: 'no', only: false, general: true, from: lead.from, to: token.to, promised: false });
      this.#last = this.#statements.at(-1) ?? null;
      return i + 1;
    }
    if (this.#subject !== null && (this.#subject.scope !== 'some' || this.#subject.items.length === n)) {
      if (this.#subject.scope === 'all' && n !== this.#total) return this.#countGroup(n, token, i);
      this.#subject.to = token.to;
      return i + 1;
    }
    // 八项里面只有…: of all of them, something follows.
    if (n === this.#total && /^(里|中|当中|之中)/.test(tokens[i + 1]?.text ?? '')) return i + 2;
    if (n === this.#total) {
      this.#flushLead();
      this.#endSubject();
      this.#subject = this.#scopeSubject('all', token);
      return i + 1;
    }
    return this.#countGroup(n, token, i);
  }

  #skipFiller(tokens: readonly Token[], from: number): number {
    let i = from;
    while (['filler', 'noun', 'person'].includes(tokens[i]?.cls ?? '')) i++;
    return i;
  }

  #countGroup(n: number, token: Token, i: number): number {
    const groups = Object.values(this.#lexicon.checklist.groupWords)
      .map((ids) => this.#lexicon.items.flatMap((item, at) => (ids.includes(item.id) ? [at] : [])))
      .filter((group) => group.length === n);
    const [group] = groups;
    if (group && groups.length === 1 && n > 1 && !/[项条点]/.test(token.text)) {
      this.#name(group, 'group', token);
      return i + 1;
    }
    const about = this.#subject ?? (this.#last !== null && this.#inSegment(this.#last) ? this.#last : null);
    if (about?.scope === 'some' && about.items.length === 1) return i + 1;
    if (this.#strange > 0 && about === null) return i + 1;
    if (this.#lead !== null || about !== null) {
      this.#doubt('count', [], token, token.text);
      this.#lead = null;
    } else this.#subject = { ...this.#scopeSubject('rest', token), count: n };
    return i + 1;
  }

  /** 有一个保安没戴, 有两位没戴: somebody. Returns the place after it, or `i`. */
  #existential(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    if (token.cls !== 'have' && token.cls !== 'heads') return i;
    const who = token.cls === 'heads' ? token : tokens[i + 1];
    if (who === undefined || (who.cls !== 'heads' && who.cls !== 'count' && who.cls !== 'vague')) return i;
    const at = tokens.indexOf(who) + 1;
    if (who.cls === 'vague') return tokens[at]?.cls === 'qualifier' ? at : i;
    const following = tokens[this.#skipFiller(tokens, at)];
    if (who.cls === 'count' && !/个$/.test(who.text)) return i;
    if (who.cls === 'count' && !(following?.cls === 'qualifier' || (this.#subject?.scope === 'some' && following?.cls === 'not'))) return i;
    if (who.cls === 'count' && following?.cls === 'not' && (this.#subject?.items.length ?? 0) > 1) return i;
    if (this.#subject === null && following?.cls === 'not' && this.#last === null) return i;
    return at;
  }

  #hearPosition(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    const next = this.#nextMeaning(tokens, i + 1);
    if (next?.cls === 'before' || next?.cls === 'reported') return i + 1;
    if (next?.cls === 'number' || next?.cls === 'count') {
      if (next.ordinal || (next.cls === 'number' && (next.figures?.length ?? 0) > 1)) return i + 1;
      this.#position = token.cls === 'first' ? 'first' : 'last';
      this.#positionAt = token.from;
      return tokens.indexOf(next);
    }
    if (this.#except?.open) return i + 1;
    if (next === undefined || (!startsPredicate(next) && next.cls !== 'all' && next.cls !== 'adv')) {
      if (['noun', 'filler', 'vague'].includes(tokens[i + 1]?.cls ?? '')) {
        // falls through: 后面那些…
      } else return i + 1;
    }
    if (token.text.length < 2) return i + 1;
    this.#flushLead();
    this.#endSubject();
    const named = this.#statements.flatMap((s) => s.items);
    if (token.cls === 'last') {
      const from = named.length === 0 ? -1 : Math.max(...named) + 1;
      const items = from < 0 ? [] : range(from, this.#total);
      this.#subject = { ...this.#scopeSubject('all', token), scope: 'some', items };
      if (items.length === 0) this.#subject.doubt = 'count';
    } else if (this.#last !== null && this.#last.items.length > 0) {
      this.#subject = { ...this.#scopeSubject('all', token), scope: 'some', items: range(0, Math.min(...this.#last.items)) };
    } else {
      this.#subject = { ...this.#scopeSubject('all', token), scope: 'some', doubt: 'count', word: 'before' };
    }
    return i + 1;
  }

  /** 前面都有，第8项没有: the next item named says how far 前面 goes. */
  #resolveBefore(until: number): void {
    const before = this.#before;
    this.#before = null;
    const at = this.#doubts.findIndex((doubt) => doubt.word === 'before');
    if (before === null || at < 0 || this.#beforeValue === null) return;
    this.#doubts.splice(at, 1);
    this.#statements.push({ scope: 'some', items: range(0, until), value: this.#beforeValue, only: false, general: true, overrides: false, from: before.from, to: before.to, doubtful: false, promised: false });
  }

  #beforeValue: Said | null = null;

  #positioned(n: number, token: Token, next: number): number {
    const first = this.#position === 'first';
    this.#position = null;
    if (n < 1 || n > this.#total) {
      this.#doubt('count', [], token, token.text);
      return next;
    }
    const items = first ? range(0, n) : range(this.#total - n, this.#total);
    this.#name(items, 'count', { ...token, from: this.#positionAt });
    return next;
  }

  #hearOnly(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    const next = this.#nextMeaning(tokens, i + 1);
    const names = ['number', 'item', 'group', 'qualifier', 'first', 'last'];
    if (next === undefined) return i + 1;
    if (names.includes(next.cls) || (token.text !== '就' && startsPredicate(next) && /^[只仅唯]/.test(token.text))) {
      if (this.#subject === null || this.#subject.scope !== 'some') {
        this.#endSubject();
        this.#only = true;
      }
    }
    if (token.text.startsWith('就') || token.text === '偏偏') this.#overriding = true;
    return i + 1;
  }

  // — exceptions —

  #startExcept(token: Token): void {
    this.#flushLead();
    this.#endSubject();
    this.#except = { items: [], from: token.from, to: token.to, open: true };
  }

  #closeExceptList(token: Token): void {
    if (this.#except !== null) {
      this.#except.open = false;
      this.#except.to = token.to;
      return;
    }
    if (this.#subject?.scope === 'some') {
      this.#except = { items: this.#subject.items, from: this.#subject.from, to: token.to, open: false };
      this.#subject = null;
    }
  }

  /** 都有，除了4: an exception that comes after what it is an exception to. */
  #closeExcept(): void {
    const except = this.#except;
    if (except === null) return;
    this.#except = null;
    const general = this.#statements.findLast((s) => s.scope === 'all' || s.general);
    const value = general === undefined ? null : opposite(general.value);
    if (value === null || except.items.length === 0) {
      this.#doubts.push({ reason: 'no_value', items: except.items, from: except.from });
      return;
    }
    this.#statements.push({ scope: 'some', items: except.items, value, only: false, general: false, overrides: true, from: except.from, to: except.to, doubtful: false, promised: false });
  }

  // — values —

  #askedForNumber(): number | null {
    const subject = this.#subject;
    if (subject?.scope !== 'some' || subject.items.length !== 1 || this.#listed) return null;
    const item = this.#lexicon.items[subject.items[0] ?? -1];
    return item?.kind === 'number' ? (subject.items[0] ?? null) : null;
  }

  #hearValue(tokens: readonly Token[], i: number): number {
    const token = tokens[i] as Token;
    const subject = this.#subject;
    if (token.cls === 'option') {
      const options = token.options ?? [];
      const fitting = subject?.scope === 'some' ? options.filter((o) => subject.items.includes(o.item)) : options;
      const [option] = fitting;
      if (fitting.length !== 1 || option === undefined || this.#lead?.value === 'no') {
        this.#doubt('unclear', options.map((o) => o.item), token, token.text);
        this.#lead = null;
        this.#subject = null;
        return i + 1;
      }
      this.#lead = null;
      this.#subject = subject?.scope === 'some' ? { ...subject, items: [option.item] } : { ...this.#scopeSubject('all', token), scope: 'some', items: [option.item] };
      this.#complete({ ...this.#plainNo(token, i), value: 'yes' }, option.id);
      return i + 1;
    }
    const asked = this.#askedForNumber() ?? (token.cls === 'quantity' && token.items?.length === 1 && subject === null ? (token.items[0] ?? null) : null);
    const amount = token.amount ?? Number.NaN;
    if (asked === null) {
      if (token.cls === 'quantity') return this.#hearCount(tokens, i);
      return i + 1;
    }
    const item = this.#lexicon.items[asked];
    this.#lead = null;
    if (!Number.isFinite(amount) || amount < (item?.min ?? Number.NEGATIVE_INFINITY) || amount > (item?.max ?? Number.POSITIVE_INFINITY)) {
      this.#doubt('out_of_bounds', [asked], token, token.text);
      this.#subject = null;
      return i + 1;
    }
    this.#subject ??= { ...this.#scopeSubject('all', token), scope: 'some', items: [asked] };
    this.#complete({ ...this.#plainNo(token, i), value: 'yes' }, amount);
    return i + 1;
  }

  #change(): void {
    // 4由否改为是: what was said of it in this clause is the old value.
    this.#changed = true;
    this.#lead = null;
    const last = this.#last;
    if (this.#subject === null && last !== null && this.#inClause(last)) {
      this.#statements.splice(this.#statements.indexOf(last), 1);
      this.#subject = { scope: last.scope === 'except' ? 'some' : last.scope, items: last.items, origin: 'name', from: last.from, to: last.to, only: false, asserted: true, strange: 0 };
      this.#last = this.#statements.at(-1) ?? null;
    }
  }

  #inClause(statement: Statement): boolean {
    return statement.from >= this.#clauseFrom;
  }

  #clauseFrom = 0;

  #hearPredicate(predicate: Predicate, tokens: readonly Token[]): void {
    this.#place = false;
    if (this.#except?.open) {
      this.#except.open = false;
      if (this.#except.items.length === 0) this.#except = null;
      else if (this.#subject === null && !predicate.weak) {
        // 除了4没有，其他都有: the exception has its own value. 除了没有隔离点: so has an object.
        const { items, from, to } = this.#except;
        this.#except = null;
        this.#subject = { scope: 'some', items, origin: 'name', from, to, only: false, asserted: true, strange: 0 };
      }
    }
    if (predicate.partial) {
      if (this.#subject?.scope === 'some' && this.#subject.items.length === 1) {
        this.#complete(predicate, predicate.value);
        return;
      }
      this.#doubt('vague', [], { from: predicate.from });
      this.#subject = null;
      return;
    }
    if (this.#mistaken) {
      this.#mistaken = false;
      return;
    }
    const subject = this.#subject;
    if (subject !== null) {
      if (predicate.weak && !subject.asserted) return;
      // 灭火器有12具: the figure is the value.
      if (this.#askedForNumber() !== null && predicate.value === 'yes' && (predicate.bare || predicate.mark)) return;
      if (predicate.value === 'unseen' && subject.scope === 'all') {
        this.#subject = null;
        return;
      }
      this.#complete(predicate, predicate.value);
      this.#tentative = predicate.weak;
      return;
    }
    if (this.#except !== null) {
      this.#subject = { scope: 'all', items: [], origin: 'scope', from: predicate.from, to: predicate.to, only: false, asserted: true, strange: 0 };
      this.#complete(predicate, predicate.value);
      return;
    }
    const last = this.#last;
    if (last !== null && this.#inSegment(last)) {
      if (this.#tentative && !predicate.weak) {
        last.value = predicate.value;
        last.to = predicate.to;
        this.#tentative = false;
        return;
      }
      if (this.#open) {
        this.#reread(predicate);
        return;
      }
      if (this.#followed !== null && this.#followed.statement === last) {
        // 快递扫了码登记没做: the same item once more, with a value of its own.
        const { items, from } = this.#followed;
        this.#followed = null;
        if (!predicate.weak) this.#emit({ scope: 'some', items, value: predicate.value, only: false, general: false, from, to: predicate.to, promised: predicate.promised });
        return;
      }
      if (this.#mute || predicate.weak || predicate.value === last.value) {
        this.#mute = false;
        if (predicate.value !== last.value && !predicate.weak) last.doubtful = true;
        return;
      }
    }
    if (predicate.doubled && /[的项]/.test(tokens[predicate.next]?.text ?? '')) {
      const following = this.#nextMeaning(tokens, predicate.next);
      if (following === undefined) {
        this.#emit({ scope: 'all', items: [], value: predicate.value, only: false, general: true, from: predicate.from, to: predicate.to, promised: false });
        return;
      }
    }
    const only = this.#takeOnly();
    this.#flushLead();
    this.#lead = { ...predicate, only };
  }

  /** 有4没有: the object of the first predicate turns out to be the subject of the second. */
  #reread(predicate: Predicate): void {
    const last = this.#last;
    const opened = this.#opened;
    this.#open = false;
    if (last === null || opened === null) return;
    if (opened.lead.bare && opened.lead.value === 'no' && predicate.value === 'no' && !predicate.mark) {
      // 没有员工不戴口罩
      last.value = 'yes';
      last.to = predicate.to;
      return;
    }
    if (opened.lead.value === predicate.value) {
      last.to = predicate.to;
      return;
    }
    if (opened.lead.weak || predicate.weak) return;
    last.value = predicate.value;
    last.from = opened.token.from;
    last.to = predicate.to;
    this.#loose.push({ value: opened.lead.value, from: opened.lead.from, to: opened.lead.to, strong: true });
  }

  #complete(predicate: Predicate, value: Said): void {
    const subject = this.#subject;
    if (subject === null) return;
    this.#subject = null;
    this.#open = false;
    if (this.#mistaken || (this.#old && !this.#changed)) {
      this.#mistaken = false;
      this.#subject = { ...subject, asserted: false, strange: 0 };
      this.#kept = true;
      return;
    }
    if (subject.doubt !== undefined) {
      if (subject.word === 'before') {
        this.#before = { from: subject.from, to: predicate.to };
        this.#beforeValue = value;
      }
      if (subject.strange < 2 && this.#strange < 4) {
        this.#doubt(subject.doubt, subject.items, subject, subject.word);
        this.#doubtedAt = predicate.bare ? predicate.to : -1;
        this.#unclear = predicate.takesObject ? { subject, predicate } : null;
      }
      return;
    }
    if (!predicate.generic && (subject.scope === 'all' || subject.scope === 'rest') && !predicate.promised && this.#except === null) {
      // 都贴了: what is stuck to a wall is not every item.
      this.#lead = { ...predicate, only: false };
      return;
    }
    if (subject.scope === 'all' && subject.foreign && (this.#foreign || !SPECIFIC.has(predicate.core))) {
      // 车都安排好了, 1组全部完成: said of something else.
      this.#plans = true;
      return;
    }
    if (predicate.promised && subject.scope !== 'some') {
      this.#plans = true;
      return;
    }
    const except = this.#except;
    if (except !== null && subject.scope !== 'some') {
      this.#except = null;
      this.#emit({ scope: 'except', items: except.items, value, only: false, general: false, from: except.from, to: predicate.to, promised: false });
    } else {
      this.#emit({
        scope: subject.scope,
        items: subject.items,
        value,
        only: subject.only,
        general: subject.scope === 'all' || subject.origin === 'group',
        from: subject.from,
        to: predicate.to,
        promised: predicate.promised,
        ...(subject.count === undefined ? {} : { count: subject.count }),
      });
    }
    const last = this.#last as Statement | null;
    const tolerated = subject.scope === 'some' || predicate.bare ? 1 : 6;
    if (last !== null && subject.strange > tolerated) last.doubtful = true;
    this.#bareAt = predicate.bare || (subject.origin === 'name' && FINISHED.has(predicate.core)) ? predicate.to : -1;
    this.#objectAt = predicate.takesObject ? predicate.to : -1;
  }

  #kept = false;
  #foreign = false;
  #doubtedAt = -1;
  /** 电动车没有集中充电: the object may still make clear which item it was. */
  #unclear: { subject: Subject; predicate: Predicate } | null = null;
  #plans = false;
  #bareAt = -1;
  #objectAt = -1;

  #emit(statement: Omit<Statement, 'overrides' | 'doubtful'>): void {
    const made: Statement = { ...statement, items: [...new Set(statement.items)], overrides: this.#overriding || this.#changed, doubtful: false };
    this.#statements.push(made);
    this.#last = made;
    this.#tentative = false;
    this.#followed = null;
    this.#mute = false;
    this.#asserted = false;
    this.#bareAt = -1;
  }

  // — what is not understood, and ends —

  #hearUnknown(token: Token): void {
    const length = token.to - token.from;
    if (this.#place) return;
    if (this.#strangeFrom < 0) this.#strangeFrom = token.from;
    this.#strange += length;
    this.#strangeTo = token.to;
    if (this.#subject) this.#subject.strange += length;
    if (this.#lead?.bare && token.from === this.#lead.to) this.#lead = null;
    // 保安不让进: no report at all.
    if (token.from === this.#doubtedAt) this.#doubts.pop();
    const last = this.#last;
    if (last === null) return;
    // 没有人手, 没有隔离点钥匙: the object is something else.
    if (token.from === this.#bareAt || (this.#open && (length > 1 || token.from === last.to))) last.doubtful = true;
  }

  #doubt(reason: AskReason, items: readonly number[], at: { from: number }, word?: string): void {
    this.#doubts.push({ reason, items, from: at.from, ...(word === undefined ? {} : { word }) });
  }

  #flushLead(): void {
    const lead = this.#lead;
    this.#lead = null;
    this.#only = false;
    if (lead === null || this.#old) return;
    if (this.#strange >= 2 || lead.weak || lead.promised || lead.value === 'unseen') return;
    this.#loose.push({ value: lead.value, from: lead.from, to: lead.to, strong: !lead.polite });
  }

  #dropSubject(): void {
    this.#subject = null;
    this.#lead = null;
  }

  #endSubject(): void {
    const subject = this.#subject;
    this.#subject = null;
    if (subject === null || this.#kept) return;
    if ((subject.scope === 'rest' && subject.count === undefined) || this.#plans) return;
    if (subject.count !== undefined) {
      if (this.#strange < 2) this.#doubt('count', [], subject);
      return;
    }
    if (subject.scope === 'all') {
      if (this.#strange < 2) this.#doubt('no_value', [], subject);
      return;
    }
    if (subject.origin === 'number') {
      if (subject.strange < 3) {
        this.#doubt('no_value', subject.items, subject);
        this.#dangling.push(...subject.items);
      }
      return;
    }
    if (subject.strange + this.#strange >= 2) return;
    this.#doubt(subject.doubt ?? 'no_value', subject.items, subject, subject.word);
    if (subject.doubt === undefined) this.#dangling.push(...subject.items);
  }

  #endSegment(end: Cls | null): void {
    if (this.#except?.open && this.#except.items.length > 0 && end !== 'space') this.#except.open = this.#listed;
    const strange = this.#strange;
    this.#flushLead();
    if (strange >= 2 && this.#subject !== null && this.#subject.origin !== 'number' && end !== 'space') this.#endSubject();
    if (end === 'stop' || end === 'question') {
      this.#endSubject();
      this.#kept = false;
    }
    if (strange >= 4 && (this.#last === null || !this.#inSegment(this.#last) || this.#last.to <= this.#strangeFrom)) {
      this.#remarks.push([this.#strangeFrom, this.#strangeFrom + strange]);
    }
    this.#strange = 0;
    this.#strangeFrom = -1;
    this.#foreign = false;
    this.#open = false;
    this.#tentative = false;
    this.#followed = null;
    this.#mute = false;
    this.#place = false;
    this.#asserted = false;
    this.#position = null;
    this.#bareAt = -1;
    this.#segmentFrom = Math.max(this.#segmentFrom, this.#last?.to ?? 0, this.#segmentFrom);
    if (end !== 'space') this.#clauseFrom = this.#segmentFrom;
  }
}
