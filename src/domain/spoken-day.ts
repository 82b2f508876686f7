// Days as people say them: 明天, 周五, 下周一, 4月25日, 25号, 2022-04-25. Reads nothing into what is no day; a day that does
// not exist (2月30日) is told apart from no day at all, so that it can be named back.
import { asDay, type Day, daysBetween, plusDays, weekdayOf } from './calendar.ts';
import { decodeChinese } from './reply/numerals.ts';

export interface SpokenDay {
  /** Null for a day that no calendar has. */
  readonly day: Day | null;
  readonly words: string;
  /** Where it stands in the text: start, and the first character after it. */
  readonly at: readonly [number, number];
}

/** Where a day without year, month or week is looked for: 周五 is the next one, or the last one. */
export type Lean = 'ahead' | 'back';

const relative: Readonly<Record<string, number>> = {
  大前天: -3,
  前天: -2,
  昨天: -1,
  昨日: -1,
  今天: 0,
  今日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
  大后天: 3,
};
const relativeWords = Object.keys(relative).sort((a, b) => b.length - a.length);

const figure = '(?:[0-9]{1,2}|[一二三四五六七八九十〇零]{1,3})';
const forms = [
  String.raw`(?<!\d)(?<y>\d{4})[-/.年](?<m>\d{1,2})[-/.月](?<d>\d{1,2})(?!\d)[日号]?`,
  String.raw`(?<!\d)(?<m>${figure})月(?<d>${figure})(?!\d)[日号]?`,
  String.raw`(?<!\d)(?<d>${figure})[日号](?![楼院门])`,
  '(?<week>[上下本这])?个?(?:周|星期|礼拜)(?<w>[一二三四五六日天1-7])',
  `(?<rel>${relativeWords.join('|')})`,
];
/** Short ones, which in other texts may be something else. */
const shortForms = [
  String.raw`(?<!\d)(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})(?!\d)`,
  String.raw`(?<![\d/.])(?<m>\d{1,2})[/.](?<d>\d{1,2})(?![\d/.])`,
  String.raw`(?<!\S)(?<m>\d{1,2})-(?<d>\d{1,2})(?!\S)`,
];
const clear = new RegExp(forms.join('|'), 'g');
const any = new RegExp([...forms, ...shortForms].join('|'), 'g');

type Groups = Readonly<Record<string, string | undefined>>;

const exists = (year: number, month: number, date: number): Day | null => {
  const two = (n: number): string => String(n).padStart(2, '0');
  try {
    return asDay(`${year}-${two(month)}-${two(date)}`);
  } catch {
    return null;
  }
};

const numberOf = (words: string): number =>
  /^\d+$/.test(words) ? Number(words) : (decodeChinese(words) ?? []).reduce((n, digit) => n * 10 + digit, 0);

/** The year in which month and date lie nearest to today: in December 1月3日 is next year's. */
const nearest = (month: number, date: number, today: Day): Day | null => {
  const year = Number(today.slice(0, 4));
  const days = [year, year - 1, year + 1].flatMap((y) => exists(y, month, date) ?? []);
  return days.sort((a, b) => Math.abs(daysBetween(today, a)) - Math.abs(daysBetween(today, b)))[0] ?? null;
};

/** This month's, or the next one's (the last one's) where this month's lies on the other side of today. */
const dateOfMonth = (date: number, today: Day, lean: Lean): Day | null => {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const now = exists(year, month, date);
  if (now !== null && (lean === 'ahead' ? now >= today : now <= today)) return now;
  const moved = month - 1 + (lean === 'ahead' ? 1 : -1);
  return exists(year + Math.floor(moved / 12), ((moved + 12) % 12) + 1, date);
};

