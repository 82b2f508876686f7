// Cuts a reply into clauses and says which of them report and which ask, order, suppose or gossip.
// A clause that does not report gives no values, whatever items it names.

import { startsPredicate } from './predicates.ts';
import type { Cls, Token } from './token.ts';

export type Silence = 'question' | 'directive' | 'hypothesis' | 'elsewhere';

export interface Clause {
  readonly tokens: readonly Token[];
  /** What ended it. */
  readonly end: Cls | null;
  readonly silent: Silence | null;
  /** It tells what was said before: its values are the old ones (刚才报的4没有). */
  readonly old: boolean;
}

const ENDS: ReadonlySet<Cls> = new Set(['comma', 'stop', 'newline']);

const isSentenceEnd = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  // 未落实的：4、5。已落实的：…
  if (tokens[at - 2]?.cls === 'colon' && /^[的嘅]$/.test(tokens[at - 3]?.text ?? '')) return true;
  return !((before?.cls === 'number' || before?.cls === 'rest') && after !== undefined && after.cls !== 'newline');
};

const ONLY_NAMES: ReadonlySet<Cls> = new Set(['item', 'group', 'qualifier', 'number', 'filler', 'space', 'quote']);

/** 隔离点？影子都没有一个: asked and answered by the same person. */
const isTopicMark = (tokens: readonly Token[], at: number, current: readonly Token[]): boolean => {
  if (current.length === 0 || !current.every((t) => ONLY_NAMES.has(t.cls))) return false;
  for (let i = at + 1; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.cls === 'question') return false;
    if (startsPredicate(token)) return true;
    if (token.cls !== 'ack' && ENDS.has(token.cls) && tokens[i - 1]?.cls !== 'ack') return false;
  }
  return false;
};

const split = (tokens: readonly Token[]): { tokens: Token[]; end: Cls | null }[] => {
  const clauses: { tokens: Token[]; end: Cls | null }[] = [];
  let current: Token[] = [];
  tokens.forEach((token, i) => {
    const isEnd = ENDS.has(token.cls) || token.text === '?' || (token.cls === 'dot' && isSentenceEnd(tokens, i));
    if (!isEnd) {
      current.push(token);
      return;
    }
    const asks = token.text === '?';
    const isTopic = asks && isTopicMark(tokens, i, current);
    clauses.push({
      tokens: current,
      end: isTopic ? 'comma' : token.cls === 'dot' ? 'stop' : asks ? 'question' : token.cls,
    });
    current = [];
  });
  clauses.push({ tokens: current, end: null });
  return clauses;
};

/** 东区那边, 我女儿所在的小区: not this compound. 28栋那边也看了 is about this one. */
const isOtherPlace = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens[at - 1];
  if (tokens[at]?.text === '小区') return isOwned(tokens.slice(Math.max(0, at - 5), at));
  if (tokens[at]?.text !== '那边') return false;
  if (before?.cls === 'fact') return !tokens.slice(at).some((t) => /^[看查]./.test(t.text));
  return ['unknown', 'compound'].includes(before?.cls ?? '') || KIN.has(before?.text ?? '');
};
/** 他们的小区, 小王住的小区, but not 我住的小区. */
const isOwned = (tokens: readonly Token[]): boolean => {
  const owner = tokens.findIndex((t) => /^(我|咱|本)/.test(t.text));
  if (owner >= 0) return tokens[owner + 1]?.cls === 'unknown' && tokens.at(-1)?.text === '的';
  const last = tokens.at(-1);
  return (
    last !== undefined &&
    (/(他|她|他们|她们|人家|佢|佢哋)$/.test(last.text) || (last.text === '的' && tokens.length > 1))
  );
};
/** 李姐 */
const KIN = new Set(['姐', '哥', '叔', '师傅', '阿姨', '大叔', '大哥', '兄弟']);

/** 5个小区员工未戴口罩: news of others. */
const isManyPlaces = ({ cls, text, amount = 0 }: Token): boolean =>
  cls === 'fact' && amount > 2 && text.endsWith('个小区');

/** 隔离点的话: names what is spoken of and supposes nothing. */
const isTopic = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === '的话' &&
  ['item', 'number', 'rest', 'group', 'qualifier', 'ambiguous', 'before'].includes(tokens[at - 1]?.cls ?? '');

const DENIALS = new Set(['不', '没', '唔', '冇']);

/** 贴了没有, 戴咗未: a question without a question word. */
const asksWhether = (tokens: readonly Token[]): boolean => {
  const spoken = tokens.filter((token) => token.cls !== 'space');
  // 贴不贴
  if (
    spoken.some((t, i) => t.cls === 'act' && DENIALS.has(spoken[i + 1]?.text ?? '') && spoken[i + 2]?.text === t.text)
  )
    return true;
  const last = spoken.at(-1);
  if (
    spoken[0]?.text.startsWith('你') &&
    last?.cls === 'not' &&
    spoken.some((t) => t.cls === 'done' || /[了过]$/.test(t.text))
  )
    return true;
  const before = spoken.at(-2);
  return (
    last?.cls === 'not' &&
    ['没有', '没', '未', '冇', '没呢'].includes(last.text) &&
    before?.cls === 'done' &&
    ['了', '咗', '过', '好'].includes(before.text)
  );
};

