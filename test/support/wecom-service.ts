// The service with WeCom as its only channel, in this process: real database, small city, a clock that stands where it is
// put, and WeCom's side played by its server. Slots are run by hand.

import type pg from 'pg';
import { makeWecomChannel, type WecomChannel } from '../../src/channels/wecom/channel.ts';
import { openCampaigns } from '../../src/compose/campaigns.ts';
import { takeDemoRoster } from '../../src/compose/demo.ts';
import { layFoundation } from '../../src/compose/foundation.ts';
import { openSchedule } from '../../src/compose/schedule.ts';
import { makeService, openCards, openShelf } from '../../src/compose/service.ts';
import { readConfig } from '../../src/config.ts';
import { type Delivery, makeDelivery } from '../../src/delivery/delivery.ts';
import { makeLinkMaker } from '../../src/http/web/link-tokens.ts';
import { createLog } from '../../src/log.ts';
import type { Channel, OnEvent } from '../../src/ports.ts';
import { makeFollowUps } from '../../src/store/follow-ups.ts';
import { makeGroupWays } from '../../src/store/group-ways.ts';
import { makeLeases, makeSingleUse } from '../../src/store/leases.ts';
import { makeOutbox } from '../../src/store/outbox.ts';
import { makeReachability } from '../../src/store/reachability.ts';
import { makeSendBudget } from '../../src/store/send-budget.ts';
import { makeSettings } from '../../src/store/settings.ts';
import { noteHeard } from '../../src/usecases/hand-over-findings.ts';
import { makeOnEvent } from '../../src/usecases/handle-inbound.ts';
import { createTestDatabase } from './database.ts';
import { smallCity } from './small-city.ts';
import { tempFolder } from './temp-folder.ts';
import { testClock } from './test-clock.ts';
import { startWecomServer, type WecomServer } from './wecom-server.ts';
import { configFor, quickTimes } from './wecom-stage.ts';

export interface WecomService {
  readonly server: WecomServer;
  readonly channel: WecomChannel;
  readonly pool: pg.Pool;
  readonly onEvent: OnEvent;
  /** Puts the clock there, runs what is due, and lets everything go out. */
  moveTo(instant: string): Promise<void>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const startWecomService = async (start: string): Promise<WecomService> => {
  const server = await startWecomServer();
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
  const channel = makeWecomChannel(
    configFor(server, 'both'),
    {
      log,
      clock,
      leases: makeLeases(pool),
      singleUse: makeSingleUse(pool),
      followUps: makeFollowUps(pool, clock, () => delivery.wake()),
      groups: makeGroupWays(pool, clock),
      budget: makeSendBudget(pool),
      memory: makeSettings(pool),
      reachability: makeReachability(pool),
      holder: 'scenario',
      pageUrl: null,
    },
    { bot: { times: quickTimes } },
  );
  const cards = await openCards();
  const service = makeService({
    foundation,
    campaigns,
    clock,
    cards: cards.book,
    channels: new Map<'wecom', Channel>([['wecom', channel]]),
    links: makeLinkMaker('', () => ''),
    shelf: openShelf(config),
    log,
    wake: () => delivery.wake(),
  });
  const delivery: Delivery = makeDelivery({
    outbox: makeOutbox(pool),
    notifications: { tell: () => {}, on: () => {} },
    channels: [channel],
    clock,
    log,
    redraw: async () => null,
    async onSettled(settled) {
      if (settled.every((one) => one.kind !== 'finding')) return;
      for (const campaign of campaigns.all()) await noteHeard(service, campaign, clock.now());
    },
    pollMs: 20,
  });
  const onEvent = makeOnEvent(service);
  const schedule = openSchedule(foundation, service, clock, new Date(start), log);
  await channel.start?.(onEvent);
  delivery.start();
  const settle = async () => {
    await delivery.drain({ timeoutMs: 20_000 });
  };
  return {
    server,
    channel,
    pool,
    onEvent,
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