const weekday = (week: string | undefined, word: string, today: Day, lean: Lean): Day => {
  const wanted = Number(word) || '一二三四五六日'.indexOf(word === '天' ? '日' : word) + 1;
  const ahead = wanted - weekdayOf(today);
  if (week === '上') return plusDays(today, ahead - 7);
  if (week === '下') return plusDays(today, ahead + 7);
  if (week !== undefined) return plusDays(today, ahead);
  return plusDays(today, lean === 'ahead' ? (ahead + 7) % 7 : ahead > 0 ? ahead - 7 : ahead);
};

const dayOf = ({ y, m, d, week, w, rel }: Groups, today: Day, lean: Lean): Day | null => {
  if (y && m && d) return exists(Number(y), Number(m), Number(d));
  if (m && d) return nearest(numberOf(m), numberOf(d), today);
  if (d) return dateOfMonth(numberOf(d), today, lean);
  if (w) return weekday(week, w, today, lean);
  return plusDays(today, relative[rel ?? ''] ?? 0);
};

/** Full-width figures and signs as ordinary ones; every character keeps its place. */
const plain = (text: string): string =>
  text.replace(/[０-９／－．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

const scan = (pattern: RegExp, text: string, today: Day, lean: Lean): SpokenDay[] =>
  [...plain(text).matchAll(pattern)].map(({ 0: found, index, groups = {} }) => ({
    day: dayOf(groups, today, lean),
    words: text.slice(index, index + found.length),
    at: [index, index + found.length],
  }));

/** Every day that a text names, in its order. Only what can be nothing else: 3-5 in an answer is no day. */
export const daysIn = (text: string, today: Day, lean: Lean = 'ahead'): SpokenDay[] => scan(clear, text, today, lean);

/** A text that is one day and nothing else, short forms (4/25, 4-25, 20220425) included; null when it is none. */
export const spokenDay = (text: string, today: Day, lean: Lean = 'ahead'): SpokenDay | null => {
  const words = text.trim();
  const [only] = scan(any, words, today, lean);
  return only && only.words.length === words.length ? only : null;
};

export interface SpokenSpan {
  /** Both inclusive; null where the text names a day that does not exist, or ends before it begins. */
  readonly days: { readonly from: Day; readonly to: Day } | null;
  readonly words: string;
  /** The text without it. */
  readonly rest: string;
}

const joint = /^\s*(?:-|–|—|~|～|到|至)+\s*$/;
const lasting = new RegExp(String.raw`^\s*(?:起|开始)?[，,\s]*(?:共|连续|请)?(?<n>${figure}|两)\s*天`);

/** The first span of days that a command names: 4月25日-27日, 明天到周五, 4/25起3天, or a single day. Null without any. */
export const spokenSpan = (text: string, today: Day, lean: Lean = 'ahead'): SpokenSpan | null => {
  const words = text.trim();
  const [first, second] = scan(any, words, today, lean);
  if (!first) return null;
  const [start, firstEnd] = first.at;
  const until = second && joint.test(plain(words.slice(firstEnd, second.at[0]))) ? second : null;
  const lasts = until ? null : lasting.exec(words.slice(firstEnd));
  const end = until?.at[1] ?? firstEnd + (lasts?.[0].length ?? 0);
  const to = until ? endOf(first.day, until) : lastOf(first.day, lasts?.groups?.n ?? '一');
  return {
    days: first.day !== null && to !== null && first.day <= to ? { from: first.day, to } : null,
    words: words.slice(start, end),
    rest: `${words.slice(0, start)} ${words.slice(end)}`.replace(/\s+/g, ' ').trim(),
  };
};

/** 4月25日-27日, 周一到周三: an end without month or week is looked for from the beginning on; 后天 is the day after tomorrow. */
const endOf = (from: Day | null, end: SpokenDay): Day | null =>
  end.words in relative || from === null ? end.day : (scan(any, end.words, from, 'ahead')[0]?.day ?? null);

const lastOf = (from: Day | null, n: string): Day | null => {
  const days = n === '两' ? 2 : numberOf(n);
  return from === null || days < 1 ? null : plusDays(from, days - 1);
};
