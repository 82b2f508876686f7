// Forecast (R32): at the present pace, when is everything covered?
import type { Calendar, Day } from './calendar.ts';

/** The day on which the rest is covered at the pace of the last working days; null without a pace, or when nothing is left. */
export const coveredBy = (
  left: number,
  newlyCovered: readonly number[],
  today: Day,
  calendar: Calendar,
): Day | null => {
  const perDay = newlyCovered.reduce((a, b) => a + b, 0) / Math.max(1, newlyCovered.length);
  if (left <= 0 || perDay <= 0) return null;
  const days = Math.ceil(left / perDay);
  return days > 2000 ? null : calendar.plusWorkingDays(today, days);
};
