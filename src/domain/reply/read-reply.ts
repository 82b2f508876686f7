// Reads a free-text reply to an open checklist as a sensible colleague would: answer, correction, chatter, or something
// to ask back. Pure and linear in the length of the text; it knows no checklist but the one it is given.
// The rules are those of test/fixtures/replies/README.md; numbers in comments name them.

import type { Answers, Checklist } from '../checklist.ts';
import { readClauses } from './clauses.ts';
import { joinNumbers } from './item-numbers.ts';
import { lex, type Token } from './lexer.ts';
import { compileChecklist, type Lexicon } from './lexicon.ts';
import { normalise, type Plain } from './normalise.ts';
import { type NoteSplit, splitNote } from './note.ts';
import { type Order, readOrder } from './order.ts';
import { splitQuote } from './quote.ts';
import type { AskReason, Reading, ReplyKind, Span } from './reading.ts';
import { resolve } from './resolve.ts';
import type { Heard, Statement } from './statement.ts';
import { hearStatements } from './statements.ts';
import { type Tone, toneOf } from './tone.ts';

export type { AskBack, AskReason, Reading, ReplyKind, Span } from './reading.ts';

/** Longer texts are refused, not read. */
export const MAX_LENGTH = 2000;

export interface ReplyContext {
  /** The message this one answers, where the platform tells. */
  readonly quoted?: string;
}

export const readReply = (text: string, checklist: Checklist, context: ReplyContext = {}): Reading => {
  const lexicon = compileChecklist(checklist);
  const nothing = emptyAnswers(checklist);
  if (text.length > MAX_LENGTH)
    return { kind: 'ask_back', answers: nothing, note: null, spans: {}, askBack: { reason: 'too_long' } };
  return new Reader(normalise(text), lexicon, nothing).read(context.quoted);
};

const emptyAnswers = (checklist: Checklist): Answers =>
  Object.fromEntries(checklist.items.map((item) => [item.id, null]));

const LONE_ACK = new Set([
  'ok',
  'okay',
  '👌',
  '对',
  '对的',
  '可',
  '没问题',
  '没有问题',
  '好了',
  '好啦',
  '妥',
  '妥妥',
  '妥了',
  '好咗',
  '好喇',
  'y',
  '掂',
  '冇问题',
  '无问题',
  '不错',
  '过关',
  '是的',
  '系嘅',
]);

class Reader {
  readonly #plain: Plain;
  readonly #lexicon: Lexicon;
  readonly #nothing: Answers;

  constructor(plain: Plain, lexicon: Lexicon, nothing: Answers) {
    this.#plain = plain;
    this.#lexicon = lexicon;
    this.#nothing = nothing;
  }

