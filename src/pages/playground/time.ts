// The campaign's wall clock: instants to what people say (4月19日（周二）08:25), and back. Works in the service's own UTC
// offset, never in the phone's zone. It does not know working days: only the service does.

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

export interface Wall {
  /** YYYY-MM-DD */
  readonly day: string;
  /** HH:MM */
  readonly time: string;
  /** 4月19日（周二） */
  readonly dayText: string;
  /** 4月19日 */
  readonly shortDay: string;
}

/** The offset written at the end of an ISO instant, in minutes. */
export const offsetOf = (instant: string): number => {
  const match = /([+-])(\d\d):?(\d\d)$/.exec(instant);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
};

export const wallOf = (ms: number, offset: number): Wall => {
  const shifted = new Date(ms + offset * MINUTE_MS);
  const iso = shifted.toISOString();
  const shortDay = `${shifted.getUTCMonth() + 1}月${shifted.getUTCDate()}日`;
  return {
    day: iso.slice(0, 10),
    time: iso.slice(11, 16),
    shortDay,
    dayText: `${shortDay}（${WEEKDAYS[shifted.getUTCDay()]}）`,
  };
};

/** The instant of `time` (HH:MM) `daysAhead` days after the day of `ms`, written with the offset. */
export const instantAt = (ms: number, offset: number, time: string, daysAhead: number): string => {
  const day = wallOf(ms + daysAhead * DAY_MS, offset).day;
  const sign = offset < 0 ? '-' : '+';
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
  return `${day}T${time}:00${sign}${hours}:${minutes}`;
};
