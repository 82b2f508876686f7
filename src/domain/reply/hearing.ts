// The state of listening to one reply, clause by clause, and the moves every rule of listening shares. A subject waits for
// its predicate (4没有); a predicate without one is a lead and waits for its object (没有隔离点). What fits nowhere is a doubt.

import type { Lexicon } from './lexicon.ts';
import type { Predicate } from './predicates.ts';
import type { AskReason } from './reading.ts';
import {
  type Doubt,
  type Heard,
  isSubset,
  type LooseValue,
  opposite,
  type Statement,
  type Subject,
} from './statement.ts';
import type { Cls, Token } from './token.ts';

export interface Exception {
  items: number[];
  /** 1-6除了4: an exception to these. Everything, where nothing stood before it. */
  of: readonly number[] | 'rest' | null;
  readonly from: number;
  to: number;
  /** Still collecting items. */
  open: boolean;
}

/** A predicate that waits for its object. */
export interface Lead extends Predicate {
  readonly only: boolean;
  /** 其他都贴了…: who it was said of, in case a word follows that fits every item (也都做了). */
  readonly of?: Subject;
  /** 没人拦…: nobody made somebody do what the object will say. */
  readonly urged?: boolean;
  /** 贴了两张: how many names are still to come. */
  readonly counts?: string;
}

/** 物业做得不错: no value of any item. */
const PRAISE = new Set([
  '不错',
  '很好',
  '挺好',
  '非常好',
  '做得不错',
  '做得很好',
  '做得挺好',
  '做得好',
  '优秀',
  '良好',
  '完美',
]);

export class Hearing {
  readonly lexicon: Lexicon;
  readonly total: number;
  readonly statements: Statement[] = [];
  readonly doubts: Doubt[] = [];
  readonly loose: LooseValue[] = [];
  readonly remarks: [number, number][] = [];
  readonly dangling: number[] = [];

  subject: Subject | null = null;
  except: Exception | null = null;
  lead: Lead | null = null;
  last: Statement | null = null;

  /** `last` took its items as objects (没有4、5): the lead it grew from, and where its object began. It may take more. */
  objects: { readonly lead: Predicate; readonly from: number; readonly what: Cls } | null = null;
  /** 快递扫码: `last` was followed by more words for its own item. */
  echo: { readonly items: number[]; readonly from: number } | null = null;
  /** 都好: a greeting, unless more is said. */
  polite: Statement | null = null;
  /** `last` was only an action done and gives way to a plain value (通告上墙：否). */
  tentative = false;
  /** 口罩 belonged to `last`: a predicate after it says nothing new. */
  absorbed = false;
  /** 电动车没有…: the object may still make clear which item it was. */
  unclear: { readonly subject: Subject; readonly predicate: Predicate } | null = null;
  /** 前面都有: how far it goes, the next item will say. */
  upToNext: { readonly from: number; readonly to: number; readonly value: Statement['value'] } | null = null;

  /** 员工那块，…: whom the sentence is about; 口罩 after it is theirs. */
  topic: Token | null = null;
  /** The item spoken of before strange words came between. */
  lapsed: Subject | null = null;
  /** 西门, 剩一个: the part of the compound or of the people that is spoken of. */
  part: string | undefined = undefined;

  // Marks set by a word for the next one.
  only = false;
  /** Among which `only` holds. */
  frame: readonly number[] | undefined = undefined;
  asserted = false;
  listed = false;
  position: { readonly end: 'first' | 'last'; readonly from: number } | null = null;
  /** After 在: a place, whose words are not strange. */
  inPlace = false;

  /** Somebody corrects: what is right stays as it was. */
  correcting = false;
  /** The verb of the last statement (戴, 贴). */
  core = '';

  // Marks that last for the clause.
  now = false;
  overriding = false;
  changed = false;
  mistaken = false;
  old = false;
  foreign = false;
  /** 明天把…: what is said of it is still to come. */
  ahead = false;
  /** 不…: an unknown word is denied, and with it whatever follows. */
  unsure = false;
  /** 确保…: what follows in the segment is meant, not done. */
  intends = false;
  /** A subject is kept over the full stop, for the value that replaces the old one. */
  kept = false;
  /** Somebody plans, so that a subject without a value is no attempt to report. */
  plans = false;

