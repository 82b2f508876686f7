// How a reply is said: sure or hedged, first hand or hearsay, for oneself or for somebody else, new or corrected.
// It looks only at clauses that report.

import type { Clause } from './clauses.ts';
import { startsPredicate } from './predicates.ts';
import type { Cls, Token } from './token.ts';

export interface Tone {
  readonly hedged: boolean;
  readonly vague: boolean;
  readonly hearsay: boolean;
  readonly forSomebody: boolean;
  readonly same: boolean;
  readonly correcting: boolean;
  /** Nothing but a hedge or a vague word: 还行吧. */
  readonly strange: number;
  readonly compounds: readonly Token[];
  /** Beginnings that no word explains: names of compounds or people. */
  readonly plans: boolean;
  readonly acknowledges: boolean;
  /** 收到 rather than 好的. */
  readonly received: boolean;
  /** 按要求, 一定 without a 了. */
  readonly promises: boolean;
  readonly finished: boolean;
  /** 要是旧帐篷也算，4就算有: a value that hangs on something else. */
  readonly conditional: boolean;
}

const REPORTS = new Set([
  '报',
  '填',
  '报一下',
  '上报',
  '填报',
  '交',
  '交一下',
  '录',
  '回',
  '填一下',
  '发',
  '汇报',
  '登记',
  '报告',
  '报的',
  '填的',
  '写的',
  '发的',
  '交的',
  '录的',
  '录入',
  '反馈',
  '回复',
  '报下',
  '补报',
]);
/** 物业说没地方设，确实没有 */
const SURELY = /^(确实|的确|果然|实际|实际上)$/;
const FIRMLY = new Set(['一定', '按要求', '按照要求', '按规定', '严格', '认真', '绝对']);
const SAYS = new Set(['说', '讲', '话', '反映', '告知', '回复说', '称']);

/** 有个别员工没戴: some one is missing, which is a plain no. 后面几项: so many as there are. */
const isVague = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens[at - 1]?.cls;
  const after = tokens[at + 1]?.cls;
  // 地方不够: a reason.
  if (tokens[at]?.text === '不够' && (before === 'noun' || before === 'unknown' || before === 'person')) return false;
  if (before === 'last' || before === 'first' || before === 'rest') return false;
  // 大致看了一圈: roughly looked at, which says nothing of what was seen.
  if (after === 'look' || /^[看查转走睇]/.test(tokens[at + 1]?.text ?? '')) return false;
  return !((after === 'qualifier' || after === 'heads') && tokens.slice(at).some((t) => t.cls === 'not'));
};

/** 戴是戴了，…: granted, but something follows. */
const concedes = (tokens: readonly Token[], at: number): boolean =>
  ['act', 'have', 'state'].includes(tokens[at]?.cls ?? '') &&
  `${tokens[at + 1]?.text}${tokens[at + 2]?.text}`.startsWith(`是${tokens[at]?.text}`);

/** 应该是全部落实了: supposed, and nothing corrected. */
const isSupposed = (tokens: readonly Token[], at: number): boolean =>
  /^应该?[是系]$/.test(tokens[at]?.text ?? '') && tokens[at + 1]?.cls === 'all';

/** 碧桂园第5项…: a name at the beginning, in front of what is reported of it. */
const isNamedPlace = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.cls === 'unknown' &&
  /..[园苑城湾府居轩阁庭郡]$/.test(tokens[at].text) &&
  ['space', undefined].includes(tokens[at - 1]?.cls) &&
  ['number', 'item', 'group', 'all', 'rest', 'count', 'colon'].includes(
    tokens[tokens[at + 1]?.cls === 'space' ? at + 2 : at + 1]?.cls ?? '',
  );

