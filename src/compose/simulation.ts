// Puts a simulation together: the service as it is, on a clock that stands still, with numbered ids, and with simulated
// people at the other end. The database is somebody else's to open and to throw away.

import { holidaysFolder, loadHolidays } from '../campaigns/holidays.ts';
import { campaignFrom } from '../campaigns/pack-body.ts';
import { loadPack } from '../campaigns/read-pack.ts';
import type { Config } from '../config.ts';
import { makeDelivery } from '../delivery/delivery.ts';
import { makeHolds } from '../delivery/holds.ts';
import { type Calendar, type Day, plusDays } from '../domain/calendar.ts';
import { makeLinkMaker } from '../http/web/link-tokens.ts';
import type { Logger } from '../log.ts';
import type { Ids } from '../ports.ts';
import { simulatedPhones } from '../simulation/phones.ts';
import type { MovableClock, Played, Progress } from '../simulation/play.ts';
import { play } from '../simulation/play.ts';
import { makeAbsences } from '../store/absences.ts';
import { makeOutbox } from '../store/outbox.ts';
import { makePlayground } from '../store/playground.ts';
import { StartProblem } from '../store/start-problem.ts';
import { makeOnEvent } from '../usecases/handle-inbound.ts';
import { openPlaygroundGroups } from '../usecases/open-playground-groups.ts';
import { raiseObligations } from '../usecases/raise-obligations.ts';
import { redrawMarked } from '../usecases/redraw-card.ts';
import { sayFault } from '../yaml-file.ts';
import { openCampaigns } from './campaigns.ts';
import { takeDemoRoster } from './demo.ts';
import type { Foundation } from './foundation.ts';
import { openSchedule } from './schedule.ts';
import { makeService, openCards, openShelf } from './service.ts';

/** Sorts as it counts, so that lists ordered by id have one order. */
const numberedIds = (): Ids => {
  let n = 0;
  return {
    next: () => {
      n += 1;
      return `s${String(n).padStart(9, '0')}`;
    },
  };
};

const standingClock = (start: Date): MovableClock => {
  let now = start;
  return {
    now: () => now,
    set: (at) => {
      now = at;
    },
  };
};

/** The longest a step may take to let its messages out; more is a fault, not a wait. */
const DELIVER_MS = 60_000;
/** Messages under way at once: nobody waits for a network here, and each costs a connection. */
const AT_ONCE = 4;
/** Only steps look at the outbox: a look in between would see what a step has not finished. */
const NEVER_MS = 2 ** 31 - 1;

export interface SimulationOrder {
  /** Left out: day 1 of the first campaign. */
  readonly from?: Day | undefined;
  /** Left out: thirty days after the first. */
  readonly to?: Day | undefined;
  readonly seed: number;
  readonly onDay?: (progress: Progress) => void;
}

const USUAL_DAYS = 30;

/** The first pack's day 1 and time zone: what has to be known before the clock can be set. */
const leadOf = async (config: Config): Promise<{ day1: Day; calendar: Calendar }> => {
  const [folder = ''] = config.campaigns;
  const loaded = await loadPack(folder);
  if (!loaded.ok) throw new StartProblem(loaded.faults.map(sayFault).join('\n'));
  const campaign = campaignFrom(loaded.body, 1, await loadHolidays(holidaysFolder));
  return { day1: config.campaignStart ?? campaign.firstDay, calendar: campaign.calendar };
};

/** Plays the packs of `config` on an empty database. Throws StartProblem for a pack or a roster that cannot be used. */
export const simulate = async (
  foundation: Foundation,
  config: Config,
  log: Logger,
  { from, to, seed, onDay }: SimulationOrder,
): Promise<Played> => {
  const { pool } = foundation;
  const { day1, calendar } = await leadOf(config);
  const begin = from ?? day1;
  const clock = standingClock(calendar.instant(begin, '00:00'));
  const ids = numberedIds();
  const campaigns = await openCampaigns(foundation, config, config.campaignStart, clock, log);
  await takeDemoRoster(foundation, campaigns, clock, config.campaigns[0] ?? '', log);
  await openPlaygroundGroups({ doors: makePlayground(pool), clock }, campaigns.all());

  const phones = simulatedPhones();
  const service = makeService({
    foundation,
    campaigns,
    clock,
    cards: (await openCards()).book,
    channels: new Map([[phones.channel.name, phones.channel]]),
    // Nobody opens a link here.
    links: makeLinkMaker('', () => ''),
    shelf: openShelf(config),
    log,
    holds: makeHolds(),
    wake: () => {},
    ids,
  });
  for (const campaign of campaigns.all()) await raiseObligations(service, campaign, clock.now());

  const outbox = makeOutbox(pool);
  const delivery = makeDelivery({
    outbox,
    notifications: { tell: () => {}, on: () => {} },
    channels: [phones.channel],
    clock,
    log,
    redraw: (card) => redrawMarked(service, card),
    onSettled: (settled) => phones.settled(settled, calendar.dayOf(clock.now())),
    pollMs: NEVER_MS,
    slots: AT_ONCE,
  });
  delivery.start();
  const failed: string[] = [];
  const schedule = openSchedule(foundation, service, clock, clock.now(), log, {
    onRun(kind, outcome) {
      if (outcome === 'failed') failed.push(kind);
    },
  });
  try {
    return await play(
      {
        service,
        clock,
        phones,
        onEvent: makeOnEvent(service),
        async runDue() {
          await schedule.runDue();
          // A service tries again in a minute; here nothing would be otherwise then.
          if (failed.length > 0) throw new Error(`these slots failed: ${failed.join(', ')}; the log says why`);
        },
        async deliver() {
          const waiting = await delivery.drain({ timeoutMs: DELIVER_MS });
          if (waiting > 0)
            throw new StartProblem(`${waiting} messages could not be delivered within ${DELIVER_MS / 1000} s`);
        },
        nextDelivery: (after) => outbox.nextDue(after),
        recordLeaves: (leaves) => makeAbsences(pool).record(leaves, clock.now()),
      },
      { from: begin, to: to ?? plusDays(begin, USUAL_DAYS), seed, ...(onDay ? { onDay } : {}) },
    );
  } finally {
    await delivery.stop();
  }
};
