// The month's allowance of calls and messages, counted over all processes: DingTalk's standard edition gives an
// organisation 5,000 calls and 3,000 messages (docs 1431). Months are DingTalk's own, real time in China.
import { type AllowanceLevel, allowanceLevel } from '../../domain/allowance.ts';
import type { Log } from '../../ports.ts';
import type { MonthlyUse } from '../../ports-channels.ts';

export type Counted = 'calls' | 'messages';
export type MonthlyMost = Readonly<Record<Counted, number>>;

export interface Allowance {
  /** Never throws: what was done is done, whether it could be counted or not. */
  count(what: Counted, n?: number): Promise<void>;
  /** DingTalk itself says that nothing is left. */
  usedUp(what: Counted): void;
  /** Of calls, which is what sending costs. Known by this process, at most `STALE_MS` old. */
  level(): Promise<AllowanceLevel>;
  used(): Promise<Readonly<Record<Counted, number>>>;
}

export interface AllowanceNeeds {
  readonly use: MonthlyUse;
  readonly most: MonthlyMost;
  readonly log: Log;
  readonly realNow: () => number;
  /** Told after each change, for metrics. */
  readonly onUse: (what: Counted, used: number, most: number) => void;
}

const STALE_MS = 30_000;
const month = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit' });

export const makeAllowance = ({ use, most, log, realNow, onUse }: AllowanceNeeds): Allowance => {
  let known = { month: '', at: -Infinity, calls: 0, messages: 0 };
  const told = new Set<string>();

  const note = (what: Counted, used: number): void => {
    known = { ...known, [what]: used };
    onUse(what, used, most[what]);
    const level = allowanceLevel(used, most[what]);
    const once = `${known.month}/${what}/${level}`;
    if (level === 'plenty' || told.has(once)) return;
    told.add(once);
    const text =
      level === 'low'
        ? 'four fifths of this month’s allowance are used'
        : 'nearly nothing is left of this month’s allowance: only answers and what is due today go out';
    log.warn({ channel: 'dingtalk', what, used, most: most[what] }, text);
  };

  const thisMonth = (): string => month.format(realNow());

  const refresh = async (): Promise<void> => {
    const now = thisMonth();
    if (known.month === now && realNow() - known.at < STALE_MS) return;
    const used = await use.of('dingtalk', now);
    known = { month: now, at: realNow(), calls: used.calls ?? 0, messages: used.messages ?? 0 };
    for (const what of ['calls', 'messages'] as const) note(what, known[what]);
  };

  return {
    async count(what, n = 1) {
      try {
        const now = thisMonth();
        if (known.month !== now) await refresh();
        note(what, await use.add('dingtalk', now, what, n));
      } catch (error) {
        log.warn({ channel: 'dingtalk', err: error }, 'a call could not be counted');
      }
    },

    usedUp(what) {
      log.error({ channel: 'dingtalk', what }, 'DingTalk says that this month’s allowance is used up');
      note(what, Math.max(known[what], most[what]));
    },

    async level() {
      await refresh();
      return allowanceLevel(known.calls, most.calls);
    },

    async used() {
      await refresh();
      return { calls: known.calls, messages: known.messages };
    },
  };
};