/** 金域花园和蓝波湾: a second name beside the first. */
const isTwin = (tokens: readonly Token[], at: number): Token | null => {
  const [first, and, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  const joined = /^[和跟与及、]$/.test(and?.text ?? '') && second?.cls === 'unknown' && second.text.length > 1;
  return joined && (first?.cls === 'compound' || first?.text.endsWith('小区')) ? second : null;
};

/** 两个小区都落实 */
const isTwoPlaces = ({ cls, text, amount }: Token): boolean =>
  cls === 'fact' && amount === 2 && text.endsWith('个小区');

/** 翠湖花园全部有，雅居乐4没有: after one compound, a name we do not know before an item of its own. */
const isSecondName = (tokens: readonly Token[], at: number): boolean => {
  const opens = at === 0 || (at === 1 && tokens[0]?.cls === 'person');
  return opens && tokens[at]?.cls === 'unknown' && ['number', 'all', 'count'].includes(tokens[at + 1]?.cls ?? '');
};

/** What follows from a supposition, of an item that is named. */
const dependsOn = ({ silent, tokens, end }: Clause): boolean =>
  silent === 'hypothesis' &&
  (tokens.some((t) => t.text === '算') || !tokens.some((t) => t.cls === 'hypothesis')) &&
  end !== 'question' &&
  !tokens.some((t) => t.cls === 'question' || t.cls === 'reported') &&
  tokens.some((t) => t.cls === 'number' || t.cls === 'item') &&
  tokens.some((t) => startsPredicate(t));

const actsForSomebody = (tokens: readonly Token[], at: number): boolean => {
  for (let i = at + 1; i < tokens.length && i < at + 6; i++) {
    const token = tokens[i] as Token;
    if (token.cls === 'unknown' && /[报填交录]$/.test(token.text)) return true;
    if (REPORTS.has(token.text)) return i > at + 1 || token.text.startsWith('报');
    if (['number', 'all', 'rest', 'change'].includes(token.cls)) return false;
  }
  return false;
};

const isHearsay = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at] as Token;
  if (token.cls === 'hearsay') return true;
  if (!SAYS.has(token.text)) return false;
  // 物业那边回复说
  let from = at - 1;
  while (from > at - 4 && ['filler', 'noun', 'reported', 'look'].includes(tokens[from]?.cls ?? '')) from--;
  const who = tokens[from];
  if (who === undefined) return false;
  return ['unknown', 'qualifier', 'item'].includes(who.cls) || (who.cls === 'person' && !who.text.includes('我'));
};

export const toneOf = (clauses: readonly Clause[]): Tone => {
  const has = new Set<Cls>();
  let hearsay = false;
  let forSomebody = false;
  let strange = 0;
  let hedged = false;
  let supposed = false;
  let pastHedged = false;
  let firmly = false;
  let finished = false;
  let conditional = false;
  const compounds: Token[] = [];
  for (const clause of clauses) {
    conditional ||= dependsOn(clause);
    // 帮隔壁组的阿强交一下
    forSomebody ||=
      clause.silent === 'elsewhere' &&
      clause.tokens.some((t, i) => t.cls === 'proxy' || (t.cls === 'onBehalf' && actsForSomebody(clause.tokens, i)));
    if (clause.silent !== null) continue;
    const plans = clause.tokens.some((token) => token.cls === 'future' && token.text !== '将');
    const past = clause.tokens.some((token) => token.cls === 'before');
    clause.tokens.forEach((token, i) => {
      // 一定 strengthens and 就 is no hedge; 应该是 belongs to a correction.
      if (token.cls === 'vague' && !isVague(clause.tokens, i)) return;
      if (isSupposed(clause.tokens, i)) {
        supposed = true;
        return;
      }
      // 准备改成隔离点
      if (token.cls === 'change' && plans) return;
      has.add(token.cls);
      hedged ||= token.cls === 'hedge' && token.text !== '应该' && !past;
      hedged ||= concedes(clause.tokens, i);
      pastHedged ||= token.cls === 'hedge' && past;
      firmly ||= FIRMLY.has(token.text);
      finished ||=
        token.cls === 'done' ||
        token.cls === 'have' ||
        token.cls === 'yes' ||
        ((token.cls === 'adv' || token.cls === 'filler') && token.text.includes('已')) ||
        token.text.endsWith('了');
      supposed ||= token.text === '应该';
      // 他说明天贴 tells a plan, and not how things are.
      hearsay ||= isHearsay(clause.tokens, i) && !plans;
      if (SURELY.test(token.text) && startsPredicate(clause.tokens[i + 1])) hearsay = false;
      forSomebody ||= token.cls === 'proxy' || (token.cls === 'onBehalf' && actsForSomebody(clause.tokens, i));
      if (token.cls === 'unknown' || token.cls === 'thing') strange += token.to - token.from;
      const twin = isTwin(clause.tokens, i);
      if (twin !== null) compounds.push(token, twin);
      if (isTwoPlaces(token) || (compounds.length === 1 && isSecondName(clause.tokens, i)))
        compounds.push(token, token);
      if (
        (token.cls === 'compound' || isNamedPlace(clause.tokens, i)) &&
        !compounds.some((known) => known.text === token.text)
      )
        compounds.push(token);
    });
  }
  const first = clauses[0]?.tokens.find((t) => t.cls !== 'space' && t.cls !== 'fact');
  const correcting = has.has('amend') || has.has('wrong') || has.has('change') || has.has('mistaken');
  return {
    // 打错了，6应该有: in a correction 应该 says what is right.
    hedged: hedged || ((supposed || pastHedged) && !correcting),
    vague: has.has('vague'),
    hearsay,
    forSomebody,
    same: has.has('same'),
    correcting,
    strange,
    compounds,
    plans: has.has('future') || has.has('look'),
    acknowledges: first?.cls === 'ack',
    received: /收到|明白|知|了解|遵命/.test(first?.text ?? ''),
    promises: firmly && !finished,
    finished,
    conditional,
  };
};
