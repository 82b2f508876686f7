// How instants leave us: ISO with the offset of the campaign's zone, 2022-04-19T08:30:00.000+08:00.

/** The writer of instants of one zone. Throws RangeError for an unknown zone. */
export const instantsIn = (timezone: string): ((at: Date) => string) => {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
  return (at) => {
    const wall = local.format(at).replace(' ', 'T');
    const second = Math.floor(at.getTime() / 1000);
    const minutes = Math.round((Date.parse(`${wall}Z`) / 1000 - second) / 60);
    const milliseconds = String(at.getTime() - second * 1000).padStart(3, '0');
    return `${wall}.${milliseconds}${minutes < 0 ? '-' : '+'}${clock(Math.abs(minutes))}`;
  };
};

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');

/** What an answer may hold before it is written: an instant wherever the shape says text. */
export type Dated<T> = T extends string
  ? T | (string extends T ? Date : never)
  : T extends readonly (infer U)[]
    ? readonly Dated<U>[]
    : T extends object
      ? { readonly [K in keyof T]: Dated<T[K]> }
      : T;

/** Writes every instant in it, however deep. */
export const written = (value: unknown, write: (at: Date) => string): unknown => {
  if (value instanceof Date) return write(value);
  if (Array.isArray(value)) return value.map((element) => written(element, write));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, written(element, write)]));
  }
  return value;
};
