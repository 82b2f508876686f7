// The filters that templates may use: days and times of one campaign, words for codes, and lists. None of liquid's own
// is offered. A filter that is given what it cannot say throws: a wrong word in a message is worse than none.
import { type Calendar, type Day, weekdayOf } from '../domain/calendar.ts';
import type { Words } from './words.ts';

export type Filter = (value: unknown, ...args: unknown[]) => unknown;

type Row = Readonly<Record<string, unknown>>;

const rows = (value: unknown): readonly Row[] => {
  if (!Array.isArray(value)) throw new TypeError('expects a list');
  return value;
};

const property = (row: Row, name: unknown): unknown => {
  const value = row[String(name)];
  if (value === undefined) throw new TypeError(`the elements have no ${String(name)}`);
  return value;
};

const isSet = (value: unknown): boolean => value !== null && value !== false && value !== 0 && value !== '';

const number = (value: unknown): number => {
  if (typeof value !== 'number') throw new TypeError('expects a number');
  return value;
};

const asDay = (value: unknown): Day => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) throw new TypeError(`“${value}” is no day`);
  return value;
};

/** An instant; a text with offset too, as examples in sayings.yaml have it. */
const asInstant = (value: unknown): Date => {
  const at = typeof value === 'string' ? new Date(value) : value;
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw new TypeError(`“${value}” is no instant`);
  return at;
};

const two = (n: number): string => String(n).padStart(2, '0');

/** Fills the formats of words.yaml: names in double braces, nothing more, because days are said in every card. */
const fill = (format: string, facts: Readonly<Record<string, string | number>>): string =>
  format.replace(/\{\{ ?(\w+) ?\}\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new TypeError(`the format “${format}” knows no ${name}`);
    return String(fact);
  });

/** Thousands are set apart by a comma in Chinese and in English. */
const figure = new Intl.NumberFormat('en-US');

export const filtersFor = (words: Words, calendar: Calendar): Readonly<Record<string, Filter>> => {
  const { formats } = words;
  const date = (day: Day) => fill(formats.date, { month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)) });
  const day = (of: Day) =>
    fill(formats.day, {
      month: Number(of.slice(5, 7)),
      date: Number(of.slice(8, 10)),
      weekday: words.weekdays[weekdayOf(of) - 1] as string, // words.yaml names seven
    });
  const time = (at: Date) => {
    const minute = calendar.minuteOf(at);
    return fill(formats.time, { hour: two(Math.floor(minute / 60)), minute: two(minute % 60) });
  };
  const until = (last: Day) => fill(formats.until, { day: day(last) });
  const word = (value: unknown, vocabulary: unknown): string => {
    const found = wordOf(words, value, vocabulary);
    if (found === undefined) throw new TypeError(`words.yaml has no word ${String(vocabulary)}.${String(value)}`);
    return found;
  };
  const join = (value: unknown, separator: unknown = formats.separator) => rows(value).join(String(separator));

  return {
    day: (value) => day(asDay(value)),
    date: (value) => date(value instanceof Date ? calendar.dayOf(value) : asDay(value)),
    time: (value) => time(asInstant(value)),
    moment: (value) => {
      const at = asInstant(value);
      return fill(formats.moment, { date: date(calendar.dayOf(at)), time: time(at) });
    },
    /** A deadline; with a number of working days it says both (VOICE 3). */
    until: (value, workingDays) => {
      const last = until(asDay(value));
      return typeof workingDays === 'number' ? fill(formats.until_working, { days: workingDays, until: last }) : last;
    },
    word: (value, vocabulary) =>
      Array.isArray(value) ? value.map((one) => word(one, vocabulary)) : word(value, vocabulary),
    word_or_self: (value, vocabulary) => wordOf(words, value, vocabulary) ?? value,
    count: (value) => figure.format(number(value)),
    /** So much for each, with one decimal where there is one. */
    per: (value, of) => figure.format(Math.round((number(value) / number(of)) * 10) / 10),
    plus: (value, more) => number(value) + number(more),
    size: (value) => rows(value).length,
    first: (value) => rows(value)[0] ?? null,
    sum: (value) => (value as readonly unknown[]).reduce<number>((sum, n) => sum + number(n), 0),
    counted: (value) =>
      rows(value).map((row) => fill(formats.counted, { word: word(row.reason, 'reason'), n: number(row.n) })),
    /** What changed, each with its sign: 小区覆盖 +3. */
    changes: (value) =>
      rows(value).map((row) => {
        const n = number(row.n);
        return fill(formats.counted, {
          word: word(row.measure, 'town_measure'),
          n: n > 0 ? `+${figure.format(n)}` : figure.format(n),
        });
      }),
    numbered: (value) =>
      rows(value).map((row) =>
        fill(formats.numbered, { num: String(property(row, 'num')), label: String(property(row, 'shortLabel')) }),
      ),
    join,
    /** The first few, and how many there are. */
    most: (value, n) => {
      const all = rows(value);
      const names = join(all.slice(0, number(n)));
      return all.length > number(n) ? fill(formats.and_more, { names, n: all.length }) : names;
    },
    map: (value, name) => rows(value).map((row) => property(row, name)),
    where: (value, name, wanted) => rows(value).filter((row) => property(row, name) === wanted),
    /** Elements whose property is in one of the lists. */
    among: (value, name, ...lists) =>
      rows(value).filter((row) => lists.some((list) => (rows(list) as unknown[]).includes(property(row, name)))),
    with: (value, name) => rows(value).filter((row) => isSet(property(row, name))),
    without: (value, name) => rows(value).filter((row) => !isSet(property(row, name))),
    /** Elements by a property that holds one or several keys; an element with two stands under both. */
    group: (value, name) => {
      const groups = new Map<unknown, Row[]>();
      for (const row of rows(value)) {
        for (const key of [property(row, name)].flat()) {
          const items = groups.get(key);
          if (items) items.push(row);
          else groups.set(key, [row]);
        }
      }
      return [...groups].map(([key, items]) => ({ key, items }));
    },
  };
};

const wordOf = (words: Words, value: unknown, vocabulary: unknown): string | undefined => {
  const table = Object.entries(words).find(([name]) => name === vocabulary)?.[1] as Record<string, string> | undefined;
  return table && Object.hasOwn(table, String(value)) ? table[String(value)] : undefined;
};