  read(quotedElsewhere: string | undefined): Reading {
    const { text } = this.#plain;
    const { quotes, body } = splitQuote(text);
    const start = text.slice(body[0]).trimStart();
    if (start.startsWith('#接龙') || start.startsWith('接龙')) return this.#ask('relay_list');

    const note = splitNote(text, body, this.#lexicon);
    const tokens = joinNumbers(
      note.rest.flatMap(([from, to]) => this.#lexStretch(from, to)),
      this.#lexicon.items.length,
    );
    if (isForwarded(tokens)) return this.#chatter();
    if (tokens.filter((t) => t.cls === 'box').length > 1) return this.#ask('blank_card');

    const topic = this.#topic(quotes, quotedElsewhere);
    const order = readOrder(tokens);
    if (order !== null) return this.#fromOrder(order, topic, note);

    const clauses = readClauses(tokens);
    const tone = toneOf(clauses);
    const heard = hearStatements(clauses, this.#lexicon);
    return this.#decide(tokens, tone, heard, note, topic);
  }

  #lexStretch(from: number, to: number): Token[] {
    const tokens = lex(this.#plain.text, this.#lexicon, from, to);
    tokens.push({ cls: 'comma', from: to, to, text: '' });
    return tokens;
  }

  /** The one item, or the one group, that the quoted message speaks of. */
  #topic(quotes: readonly (readonly [number, number])[], elsewhere: string | undefined): readonly number[] {
    const quoted =
      quotes.map(([from, to]) => this.#plain.text.slice(from, to)).join('\n') ||
      (elsewhere === undefined ? '' : normalise(elsewhere.slice(0, MAX_LENGTH)).text);
    if (quoted === '') return [];
    const total = this.#lexicon.items.length;
    const tokens = joinNumbers(lex(quoted, this.#lexicon), total);
    const items = new Set(
      tokens.flatMap((t) =>
        t.cls === 'item' || t.cls === 'qualifier'
          ? (t.items ?? [])
          : t.cls === 'number'
            ? (t.figures ?? []).map((n) => n - 1)
            : [],
      ),
    );
    const groups = tokens.filter((t) => t.cls === 'group');
    if (items.size === 0 && groups.length === 1) return groups[0]?.items ?? [];
    return items.size === 1 && [...items].every((i) => i >= 0 && i < total) ? [...items] : [];
  }

  #fromOrder(order: Order, topic: readonly number[], note: NoteSplit): Reading {
    const { values, tokens } = order;
    const { items } = this.#lexicon;
    const [only] = values;
    if (values.length === 1 && only !== undefined) {
      const said = tokens
        .map((t) => t.text)
        .join('')
        .replace(/[了的啦]$/, '');
      if (topic.length > 0 && !LONE_ACK.has(said))
        return this.#answer(
          topic.map((item) => ({ item, value: only, tokens })),
          note,
        );
      if (note.note !== null && !LONE_ACK.has(said)) return this.#ask('no_item');
      return LONE_ACK.has(said) ? this.#chatter() : this.#ask('no_item');
    }
    if (values.length < 4 && tokens.every((t) => ['对', '对的', 'ok', '好了', '👌', '没问题'].includes(t.text)))
      return this.#chatter();
    const places = order.figures === null ? items.map((_, i) => i) : order.figures.map((n) => n - 1);
    const fits = values.length === places.length && places.every((i) => items[i]?.kind === 'yes_no');
    if (!fits) return this.#ask('count');
    return this.#answer(
      values.map((value, i) => ({ item: places[i] ?? 0, value, tokens: tokens.slice(i, i + 1) })),
      note,
    );
  }

  #answer(said: readonly { item: number; value: 'yes' | 'no'; tokens: readonly Token[] }[], note: NoteSplit): Reading {
    const answers: Record<string, 'yes' | 'no' | null> = { ...(this.#nothing as Record<string, null>) };
    const spans: Record<string, Span[]> = {};
    for (const { item, value, tokens } of said) {
      const id = this.#lexicon.items[item]?.id ?? '';
      answers[id] = value;
      spans[id] = [this.#span(tokens[0]?.from ?? 0, tokens.at(-1)?.to ?? 0)];
    }
    return { kind: 'answer', answers, ...this.#noteOf(note, spans), spans };
  }

  #decide(tokens: readonly Token[], tone: Tone, heard: Heard, note: NoteSplit, topic: readonly number[]): Reading {
    const { items } = this.#lexicon;
    const statements = [...heard.statements];
    const loose = [...heard.loose];
    const correcting = tone.correcting || note.amended;

    // A bare value answers what the quoted message asks (18), or what the correction speaks of.
    const [first] = loose;
    if (statements.length === 0 && first !== undefined) {
      const about = topic.length > 0 ? topic : [];
      if (about.length > 0) {
        statements.push({
          scope: 'some',
          items: [...about],
          value: first.value,
          only: false,
          general: false,
          overrides: true,
          from: first.from,
          to: first.to,
          doubtful: false,
        });
        loose.length = 0;
      }
    }
    const general = statements.find((s) => s.scope === 'all');
    const unplaced = loose.filter(
      (l) => l.value !== general?.value && statements.findLast((s) => s.to <= l.from)?.value !== l.value,
    );
    const sound = statements.filter((s) => !s.doubtful);
    const evidence = statements.length > 0 || heard.doubts.length > 0 || loose.length > 0;

    if (statements.length === 0) {
      const reason = this.#unstated(tokens, tone, heard, evidence);
      if (reason !== null) return this.#ask(reason, heard);
      if ((note.note !== null && note.explicit) || note.amended || (note.marked && note.explicit && !hasWords(tokens)))
        return this.#noteAlone(note);
      return this.#chatter();
    }
    if (sound.length === 0 && tone.strange >= 2 && heard.doubts.length === 0) return this.#chatter();

    const reason = this.#unsure(tone, heard, statements, unplaced.length > 0, correcting);
    if (reason !== null) return this.#ask(reason, heard);
    const resolved = resolve(statements, items, correcting, note.marked || topic.length > 0);
    if (resolved.conflict !== null) return this.#ask(resolved.conflict.reason, heard, resolved.conflict.items);
    if (resolved.values.every((value) => value === null))
      return correcting ? this.#ask('incomplete_correction', heard) : this.#chatter();
    if (tone.acknowledges && statements.every((s) => s.scope === 'all')) {
      // 好的，全部按要求落实 promises; 收到，全部落实 may be either.
      if (tone.plans || tone.promises) return this.#chatter();
      if (tone.received && !tone.finished) return this.#ask('unclear', heard);
    }

    const answers = Object.fromEntries(items.map((item, i) => [item.id, resolved.values[i] ?? null]));
    const spans: Record<string, Span[]> = {};
    items.forEach((item, i) => {
      const proof = resolved.proof[i] ?? [];
      if (proof.length > 0) spans[item.id] = proof.map(([from, to]) => this.#span(from, to));
    });
    const kind: ReplyKind = correcting ? 'correction' : 'answer';
    const remark = this.#remark(heard);
    const [compound] = tone.compounds;
    return {
      kind,
      answers,
      ...this.#noteOf(note, spans),
      spans,
      ...(remark === null ? {} : { remark }),
      ...(compound === undefined ? {} : { compound: this.#span(compound.from, compound.to) }),
    };
  }

  /** No statement was heard: is there still an attempt to report? */
  #unstated(tokens: readonly Token[], tone: Tone, heard: Heard, evidence: boolean): AskReason | null {
    const other = tokens.some((t) =>
      ['ack', 'question', 'look', 'future', 'directive', 'addressee', 'elsewhere', 'hypothesis'].includes(t.cls),
    );
    if (
      tone.correcting &&
      (evidence ? tone.strange < 3 : tone.strange === 0 && !other && !tokens.some((t) => t.cls === 'fact'))
    )
      return 'incomplete_correction';
    if (tone.same && tone.strange < 3) return 'same_as_before';
    if (tone.vague && tone.strange < 3 && !tone.plans) return 'vague';
    const busy = tone.strange > 0 || tokens.some((t) => ['fact', 'reported', 'done'].includes(t.cls));
    const asks = !tone.hedged && tokens.some((t) => t.cls === 'question');
    const named = heard.doubts.every((d) => d.reason === 'no_value');
    if (heard.doubts.length > 0 && tone.strange < 4 && !(named && !tone.hedged && (other || busy)) && !asks) {
      if (tone.forSomebody) return 'for_somebody_else';
      if (tone.hearsay) return 'hearsay';
      if (tone.hedged) return 'hedged';
      return heard.doubts[0]?.reason ?? 'unclear';
    }
    if (heard.loose.length > 0 && tone.strange < 2 && !tokens.some((t) => t.cls === 'fact')) {
      if (tone.forSomebody) return 'for_somebody_else';
      if (tone.hearsay) return 'hearsay';
      if (tone.hedged) return 'hedged';
      if (!other) return 'no_item';
    }
    return null;
  }

  #unsure(
    tone: Tone,
    heard: Heard,
    statements: readonly Statement[],
    unplaced: boolean,
    correcting: boolean,
  ): AskReason | null {
    if (tone.forSomebody) return 'for_somebody_else';
    if (tone.hearsay) return 'hearsay';
    if (tone.compounds.length > 1) return 'two_compounds';
    if (tone.same && !correcting) return 'same_as_before';
    if (tone.vague) return 'vague';
    if (tone.hedged) return 'hedged';
    const [doubt] = heard.doubts;
    if (doubt !== undefined) return doubt.reason;
    if (statements.some((s) => s.doubtful)) return 'unclear';
    if (unplaced && !correcting) return 'no_item';
    return null;
  }

  #remark(heard: Heard): string | null {
    const parts = heard.remarks.map(([from, to]) => this.#plain.text.slice(from, to));
    return parts.length === 0 ? null : parts.join('，');
  }

  #noteAlone(note: NoteSplit): Reading {
    const spans: Record<string, Span[]> = {};
    const { note: text } = this.#noteOf(note, spans);
    return { kind: 'correction', answers: this.#nothing, note: text ?? '', spans };
  }

  #noteOf({ note }: NoteSplit, spans: Record<string, Span[]>): { note: string | null } {
    if (note === null) return { note: null };
    const span = this.#span(note[0], note[1]);
    spans.note = [span];
    return { note: this.#sent(span) };
  }

  #sent([from, to]: Span): string {
    return this.#original.slice(from, to);
  }

  get #original(): string {
    return this.#plain.sent;
  }

  #span(from: number, to: number): Span {
    const start = this.#plain.from[from] ?? this.#plain.sent.length;
    return [start, Math.max(start, this.#plain.to[to - 1] ?? start)];
  }

  #chatter(): Reading {
    return { kind: 'chatter', answers: this.#nothing, note: null, spans: {} };
  }

  #ask(reason: AskReason, heard?: Heard, items: readonly number[] = []): Reading {
    const doubt = heard?.doubts.find((d) => d.reason === reason);
    const places = [
      ...new Set([
        ...items,
        ...(doubt?.items ?? []),
        ...(reason === 'incomplete_correction' ? (heard?.dangling ?? []) : []),
      ]),
    ];
    const candidates = places.slice(0, 4).flatMap((i) => this.#lexicon.items[i]?.id ?? []);
    return {
      kind: 'ask_back',
      answers: this.#nothing,
      note: null,
      spans: {},
      askBack: {
        reason,
        ...(candidates.length > 0 ? { candidates } : {}),
        ...(doubt?.word === undefined || doubt.word === 'before' ? {} : { word: doubt.word }),
      },
    };
  }
}

const hasWords = (tokens: readonly Token[]): boolean =>
  tokens.some(
    (t) => !['comma', 'space', 'stop', 'dot', 'newline', 'quote', 'filler', 'fact', 'compound'].includes(t.cls),
  );

/** 【通知】…, 转：…, @所有人 …: somebody else's words, or words to everybody. */
const isForwarded = (tokens: readonly Token[]): boolean => {
  const opening = tokens.filter((t) => t.cls !== 'space' && t.cls !== 'newline').slice(0, 4);
  const at = opening.findIndex((t) => t.cls === 'forward');
  const first = opening[0];
  if (first?.text.startsWith('@') && first.cls === 'addressee') return true;
  if (at < 0 || at > 1) return false;
  const before = opening[at - 1];
  const after = opening[at + 1];
  return (
    before?.text === '【' ||
    before?.text === '(' ||
    before?.text === '[' ||
    after?.cls === 'colon' ||
    (at === 0 && after?.cls !== 'comma')
  );
};
