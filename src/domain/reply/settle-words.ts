// Words that are one thing in one place and another in the next: 可 (but, may), 吧 (a guess, a pause), 会 (will, does as a
// habit). What stands beside them decides, before any clause is read.

import { startsPredicate } from './predicates.ts';
import type { Cls, Token } from './token.ts';

const NAMES: ReadonlySet<Cls> = new Set(['item', 'group', 'qualifier', 'number', 'rest', 'ambiguous']);
const ENDS: ReadonlySet<Cls> = new Set(['comma', 'stop', 'newline', 'dot']);
const PAUSES: ReadonlySet<Cls> = new Set([...ENDS, 'space']);
const DOINGS: ReadonlySet<Cls> = new Set(['item', 'ambiguous']);
const BESIDE: ReadonlySet<Cls> = new Set(['filler', 'adv', 'urge', 'person', 'noun', 'space', 'act']);

interface Place {
  readonly tokens: readonly Token[];
  readonly at: number;
}

const before = ({ tokens, at }: Place): Token | undefined => tokens[at - 1];
const after = ({ tokens, at }: Place): Token | undefined => tokens[at + 1];
const isEnd = (token: Token | undefined): boolean => token === undefined || ENDS.has(token.cls);

/** The tokens of the clause on one side of the place, nearest first. */
const clause = ({ tokens, at }: Place, step: 1 | -1): Token[] => {
  const found: Token[] = [];
  for (let i = at + step; !isEnd(tokens[i]) && found.length < 12; i += step) found.push(tokens[i] as Token);
  return found;
};

/** 可外卖都不登记 */
const isBut = (place: Place): boolean => isEnd(before(place)) && NAMES.has(after(place)?.cls as Cls);

/** 这个隔离点吧，没设: a pause behind what is spoken of. */
const isPause = (place: Place): boolean => {
  const { tokens, at } = place;
  const spoken = clause(place, -1);
  if (!PAUSES.has(after(place)?.cls as Cls) || !spoken.some((t) => NAMES.has(t.cls))) return false;
  const onlyNames = spoken.every((t) => NAMES.has(t.cls) || t.cls === 'noun' || t.cls === 'filler');
  return onlyNames && tokens.slice(at + 2, at + 5).some((t) => startsPredicate(t) || t.cls === 'adv');
};

/** 不算完全做到: not what one would call done. 不算4: but for 4. */
const isJudged = (place: Place): boolean => ['adv', 'state', 'act', 'all', 'have'].includes(after(place)?.cls ?? '');

/** 门岗会提醒: what they do day by day. 我会提醒, 明天会提醒: what somebody will do. */
const isHabit = (place: Place): boolean => {
  const doing = clause(place, 1);
  const who = clause(place, -1);
  const what = doing.findIndex((t) => !BESIDE.has(t.cls));
  return (
    what >= 0 &&
    DOINGS.has(doing[what]?.cls as Cls) &&
    (place.at === 0 || who.some((t) => ['person', 'qualifier', 'item', 'all'].includes(t.cls) || t.text === '也')) &&
    !who.some((t) => t.cls === 'future' || t.cls === 'look' || /我|咱/.test(t.text)) &&
    !doing.some((t) => t.cls === 'future' || t.cls === 'look')
  );
};

/** 一直在提醒: doing it. */
const isDoing = (place: Place): boolean =>
  DOINGS.has(after(place)?.cls as Cls) && ['adv', 'person', 'have'].includes(before(place)?.cls ?? '');

/** 没有哪项, 没有任何一项: not even one. */
const isAnyOne = (place: Place): boolean => ['没有', '没', '无', '冇'].includes(before(place)?.text ?? '');

/** 门卫也提醒, 主动扫码, 能够提醒: they do it. */
const isDone = (place: Place): boolean =>
  after(place)?.cls === 'item' &&
  !clause(place, -1).some((t) => ['not', 'directive', 'future', 'look'].includes(t.cls));
const DOING_ADVERBS = new Set(
  '也 亦 一直 能够 能 主动 自觉 坚持 反复 耐心 时刻 随时 总是 不断 不停 不停地 积极 经常 及时 逐一'.split(' '),
);

/** 没见保安提醒: nobody was seen doing it. 没见到隔离点 may be an oversight. */
const isUnseenDoing = (place: Place): boolean => {
  const [who, what] = clause(place, 1);
  if (who?.cls === 'act') return true;
  return ['person', 'qualifier', 'heads', 'have'].includes(who?.cls ?? '') && DOINGS.has(what?.cls as Cls);
};
const UNSEEN = new Set([
  '没见',
  '没见到',
  '没看到',
  '没看见',
  '没看到有',
  '没看见有',
  '没见有',
  '未见',
  '冇见到',
  '睇唔到',
  '没见过',
  '冇见',
  '没看见过',
]);

/** 领导要求…: an order. 要求访客登记 is what the guards do. */
const isDecreed = (place: Place): boolean => AUTHORITIES.test(before(place)?.text ?? '');
const AUTHORITIES =
  /^(领导|上级|上面|科长|局长|组长|主任|老师|镇里|市里|局里|街道|社区|镇街|市局|区里|总部|政府|上头)$/;

/** 4月25日前: a day that is still to come. */
const isDeadline = (place: Place): boolean =>
  before(place)?.cls === 'fact' && /[日号月点]$/.test(before(place)?.text ?? '');

