// A pack as the beginning of another: its files with an id of their own and with their dates moved, letter by letter the same
// otherwise, comments included. Pure: texts in, texts and what was done out.
import { type Document, isMap, isScalar, parseDocument } from 'yaml';
import type { Holidays } from '../domain/calendar.ts';
import { type Calendar, type Day, daysBetween, makeCalendar, plusDays } from '../domain/calendar.ts';
import { campaignFrom, firstDayOf, type PackBody } from './pack-body.ts';

export interface MoveOrder {
  readonly id: string;
  /** Null: as it was. */
  readonly title: string | null;
  readonly day1: Day;
  /** The official years. */
  readonly holidays: Holidays;
}

export interface MovedPack {
  /** By file name; files without a change are left out. */
  readonly files: ReadonlyMap<string, string>;
  /** What was moved, one line each. */
  readonly moved: readonly string[];
  /** What was taken out, because it says nothing about other dates. */
  readonly takenOut: readonly string[];
  /** Texts that name dates: nobody but a person can say what they should be. */
  readonly naming: readonly { readonly file: string; readonly line: number; readonly text: string }[];
}

/** `sources` are the texts of plan.yaml, checklist*.yaml and letter*.yaml by name; `body` is what they say, without a fault. */
export const movePack = (sources: ReadonlyMap<string, string>, body: PackBody, order: MoveOrder): MovedPack => {
  const first = firstDayOf(body.plan);
  const before = campaignFrom(body, 1, order.holidays).calendar;
  const after = makeCalendar(body.plan.timezone, order.holidays);
  const move = mover(before, after, first, order.day1);
  const moved: string[] = [];
  const takenOut: string[] = [];
  const files = new Map<string, string>();
  // The plan first: it says what the others are about.
  const names = [...sources.keys()].toSorted((a, b) => Number(b === PLAN) - Number(a === PLAN));
  const naming: MovedPack['naming'][number][] = [];
  for (const name of names) {
    const page = openPage(sources.get(name) ?? '');
    if (name === PLAN) movePlan(page, body, order, move, moved, takenOut);
    else if (name.startsWith('letter')) moveLetter(name, page, move, moved);
    files.set(name, page.text());
    naming.push(...namingDates(name, page));
  }
  return { files, moved, takenOut, naming };
};

const PLAN = 'plan.yaml';

/**
 * A working day stays as many working days after day 1 as it was, so that nobody has less time and no last day falls on a
 * holiday; a day off stays as far after the working day before it.
 */
const mover =
  (before: Calendar, after: Calendar, first: Day, day1: Day) =>
  (day: Day): Day => {
    if (day === first) return day1;
    if (before.isWorkingDay(day)) return after.plusWorkingDays(day1, before.workingDaysBetween(first, day));
    const working = before.plusWorkingDays(day, -1);
    const from = working < first ? first : working;
    const base = from === first ? day1 : after.plusWorkingDays(day1, before.workingDaysBetween(first, from));
    return plusDays(base, daysBetween(from, day));
  };

type Move = (day: Day) => Day;

const movePlan = (
  page: Page,
  { plan }: PackBody,
  { id, title, day1 }: MoveOrder,
  move: Move,
  moved: string[],
  takenOut: string[],
): void => {
  page.replace(['id'], id);
  moved.push(`id: ${plan.id} → ${id}`);
  if (title !== null) {
    page.replace(['title'], title);
    moved.push(`title: ${plan.title} → ${title}`);
  }
  moved.push(`day 1: ${firstDayOf(plan)} → ${day1}`);
  plan.strands.forEach((strand, i) => {
    strand.phases.forEach(({ id: phase, start, end }, j) => {
      const previous = strand.phases[j - 1]?.end;
      // A phase that follows at once goes on doing so: no day lies between the two.
      const follows = previous && start === plusDays(previous, 1);
      const newStart = follows ? plusDays(move(previous), 1) : move(start);
      const newEnd = end && move(end);
      page.replace(['strands', i, 'phases', j, 'start'], newStart);
      if (newEnd) page.replace(['strands', i, 'phases', j, 'end'], newEnd);
      const span = (from: Day, to: Day | null) => `${from} to ${to ?? 'further notice'}`;
      moved.push(`${strand.id} ${phase}: ${span(start, end)} → ${span(newStart, newEnd)}`);
    });
  });
  plan.deadlines.forEach(({ id: deadline, date }, i) => {
    if (date === undefined) return;
    page.replace(['deadlines', i, 'date'], move(date));
    moved.push(`deadline ${deadline}: ${date} → ${move(date)}`);
  });
  for (const key of ['working_calendar', 'rectification_due_examples']) {
    if (page.remove(['derived', key])) takenOut.push(`plan.yaml derived.${key}`);
  }
};

