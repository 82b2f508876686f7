// Reads a free-text reply to an open checklist as a sensible colleague would: answer, correction, chatter, or something
// to ask back. Pure and linear in the length of the text; it knows no checklist but the one it is given.
// The rules are those of test/fixtures/replies/README.md; numbers in comments name them.

import type { Checklist } from '../checklist.ts';
import { readClauses } from './clauses.ts';
import { Draft } from './draft.ts';
import { eliminate } from './eliminate.ts';
import { dropHeadings } from './headings.ts';
import { joinNumbers } from './item-numbers.ts';
import { hasWords, isForwarded, whyUnstated, whyUnsure } from './judge.ts';
import { lex } from './lexer.ts';
import { compileChecklist, type Lexicon } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { type NoteSplit, splitNote } from './note.ts';
import { isCourtesy, type Order, readOrder } from './order.ts';
import { splitQuote } from './quote.ts';
import type { Reading } from './reading.ts';
import { resolve } from './resolve.ts';
import { settleWords } from './settle-words.ts';
import { type Heard, isSubset } from './statement.ts';
import { hearStatements } from './statements.ts';
import type { Token } from './token.ts';
import { type Tone, toneOf } from './tone.ts';

export type { Reading, ReplyKind } from './reading.ts';

/** Longer texts are refused, not read. */
export const MAX_LENGTH = 2000;

export interface ReplyContext {
  /** The message this one answers, where the platform tells. */
  readonly quoted?: string;
}

export const readReply = (sent: string, checklist: Checklist, context: ReplyContext = {}): Reading => {
  const lexicon = compileChecklist(checklist);
  if (sent.length > MAX_LENGTH) return new Draft(normalise(''), lexicon).askBack('too_long');
  const plain = normalise(sent);
  const draft = new Draft(plain, lexicon);
  const { text } = plain;
  const { quotes, body, isRelay } = splitQuote(text);
  if (isRelay) return draft.askBack('relay_list');

  const note = splitNote(text, body, lexicon);
  const words = note.rest.flatMap((stretch) => lexStretch(text, lexicon, stretch));
  const tokens = dropHeadings(settleWords(joinNumbers(words, lexicon.items.length)));
  if (isForwarded(tokens)) return draft.chatter();
  if (tokens.filter((t) => t.cls === 'box').length > 1) return draft.askBack('blank_card');

  const quoted = quotes.map(([from, to]) => text.slice(from, to)).join('\n');
  const topic = topicOf(quoted || normalise(context.quoted?.slice(0, MAX_LENGTH) ?? '').text, lexicon);
  const order = readOrder(tokens);
  if (order !== null) return readValues(order, topic, note, lexicon, draft);

  const clauses = readClauses(tokens);
  const heard = eliminate(hearStatements(clauses, lexicon, spokenTopic(topic, tokens)), lexicon.items.length);
  return decide({ tokens, note, topic, heard, tone: toneOf(clauses) }, lexicon, draft);
};

/** What stands between two stretches (a note, a quote) parts them like a comma. */
const lexStretch = (text: string, lexicon: Lexicon, [from, to]: readonly [number, number]): Token[] => [
  ...lex(text, lexicon, from, to),
  { cls: 'comma', from: to, to, text: '' },
];

/** Of several items a bare 有 says nothing certain; 都有 and 两项都有 do. */
const spokenTopic = (topic: readonly number[], tokens: readonly Token[]): readonly number[] =>
  topic.length === 1 || tokens.some((t) => t.cls === 'all' || t.cls === 'count') ? topic : [];

/** The items, or the one group, that the quoted message speaks of (18). */
const topicOf = (quoted: string, lexicon: Lexicon): readonly number[] => {
  if (quoted === '') return [];
  const tokens = joinNumbers(lex(quoted, lexicon), lexicon.items.length);
  const named = tokens.flatMap((t) => {
    if (t.cls === 'number') return (t.figures ?? []).map((n) => n - 1);
    return t.cls === 'item' || t.cls === 'qualifier' ? (t.items ?? []) : [];
  });
  const items = [...new Set(named)];
  const groups = tokens.filter((t) => t.cls === 'group');
  if (items.length === 0 && groups.length === 1) return groups[0]?.items ?? [];
  return items.every((i) => i in lexicon.items) ? items : [];
};

