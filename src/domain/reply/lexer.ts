// Text → words. Longest word first; a figure is read with what stands around it, so that 3号楼 and 4月22日 are facts
// and not items; an unknown stretch is tried by its sound. It decides what a word is, never what a sentence means.

import { readFigure } from './figures.ts';
import type { Lexicon, Meaning } from './lexicon.ts';
import { isDigit } from './numerals.ts';
import { sound } from './sounds.ts';
import type { Cls, Token } from './token.ts';
import type { Match } from './trie.ts';

const PUNCTUATION: Readonly<Record<string, Cls>> = {
  ',': 'comma',
  ';': 'stop',
  '!': 'stop',
  '\n': 'newline',
  ' ': 'space',
  '、': 'list',
  '&': 'list',
  '+': 'list',
  '-': 'dash',
  '.': 'dot',
  '/': 'slash',
  ':': 'colon',
  '→': 'colon',
  '=': 'colon',
  '"': 'quote',
  '「': 'quote',
  '」': 'quote',
  '(': 'quote',
  ')': 'quote',
  '[': 'quote',
  ']': 'quote',
  '【': 'quote',
  '】': 'quote',
  '*': 'quote',
  _: 'quote',
  '|': 'space',
  '>': 'quote',
  '□': 'box',
  '#': 'quote',
};
/** emmm, hhh, lol: no words. */
const INTERJECTION = /^(e+m+|u+m+|h+m*|(ha)+|ah+|oh+|lo+l|er+|nn+|xs+|h+a+)$/;
const VALUE_RUN = '是否有无冇√×对错ynx';
const THING = '表本册簿枪计机仪台处亭桌群箱盒库架儿率柜站费单';
const NAMELESS: ReadonlySet<Cls> = new Set([
  'all',
  'have',
  'not',
  'is',
  'yes',
  'no',
  'number',
  'item',
  'rest',
  'but',
  'space',
  'at',
]);
const PARTICLES = new Set(['的', '嘅']);
/** 阳光花园: short everyday words may be part of a name. */
const isNamePart = (token: Token): boolean =>
  token.cls === 'unknown' ||
  (token.text.length === 1 && !NAMELESS.has(token.cls) && !PARTICLES.has(token.text) && !(token.text in PUNCTUATION));
const isWord = (c: string | undefined): boolean =>
  c !== undefined && c >= '一' && c <= '龥' && !'的了呢啊呀吧'.includes(c) && !VALUE_RUN.includes(c);
const isLatin = (c: string | undefined): boolean => c !== undefined && c >= 'a' && c <= 'z';

/** 一下 and 十必须 are longer than their figures; 两班 may be an option, 七七八八 is no list. */
const yieldsTo = (word: Match<Meaning> | null, figure: Token): boolean => {
  const length = figure.to - figure.from;
  if (word === null || word.length !== length) return word === null || word.length < length;
  return word.value.kind !== 'option' && !(word.value.kind === 'word' && ['vague', 'same'].includes(word.value.cls));
};

/** 单数项: the numbers of every second item. */
const parityFigures = (word: string, total: number): number[] =>
  Array.from({ length: total }, (_, i) => i + 1).filter((n) => (n % 2 === 1) === /^[单奇]/.test(word));