const moveLetter = (name: string, page: Page, move: Move, moved: string[]): void => {
  for (const path of [['date'], ['derived', 'signing_window', 'start'], ['derived', 'signing_window', 'end']]) {
    const day = page.valueAt(path);
    if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day)) continue;
    page.replace(path, move(day));
    moved.push(`${name} ${path.join('.')}: ${day} → ${move(day)}`);
    if (path[0] === 'date' && page.valueAt(['date_text']) === inWords(day)) {
      page.replace(['date_text'], inWords(move(day)));
      moved.push(`${name} date_text: ${inWords(day)} → ${inWords(move(day))}`);
    }
  }
};

/** 2022年4月19日, as a letter is dated. */
const inWords = (day: Day): string => {
  const [year, month, of] = day.split('-').map(Number);
  return `${year}年${month}月${of}日`;
};

const NAMES_A_DATE = /\d{4}年|\d{1,2}月\d{1,2}日/;

/** Lines with a date that nobody has moved, comments left out. */
const namingDates = (file: string, page: Page): MovedPack['naming'] =>
  page
    .text()
    .split('\n')
    .flatMap((line, i) => {
      const said = line.replace(/(^|\s)#.*$/, '').trim();
      const old = page.put.reduce((text, value) => text.replace(value, ''), said);
      return NAMES_A_DATE.test(old) ? [{ file, line: i + 1, text: said }] : [];
    });

// ---- a YAML file changed in places, and nowhere else -----------------------------------------------------------------

type Path = readonly (string | number)[];

interface Page {
  /** What was put in so far. */
  readonly put: readonly string[];
  valueAt(path: Path): unknown;
  /** Keeps the quotes that are there. Throws where no value stands. */
  replace(path: Path, value: string): void;
  /** Takes a key of a map out, with its value and the lines it stands on; false where there is none. */
  remove(path: Path): boolean;
  text(): string;
}

const openPage = (source: string): Page => {
  const document: Document.Parsed = parseDocument(source);
  const changes: { from: number; to: number; text: string }[] = [];
  const put: string[] = [];
  return {
    put,
    valueAt: (path) => document.getIn(path),
    replace(path, value) {
      const node = document.getIn(path, true);
      if (!isScalar(node) || !node.range) throw new Error(`nothing stands at ${path.join('.')}`);
      const [from, to] = node.range;
      changes.push({ from, to, text: quotedLike(source[from] ?? '', value) });
      put.push(value);
    },
    remove(path) {
      const map = document.getIn(path.slice(0, -1), true);
      const pairs = isMap(map) ? map.items : [];
      const at = pairs.findIndex(({ key }) => isScalar(key) && key.value === path.at(-1));
      const pair = pairs[at];
      if (!pair || !isScalar(pair.key) || !pair.key.range) return false;
      const from = source.lastIndexOf('\n', pair.key.range[0]) + 1;
      changes.push({ from, to: endOf(source, from), text: '' });
      return true;
    },
    text: () =>
      changes
        .toSorted((a, b) => b.from - a.from)
        .reduce((whole, { from, to, text }) => whole.slice(0, from) + text + whole.slice(to), source),
  };
};

/** Of a block that begins at `from`: up to the first line that is not indented deeper. */
const endOf = (source: string, from: number): number => {
  const indent = /^ */.exec(source.slice(from))?.[0].length ?? 0;
  let at = source.indexOf('\n', from) + 1;
  while (at > 0 && at < source.length) {
    const line = source.slice(at, source.indexOf('\n', at) === -1 ? undefined : source.indexOf('\n', at));
    if (line.trim() !== '' && (/^ */.exec(line)?.[0].length ?? 0) <= indent) return at;
    at = source.indexOf('\n', at) + 1;
  }
  return source.length;
};

const quotedLike = (mark: string, value: string): string => {
  if (mark === '"') return JSON.stringify(value);
  const plain =
    /^[a-z][\w-]*$/.test(value) ||
    (mark !== "'" && /^[\p{L}“”‘’（）《》、，。\d]+$/u.test(value) && !/^\d/.test(value));
  return mark !== "'" && plain ? value : `'${value.replaceAll("'", "''")}'`;
};
