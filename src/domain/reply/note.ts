// Finds the remark behind 备注 / 其他情况 / 另外 and takes it out of the text, so that its words give no values.
// 其他 alone is a marker only before a colon: otherwise it speaks of the other items.

import { lex } from './lexer.ts';
import type { Lexicon } from './lexicon.ts';
import { CHANGES, CLEARS, DENIALS, FREE, LINKS, NOTHING, RESULTS, WITH_COLON, WRONG } from './note-words.ts';
import { startsPredicate } from './predicates.ts';
import type { Token } from './token.ts';

type Stretch = readonly [from: number, to: number];

export interface NoteSplit {
  /** Where the note stands; null when there is none, or when it says that there is nothing. */
  readonly note: Stretch | null;
  /** A marker stood there, whatever followed. */
  readonly marked: boolean;
  /** 备注改成…, 备注删掉: the note itself is corrected. */
  readonly amended: boolean;
  /** A colon, a blank or 改成 shows that a note was meant: 备注好了 is none. */
  readonly explicit: boolean;
  /** What is left to read for results. */
  readonly rest: readonly Stretch[];
}

const BREAKS = ',;.!\n【';

const startsWithAny = (text: string, at: number, words: readonly string[]): string | undefined =>
  words.filter((word) => text.startsWith(word, at)).sort((a, b) => b.length - a.length)[0];

const skip = (text: string, at: number, of: string): number => {
  let i = at;
  while (i < text.length && of.includes(text[i] ?? '')) i++;
  return i;
};

const clauseEnd = (text: string, at: number, to: number): number => {
  let i = at;
  while (i < to && !BREAKS.includes(text[i] ?? '')) i++;
  return i;
};

const isResult = (tokens: readonly Token[]): boolean => {
  const first = tokens.find((t) => !['space', 'noun', 'filler', 'colon', 'quote', 'adv'].includes(t.cls));
  const named = tokens.some((t) =>
    ['number', 'item', 'group', 'qualifier', 'all', 'rest', 'count', 'ambiguous', 'except'].includes(t.cls),
  );
  const said = tokens.some((t) => startsPredicate(t));
  const strange = tokens.reduce((sum, t) => sum + (t.cls === 'unknown' ? t.to - t.from : t.cls === 'fact' ? 2 : 0), 0);
  return first !== undefined && named && said && strange <= 1;
};

const isGeneral = (tokens: readonly Token[]): boolean => {
  const first = tokens.find((t) => !['space', 'noun', 'filler', 'colon', 'quote', 'adv'].includes(t.cls));
  return isResult(tokens) && first !== undefined && ['number', 'all', 'rest', 'count', 'except'].includes(first.cls);
};

interface Marker {
  readonly from: number;
  readonly content: number;
  readonly word: string;
  readonly negated: boolean;
  readonly changed: boolean;
  readonly cleared: boolean;
  readonly explicit: boolean;
}

const OPENINGS = new Set([...FREE, ...WITH_COLON].map((word) => word[0]));

const markerAt = (text: string, at: number, to: number, lexicon: Lexicon): Marker | null => {
  if (!OPENINGS.has(text[at]) && !lexicon.noteMarkers.some((word) => text.startsWith(word, at))) return null;
  const free = startsWithAny(text, at, [...lexicon.noteMarkers, ...FREE]);
  const word = free ?? startsWithAny(text, at, WITH_COLON);
  if (word === undefined) return null;
  let i = at + word.length;
  if (free === undefined) {
    i = skip(text, i, ' ');
    if (text[i] !== ':') return null;
    const before = text[at - 1];
    if (before !== undefined && word.length === 1 && !` ${BREAKS}(`.includes(before)) return null;
  }
  const denial = word === '另外' ? undefined : DENIALS.find((denying) => text.startsWith(denying, at - denying.length));
  const negated = denial !== undefined;
  let from = at - (denial?.length ?? 0);
  if ('把将'.includes(text[at - 1] ?? ' ')) from = at - 1;
  const open = text[at - 1] === '(' || text[at - 1] === '【';
  if (open) from = at - 1;
  let changed = false;
  let cleared = false;
  const end = i;
  for (;;) {
    i = skip(text, i, ` :,】)"→-${'\n'}`);
    const wrong = startsWithAny(text, i, WRONG)?.length ?? 0;
    const afterWrong = skip(text, i + wrong, ' ,.;');
    if (wrong > 0 && startsWithAny(text, afterWrong, CHANGES) !== undefined) i = afterWrong;
    const change = startsWithAny(text, i, CHANGES);
    const clear = startsWithAny(text, i, CLEARS);
    const link = startsWithAny(text, i, LINKS);
    if (word === '另外') break;
    if (change !== undefined) {
      changed = true;
      i += change.length;
    } else if (clear !== undefined && clauseEnd(text, i, to) - i <= clear.length + 2) {
      cleared = true;
      i = clauseEnd(text, i, to);
      break;
    } else if (link !== undefined && free !== undefined) i += link.length;
    else break;
  }
  const isExplicit = word !== '另外' && [...text.slice(end, i)].some((c) => ' :】\n'.includes(c));
  return {
    from,
    content: Math.min(i, to),
    word,
    negated,
    changed,
    cleared,
    explicit: changed || cleared || isExplicit,
  };
};

