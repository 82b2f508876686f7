// `serve`: everything connected, started in order and stopped in the reverse one. Nothing is decided here.
import { join } from 'node:path';
import type Router from '@koa/router';
import { accountFinding } from '../compose/account-finding.ts';
import { backupFolder, takeNightlyBackup } from '../compose/backups.ts';
import { decideStart, openCampaigns } from '../compose/campaigns.ts';
import { takeDemoRoster, takeRoster } from '../compose/demo.ts';
import { clockMoves, counted, readiness, readingServices } from '../compose/doors.ts';
import { openExports } from '../compose/exports.ts';
import { type Foundation, layFoundation } from '../compose/foundation.ts';
import { openPackEditing } from '../compose/pack-editing.ts';
import { openPackOffice } from '../compose/packs.ts';
import { openPlatforms, platformRates } from '../compose/platforms.ts';
import { openPlayground } from '../compose/playground.ts';
import { openSchedule } from '../compose/schedule.ts';
import { makeService, openCards, openPhotoFiles, openShelf } from '../compose/service.ts';
import { baseOf, cookieSecretOf, openLinkDesk, openWeb, randomSecret } from '../compose/web.ts';
import { openWebhooks } from '../compose/webhooks.ts';
import type { Config } from '../config.ts';
import { type Delivery, makeDelivery } from '../delivery/delivery.ts';
import { makeHolds } from '../delivery/holds.ts';
import type { Day } from '../domain/calendar.ts';
import type { ChannelName } from '../domain/message.ts';
import { apiRouter } from '../http/api/api.ts';
import type { ApiServices } from '../http/api/services.ts';
import { callbackRouter } from '../http/callbacks.ts';
import { healthRouter } from '../http/health.ts';
import { createMetrics } from '../http/metrics.ts';
import { builtPages } from '../http/pages.ts';
import { photoRouter } from '../http/photos.ts';
import { createApp, listen } from '../http/server.ts';
import { makeLinkMaker } from '../http/web/link-tokens.ts';
import { makePageLive } from '../http/web/live.ts';
import { packRouter } from '../http/web/pack.ts';
import { pagesRouter } from '../http/web/pages-api.ts';
import { createLog, type Logger } from '../log.ts';
import type { Channel } from '../ports.ts';
import { openServiceClock } from '../schedule/service-clock.ts';
import { openNotifications } from '../store/notifications.ts';
import { makeOutbox } from '../store/outbox.ts';
import { StartProblem } from '../store/start-problem.ts';
import { type HandedLink, linkForNewOffice } from '../usecases/hand-out-link.ts';
import { noteHeard } from '../usecases/hand-over-findings.ts';
import { makeOnEvent } from '../usecases/handle-inbound.ts';
import { moveClock } from '../usecases/move-clock.ts';
import { actAsOffice } from '../usecases/office/act.ts';
import { raiseObligations } from '../usecases/raise-obligations.ts';
import { redrawMarked } from '../usecases/redraw-card.ts';

export interface RunningService {
  readonly url: string;
  /** The API's token: the configured one, or the demo's own. Null: the API is closed. */
  readonly token: string | null;
  /** The way in while no roster has named anybody of the office; null once one has. */
  readonly officeLink: HandedLink | null;
  /** Of the database it runs on, for tools beside it. Holds a password. */
  readonly databaseUrl: string;
  /** Resolves when the database is gone for good and the process should end. */
  readonly lost: Promise<Error>;
  /** Takes nothing new, finishes what is under way or leaves it for the next start. Under 5 s. */
  close(): Promise<void>;
}

/** Steps to undo, in the reverse order of how things were opened. */
type Closing = (() => unknown)[];