export const lex = (text: string, lexicon: Lexicon, start = 0, end = text.length): Token[] => {
  const tokens: Token[] = [];
  const charAt = (i: number): string | undefined => (i < end ? text[i] : undefined);
  const put = (cls: Cls, from: number, to: number, more: Partial<Token> = {}): number => {
    const previous = tokens.at(-1);
    if (cls === 'unknown' && previous?.cls === 'unknown' && previous.to === from) {
      tokens[tokens.length - 1] = { cls, from: previous.from, to, text: text.slice(previous.from, to) };
    } else tokens.push({ cls, from, to, text: text.slice(from, to), ...more });
    return to;
  };

  const skipWhile = (at: number, test: (c: string) => boolean): number => {
    let i = at;
    for (let c = charAt(i); c !== undefined && test(c); c = charAt(i)) i++;
    return i;
  };

  /** @小助手 up to the space the client puts there; without one, up to the first sign that is no letter of a name. */
  const mention = (at: number): number => {
    const to = skipWhile(at + 1, (c) => !(c in PUNCTUATION) && !isDigit(c) && c !== '?');
    if (charAt(to) === ' ' || to === end) {
      if (to < end || to - at <= 8) return put('fact', at, to);
    }
    for (let i = at + 1; i < to; i++) {
      const meaning = lexicon.words.longest(i, charAt)?.value;
      const reports =
        meaning?.kind === 'item' ||
        meaning?.kind === 'group' ||
        (meaning?.kind === 'word' && ['all', 'rest', 'except'].includes(meaning.cls));
      if (reports && i > at + 1) return put('fact', at, i);
    }
    return put('fact', at, to);
  };

  const valueRun = (at: number): number => {
    const to = skipWhile(at, (c) => VALUE_RUN.includes(c));
    if (to - at < 4 || isLatin(charAt(to))) return at;
    for (let i = at; i < to; i++) put('是有√对y'.includes(text[i] ?? '') ? 'yes' : 'no', i, i + 1);
    return to;
  };

  const slip = (at: number, known: number): { word: string; meaning: Meaning; length: number } | null => {
    const found = lexicon.slips.longest(at, (i) => sound(charAt(i)));
    if (found === null || found.length <= known) return null;
    const { word, meaning } = found.value;
    let alike = 0;
    for (let i = 0; i < word.length; i++) if (word[i] === charAt(at + i)) alike++;
    return alike >= Math.floor(word.length / 2) ? { word, meaning, length: found.length } : null;
  };

  /** 末设: written for 未设. */
  const isDenied = (at: number): boolean => {
    const next = lexicon.words.longest(at, charAt)?.value;
    return next?.kind === 'word'
      ? ['act', 'state'].includes(next.cls)
      : next?.kind === 'item' || next?.kind === 'group';
  };

  const meaningToken = (meaning: Meaning, from: number, to: number): number => {
    if (meaning.kind === 'word' && meaning.cls === 'parity') {
      const figures = parityFigures(text.slice(from, to), lexicon.items.length);
      return put('number', from, to, { figures, ordinal: true });
    }
    if (meaning.kind === 'word') return put(meaning.cls, from, to);
    if (meaning.kind === 'compound') {
      let start = from;
      for (
        let previous = tokens.at(-1);
        previous?.to === start && isNamePart(previous) && from - previous.from <= 6;
        previous = tokens.at(-1)
      ) {
        start = previous.from;
        tokens.pop();
      }
      return put(start < from ? 'compound' : 'person', start, to);
    }
    if (meaning.kind === 'option') return put('option', from, to, { options: meaning.options });
    const after = charAt(to);
    if (after !== undefined && THING.includes(after) && lexicon.words.longest(to, charAt) === null)
      return put('thing', from, to + 1);
    return put(meaning.kind, from, to, meaning);
  };

  for (let at = start; at < end; ) {
    const c = text[at] ?? '';
    const known = lexicon.words.longest(at, charAt);
    const whole =
      known !== null && isLatin(c) && (isLatin(text[at - 1]) || isLatin(charAt(at + known.length))) ? null : known;
    const run = VALUE_RUN.includes(c) ? valueRun(at) : at;
    if (run > at) {
      at = run;
      continue;
    }
    if (c === '末' && whole?.length === 1 && isDenied(at + 1)) {
      at = put('not', at, at + 1);
      continue;
    }
    // 是否上墙 asks, or heads a column; 都是否 answers.
    if (whole?.length === 1 && text.startsWith('是否', at) && isWord(charAt(at + 2))) {
      at = put('question', at, at + 2);
      continue;
    }
    if (c === '@' && (whole === null || whole.value.kind !== 'word')) {
      at = mention(at);
      continue;
    }
    if (c === '/' && isLatin(charAt(at + 1)) && (at === start || /\s/.test(text[at - 1] ?? ''))) {
      at = put('fact', at, skipWhile(at + 1, isLatin));
      continue;
    }
    const misheard = slip(at, whole?.length ?? 0);
    const figure = misheard !== null && misheard.length > 2 ? null : readFigure(text, at, end, lexicon, tokens.at(-1));
    if (
      figure !== null &&
      (yieldsTo(whole, figure) || (c === '一' && '都也没冇未'.includes(charAt(figure.to) ?? ' ')))
    ) {
      tokens.push(figure);
      at = figure.to;
      continue;
    }
    if (c === '→' || ((c === '-' || c === '=') && charAt(at + 1) === '>')) {
      // 无→有 changes; 4→有 tells.
      const isValue = ['have', 'not', 'yes', 'no', 'is', 'state'].includes(tokens.at(-1)?.cls ?? '');
      at = put(isValue ? 'change' : 'colon', at, at + (c === '→' ? 1 : 2));
      continue;
    }
    const sign = whole === null ? PUNCTUATION[c] : undefined;
    if (sign !== undefined) {
      at = put(sign, at, at + 1);
      continue;
    }
    if (misheard !== null && (whole === null || whole.length < 2 || misheard.length > whole.length + 1)) {
      at = meaningToken(misheard.meaning, at, at + misheard.length);
    } else if (whole !== null) {
      at = meaningToken(whole.value, at, at + whole.length);
    } else if (isLatin(c)) {
      const to = skipWhile(at, isLatin);
      at = put(INTERJECTION.test(text.slice(at, to)) ? 'filler' : 'unknown', at, to);
    } else {
      at = put('unknown', at, at + 1);
    }
  }
  return tokens;
};