/** 还没腾出来: what stands between is a verb, known or not. */
const isStrangeVerb = (place: Place): boolean =>
  place.tokens[place.at]?.text.length === 1 &&
  before(place)?.cls === 'not' &&
  COMPLETED.has(after(place)?.text ?? '') &&
  !'找收听想睡买吃看见'.includes(place.tokens[place.at]?.text ?? ' ') &&
  clause(place, -1).some((t) => NAMES.has(t.cls));

const COMPLETED = new Set([
  '好',
  '完',
  '出来',
  '起来',
  '上',
  '上去',
  '齐',
  '成',
  '住',
  '好了',
  '完了',
  '晒',
  '起嚟',
  '出嚟',
]);

/** 隔离点边有啊: there is none. 哪有十必须 asks for it. */
const isDenial = (place: Place): boolean =>
  NAMES.has(before(place)?.cls as Cls) && clause(place, 1).every((t) => t.cls === 'filler' || t.cls === 'done');

/** 访客不用登记: what need not be done is not done. */
const isSpared = (place: Place): boolean => DOINGS.has(after(place)?.cls as Cls);

/** 文件x3: three of them, where a mark would stand alone. */
const isTimes = (place: Place): boolean => {
  const [named, count] = [before(place), after(place)];
  const isGroup = named?.cls === 'group' && named.to === place.tokens[place.at]?.from;
  return isGroup && count?.cls === 'number' && count.figures?.[0] === named.items?.length;
};

/** 漏打了一个没字: the character, and not what it says. */
const isLetter = (place: Place): boolean =>
  ['not', 'have', 'is', 'yes', 'no'].includes(place.tokens[place.at]?.cls ?? '') &&
  after(place)?.cls === 'unknown' &&
  after(place)?.text[0] === '字';

/** 没口罩不让进 tells how strict they are; 不登记不让进, that they register. */
const barring = (place: Place): Partial<Token> | null => {
  const token = place.tokens[place.at] as Token;
  const [back, on] = [clause(place, -1), clause(place, 1)];
  const begins = token.cls === 'not' && on.some((t) => t.cls === 'barred');
  const inside = back.some((t) => t.cls === 'not') && on.some((t) => t.cls === 'barred');
  if (begins || (inside && (token.cls === 'act' || token.cls === 'ambiguous'))) return { cls: 'filler' };
  if (token.cls !== 'barred') return null;
  const denied = back.findIndex((t) => t.cls === 'not');
  if (denied < 0) return { cls: 'unknown' };
  return { cls: back.slice(0, denied).some((t) => t.cls === 'item') ? 'state' : 'filler' };
};

/** What the word is here, where that differs from what it mostly is. */
const settled = (place: Place): Partial<Token> | null => {
  const token = place.tokens[place.at] as Token;
  if (isLetter(place)) return { cls: 'filler' };
  const bars = barring(place);
  if (bars !== null) return bars;
  if (token.cls === 'unknown') return isStrangeVerb(place) ? { cls: 'act' } : null;
  if (DOING_ADVERBS.has(token.text)) return isDone(place) ? { cls: 'have' } : null;
  if (UNSEEN.has(token.text)) return isUnseenDoing(place) ? { cls: 'not' } : null;
  switch (token.text) {
    case '可':
      return isBut(place) ? { cls: 'but' } : null;
    case '吧':
      return isPause(place) ? { cls: 'filler' } : null;
    case '不算':
      return isJudged(place) ? { cls: 'vague' } : null;
    case '会':
      return isHabit(place) ? { cls: 'have' } : null;
    case '哪有':
    case '边有':
    case '边度有':
    case '哪里有':
      return isDenial(place) ? { cls: 'not' } : null;
    case '要求':
      return isDecreed(place) ? { cls: 'directive' } : null;
    case '前':
    case '之前':
    case '以前':
      return isDeadline(place) ? { cls: 'future' } : null;
    case '哪':
    case '哪个':
    case '哪项':
    case '任何':
      return isAnyOne(place) ? { cls: 'filler' } : null;
    case '项':
    case '一项':
      return before(place)?.text === '哪' && isAnyOne({ tokens: place.tokens, at: place.at - 1 })
        ? { cls: 'count', amount: 1 }
        : null;
    case 'x':
    case '×':
      return isTimes(place) ? { cls: 'filler' } : null;
    case '在':
      return isDoing(place) ? { cls: 'have' } : null;
    case '不用':
    case '无需':
    case '无须':
    case '不需要':
    case '不必':
    case '唔使':
      return isSpared(place) ? { cls: 'not' } : null;
    default:
      return null;
  }
};

/** 填“否”: the quotes around a lone value. */
const unquoted = (tokens: readonly Token[]): readonly Token[] => {
  const quotes = (at: number): boolean =>
    tokens[at]?.cls === 'quote' &&
    tokens[at]?.text === '"' &&
    tokens[at + 2]?.text === '"' &&
    VALUES.has(tokens[at + 1]?.cls as Cls);
  return tokens.filter((_, i) => !quotes(i) && !quotes(i - 2));
};
const VALUES: ReadonlySet<Cls> = new Set(['yes', 'no', 'is', 'have', 'not']);

export const settleWords = (sent: readonly Token[]): readonly Token[] => {
  const tokens = unquoted(sent);
  return tokens.map((token, at): Token => {
    const here = settled({ tokens, at });
    return here === null ? token : { ...token, ...here };
  });
};
