// The service with one platform as its only channel, in this process: real database, small city, a clock that stands where
// it is put, and the platform's side played by whoever opens the channel. Slots are run by hand.
import type pg from 'pg';
import { openCampaigns } from '../../src/compose/campaigns.ts';
import { layFoundation } from '../../src/compose/foundation.ts';
import { openSchedule } from '../../src/compose/schedule.ts';
import { makeService, openCards, openShelf } from '../../src/compose/service.ts';
import { readConfig } from '../../src/config.ts';
import { type Delivery, makeDelivery } from '../../src/delivery/delivery.ts';
import { makeHolds } from '../../src/delivery/holds.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { makeLinkMaker } from '../../src/http/web/link-tokens.ts';
import { createLog } from '../../src/log.ts';
import type { Channel, Clock, Log, OnEvent } from '../../src/ports.ts';
import { makeOutbox } from '../../src/store/outbox.ts';
import { noteHeard } from '../../src/usecases/hand-over-findings.ts';
import { makeOnEvent } from '../../src/usecases/handle-inbound.ts';
import { redrawMarked } from '../../src/usecases/redraw-card.ts';
import { createCityDatabase, day1 } from './city-database.ts';
import { smallCity } from './small-city.ts';
import { tempFolder } from './temp-folder.ts';
import { testClock } from './test-clock.ts';

/** What a channel of any platform may need of the service. */
export interface PlatformPorts {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly campaigns: readonly Campaign[];
  wake(): void;
}

export interface PlatformService {
  readonly channel: Channel;
  readonly pool: pg.Pool;
  readonly onEvent: OnEvent;
  /** Puts the clock there, runs what is due, and lets everything go out. */
  moveTo(instant: string): Promise<void>;
  settle(): Promise<void>;
  /** Somebody wrote to the outbox. */
  wake(): void;
  close(): Promise<void>;
}

export const startPlatformService = async (
  start: string,
  open: (ports: PlatformPorts) => Promise<Channel> | Channel,
): Promise<PlatformService> => {
  const folder = await smallCity();
  const config = readConfig({
    DATA_DIR: await tempFolder(),
    DATABASE_URL: (await createCityDatabase(folder)).url,
    CAMPAIGN: folder,
    DEMO: 'on',
    LOG_LEVEL: 'error',
  });
  const log = createLog({ level: config.logLevel });
  const clock = testClock(new Date(start));
  const foundation = await layFoundation(config, log, true);
  const { pool } = foundation;
  const campaigns = await openCampaigns(foundation, config, day1, clock, log);
  const wake = () => delivery.wake();
  const channel = await open({ pool, clock, log, campaigns: campaigns.all(), wake });
  const holds = makeHolds();
  const service = makeService({
    foundation,
    campaigns,
    clock,
    cards: (await openCards()).book,
    channels: new Map([[channel.name, channel]]),
    links: makeLinkMaker('', () => ''),
    shelf: openShelf(config),
    log,
    holds,
    wake,
  });
  const delivery: Delivery = makeDelivery({
    outbox: makeOutbox(pool, holds),
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
  });
  const onEvent = makeOnEvent(service);
  const schedule = openSchedule(foundation, service, clock, new Date(start), log);
  await channel.start?.(onEvent);
  delivery.start();
  const settle = async () => {
    await delivery.drain({ timeoutMs: 20_000 });
  };
  return {
    channel,
    pool,
    onEvent,
    settle,
    wake,
    async moveTo(instant) {
      clock.set(new Date(instant));
      await schedule.runDue();
      await settle();
    },
    async close() {
      await delivery.stop();
      await channel.stop?.();
      await foundation.close();
    },
  };
};
