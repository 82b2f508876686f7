// 接龙: one message in which each line is another person's report. A line counts only for the one person of the roster it
// names; every other line is listed as doubtful. Nothing is guessed, and no line is read for two people.

import type { Checklist } from '../checklist.ts';
import { normalise } from './normalise.ts';
import { isDigit } from './numerals.ts';
import { isRelayList } from './quote.ts';
import { readReply } from './read-reply.ts';
import type { AskReason, Reading, Span } from './reading.ts';

export interface RelayEntry {
  readonly name: string;
  /** Kind `answer`; its spans are offsets in `line`. */
  readonly reading: Reading;
  readonly line: string;
}

export interface DoubtfulLine {
  readonly line: string;
  readonly span: Span;
  readonly reason: 'no_name' | 'several_names' | 'named_twice' | 'no_report' | AskReason;
  readonly name?: string;
}

export interface RelayReading {
  readonly entries: readonly RelayEntry[];
  readonly doubtful: readonly DoubtfulLine[];
}

const SEPARATORS = '.、,)． :：，。';

/** 1. 张三 …, 1张三 …: the running number of the list is not an item number. 0 where the line has none. */
const runningNumberEnd = (line: string, names: readonly string[]): number => {
  let digits = 0;
  while (isDigit(line[digits])) digits++;
  let end = digits;
  while (SEPARATORS.includes(line[end] ?? '\n')) end++;
  return digits > 0 && (end > digits || names.some((name) => line.startsWith(name, digits))) ? end : 0;
};

/** Where each line of `text` begins, with the line. */
const linesOf = (text: string): { line: string; at: number }[] => {
  let at = 0;
  return text.split('\n').map((line) => {
    const placed = { line, at };
    at += line.length + 1;
    return placed;
  });
};

/** A name inside another (王明, 王明华) counts only where it stands alone. */
const namesIn = (line: string, names: readonly string[]): string[] => {
  const found = names.filter((name) => name.length > 1 && line.includes(name));
  return found.filter((name) => !found.some((longer) => longer !== name && longer.includes(name)));
};

/** At most `names` once each; the text may have any number of lines up to 2,000 characters a line. */
export const readRelay = (text: string, checklist: Checklist, names: readonly string[]): RelayReading => {
  const entries: RelayEntry[] = [];
  const doubtful: DoubtfulLine[] = [];
  const known = new Map(names.map((name) => [normalise(name).text, name]));
  const plainNames = [...known.keys()];
  for (const { line, at } of linesOf(text)) {
    const start = runningNumberEnd(line, names);
    const body = line.slice(start);
    if (body.trim() === '' || isRelayList(line) || body.trimStart().startsWith('例')) continue;
    const span: Span = [at, at + line.length];
    const found = namesIn(normalise(body).text, plainNames);
    const [plainName] = found;
    const name = plainName === undefined ? undefined : known.get(plainName);
    if (name === undefined) {
      // A heading before the first numbered line is no one's report.
      if (start > 0 || entries.length > 0) doubtful.push({ line, span, reason: 'no_name' });
      continue;
    }
    if (found.length > 1) {
      doubtful.push({ line, span, reason: 'several_names' });
      continue;
    }
    // Blanks instead of the name keep the offsets.
    const blank = ' '.repeat(start) + body.replace(name, ' '.repeat(name.length));
    const reading = readReply(blank, checklist);
    if (reading.kind !== 'answer') {
      doubtful.push({ line, span, reason: reading.askBack?.reason ?? 'no_report', name });
      continue;
    }
    const earlier = entries.findIndex((entry) => entry.name === name);
    if (earlier >= 0) {
      doubtful.push({ line, span, reason: 'named_twice', name });
      continue;
    }
    entries.push({ name, reading, line });
  }
  const twice = new Set(doubtful.filter((d) => d.reason === 'named_twice').map((d) => d.name));
  const first = entries.filter((entry) => twice.has(entry.name));
  for (const entry of first) {
    const from = text.indexOf(entry.line);
    doubtful.push({
      line: entry.line,
      span: [from, from + entry.line.length],
      reason: 'named_twice',
      name: entry.name,
    });
  }
  return { entries: entries.filter((entry) => !twice.has(entry.name)), doubtful };
};
