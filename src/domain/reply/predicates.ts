// Reads one predicate: 没有设, 都已落实, 不是没有, 正在整改, 还没看. Two negatives beside one another make a yes;
// 有 and 没有 before a verb only support it. Subjects and objects are not its business.

import type { Cls, Token } from './token.ts';

export interface Predicate {
  readonly value: 'yes' | 'no' | 'unseen';
  readonly next: number;
  readonly from: number;
  readonly to: number;
  /** Ends in 有 or 没有: whatever stands next is its object. */
  readonly bare: boolean;
  /** Ends in 有, 没有 or an action, which may take an object. */
  readonly takesObject: boolean;
  /** A mere action (戴口罩), which says nothing yet: a label reads so too. */
  readonly weak: boolean;
  /** Not done yet, but promised or begun: counts only for a named item. */
  readonly promised: boolean;
  /** √, 是, Y: a value that needs no verb. */
  readonly mark: boolean;
  /** 没有没…: true of anything it is said of. */
  readonly doubled: boolean;
  /** 未全部落实, 有没戴的: some are and some are not. */
  readonly partial: boolean;
  /** 做, 弄, 落实… fit any item; 贴 and 戴 do not. */
  readonly generic: boolean;
  readonly core: string;
  /** 无一项未落实: not even one. */
  readonly notOne: boolean;
  /** The first word that denies: 没, 不. */
  readonly denial: string;
  /** 没人, 有人: says who was there, not how things are. */
  readonly ofNobody: boolean;
}

/** A value that needs no sentence of its own: a mark, a figure, an action done. */
export const plainPredicate = (token: Pick<Token, 'from' | 'to'>, value: 'yes' | 'no'): Predicate => ({
  value,
  next: 0,
  from: token.from,
  to: token.to,
  bare: false,
  takesObject: false,
  weak: false,
  promised: false,
  mark: false,
  doubled: false,
  partial: false,
  generic: true,
  core: '',
  notOne: false,
  denial: '',
  ofNobody: false,
});

const CORE: ReadonlySet<Cls> = new Set(['have', 'is', 'yes', 'no', 'state', 'bad', 'act', 'progress', 'look', 'at']);
const LEADING: ReadonlySet<Cls> = new Set(['not', 'future', ...CORE]);
const PASSING: ReadonlySet<Cls> = new Set(['adv', 'person', 'part', 'filler']);
/** 下午已经设好了: earlier today. */
const DAYPARTS = new Set(['下午', '晚上', '中午', '傍晚', '今晚', '这两天', '这几天']);

const NAMES: ReadonlySet<Cls> = new Set(['item', 'ambiguous', 'group']);
const OTHER_THINGS: ReadonlySet<Cls> = new Set(['unknown', 'person', 'before', 'at', 'thing', 'compound', 'fact']);
const DOINGS: ReadonlySet<Cls> = new Set(['item', 'ambiguous', 'act', 'state', 'qualifier', 'heads', 'not']);
const UNFINISHED = new Set(['不', '唔', '非']);
const GENERIC = new Set(['做', '弄', '搞', '执行', '实施', '实行', '整', '做好', '实现', '补做', '开展']);

/** 对外来人员…: towards, not right. */
const TOWARDS: ReadonlySet<Cls> = new Set(['item', 'qualifier', 'ambiguous', 'unknown', 'all', 'person']);
export const isTowards = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === '对' && TOWARDS.has(tokens[at + 1]?.cls as Cls);

/** 没有一个不…, 没有哪一项不…: not even one. */
const isNotOne = (tokens: readonly Token[], at: number): boolean => {
  if (tokens[at]?.text === '哪' && tokens[at - 1]?.cls === 'not')
    return tokens[at + 1]?.cls === 'count' && tokens[at + 2]?.cls === 'not';
  const before = tokens[at - 1]?.text === '哪' ? tokens[at - 2] : tokens[at - 1];
  return (
    tokens[at]?.cls === 'count' && tokens[at]?.amount === 1 && before?.cls === 'not' && tokens[at + 1]?.cls === 'not'
  );
};

