// How figures, days and deadlines are said, in both languages. Days are the campaign's own; nothing here asks the phone's clock.

import type { Language } from './texts.ts';

const DAY_MS = 86_400_000;
const ZH_WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const EN_WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const EN_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 1,812 in both languages. */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** Whole per cent, but never 100 % before the last one and never 0 % after the first. */
export const percent = (part: number, whole: number): number => {
  if (whole <= 0 || part <= 0) return 0;
  if (part >= whole) return 100;
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)));
};

/** The campaign's day of an instant written with its offset. */
export const dayOf = (instant: string): string => instant.slice(0, 10);
export const timeOf = (instant: string): string => instant.slice(11, 16);

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** 4月19日 · 19 Apr */
export const shortDay = (day: string, language: Language): string => {
  const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  return language === 'en' ? `${date} ${EN_MONTHS[month - 1]}` : `${month}月${date}日`;
};

/** 4月19日（周二） · Tue 19 Apr */
export const longDay = (day: string, language: Language): string => {
  const weekday = new Date(Date.parse(day)).getUTCDay();
  return language === 'en'
    ? `${EN_WEEKDAYS[weekday]} ${shortDay(day, language)}`
    : `${shortDay(day, language)}（${ZH_WEEKDAYS[weekday]}）`;
};

/** 4月19日 10:12 · 19 Apr 10:12 */
export const moment = (instant: string, language: Language): string =>
  `${shortDay(dayOf(instant), language)} ${timeOf(instant)}`;
