// What the doors of the service are handed: what the API and pages read, what readiness looks at, what each event counts,
// and how the playground moves the clock.
import type pg from 'pg';
import { settingRules } from '../campaigns/settings.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { readReply } from '../domain/reply/read-reply.ts';
import type { ApiServices } from '../http/api/services.ts';
import type { Check } from '../http/health.ts';
import type { Metrics } from '../http/metrics.ts';
import type { PageLive } from '../http/web/live.ts';
import type { Campaigns, Channel, Clock, OnEvent } from '../ports.ts';
import type { Outbox } from '../ports-delivery.ts';
import type { ServiceClock } from '../schedule/service-clock.ts';
import type { RanSlot, SlotRunner } from '../schedule/slot-runner.ts';
import { makeAccounts } from '../store/accounts.ts';
import { makeListings } from '../store/listings.ts';
import { makeTallyStore } from '../store/tally.ts';
import { nextClaimAt } from '../usecases/hand-over-claims.ts';
import { nextNoticeAt } from '../usecases/hand-over-findings.ts';
import type { ClockMoves } from '../usecases/move-clock.ts';
import { tallyOn } from '../usecases/read-tally.ts';
import { readTrend } from '../usecases/read-trend.ts';
import type { Service } from '../usecases/service.ts';
import type { Foundation } from './foundation.ts';

/** Waiting messages from which on the deliveries count as not ready. */
const farBehind = 50_000;

/** What the API and the pages read; what they change is the caller's. */
export const readingServices = (
  { pool, prisma }: Foundation,
  campaigns: Campaigns,
  clock: Clock,
): Omit<ApiServices, 'token' | 'exports' | 'importRoster' | 'packs' | 'resend' | 'webhooks' | 'office'> => {
  const tallies = makeTallyStore(pool);
  return {
    campaigns,
    clock,
    listings: makeListings(pool, prisma),
    settingRules,
    accounts: makeAccounts(prisma),
    tally: (campaign, on) => tallyOn(tallies, campaign, clock.now(), on),
    trend: (campaign, days, sees, on) => readTrend(tallies, campaign, clock.now(), { days, sees, on }),
    parse: (text, checklist) => readReply(text, checklist),
  };
};

/** `/readyz`: the database and the deliveries must be well; a channel that is away is shown. */
export const readiness = (pool: pg.Pool, outbox: Outbox, channels: readonly Channel[], clock: Clock): Check[] => {
  const names = channels.map((channel) => channel.name);
  return [
    { name: 'database', required: true, check: async () => (await pool.query('select 1')) && null },
    {
      name: 'deliveries',
      required: true,
      check: async () => ((await outbox.waiting(clock.now(), names)) > farBehind ? 'far behind' : null),
    },
    ...channels.map((channel) => ({
      name: channel.name,
      required: false,
      check: () => channel.health?.() ?? null,
    })),
  ];
};

/** Counts each event by its outcome, and lets open pages know that something may have changed. */
export const counted =
  (handle: OnEvent, metrics: Metrics, live: PageLive): OnEvent =>
  async (event, acknowledged) => {
    let outcome = 'failed';
    try {
      const answer = await handle(event, acknowledged);
      outcome = 'answered';
      live.changed();
      return answer;
    } finally {
      metrics.inbound(event.channel, outcome);
    }
  };

/** The clock of the demo stops wherever something becomes due: slots, held messages, findings and claims to hand over. */
export const clockMoves = (
  service: Service,
  outbox: Outbox,
  clock: ServiceClock,
  schedule: SlotRunner,
  delivery: Delivery,
): ClockMoves<RanSlot> => {
  const { campaigns } = service;
  return {
    campaigns,
    clock,
    runDue: () => schedule.runDue(),
    drain: (timeoutMs) => delivery.drain({ timeoutMs }),
    nextStops: async (now) =>
      Promise.all([
        outbox.nextDue(now),
        ...campaigns.all().flatMap((c) => [nextNoticeAt(service, c), nextClaimAt(service, c)]),
      ]),
  };
};
