// Patterns that a supervisor should know of (R44, E27): many records of one person in next to no time, all alike. They count
// like any others; the flag is for the supervisor only, and accuses nobody.
import type { Settings } from './campaign.ts';
import type { Inspection } from './inspection.ts';

export type Seen = Pick<
  Inspection,
  'id' | 'inspectorId' | 'inspectorName' | 'enteredAt' | 'answers' | 'zone' | 'flags'
>;

/** Records of one person, oldest first, that came too fast and too much alike. */
export type SuspiciousRun = readonly [Seen, ...Seen[]];

const alike = (a: Seen): string => JSON.stringify(Object.entries(a.answers).sort(([x], [y]) => (x < y ? -1 : 1)));

/** The runs among these records: `records` within the minutes, `identical` of them with the same answers. */
export const suspiciousRuns = (seen: readonly Seen[], rule: Settings['suspicious']): SuspiciousRun[] => {
  const windowMs = rule.withinMinutes * 60_000;
  return [...Map.groupBy(seen, (one) => one.inspectorId).values()].flatMap((own) => {
    const inOrder = own.toSorted((a, b) => a.enteredAt.getTime() - b.enteredAt.getTime());
    const caught = new Set<Seen>();
    for (const [i, first] of inOrder.entries()) {
      const within = inOrder.slice(i).filter((one) => one.enteredAt.getTime() - first.enteredAt.getTime() <= windowMs);
      if (within.length < rule.records) continue;
      const most = [...Map.groupBy(within, alike).values()].reduce((a, b) => (b.length > a.length ? b : a));
      if (most.length >= rule.identical) for (const one of most) caught.add(one);
    }
    const run = inOrder.filter((one) => caught.has(one));
    const [first, ...rest] = run;
    return first ? [[first, ...rest] as const] : [];
  });
};