/** 不清楚4有没有: no question, but a report that does not know. */
const wonders = (tokens: readonly Token[]): boolean =>
  tokens.some((t) => t.cls === 'hedge' && /[不没忘唔]/.test(t.text)) &&
  tokens.some((t) => ['item', 'number', 'qualifier', 'group', 'ambiguous'].includes(t.cls));

const ANY = new Set(['什么', '啥', '咩', '哪个', '哪项', '哪样']);

/** What looks like a question word and is none: 什么文件都没贴, 八项嘛都有, and 是否上墙：是, the label of a value. */
const asksHere = (tokens: readonly Token[], at: number): boolean => {
  const { text } = tokens[at] as Token;
  const after = tokens.slice(at + 1);
  if (text.startsWith('哪') && tokens[at - 1]?.cls === 'not') return false;
  if (ANY.has(text)) return !after.slice(0, 4).some((t) => t.cls === 'all' || t.text === '也');
  if (text === '嘛') return !after.some((t) => t.cls !== 'space' && t.cls !== 'filler');
  return !(text === '是否' && after.some((t) => ['colon', 'dash', 'yes', 'no'].includes(t.cls)));
};

/** 全部落实后请上报; 回复"全部落实"即可. */
const isInstruction = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at] as Token;
  if (/^(即可|就行|就可以)$/.test(token.text)) return ['回复', '填', '写'].includes(tokens[0]?.text ?? '');
  const follows = ['state', 'done', 'act'].includes(tokens[at - 1]?.cls ?? '');
  return token.text === '后' && follows && ['directive', 'look', 'future'].includes(tokens[at + 1]?.cls ?? '');
};

/** 是扫粤康码还是场所码: which of the two? */
const isAlternative = (tokens: readonly Token[], at: number): boolean =>
  at < tokens.length - 1 && tokens.slice(0, at).some((t) => t.cls === 'is' || t.text === '是有');

/** 访客都要扫码登记的, 都要登记才能进: how things are done here, and no order. */
const isHabit = (tokens: readonly Token[], at: number): boolean =>
  (tokens[at]?.text === '要' || tokens[at]?.text === '必须') &&
  (['all', 'item', 'qualifier'].includes(tokens[at - 1]?.cls ?? '') ||
    /^(一定|肯定)$/.test(tokens[at - 1]?.text ?? '')) &&
  tokens
    .slice(at + 1)
    .some(
      (t, i, after) =>
        ['item', 'qualifier', 'ambiguous'].includes(after[i - 1]?.cls ?? '') && /^[的嘅先才]/.test(t.text),
    );

/** 隔离点设在物业办公室旁边: where a thing of this place stands. */
const isPlacedAt = (tokens: readonly Token[], at: number): boolean =>
  (ROOMS.has(tokens[at]?.text ?? '') && /[回到]$/.test(tokens[at - 1]?.text ?? '')) ||
  (tokens[at]?.text === '负责的小区' && tokens[at - 1]?.text.startsWith('我') === true) ||
  (ROOMS.has(tokens[at]?.text ?? '') && tokens.slice(0, at).some((t) => t.cls === 'at'));
/** 跟隔壁小区差不多: here, as there. */
const isLikened = (tokens: readonly Token[], at: number): boolean =>
  /^[跟和同与像]$/.test(tokens[at - 1]?.text ?? '') &&
  tokens.slice(at + 1).some((t) => t.cls === 'same' || /^(差不多|类似|一个样)/.test(t.text));
/** 3让小孩撕掉了: by whom. */
const isPassive = (tokens: readonly Token[], at: number): boolean => /^[让被给]$/.test(tokens[at - 1]?.text ?? '');
const ROOMS = new Set(['办公室', '隔壁', '会议', '饭堂', '食堂']);

/** 有喇叭提醒大家戴口罩: they are whom the thing is done for. */
const isReminded = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.cls === 'item' && tokens.slice(0, at - 1).some((t) => ['have', 'adv', 'not', 'all'].includes(t.cls));

const OPENERS = new Set(['请问', '想问', '请教', '咨询', '问一下']);

