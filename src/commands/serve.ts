// `serve`: everything connected, started in order and stopped in the reverse one. Nothing is decided here.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makePlaygroundChannel } from '../channels/playground/channel.ts';
import { decideStart, openCampaigns } from '../compose/campaigns.ts';
import { takeDemoRoster, takeRoster } from '../compose/demo.ts';
import { layFoundation } from '../compose/foundation.ts';
import { makeService, openCards } from '../compose/service.ts';
import type { Config } from '../config.ts';
import { makeDelivery } from '../delivery/delivery.ts';
import type { ChannelName } from '../domain/message.ts';
import { readReply } from '../domain/reply/read-reply.ts';
import { apiRouter } from '../http/api/api.ts';
import { healthRouter } from '../http/health.ts';
import { createMetrics } from '../http/metrics.ts';
import { playgroundRouter } from '../http/playground.ts';
import { createApp, listen } from '../http/server.ts';
import { createLog, type Logger } from '../log.ts';
import type { Channel, OnEvent } from '../ports.ts';
import { openServiceClock } from '../schedule/service-clock.ts';
import { makeSlotRunner } from '../schedule/slot-runner.ts';
import { makeAccounts } from '../store/accounts.ts';
import { makeListings } from '../store/listings.ts';
import { openNotifications } from '../store/notifications.ts';
import { makeOutbox } from '../store/outbox.ts';
import { makePlaygroundMessages } from '../store/playground.ts';
import { makeSlots } from '../store/slots.ts';
import { StartProblem } from '../store/start-problem.ts';
import { makeTallyStore } from '../store/tally.ts';
import { closeDay } from '../usecases/close-day.ts';
import { handOverFindings, nextNoticeAt, noteHeard } from '../usecases/hand-over-findings.ts';
import { makeOnEvent } from '../usecases/handle-inbound.ts';
import { moveClock } from '../usecases/move-clock.ts';
import { postTally, sendDigest } from '../usecases/post-tally.ts';
import { raiseObligations } from '../usecases/raise-obligations.ts';
import { tallyOn } from '../usecases/read-tally.ts';
import { redrawMarked } from '../usecases/redraw-card.ts';
import { sendAssignments } from '../usecases/send-assignments.ts';
import { sendReminders } from '../usecases/send-reminders.ts';

export interface RunningService {
  readonly url: string;
  /** The API's token: the configured one, or the demo's own. Null: the API is closed. */
  readonly token: string | null;
  /** Of the database it runs on, for tools beside it. Holds a password. */
  readonly databaseUrl: string;
  /** Resolves when the database is gone for good and the process should end. */
  readonly lost: Promise<Error>;
  /** Takes nothing new, finishes what is under way or leaves it for the next start. Under 5 s. */
  close(): Promise<void>;
}

/** Starts the service. Throws StartProblem with one clear line for each thing in the way. */
export const startService = async (
  config: Config,
  log: Logger = createLog({ level: config.logLevel, secrets: config.secrets }),
): Promise<RunningService> => {
  const foundation = await layFoundation(config, log, true);
  const closing: (() => Promise<unknown> | unknown)[] = [() => foundation.close()];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    return await connect(config, log, foundation, closing, close);
  } catch (error) {
    await close();
    throw error;
  }
};

const demoStart = '08:25';