/** Starts the service. Throws StartProblem with one clear line for each thing in the way. */
export const startService = async (
  config: Config,
  log: Logger = createLog({ level: config.logLevel, secrets: config.secrets }),
): Promise<RunningService> => {
  const foundation = await layFoundation(config, log, true);
  const closing: Closing = [() => foundation.close()];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const connected = await connect(config, log, foundation, closing);
    return { ...connected, databaseUrl: foundation.database.url, lost: foundation.database.lost, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const pagesFolder = join(import.meta.dirname, '../../dist/pages');

/** A newcomer's demo begins five minutes before the first slot of day 1. */
const clockStart = (config: Config, day1: Day | null): Date | null =>
  config.clockStart ??
  (config.demo && config.campaignStart === null && day1 !== null ? new Date(`${day1}T08:25:00+08:00`) : null);

const connect = async (
  config: Config,
  log: Logger,
  foundation: Foundation,
  closing: Closing,
): Promise<Pick<RunningService, 'url' | 'token' | 'officeLink'>> => {
  const { pool, settings } = foundation;
  const day1 = await decideStart(foundation, config, new Date());
  const notifications = openNotifications(pool, log);
  closing.push(() => notifications.close());
  const clock = await openServiceClock(settings, clockStart(config, day1), Date.now, notifications);
  const campaigns = await openCampaigns(foundation, config, day1, clock, log);
  const firstStart = new Date(await settings.keep('service.first_start', clock.now().toISOString()));
  if (config.demo) await takeDemoRoster(foundation, campaigns, clock, config.campaigns[0] ?? '', log);

  const metrics = createMetrics();
  const cards = await openCards();
  const live = makePageLive(notifications);
  const channels = new Map<ChannelName, Channel>();
  const playground = config.playground ? openPlayground(foundation, campaigns, clock, cards, notifications, log) : null;
  if (playground) {
    await playground.open();
    channels.set('playground', playground.channel);
  }

  for (const channel of openPlatforms(config, foundation, clock, log, () => delivery.wake(), metrics))
    channels.set(channel.name, channel);

  let base = baseOf(config);
  const cookieSecret = await cookieSecretOf(config, foundation);
  const links = makeLinkMaker(cookieSecret, () => base);
  const holds = makeHolds();
  const outbox = makeOutbox(pool, holds);
  const service = makeService({
    foundation,
    campaigns,
    clock,
    cards: cards.book,
    channels,
    links,
    shelf: openShelf(config),
    log,
    holds,
    wake: () => delivery.wake(),
  });
  const webhooks = openWebhooks(config, foundation, clock, log, () => delivery.wake());
  const delivery: Delivery = makeDelivery({
    outbox,
    notifications,
    channels: [...channels.values(), webhooks.outlet],
    // A system that is away keeps no demo's clock from moving.
    aside: [webhooks.outlet.name],
    rates: platformRates,
    clock,
    log,
    redraw: (card) => redrawMarked(service, card),
    async onSettled(settled) {
      live.changed();
      for (const one of settled) metrics.delivery(one.channel, one.state);
      // A town has heard of its findings: noted at once, and again by the minute if this was lost.
      if (settled.every((one) => one.kind !== 'finding')) return;
      for (const campaign of campaigns.all()) await noteHeard(service, campaign, clock.now());
    },
  });
  const everyCampaignOwes = async (): Promise<void> => {
    for (const campaign of campaigns.all()) await raiseObligations(service, campaign, clock.now());
  };
  await everyCampaignOwes();

  const schedule = openSchedule(foundation, service, clock, firstStart, log, {
    onRun: (kind, outcome) => metrics.slotRun(kind, outcome),
    chores: accountFinding(foundation, [...channels.values()], campaigns.all()[0]?.id ?? '', clock, log),
    backup: () => takeNightlyBackup(foundation, { folder: backupFolder(config), photos: openPhotoFiles(config) }, log),
  });
  schedule.start();
  closing.push(() => schedule.stop());

  const onEvent = counted(makeOnEvent(service), metrics, live);

  // A platform's connection opens before its first message leaves, and closes after the last one.
  for (const channel of channels.values()) {
    if (channel.stop) closing.push(() => channel.stop?.());
    await channel.start?.(onEvent);
  }
  delivery.start();
  closing.push(() => delivery.stop());

  const token = config.apiToken ?? (config.demo ? await settings.keep('demo.api_token', randomSecret(18)) : null);
  const web = await openWeb({ config, foundation, campaigns, clock, links, cookieSecret, service });
  const api: ApiServices = {
    ...readingServices(foundation, campaigns, clock),
    token,
    exports: openExports(foundation, cards),
    webhooks: webhooks.desk,
    packs: await openPackOffice(foundation, campaigns, day1, clock),
    async importRoster(file) {
      const imported = await takeRoster(foundation, campaigns, clock, file, null);
      await playground?.open();
      await everyCampaignOwes();
      return imported;
    },
    office: (order, decide) => actAsOffice(service, order, decide),
    resend: (id) => delivery.resend(id),
  };
  const routers: Router[] = [
    healthRouter(readiness(pool, outbox, [...channels.values()], clock), metrics),
    callbackRouter([...channels.values()], onEvent),
    web.router,
    apiRouter(api),
    pagesRouter({ services: api, door: web.door, live }),
    packRouter({ door: web.door, campaigns, editing: await openPackEditing(foundation, campaigns, clock, cards) }),
    photoRouter({ photos: service.photos, shelf: service.shelf, token, viewer: web.viewer }),
  ];
  if (playground) {
    const moves = clockMoves(service, outbox, clock, schedule, delivery);
    routers.push(
      playground.router({
        service,
        onEvent,
        protected: config.playgroundNeedsToken,
        token,
        moveClock: config.clockMovable ? (target) => moveClock(moves, target) : null,
      }),
    );
  }
  const secure = config.publicUrl?.startsWith('https://') ?? false;
  const fallbacks = [await builtPages(pagesFolder)];
  const server = await listen(
    createApp({ log, metrics, routers, fallbacks, secure, keys: [cookieSecret] }),
    config,
  ).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? 'another program uses it. Set PORT to another one.' : error.message;
    throw new StartProblem(`cannot listen on ${config.host}:${config.port}: ${reason}`);
  });
  closing.push(() => server.close());
  // First of all: an open stream would hold the server until the cut.
  closing.push(() => playground?.close());
  closing.push(() => live.close());
  base = config.publicUrl ?? server.url;
  const [campaign] = campaigns.all();
  const officeLink = campaign ? await linkForNewOffice(openLinkDesk(foundation, clock, links), campaign) : null;
  return { url: server.url, token, officeLink };
};