/** Nothing but values: one for the topic, or one for each item in order (4, 15). */
const readValues = (
  order: Order,
  topic: readonly number[],
  note: NoteSplit,
  lexicon: Lexicon,
  draft: Draft,
): Reading => {
  const { items } = lexicon;
  const { values, tokens } = order;
  if (isCourtesy(order)) return draft.chatter();
  const isOne = topic.length === 1 || lexicon.groups.some((group) => isSubset(topic, group));
  const isAboutTopic = values.length === 1 && isOne;
  if (values.length === 1 && !isAboutTopic) return draft.askBack('no_item');
  const places = isAboutTopic ? topic : (order.figures?.map((n) => n - 1) ?? items.map((_, i) => i));
  const fits = isAboutTopic || values.length === places.length;
  if (!fits || !places.every((i) => items[i]?.kind === 'yes_no')) return draft.askBack('count');
  const nth = (item: number): number => (isAboutTopic ? (topic.includes(item) ? 0 : -1) : places.indexOf(item));
  return draft.record(
    'answer',
    items.map((_, i) => values[nth(i)] ?? null),
    items.map((_, i) => {
      const token = tokens[nth(i)];
      return token === undefined ? [] : [[token.from, token.to]];
    }),
    note,
  );
};

interface Understood {
  readonly tokens: readonly Token[];
  readonly note: NoteSplit;
  readonly topic: readonly number[];
  readonly heard: Heard;
  readonly tone: Tone;
}

const decide = ({ tokens, note, topic, heard, tone }: Understood, lexicon: Lexicon, draft: Draft): Reading => {
  const { statements } = heard;
  if (statements.length === 0) {
    if (note.amended && heard.doubts.length === 0 && heard.loose.length === 0) return draft.noteAlone(note);
    const reason = whyUnstated(tokens, tone, heard);
    if (reason !== null) return draft.askBack(reason, heard);
    const isNote = note.amended || (note.explicit && (note.note !== null || !hasWords(tokens)));
    return isNote ? draft.noteAlone(note) : draft.chatter();
  }
  // 明天我会去提醒他们员工戴口罩: nothing but a plan.
  const isPlan = tokens.some((t) => t.cls === 'future') && statements.every((s) => s.value === 'unseen');
  if (isPlan && heard.doubts.length > 0 && heard.doubts.every((d) => d.reason === 'no_value')) return draft.chatter();
  const isAllDoubtful = statements.every((s) => s.doubtful);
  const talks = tone.strange >= 2 || tokens.some((t) => t.text === '?');
  if (isAllDoubtful && talks && heard.doubts.length === 0) return draft.chatter();

  const correcting = tone.correcting || note.amended;
  const reason = whyUnsure(tone, heard, statements, correcting);
  if (reason !== null) return draft.askBack(reason, heard);
  const { values, proof, conflict } = resolve(statements, lexicon.items, correcting, note.marked || topic.length > 0);
  if (conflict !== null) return draft.askBack(conflict.reason, heard, conflict.items);
  if (values.every((value) => value === null)) {
    return correcting ? draft.askBack('incomplete_correction', heard) : draft.chatter();
  }
  if (tone.acknowledges && statements.every((s) => s.scope === 'all')) {
    // 好的，全部按要求落实 promises; 收到，全部落实 may be either.
    if (tone.plans || tone.promises) return draft.chatter();
    if (tone.received && !tone.finished) return draft.askBack('unclear', heard);
  }
  return { ...draft.record(correcting ? 'correction' : 'answer', values, proof, note), ...draft.extras(heard, tone) };
};