const isNothing = (text: string): boolean => {
  let end = text.length;
  while (end > 0 && ' 的了啦哈呢啊)】"'.includes(text[end - 1] ?? '')) end--;
  return NOTHING.includes(text.slice(0, end).trim()) || NOTHING.includes(text.trim());
};

export const splitNote = (text: string, [from, to]: Stretch, lexicon: Lexicon): NoteSplit => {
  let marked = false;
  let amended = false;
  let explicit = false;
  let note: Stretch | null = null;
  const rest: Stretch[] = [];
  let kept = from;
  for (let at = from; at < to; at++) {
    const marker = markerAt(text, at, to, lexicon);
    if (marker === null) continue;
    const firstEnd = clauseEnd(text, marker.content, to);
    const firstClause = lex(text, lexicon, marker.content, firstEnd);
    if (marker.word === '另外' || marker.word === '补充' || marker.word === '另') {
      const talks = marker.word === '另外' && text[marker.content - 1] !== ':';
      const asks =
        firstClause.some((t) => t.cls === 'question' || (talks && (t.cls === 'directive' || t.cls === 'look'))) ||
        text[firstEnd] === '?';
      if (isResult(firstClause) || asks || (firstClause[0]?.cls === 'count' && marker.word === '另外')) continue;
    }
    if (
      (marker.word === '其他' || marker.word === '其它') &&
      isResultOfRest(firstClause) &&
      !isNothing(text.slice(marker.content, firstEnd))
    )
      continue;
    rest.push([kept, marker.from]);
    marked = true;
    amended ||= marker.changed || marker.cleared;
    explicit ||= marker.explicit;
    const resultsBefore = lex(text, lexicon, from, marker.from).some((t) =>
      ['number', 'all', 'rest', 'item', 'group', 'yes', 'no', 'count'].includes(t.cls),
    );
    if (marker.cleared) {
      kept = marker.content;
    } else if (marker.negated || isNothing(text.slice(marker.content, firstEnd))) {
      kept = marker.negated ? marker.content : firstEnd;
    } else {
      const end = noteEnd(text, marker.content, to, lexicon, resultsBefore);
      if (end > marker.content) note = note === null ? [marker.content, end] : [note[0], end];
      kept = end;
    }
    at = Math.max(at, kept - 1);
  }
  rest.push([kept, to]);
  return { note: note === null ? null : trim(text, note), marked, amended, explicit, rest };
};

const isResultOfRest = (tokens: readonly Token[]): boolean =>
  tokens.length > 0 && tokens.every((t) => startsPredicate(t) || ['all', 'adv', 'done', 'filler'].includes(t.cls));

/** The note goes on to the end, unless results follow: after 结果：, or, when none came before it, at a clause that reports. */
const noteEnd = (text: string, from: number, to: number, lexicon: Lexicon, resultsBefore: boolean): number => {
  for (let at = clauseEnd(text, from, to); at < to; at = clauseEnd(text, at + 1, to)) {
    const start = skip(text, at + 1, ' ');
    const result = startsWithAny(text, start, RESULTS);
    if (result?.endsWith('结果') || result?.endsWith('情况')) return at;
    if (resultsBefore) continue;
    if (isGeneral(lex(text, lexicon, start, clauseEnd(text, start, to)))) return at;
  }
  return to;
};

const EDGE = ` ,;.!?\n:()"`;

const trim = (text: string, [from, to]: Stretch): Stretch | null => {
  let start = from;
  let end = to;
  while (start < end && EDGE.includes(text[start] ?? '')) start++;
  while (end > start && EDGE.includes(text[end - 1] ?? '')) end--;
  return start < end ? [start, end] : null;
};
