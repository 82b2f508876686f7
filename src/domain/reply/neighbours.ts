// What stands beside a word and changes what it is: pure looks at the tokens before and after, without any state.

import { isEntering, isPeople } from './thesaurus.ts';
import type { Cls, Token } from './token.ts';

const NAMED: ReadonlySet<Cls> = new Set(['item', 'ambiguous', 'group']);
export const isNamed = (token: Token | undefined): boolean => token !== undefined && NAMED.has(token.cls);

/** 外卖员进门: on the way in, and no name of those who come in. */
export const isOnTheWay = (tokens: readonly Token[], at: number): boolean =>
  isEntering(tokens[at]?.text ?? '') && isNamed(nameBefore(tokens, at));

/** 提醒进出的人: whom it is done to. */
export const isDoneTo = (tokens: readonly Token[], at: number): boolean => {
  const [before, token] = [tokens[at - 1], tokens[at]];
  const isOther = before?.cls === 'item' && before.items?.[0] !== token?.items?.[0];
  const does = tokens[at + 1]?.cls === 'act' && isPeople(token?.text ?? '');
  return isOther && does && !isPeople(before.text);
};

/** 谢谢提醒 thanks; 我登记好了 is the speaker, as a visitor. */
export const isOfSpeaker = (tokens: readonly Token[], at: number): boolean => {
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  if (before?.text.includes('谢')) return true;
  return before?.text === '我' && (after?.cls === 'done' || after?.cls === 'state');
};

/** 通告和十必须 */
export const isAnd = (tokens: readonly Token[], at: number): boolean =>
  AND.has(tokens[at]?.text ?? '') && isNamed(tokens[at + 1]);

/** 登记的笔: something that belongs to it. */
export const isPartOfNamed = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.text === '的' && isNamed(tokens[at - 2]);

/** 通告在公告栏 */
export const isPosted = (place: Token | undefined): boolean =>
  place?.cls === 'noun' && /.[栏墙]$|墙[上面]/.test(place.text);

/** The word before, but for 员 and the like. */
const nameBefore = (tokens: readonly Token[], at: number): Token | undefined =>
  tokens[at - 1]?.cls === 'person' ? tokens[at - 2] : tokens[at - 1];

/** 保安老张 */
export const isNickname = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.cls === 'qualifier' && /^[老小阿].$/.test(tokens[at]?.text ?? '');

const AND = new Set(['和', '跟', '与', '及', '同', '同埋', '以及', '还有']);

/** 三、未上墙: the mark belongs to the number of the line and lists nothing. */
export const joinsNames = (tokens: readonly Token[], at: number): boolean =>
  !(tokens[at - 1]?.cls === 'number' && ['quote', 'space', undefined].includes(tokens[at - 2]?.cls));
