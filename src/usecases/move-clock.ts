// Moves the service's clock ahead as a day would pass: every slot on the way in order, and deliveries go out between them
// (DOORS §4). For the playground and the simulation.
import { nextSlots } from '../domain/slots.ts';
import type { Campaigns, Clock } from '../ports.ts';

export interface ClockMoves<Ran> {
  readonly campaigns: Campaigns;
  readonly clock: Clock & { advanceTo(at: Date): Promise<void> };
  /** Runs what is due now. */
  readonly runDue: () => Promise<Ran[]>;
  /** Lets deliveries go out; how many still wait when the time is over. */
  readonly drain: (timeoutMs: number) => Promise<number>;
  /** Other instants at which something becomes due: held messages, findings that a town is to hear of. */
  readonly nextStops: (now: Date) => Promise<readonly (Date | null)[]>;
}

const mostWaitMs = 30_000;

/** Resolves with what was run on the way and how many messages still wait. A target that has passed runs what is due now. */
export const moveClock = async <Ran>(
  moves: ClockMoves<Ran>,
  target: Date,
): Promise<{ now: Date; slotsRun: Ran[]; waiting: number }> => {
  const { campaigns, clock } = moves;
  const giveUpAt = Date.now() + mostWaitMs;
  const settle = () => moves.drain(Math.max(0, giveUpAt - Date.now()));
  const slotsRun = await moves.runDue();
  let waiting = await settle();
  for (;;) {
    const now = clock.now();
    if (now >= target) break;
    const slots = campaigns.all().flatMap((c) => nextSlots(c.slots, c.calendar, now, 1).map((slot) => slot.at));
    const stops = [...slots, ...(await moves.nextStops(now))].filter(
      (at): at is Date => at !== null && at > now && at < target,
    );
    await clock.advanceTo(new Date(Math.min(target.getTime(), ...stops.map((at) => at.getTime()))));
    slotsRun.push(...(await moves.runDue()));
    waiting = await settle();
    // A delivery may have made something due (a town has heard of a finding): it is noted before time goes on.
    await moves.runDue();
  }
  return { now: clock.now(), slotsRun, waiting };
};