/** 三份都在 */
const isThere = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === '在' &&
  ['all', 'not', 'adv'].includes(tokens[at - 1]?.cls ?? '') &&
  [undefined, 'space'].includes(tokens[at + 1]?.cls);

/** 有人在门口提醒: the place where they do it. */
const pastPlace = (tokens: readonly Token[], at: number): number => {
  if (tokens[at]?.text !== '在') return at;
  let i = at + 1;
  while (['person', 'part', 'noun', 'filler', 'fact'].includes(tokens[i]?.cls ?? '')) i++;
  return i;
};

const isActAt = (token: Token): boolean => token.cls === 'at' && token.text.length > 1;

/** 全是纸皮 */
const isMatter = (token: Token | undefined): boolean => token?.cls === 'noun' && token.text.length === 1;

export const startsPredicate = (token: Token | undefined): boolean =>
  token !== undefined && LEADING.has(token.cls) && !(token.cls === 'at' && !isActAt(token));

export const readPredicate = (tokens: readonly Token[], start: number): Predicate | null => {
  let negations = 0;
  let cores = 0;
  let core: Token | null = null;
  let done = false;
  let future = false;
  let daypart = false;
  let looks = false;
  let promised = false;
  let partial = false;
  let adverb = false;
  let already = false;
  /** 有贴也有做: a word between says that a second predicate begins. */
  let parted = false;
  let mark = false;
  let bad = false;
  let settled = false;
  let generic = true;
  let notOne = false;
  let denial = '';
  let ofNobody = false;
  let end = start;
  let lastCls: Cls | null = null;

  scan: for (let i = start; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    switch (token.cls) {
      case 'not':
        if (cores > 0) {
          if (lastCls === 'is') cores = 0;
          else if (lastCls === 'have' && cores === 1) {
            partial = true;
            cores = 0;
          } else break scan;
        }
        if (denial === '') denial = token.text;
        negations++;
        break;
      case 'all':
        // 都已 and 均 inside a predicate; 没全部落实 says that some are missing.
        if (lastCls === null) break scan;
        if (negations > 0 && cores === 0 && token.text.length > 1) partial = true;
        if (!LEADING.has(tokens[i + 1]?.cls as Cls) && tokens[i + 1]?.cls !== 'adv') break scan;
        if (cores > 0) break scan;
        continue;
      case 'is':
        // 均为是
        if (lastCls === 'is' && tokens[i - 1]?.text.endsWith('为')) break;
        if (cores > 0) break scan;
        cores++;
        core = token;
        break;
      case 'have':
        if (parted || (cores > 0 && lastCls !== 'act' && lastCls !== 'is')) break scan;
        cores++;
        core = token;
        break;
      case 'yes':
      case 'no':
        if (isTowards(tokens, i)) continue;
        if (cores > 0 && lastCls !== 'is' && lastCls !== 'have') break scan;
        cores++;
        core = token;
        mark = true;
        bad = token.cls === 'no';
        break;
      case 'state':
      case 'bad':
        if (bad || mark || parted || lastCls === 'done') break scan;
        // 在落实到位
        if (lastCls === 'progress' && token.cls === 'state') promised = false;
        cores++;
        core = token;
        settled = true;
        bad = token.cls === 'bad';
        break;
      case 'at':
        if (!(isActAt(token) || isThere(tokens, i)) || mark) break scan;
        cores++;
        core = token;
        done = true;
        break;
      case 'act':
        if (mark || bad || parted || lastCls === 'done') break scan;
        generic &&= GENERIC.has(token.text);
        cores++;
        core = token;
        break;
      case 'done':
        if (cores === 0) break scan;
        done = true;
        break;
      case 'progress':
        cores++;
        core = token;
        promised = true;
        break;
      case 'look':
        if (cores > 0 && !looks && !promised) break scan;
        looks = true;
        cores++;
        core = token;
        break;
      case 'reported':
        // 没有报: not looked into, rather than not done.
        if (negations === 0 || cores > 0) break scan;
        looks = true;
        cores++;
        core = token;
        break;
      case 'future':
        if (cores > 0) break scan;
        if (DAYPARTS.has(token.text)) daypart = true;
        else future = true;
        break;
      default: {
        if (isNotOne(tokens, i)) {
          notOne = true;
          continue;
        }
        // 没地方设
        if (token.cls === 'noun' && lastCls === 'not' && tokens[i + 1]?.cls === 'act') continue;
        if (!PASSING.has(token.cls)) break scan;
        if (token.cls === 'adv') parted = cores > 0;
        if (token.cls === 'adv') adverb ||= /[已也亦]|^(全程|一直|始终|按规定|坚持|自觉|正确|能够)/.test(token.text);
        if (token.cls === 'adv') already ||= token.text.includes('已');
        continue;
      }
    }
    ofNobody ||= (token.cls === 'not' || token.cls === 'have') && token.text.endsWith('人');
    end = i + 1;
    lastCls = token.cls;
    if (mark && token.cls !== 'is') {
      while (tokens[end]?.cls === 'done') end++;
      break;
    }
  }
  if (end === start || (cores === 0 && negations === 0)) return null;
  // 正排队
  if (core?.text === '正' && cores === 1) return null;
  // 不 alone denies some word unknown to us; 不扫码 denies what the item asks for.
  if (core === null && UNFINISHED.has(tokens[end - 1]?.text ?? '') && !NAMES.has(tokens[end]?.cls as Cls)) return null;

  // 隔离点有人住
  if (ofNobody && negations === 0 && core?.cls === 'have' && !DOINGS.has(tokens[pastPlace(tokens, end)]?.cls as Cls))
    return null;
  // 文件没收到
  if (core === null && tokens[end]?.cls === 'ack' && /收到|知道|明白/.test(tokens[end]?.text ?? '')) return null;
  // 快递是顺丰的, 通告是昨天的: what it is, and not whether.
  if (lastCls === 'is' && core?.cls === 'is' && (OTHER_THINGS.has(tokens[end]?.cls as Cls) || isMatter(tokens[end])))
    return null;

  const from = (tokens[start] as Token).from;
  const to = (tokens[end - 1] as Token).to;
  const shape = {
    next: end,
    from,
    to,
    mark: mark || core?.cls === 'is',
    core: core?.text ?? '',
    notOne,
    denial,
    ofNobody,
    generic,
    takesObject: core === null || core.cls === 'have' || core.cls === 'act',
    partial,
    doubled: negations + (bad && !mark ? 1 : 0) > 1,
  };
  // 没看到贴 is as good as 没贴.
  const unseen = looks && !(negations > 0 && core?.cls === 'act');
  if (unseen) {
    // 去贴文件: on the way to do it, which says nothing of how it is.
    if (negations === 0 && !future && !promised && core?.cls !== 'act') return null;
    return { ...shape, value: 'unseen', bare: false, weak: false, promised: false };
  }
  if (future && already) future = false;
  if (daypart && !already && !done && !settled) future = true;
  if (future || promised) {
    if (negations > 0 && !promised)
      return { ...shape, value: negations % 2 === 0 ? 'yes' : 'no', bare: false, weak: false, promised: false };
    return { ...shape, value: 'no', bare: false, weak: false, promised: true };
  }
  const value = (negations + (bad ? 1 : 0)) % 2 === 0 ? 'yes' : 'no';
  const bare = core === null || core.cls === 'have';
  const weak = negations === 0 && core?.cls === 'act' && !done && !adverb && !settled && cores === 1;
  return { ...shape, value, bare, weak, promised: false };
};
