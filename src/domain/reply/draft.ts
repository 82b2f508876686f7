// Turns what was understood of one text into a Reading: ids instead of places, offsets of the text as sent.

import type { Answers, AnswerValue } from '../checklist.ts';
import type { Lexicon } from './lexicon.ts';
import type { Plain } from './normalise.ts';
import type { NoteSplit } from './note.ts';
import type { AskReason, Reading, Span } from './reading.ts';
import { type Heard, UP_TO_NEXT } from './statement.ts';
import type { Tone } from './tone.ts';

type Stretch = readonly [from: number, to: number];

export class Draft {
  readonly #plain: Plain;
  readonly #lexicon: Lexicon;
  readonly #nothing: Answers;

  constructor(plain: Plain, lexicon: Lexicon) {
    this.#plain = plain;
    this.#lexicon = lexicon;
    this.#nothing = Object.fromEntries(lexicon.items.map((item) => [item.id, null]));
  }

  chatter(): Reading {
    return { kind: 'chatter', answers: this.#nothing, note: null, spans: {} };
  }

  askBack(reason: AskReason, heard?: Heard, items: readonly number[] = []): Reading {
    const doubt = heard?.doubts.find((d) => d.reason === reason);
    const dangling = reason === 'incomplete_correction' ? (heard?.dangling ?? []) : [];
    const places = [...new Set([...items, ...(doubt?.items ?? []), ...dangling])];
    const candidates = places.slice(0, 4).flatMap((i) => this.#lexicon.items[i]?.id ?? []);
    const word = doubt?.word === UP_TO_NEXT ? undefined : doubt?.word;
    return {
      ...this.chatter(),
      kind: 'ask_back',
      askBack: { reason, ...(candidates.length > 0 ? { candidates } : {}), ...(word === undefined ? {} : { word }) },
    };
  }

  /** `values` and `proof` by place; a place without proof has no value. */
  record(
    kind: 'answer' | 'correction',
    values: readonly (AnswerValue | null)[],
    proof: readonly (readonly Stretch[])[],
    note: NoteSplit,
  ): Reading {
    const { items } = this.#lexicon;
    const spans: Record<string, readonly Span[]> = {};
    items.forEach((item, i) => {
      const said = proof[i] ?? [];
      if (said.length > 0) spans[item.id] = said.map((stretch) => this.#span(stretch));
    });
    const answers = Object.fromEntries(items.map((item, i) => [item.id, values[i] ?? null]));
    return { kind, answers, note: this.#noteOf(note, spans), spans };
  }

  /** Nothing but a note: it changes the note of the record (replies README, 16). */
  noteAlone(note: NoteSplit): Reading {
    const spans: Record<string, readonly Span[]> = {};
    return { kind: 'correction', answers: this.#nothing, note: this.#noteOf(note, spans) ?? '', spans };
  }

  /** What else was said, for the confirmation to show. */
  extras(heard: Heard, tone: Tone): Pick<Reading, 'remark' | 'compound'> {
    const remark = heard.remarks.map(([from, to]) => this.#sent(this.#span([from, to]))).join('，');
    const [compound] = tone.compounds;
    return {
      ...(remark === '' ? {} : { remark }),
      ...(compound === undefined ? {} : { compound: this.#span([compound.from, compound.to]) }),
    };
  }

  #noteOf({ note }: NoteSplit, spans: Record<string, readonly Span[]>): string | null {
    if (note === null) return null;
    const span = this.#span(note);
    spans.note = [span];
    return this.#sent(span);
  }

  #span([from, to]: Stretch): Span {
    const start = this.#plain.from[from] ?? this.#plain.sent.length;
    return [start, Math.max(start, this.#plain.to[to - 1] ?? start)];
  }

  #sent([start, end]: Span): string {
    return this.#plain.sent.slice(start, end);
  }
}
