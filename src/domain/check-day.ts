// The day on which somebody checked, where a typed answer says one: 昨天查的，都有 (E25). A day that something else is said of
// (通告是昨天的) is none.
import type { Day } from './calendar.ts';
import { daysIn } from './spoken-day.ts';

export type CheckDay =
  | { readonly kind: 'day'; readonly day: Day }
  /** Later than today, or on no calendar: asked back, never guessed. */
  | { readonly kind: 'refused'; readonly words: string }
  | { readonly kind: 'none' };

const checked =
  /^的?(?:上午|下午|中午|早上|晚上|晚|早)?(?:我们?)?(?:已经?)?(?:去)?(?:过)?(?:检查|检|查|看|巡|督导|到|去|走)/u;
const dated = /(?:检查|督导|查)(?:日期|时间|的?日子)?(?:是|为|在|于|[:：])?$/u;
const opens = /^[\s，,。、:：；;]*$/u;
const pauses = /^(?:的|的检查|检查情况)?(?:[\s，,。:：；;]|$)/u;

/** `bare` = the words with the names of compounds taken out. */
export const checkDayIn = (bare: string, today: Day): CheckDay => {
  for (const { day, words, at } of daysIn(bare, today, 'back')) {
    const before = bare.slice(0, at[0]).trimEnd();
    const after = bare.slice(at[1]);
    const meant = checked.test(after.trimStart()) || dated.test(before) || (opens.test(before) && pauses.test(after));
    if (!meant) continue;
    return day !== null && day <= today ? { kind: 'day', day } : { kind: 'refused', words };
  }
  return { kind: 'none' };
};
