// What happens by itself: the slots of the campaigns, and what is looked after each minute.
import type { Log } from '../ports.ts';
import { makeSlotRunner, type RunnerParts, type SlotRunner } from '../schedule/slot-runner.ts';
import { makeSlots } from '../store/slots.ts';
import { makeTallyStore } from '../store/tally.ts';
import { closeDay } from '../usecases/close-day.ts';
import { compareSpotChecks } from '../usecases/compare-spot-checks.ts';
import { flagSuspicious } from '../usecases/flag-suspicious.ts';
import { handOverClaims } from '../usecases/hand-over-claims.ts';
import { handOverFindings } from '../usecases/hand-over-findings.ts';
import { postTally, sendDigest } from '../usecases/post-tally.ts';
import { sendHandOvers, sendNextDay } from '../usecases/prepare-hand-over.ts';
import { sendAssignments } from '../usecases/send-assignments.ts';
import { sendReminders } from '../usecases/send-reminders.ts';
import type { Service } from '../usecases/service.ts';
import { dropWaitingPhotos } from '../usecases/take-photo.ts';
import type { Foundation } from './foundation.ts';

/** Rows of one round of folding. */
const mostFolded = 10_000;

export interface ScheduleExtras {
  readonly onRun?: RunnerParts['onRun'];
  readonly chores?: RunnerParts['chores'];
  readonly backup?: () => Promise<void>;
}

export const openSchedule = (
  { pool }: Foundation,
  service: Service,
  clock: RunnerParts['clock'],
  firstStart: Date,
  log: Log,
  { onRun, chores = [], backup }: ScheduleExtras = {},
): SlotRunner => {
  const [first] = service.campaigns.all();
  const tallies = makeTallyStore(pool);
  return makeSlotRunner({
    campaigns: service.campaigns,
    clock,
    slots: makeSlots(pool),
    firstStart,
    log,
    handlers: {
      assignments: (campaign, day, now) => sendAssignments(service, campaign, day, now),
      reminders: (campaign, day, now) => sendReminders(service, campaign, day, now),
      next_day: (campaign, day, now) => sendNextDay(service, campaign, day, now),
      hand_over: (campaign, day, now) => sendHandOvers(service, campaign, day, now),
      tally: (campaign, day, now) => postTally(service, campaign, day, now),
      digest: (campaign, day, now) => sendDigest(service, campaign, day, now),
      day_close: (campaign, day, now) => closeDay(service, campaign, day, now),
      // All campaigns share one database: the first one's night is everybody's.
      ...(backup ? { backup: async (campaign) => (campaign.id === first?.id ? backup() : undefined) } : {}),
    },
    chores: [
      {
        name: 'findings',
        async run(now) {
          for (const campaign of service.campaigns.all()) await handOverFindings(service, campaign, now);
        },
      },
      { name: 'photos', run: (now) => dropWaitingPhotos(service, now) },
      {
        name: 'exclusions',
        async run(now) {
          for (const campaign of service.campaigns.all()) await handOverClaims(service, campaign, now);
        },
      },
      {
        name: 'suspicious records',
        async run(now) {
          for (const campaign of service.campaigns.all()) await flagSuspicious(service, campaign, now);
        },
      },
      {
        name: 'spot checks',
        async run(now) {
          for (const campaign of service.campaigns.all()) await compareSpotChecks(service, campaign, now);
        },
      },
      {
        name: 'figures',
        async run() {
          let folded = mostFolded;
          while (folded === mostFolded) folded = await tallies.foldDeltas(mostFolded);
        },
      },
      ...chores,
    ],
    ...(onRun ? { onRun } : {}),
  });
};