/** Where the silent part of a clause begins, and why; a report before it still counts (4没有 请问…). */
const silence = (tokens: readonly Token[], end: Cls | null): { at: number; why: Silence } | null => {
  let spaceBefore = 0;
  let found: { at: number; why: Silence } | null = null;
  const amends = tokens.some((token) => token.cls === 'change' || token.cls === 'amend' || token.cls === 'wrong');
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.cls === 'space') spaceBefore = i + 1;
    else if (isInstruction(tokens, i)) return { at: 0, why: 'directive' };
    else if (token.cls === 'hypothesis' && !isTopic(tokens, i)) return { at: 0, why: 'hypothesis' };
    else if (
      (token.cls === 'elsewhere' &&
        !isLikened(tokens, i) &&
        !isReminded(tokens, i) &&
        !isPlacedAt(tokens, i) &&
        !isPassive(tokens, i)) ||
      isOtherPlace(tokens, i) ||
      isManyPlaces(token)
    )
      return { at: 0, why: 'elsewhere' };
    else if (token.cls === 'addressee' && !isReminded(tokens, i) && tokens[i + 1]?.text !== '好')
      return { at: found?.at ?? spaceBefore, why: 'directive' };
    else if (token.text === '还是' && isAlternative(tokens, i) && !wonders(tokens))
      return { at: spaceBefore, why: 'question' };
    else if (token.cls === 'question' && (wonders(tokens) || !asksHere(tokens, i))) continue;
    else if (token.cls === 'question') return { at: OPENERS.has(token.text) ? i : spaceBefore, why: 'question' };
    else if (token.cls === 'directive' && found === null && !amends && !isHabit(tokens, i))
      found = { at: i, why: 'directive' };
  }
  if (end === 'question' || (asksWhether(tokens) && !wonders(tokens))) return { at: spaceBefore, why: 'question' };
  return found;
};

/** 上次检查第5项没过: how it was then. */
const LONG_AGO = new Set([
  '上个月',
  '上月',
  '上星期',
  '前阵子',
  '前段时间',
  '去年',
  '上半年',
  '原来',
  '本来',
  '上次',
  '上回',
  '上一次',
  '上周',
  '以前',
  '之前',
  '原先',
  '早前',
  '前几天',
]);

const isOld = (tokens: readonly Token[]): boolean => {
  const first = tokens.find((t) => t.cls !== 'space');
  if (LONG_AGO.has(first?.text ?? '')) return true;
  // 隔离点原来没有，今天刚设好
  if (tokens.some((t, i) => LONG_AGO.has(t.text) && ['not', 'have', 'state'].includes(tokens[i + 1]?.cls ?? '')))
    return true;
  const before = tokens.findIndex((token) => token.cls === 'before' || token.cls === 'first');
  return before >= 0 && tokens.slice(before + 1, before + 4).some((token) => token.cls === 'reported');
};

/** 隔离点昨天没有，今天设好了: what was said first has changed. */
const isOutdated = (tokens: readonly Token[], end: Cls | null, next: readonly Token[] | undefined): boolean => {
  const first = next?.find((t) => t.cls !== 'space' && t.cls !== 'but');
  const isPast = tokens.some((t) => t.cls === 'before' && !/刚|头先|啱/.test(t.text));
  return end === 'comma' && isPast && BY_NOW.has(first?.text ?? '');
};
const BY_NOW = new Set([
  '今天',
  '今日',
  '今早',
  '今次',
  '这次',
  '现在',
  '目前',
  '而家',
  '依家',
  '后来',
  '刚刚',
  '刚',
  '现',
]);

/** 只查快递，还是连装修工也要查？: the first half asks as well. */
const opensAlternative = (end: Cls | null, next: ReturnType<typeof split>[number] | undefined): boolean => {
  const first = next?.tokens.find((t) => t.cls !== 'space');
  return end === 'comma' && next?.end === 'question' && ['还是', '定系', '抑或'].includes(first?.text ?? '');
};

/** 都要戴口罩，…，第六项有做: an order does not say how things are. */
const reportsAgain = (tokens: readonly Token[]): boolean => {
  const [first, second] = tokens.filter((t) => t.cls !== 'space');
  return first?.cls === 'number' && (second?.cls === 'have' || second?.cls === 'not');
};

export const readClauses = (tokens: readonly Token[]): Clause[] => {
  let running: Silence | null = null;
  return split(tokens).flatMap(({ tokens: own, end }, i, parts): Clause[] => {
    if (opensAlternative(end, parts[i + 1])) return [{ tokens: own, end, silent: 'question', old: false }];
    const from = silence(own, end);
    const outdated = isOutdated(own, end, parts[i + 1]?.tokens);
    const inherited = running;
    // An order or a piece of gossip goes on to the full stop; a question ends with its clause.
    if (from !== null && from.why !== 'question') running = from.why;
    else if (from !== null && OPENERS.has(own[from.at]?.text ?? '')) running = 'question';
    if (end !== 'comma') running = null;
    if (inherited === 'directive' && from === null && reportsAgain(own)) {
      running = null;
      return [{ tokens: own, end, silent: null, old: isOld(own) }];
    }
    if (inherited !== null) return [{ tokens: own, end, silent: inherited, old: false }];
    if (from === null) return [{ tokens: own, end, silent: null, old: outdated || isOld(own) }];
    const spoken = own.slice(0, from.at);
    const rest: Clause = { tokens: own.slice(from.at), end, silent: from.why, old: false };
    return spoken.length === 0 ? [rest] : [{ tokens: spoken, end: 'comma', silent: null, old: isOld(spoken) }, rest];
  });
};
