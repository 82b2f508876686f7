// Joins figures into what they name: lists (1、2、3), runs (12356), ranges (1-3, 第1至第3项). A chain with a member no item
// has, joined like a date (4/22, 4-22), is a date and not a list.

import type { Cls, Token } from './token.ts';

const LISTING: ReadonlySet<Cls> = new Set(['list', 'comma', 'dot', 'slash', 'space']);
const AND = new Set(['and', '和', '跟', '与', '及', '同', '同埋', '以及', '还有', '或']);
const TO = new Set(['到', '至', '直到', '-', '~']);

type Joint = 'and' | 'to' | 'date' | 'date-to';

/** 1到3点, 1、2栋: what the last figure counts, all of them count. */
const isCounted = (token: Token): boolean => token.cls === 'fact' && token.amount !== undefined;

interface Next {
  readonly joint: Joint;
  readonly at: number;
}

/** The joint after `tokens[at]`, if another figure follows it. */
const nextFigure = (tokens: readonly Token[], at: number): Next | null => {
  let joint: Joint | null = null;
  for (let i = at + 1; i < tokens.length && i < at + 6; i++) {
    const token = tokens[i] as Token;
    if (token.cls === 'number' || (isCounted(token) && joint !== null)) return { joint: joint ?? 'and', at: i };
    if (token.cls === 'count') return joint !== null && /[项条]/.test(token.text) ? { joint, at: i } : null;
    if (token.cls === 'dash' || TO.has(token.text)) joint = token.cls === 'dash' ? 'date-to' : 'to';
    else if (token.cls === 'slash' || token.cls === 'dot') joint = joint ?? 'date';
    else if (token.cls === 'space' || (token.cls === 'quote' && token.text !== '"')) continue;
    else if (LISTING.has(token.cls) || AND.has(token.text)) joint = joint === 'to' ? 'to' : 'and';
    else return null;
  }
  return null;
};

/** 1-9都有: a range that begins like one and goes too far, and no date. */
const isOverrun = (figures: readonly number[], after: Token | undefined, total: number): boolean =>
  figures[0] === 1 && (figures.at(-1) ?? 0) <= total + 4 && VALUES.has(after?.cls as Cls);
const VALUES: ReadonlySet<Cls> = new Set(['all', 'have', 'not', 'yes', 'no', 'state', 'is']);

const isSingle = (token: Token): boolean => (token.figures?.length ?? 0) === 1;

/** `total` is how many items there are. */
export const joinNumbers = (tokens: readonly Token[], total: number): Token[] => {
  const joined: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const first = tokens[i] as Token;
    if (first.cls !== 'number') {
      joined.push(first);
      continue;
    }
    const figures = [...(first.figures ?? [])];
    let dated = false;
    let wrong = false;
    let last = i;
    for (let next = nextFigure(tokens, last); next !== null; next = nextFigure(tokens, last)) {
      const token = tokens[next.at] as Token;
      const more = token.figures ?? [];
      if (isCounted(token)) {
        wrong = true;
        last = next.at;
        break;
      }
      const previous = figures.at(-1) ?? 0;
      // 1-8，4冇: a new beginning.
      if (next.joint === 'and' && tokens[next.at - 1]?.cls === 'comma' && more.every((n) => figures.includes(n))) break;
      // 4没有 8项: a count after a lone figure is a count; 1至3项 is a range.
      if (token.cls === 'count' && next.joint === 'and' && figures.length === 1 && tokens[last + 1]?.cls === 'space')
        break;
      if (next.joint === 'to' || next.joint === 'date-to') {
        const end = more[0] ?? 0;
        if (!isSingle(token) || end < previous) wrong = true;
        for (let n = previous + 1; n < end && n <= total; n++) figures.push(n);
      }
      if (next.joint === 'date' || next.joint === 'date-to') dated = true;
      figures.push(...more);
      last = next.at;
      if (token.cls === 'count') break;
    }
    const from = first.from;
    if (dated && figures.length === 2 && figures.every((n) => n === total)) {
      // 8/8: all of them.
      const to = (tokens[last] as Token).to;
      joined.push({ cls: 'count', from, to, text: '', figures: [total], amount: total });
      i = last;
      continue;
    }
    const to = (tokens[last] as Token).to;
    const outside = figures.some((n) => n < 1 || n > total);
    if ((dated && outside && !isOverrun(figures, tokens[last + 1], total)) || wrong) {
      joined.push({ cls: 'fact', from, to, text: '' });
    } else {
      const following = tokens[last + 1];
      const counted = figures.length > 1 && following?.cls === 'count' && following.amount === figures.length;
      const { amount, ...rest } = first;
      joined.push({
        ...rest,
        ...(last === i && amount !== undefined ? { amount } : {}),
        to: counted ? following.to : to,
        figures,
        ordinal: first.ordinal === true,
        text: first.text,
        chinese: first.chinese === true && last === i && figures.length === 1,
      });
      if (counted) last++;
    }
    i = last;
  }
  return joined;
};