  /** How many unknown characters in this segment, and where. */
  strange = 0;
  strangeFrom = -1;
  strangeTo = -1;
  /** Places where an unknown word would be the object of what was just said. */
  bareAt = -1;
  objectAt = -1;
  doubtedAt = -1;
  #segmentFrom = 0;
  #clauseFrom = 0;

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
    this.total = lexicon.items.length;
  }

  get heard(): Heard {
    const { statements, doubts, loose, remarks, dangling } = this;
    return { statements, doubts, loose, remarks, dangling };
  }

  inSegment(statement: Statement): boolean {
    return statement.from >= this.#segmentFrom;
  }

  inClause(statement: Statement): boolean {
    return statement.from >= this.#clauseFrom;
  }

  takeOnly(): boolean {
    const { only } = this;
    this.only = false;
    return only;
  }

  assert(): void {
    this.asserted = true;
    if (this.subject) this.subject.asserted = true;
  }

  emit(said: Pick<Statement, 'value' | 'from' | 'to'> & Partial<Statement>): void {
    const items = [...new Set(said.items ?? [])];
    const overrides = said.overrides ?? (this.overriding || this.changed);
    this.last = {
      scope: 'some',
      only: false,
      general: false,
      part: this.part,
      now: this.now,
      ...said,
      within: said.only ? this.frame : undefined,
      doubtful: said.doubtful === true || this.unsure,
      items,
      overrides,
    };
    this.statements.push(this.last);
    this.tentative = false;
    this.echo = null;
    this.absorbed = false;
    this.asserted = false;
    this.bareAt = -1;
  }

  /** Takes back what was said last. */
  retract(statement: Statement): void {
    this.statements.splice(this.statements.indexOf(statement), 1);
    this.last = this.statements.at(-1) ?? null;
  }

  doubt(reason: AskReason, items: readonly number[], word?: string, said?: Doubt['said']): void {
    // 刚才漏打了一个没字，更正：…
    if (this.old && this.correcting) return;
    this.doubts.push({ reason, items, word, said });
  }

  /** 门口不量体温，第6项没做到: the number says which item the word before it meant. */
  settleDoubt(items: readonly number[], value: Statement['value']): void {
    const doubt = this.doubts.at(-1);
    if (doubt?.reason !== 'ambiguous_word' || items.length !== 1 || !isSubset(items, doubt.items)) return;
    if (doubt.items.length === 1 || doubt.said?.value === value) this.doubts.pop();
  }

  /** 没有电动车上楼: of an item that asks whether something is not so, what is done is what should not be. */
  valueOf(
    items: readonly number[],
    value: Statement['value'],
    { mark, generic, core, bare }: Predicate,
  ): Statement['value'] {
    const isDeed = bare || (!mark && !generic && core !== '');
    const turns = isDeed && items.length > 0 && items.every((item) => this.lexicon.inverted.has(item));
    return (turns ? opposite(value) : null) ?? value;
  }

  /** A lead that found no object: a value said of nothing, unless strange words say what it is about. */
  flushLead(): void {
    const { lead } = this;
    this.lead = null;
    this.only = false;
    if (lead?.counts !== undefined) this.doubt('count', [], lead.counts);
    if (lead === null || lead.counts !== undefined || lead.urged || this.old || this.strange >= 2) return;
    if (lead.weak || lead.promised || lead.value === 'unseen' || PRAISE.has(lead.core)) return;
    this.loose.push({ value: lead.value, from: lead.from, to: lead.to });
  }

  /** A subject that found no value: a doubt, unless strange words show that it was no report. */
  endSubject(): void {
    const { subject } = this;
    this.subject = null;
    if (subject === null || this.kept || this.plans) return;
    if (subject.scope === 'all' || subject.scope === 'rest') {
      if (this.strange >= 2) return;
      if (subject.count !== undefined) this.doubt('count', []);
      else if (subject.scope === 'all') this.doubt('no_value', []);
      return;
    }
    const strange = subject.origin === 'number' ? subject.strange - 1 : subject.strange + this.strange;
    if (strange >= 2) return;
    this.doubt(subject.doubt ?? 'no_value', subject.items, subject.word);
    if (subject.doubt === undefined) this.dangling.push(...subject.items);
  }

  dropSubject(): void {
    this.subject = null;
    this.lead = null;
  }

  /** At a blank, a comma or a stop: what waits for an object waits no longer; a subject waits on to the full stop. */
  endSegment(end: Cls | null): void {
    const isBlank = end === 'space';
    if (this.except?.open && this.except.items.length > 0 && !isBlank) this.except.open = this.listed;
    if (end === 'stop' || this.lead?.counts === undefined) this.flushLead();
    if (this.strange >= 2 && this.subject !== null && this.subject.origin !== 'number' && !isBlank) {
      this.lapsed = this.subject.scope === 'some' && this.subject.doubt === undefined ? this.subject : null;
      this.endSubject();
    }
    if (end === 'stop') {
      this.endSubject();
      this.kept = false;
      this.lapsed = null;
      this.topic = null;
      this.frame = undefined;
      this.part = undefined;
    }
    const spokenOf = this.last !== null && this.inSegment(this.last) && this.last.to > this.strangeFrom;
    if (this.strange >= 2 && this.strangeTo - this.strangeFrom >= 4 && !spokenOf)
      this.remarks.push([this.strangeFrom, this.strangeTo]);
    this.strange = 0;
    this.strangeFrom = -1;
    if (!isBlank && this.except?.open === false && this.#generalFor(this.except)) this.closeExcept();
    this.foreign = false;
    this.unsure = false;
    this.intends = false;
    this.objects = null;
    this.echo = null;
    this.tentative = false;
    this.absorbed = false;
    this.inPlace = false;
    this.asserted = false;
    this.position = null;
    this.bareAt = -1;
    this.#segmentFrom = Math.max(this.#segmentFrom, this.last?.to ?? 0);
    if (!isBlank) this.#clauseFrom = this.#segmentFrom;
  }

  /** 都有，除了4: an exception that comes after what it is an exception to. */
  closeExcept(): void {
    const { except } = this;
    if (except === null) return;
    this.except = null;
    const wider = this.#generalFor(except);
    const [alone, ...others] = this.loose;
    if (wider === undefined && this.statements.length === 0 && alone !== undefined && others.length === 0) {
      // 是，除了4
      this.loose.length = 0;
      this.emit({ scope: 'except', items: except.items, value: alone.value, from: alone.from, to: except.to });
      return;
    }
    const value = wider === undefined ? null : opposite(wider.value);
    if (value === null || except.items.length === 0) this.doubt('no_value', except.items);
    else {
      const general = except.items.length > 1;
      this.emit({ items: except.items, value, general, overrides: true, from: except.from, to: except.to });
    }
  }

  #generalFor(except: Exception): Statement | undefined {
    return this.statements.findLast(
      (s) => s.scope === 'all' || s.general || (s.items.length > 1 && isSubset(except.items, s.items)),
    );
  }
}

/** The next token that carries meaning of its own. */
export const nextMeaning = (tokens: readonly Token[], from: number): Token | undefined => {
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (!['space', 'filler', 'quote', 'noun'].includes(token.cls)) return token;
  }
  return undefined;
};
