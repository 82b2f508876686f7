// The service with DingTalk as its only channel, in this process: real database, small city, a clock that stands where it
// is put, and DingTalk's side played by its server. Slots are run by hand.
import type pg from 'pg';
import { type DingtalkChannel, makeDingtalkChannel } from '../../src/channels/dingtalk/channel.ts';
import { openCampaigns } from '../../src/compose/campaigns.ts';
import { takeDemoRoster } from '../../src/compose/demo.ts';
import { layFoundation } from '../../src/compose/foundation.ts';
import { openSchedule } from '../../src/compose/schedule.ts';
import { makeService, openCards, openShelf } from '../../src/compose/service.ts';
import { readConfig } from '../../src/config.ts';
import { type Delivery, makeDelivery } from '../../src/delivery/delivery.ts';
import { makeLinkMaker } from '../../src/http/web/link-tokens.ts';
import { createLog } from '../../src/log.ts';
import type { Channel } from '../../src/ports.ts';
import { makeFollowUps } from '../../src/store/follow-ups.ts';
import { makeMonthlyUse } from '../../src/store/monthly-use.ts';
import { makeOutbox } from '../../src/store/outbox.ts';
import { makeReachability } from '../../src/store/reachability.ts';
import { makeSettings } from '../../src/store/settings.ts';
import { noteHeard } from '../../src/usecases/hand-over-findings.ts';
import { makeOnEvent } from '../../src/usecases/handle-inbound.ts';
import { redrawMarked } from '../../src/usecases/redraw-card.ts';
import { createTestDatabase } from './database.ts';
import { type DingtalkServer, startDingtalkServer } from './dingtalk-server.ts';
import { configFor, quickTimes } from './dingtalk-stage.ts';
import { smallCity } from './small-city.ts';
import { tempFolder } from './temp-folder.ts';
import { testClock } from './test-clock.ts';

export interface DingtalkService {
  readonly server: DingtalkServer;
  readonly channel: DingtalkChannel;
  readonly pool: pg.Pool;
  /** Puts the clock there, runs what is due, and lets everything go out. */
  moveTo(instant: string): Promise<void>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const startDingtalkService = async (start: string): Promise<DingtalkService> => {
  const server = await startDingtalkServer();
  const folder = await smallCity();
  const config = readConfig({
    DATA_DIR: await tempFolder(),
    DATABASE_URL: (await createTestDatabase()).url,
    CAMPAIGN: folder,
    DEMO: 'on',
    LOG_LEVEL: 'error',
  });
  const log = createLog({ level: config.logLevel });
  const clock = testClock(new Date(start));
  const foundation = await layFoundation(config, log, true);
  const { pool } = foundation;
  const campaigns = await openCampaigns(foundation, config, '2022-04-19', clock, log);
  await takeDemoRoster(foundation, campaigns, clock, folder, log);
  const channel = makeDingtalkChannel(
    configFor(server),
    {
      log,
      clock,
      followUps: makeFollowUps(pool, clock, () => delivery.wake()),
      // The day is played in a few seconds; what is taken in one is deliveries.test.ts's.
      budget: { take: async () => 0, hold: async () => {} },
      memory: makeSettings(pool),
      reachability: makeReachability(pool),
      use: makeMonthlyUse(pool),
    },
    { times: quickTimes, patienceMs: 5_000 },
  );
  const cards = await openCards();
  const service = makeService({
    foundation,
    campaigns,
    clock,
    cards: cards.book,
    channels: new Map<'dingtalk', Channel>([['dingtalk', channel]]),
    log,
    links: makeLinkMaker('', () => ''),
    shelf: openShelf(config),
    wake: () => delivery.wake(),
  });
  const delivery: Delivery = makeDelivery({
    outbox: makeOutbox(pool),
    notifications: { tell: () => {}, on: () => {} },
    channels: [channel],
    clock,
    log,
    redraw: (card) => redrawMarked(service, card),
    async onSettled(settled) {
      if (settled.every((one) => one.kind !== 'finding')) return;
      for (const campaign of campaigns.all()) await noteHeard(service, campaign, clock.now());
    },
    pollMs: 20,
    redrawEveryMs: 20,
  });
  const schedule = openSchedule(foundation, service, clock, new Date(start), log);
  await channel.start?.(makeOnEvent(service));
  delivery.start();
  const settle = async () => {
    await delivery.drain({ timeoutMs: 20_000 });
  };
  return {
    server,
    channel,
    pool,
    settle,
    async moveTo(instant) {
      clock.set(new Date(instant));
      await schedule.runDue();
      await settle();
    },
    async close() {
      await delivery.stop();
      await channel.stop?.();
      await foundation.close();
      await server.close();
    },
  };
};