const connect = async (
  config: Config,
  log: Logger,
  foundation: Awaited<ReturnType<typeof layFoundation>>,
  closing: (() => Promise<unknown> | unknown)[],
  close: () => Promise<void>,
): Promise<RunningService> => {
  const { pool, prisma, settings } = foundation;
  const day1 = await decideStart(foundation, config, new Date());
  const demoClock =
    config.demo && config.campaignStart === null && day1 !== null ? new Date(`${day1}T${demoStart}:00+08:00`) : null;
  const clock = await openServiceClock(settings, config.clockStart ?? demoClock);
  const campaigns = await openCampaigns(foundation, config, day1, clock, log);
  const firstStart = new Date((await settings.keep('service.first_start', clock.now().toISOString())) as string);
  if (config.demo) await takeDemoRoster(foundation, campaigns, clock, config.campaigns[0] ?? '', log);

  const metrics = createMetrics();
  const playground = config.playground ? makePlaygroundMessages(pool) : null;
  if (playground) await playground.open(clock.now());
  const channels = new Map<ChannelName, Channel>();
  if (playground) channels.set('playground', makePlaygroundChannel({ messages: playground, clock }));

  const notifications = openNotifications(pool, log);
  closing.push(() => notifications.close());
  const service = makeService({
    foundation,
    campaigns,
    clock,
    cards: await openCards(),
    channels,
    log,
    wake: () => delivery.wake(),
  });
  for (const campaign of campaigns.all()) await raiseObligations(service, campaign, clock.now());

  const delivery = makeDelivery({
    outbox: makeOutbox(pool),
    notifications,
    channels: [...channels.values()],
    clock,
    log,
    redraw: (card) => redrawMarked(service, card),
    onSettled: async (settled) => {
      for (const one of settled) metrics.delivery(one.channel, one.state);
      // A town has heard of its findings: noted at once, and again by the minute if this was lost.
      if (settled.some((one) => one.kind === 'finding'))
        for (const campaign of campaigns.all()) await noteHeard(service, campaign, clock.now());
    },
  });
  delivery.start();
  closing.push(() => delivery.stop());

  const tallies = makeTallyStore(pool);
  const runner = makeSlotRunner({
    campaigns,
    clock,
    slots: makeSlots(pool),
    firstStart,
    log,
    handlers: {
      assignments: (campaign, day, now) => sendAssignments(service, campaign, day, now),
      reminders: (campaign, day, now) => sendReminders(service, campaign, day, now),
      tally: (campaign, day, now) => postTally(service, campaign, day, now),
      digest: (campaign, day, now) => sendDigest(service, campaign, day, now),
      day_close: (campaign, day, now) => closeDay(service, campaign, day, now),
    },
    chores: [
      {
        name: 'findings',
        run: async (now) => {
          for (const campaign of campaigns.all()) await handOverFindings(service, campaign, now);
        },
      },
      {
        name: 'figures',
        run: async () => {
          while ((await tallies.foldDeltas()) > 0);
        },
      },
    ],
    onRun: (kind, outcome) => metrics.slotRun(kind, outcome),
  });
  runner.start();
  closing.push(() => runner.stop());

  const onEvent: OnEvent = async (event) => {
    try {
      const answer = await makeOnEvent(service)(event);
      metrics.inbound(event.channel, 'answered');
      return answer;
    } catch (error) {
      metrics.inbound(event.channel, 'failed');
      throw error;
    }
  };
  const token =
    config.apiToken ??
    (config.demo ? await settings.keep('demo.api_token', randomBytes(18).toString('base64url')) : null);
  const cookieSecret =
    config.cookieSecret ?? (await settings.keep('cookie.secret', randomBytes(32).toString('base64url')));
  const outbox = makeOutbox(pool);
  const routers = [
    healthRouter(
      [
        { name: 'database', required: true, check: async () => (await pool.query('select 1')) && null },
        {
          name: 'deliveries',
          required: true,
          check: async () => ((await outbox.waiting(clock.now(), [...channels.keys()])) > 50_000 ? 'far behind' : null),
        },
      ],
      metrics,
    ),
    apiRouter({
      token,
      campaigns,
      clock,
      listings: makeListings(pool, prisma),
      accounts: makeAccounts(prisma),
      tally: (campaign, on) => tallyOn(tallies, campaign, clock.now(), on),
      parse: (text, checklist) => readReply(text, checklist),
      importRoster: async (file) => {
        const imported = await takeRoster(foundation, campaigns, clock, file, null);
        if (playground) await playground.open(clock.now());
        for (const campaign of campaigns.all()) await raiseObligations(service, campaign, clock.now());
        return imported;
      },
      resend: (id) => delivery.resend(Number(id)),
    }),
  ];
  const channel = channels.get('playground');
  if (playground && channel) {
    routers.push(
      playgroundRouter({
        channel,
        onEvent,
        messages: playground,
        campaigns,
        clock,
        token: config.playgroundNeedsToken ? token : null,
        pages: join(import.meta.dirname, '../../dist/pages/playground'),
        moveClock: config.clockMovable
          ? (target) =>
              moveClock(
                {
                  campaigns,
                  clock,
                  runDue: runner.runDue,
                  drain: (timeoutMs) => delivery.drain({ timeoutMs }),
                  nextStops: async (now) => [
                    await outbox.nextDue(now),
                    ...(await Promise.all(campaigns.all().map((c) => nextNoticeAt(service, c)))),
                  ],
                },
                target,
              )
          : null,
      }),
    );
  }
  const app = createApp({
    log,
    metrics,
    routers,
    secure: config.publicUrl?.startsWith('https://') ?? false,
    keys: [cookieSecret],
  });
  const server = await listen(app, { host: config.host, port: config.port }).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? 'another program uses it. Set PORT to another one.' : error.message;
    throw new StartProblem(`cannot listen on ${config.host}:${config.port}: ${reason}`);
  });
  closing.push(() => server.close());
  return { url: server.url, token, databaseUrl: foundation.database.url, lost: foundation.database.lost, close };
};
