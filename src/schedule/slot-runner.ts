// Runs what is due, each slot once over all processes, and once a minute looks whether something is (DESIGN §1).
import cron from 'node-cron';
import type { Day } from '../domain/calendar.ts';
import type { Campaign, SlotKind } from '../domain/campaign.ts';
import { type DueSlot, dueSlots, isCalledFor } from '../domain/slots.ts';
import { campaignOn } from '../domain/zone-map.ts';
import type { Campaigns, Clock, Log } from '../ports.ts';
import type { Slots } from '../ports-schedule.ts';

/** What a slot does. Kinds without a handler are not run, and stay due until they have one. */
export type SlotHandlers = Readonly<
  Partial<Record<SlotKind, (campaign: Campaign, day: Day, now: Date) => Promise<void>>>
>;

/** Something to look after each minute, whatever the slots. */
export type Chore = { readonly name: string; readonly run: (now: Date) => Promise<void> };

export interface RanSlot {
  readonly campaign: string;
  readonly kind: SlotKind;
  readonly day: Day;
}

export interface RunnerParts {
  readonly campaigns: Campaigns;
  readonly clock: Clock & { refresh?(): Promise<void> };
  readonly slots: Slots;
  readonly handlers: SlotHandlers;
  readonly chores: readonly Chore[];
  /** Slots before it are not due (DOORS: "before the service's first start"). */
  readonly firstStart: Date;
  readonly log: Log;
  readonly onRun?: (kind: SlotKind, outcome: 'done' | 'failed') => void;
}

export interface SlotRunner {
  /** Runs what is due now, then the chores. One call at a time: a second one waits for the first and then looks again. */
  runDue(): Promise<RanSlot[]>;
  start(): void;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

export const makeSlotRunner = (parts: RunnerParts): SlotRunner => {
  const { campaigns, clock, slots, handlers, chores, firstStart, log } = parts;
  let last: Promise<unknown> = Promise.resolve();
  let task: ReturnType<typeof cron.schedule> | null = null;

  const runOne = async (campaign: Campaign, slot: DueSlot): Promise<boolean> => {
    const handler = handlers[slot.kind];
    if (!handler || !(await slots.claim(campaign.id, slot.kind, slot.day, clock.now()))) return false;
    // A long run is no dead one: while this process lives, its claim does not end.
    const renewal = setInterval(() => {
      slots
        .renew(campaign.id, slot.kind, slot.day)
        .catch((err) => log.warn({ err, slot: slot.kind }, 'the claim of a slot could not be renewed'));
    }, slots.leaseMs / 3);
    try {
      await handler(campaignOn(campaign, slot.day), slot.day, clock.now());
      await slots.done(campaign.id, slot.kind, slot.day, clock.now());
      parts.onRun?.(slot.kind, 'done');
      return true;
    } catch (err) {
      // Logged once; the next minute tries again while the grace lasts, and the other slots go on.
      log.error({ err, campaign: campaign.id, slot: slot.kind, day: slot.day }, 'a slot failed and is tried again');
      parts.onRun?.(slot.kind, 'failed');
      await slots.release(campaign.id, slot.kind, slot.day);
      return false;
    } finally {
      clearInterval(renewal);
    }
  };

  /** Another process may have moved the clock, or taken the office's command. */
  const catchUp = async (): Promise<void> => {
    try {
      await clock.refresh?.();
      await campaigns.refresh?.();
    } catch (err) {
      log.error({ err }, 'what other processes changed could not be read');
    }
  };

  const runAll = async (): Promise<RanSlot[]> => {
    const ran: RanSlot[] = [];
    await catchUp();
    for (const campaign of campaigns.all()) {
      const due = dueSlots(campaign.slots, campaign.calendar, firstStart, clock.now()).filter((slot) =>
        isCalledFor(campaign, slot.kind, slot.day),
      );
      const finished = await slots.finished(campaign.id, [...new Set(due.map((slot) => slot.day))]);
      for (const slot of due) {
        if (finished.has(`${slot.kind}:${slot.day}`)) continue;
        if (await runOne(campaign, slot)) ran.push({ campaign: campaign.id, kind: slot.kind, day: slot.day });
      }
    }
    for (const { name, run } of chores) {
      try {
        await run(clock.now());
      } catch (err) {
        log.error({ err, chore: name }, 'a chore failed and is tried again in a minute');
      }
    }
    return ran;
  };

  const runDue = (): Promise<RanSlot[]> => {
    const next = last.then(runAll, runAll);
    last = next.catch(() => {});
    return next;
  };

  return {
    runDue,
    start() {
      task = cron.schedule('* * * * *', () => runDue().catch((err) => log.error({ err }, 'the minute tick failed')), {
        noOverlap: true,
      });
    },
    async stop() {
      await task?.stop();
      await last;
    },
  };
};
