// `doctor`: looks at the set-up step by step, live, and says of each step what was found or what to do. Makes no database,
// applies no migration, changes no setting of a platform; with `--group` a test card goes to that group through the running service.
import { setTimeout as wait } from 'node:timers/promises';
import { lastBackup } from '../compose/backups.ts';
import { openBeside } from '../compose/campaigns.ts';
import { examinations } from '../compose/examinations.ts';
import { type Foundation, type Looked, lookAtFoundation } from '../compose/foundation.ts';
import { newIds, openCards } from '../compose/service.ts';
import type { Config } from '../config.ts';
import type { ChannelName } from '../domain/message.ts';
import { createLog, type Logger } from '../log.ts';
import { type Checked, leftOut, well, wrong } from '../ports-checks.ts';
import { makeCommitter } from '../store/commit.ts';
import { sendTestCard } from '../usecases/send-test-card.ts';

export interface DoctorOptions {
  /** Title or platform id of a bound group that a test card goes to. */
  readonly group?: string;
}

const TIMEOUT_MS = 3_000;
const ARRIVES_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 250;
const marks = { well: '✓', wrong: '✗', 'left out': '–' } as const;

/** Sets the exit code to 1 when a step is wrong. */
export const doctorCommand = async (
  config: Config,
  { group }: DoctorOptions,
  say: (line: string) => void,
): Promise<void> => {
  for await (const { step, state, seen } of steps(config, group ?? null)) {
    say(`${marks[state]} ${step}: ${seen}`);
    if (state === 'wrong') process.exitCode = 1;
  }
};

async function* steps(config: Config, group: string | null): AsyncGenerator<Checked> {
  const log = createLog({ level: 'error', secrets: config.secrets });
  const looked = await lookAtFoundation(config, log).catch((error: Error) => error);
  if (looked instanceof Error) return yield wrong('database', looked.message);
  try {
    yield lookAtDatabase(config, looked);
    // What stands in tables of another form is not read.
    const foundation = looked && looked.unapplied.length === 0 ? looked.foundation : null;
    const running = await lookAtService(config);
    yield running.checked;
    if (config.alone) yield leftOut('platforms', 'none is configured: people meet in the playground');
    else yield await lookAtPublicAddress(config);
    if (foundation) yield await lookAtBackup(foundation);
    for (const examine of examinations(config)) yield* examine();
    yield* running.checks;
    if (group !== null)
      yield running.isUp && foundation
        ? await sendTo(group, config, foundation, log)
        : leftOut(`card to ${group}`, 'needs the service');
  } finally {
    await looked?.foundation.close();
  }
}

const lookAtDatabase = ({ databaseUrl, dataDir }: Config, looked: Looked | null): Checked => {
  const step = 'database';
  if (!looked) return leftOut(step, `there is none in ${dataDir} yet: npm start makes it`);
  const [first, ...more] = looked.unapplied;
  if (first === undefined) return well(step, databaseUrl === null ? 'the embedded PostgreSQL answers' : 'it answers');
  const others = more.length > 0 ? ` and ${more.length} more` : '';
  return wrong(step, `it answers, but migration ${first}${others} is not applied: npm start applies it`);
};

const lookAtBackup = async (foundation: Foundation): Promise<Checked> => {
  const backup = await lastBackup(foundation);
  return backup
    ? well('back-up', `the last one, proved, is of ${backup.takenAt}: ${backup.path}`)
    : leftOut('back-up', 'there is none yet: one is taken each night, or now by npm run dudao -- backup');
};

interface Running {
  readonly isUp: boolean;
  readonly checked: Checked;
  readonly checks: readonly Checked[];
}

/** What the running service says of itself at /readyz. */
const lookAtService = async ({ host, port }: Config): Promise<Running> => {
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  try {
    const answer = await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { status, checks } = (await answer.json()) as { status: string; checks: Readonly<Record<string, string>> };
    return {
      isUp: true,
      checked: well('service', `it runs at ${base} and is ${status}`),
      checks: Object.entries(checks).map(([name, said]) =>
        said === 'ok' ? well(`service: ${name}`, said) : wrong(`service: ${name}`, said),
      ),
    };
  } catch {
    return {
      isUp: false,
      checked: wrong('service', `nothing answers at ${base}: start it with npm start`),
      checks: [],
    };
  }
};

const lookAtPublicAddress = async ({ publicUrl }: Config): Promise<Checked> => {
  const step = 'public address';
  if (publicUrl === null) return leftOut(step, 'PUBLIC_URL is not set: links to pages and callbacks have no address');
  try {
    const answer = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (answer.ok) return well(step, `${publicUrl} leads here`);
    return wrong(step, `${publicUrl}/healthz answers ${answer.status}: check the proxy`);
  } catch (error) {
    return wrong(
      step,
      `${publicUrl} does not answer (${(error as Error).message}): check PUBLIC_URL, DNS and the proxy`,
    );
  }
};

/** Puts a test card into the outbox and watches how it fares: the running service sends it. */
const sendTo = async (group: string, config: Config, foundation: Foundation, log: Logger): Promise<Checked> => {
  const step = `card to ${group}`;
  const { pool } = foundation;
  const { rows } = await pool.query<{ channel: ChannelName; chat: string; title: string }>(
    'select channel, external_id as chat, title from chat_group where title = $1 or external_id = $1 order by channel limit 2',
    [group],
  );
  const [found, second] = rows;
  if (!found) return wrong(step, 'no bound group has this title or id: bind it with /bind in the group, or by the API');
  if (second) return wrong(step, 'more than one group is called so: name its id instead');
  const { clock, campaigns } = await openBeside(foundation, config, log);
  const [campaign] = campaigns.all();
  if (!campaign) return wrong(step, 'no campaign is loaded: set CAMPAIGN to a pack folder');
  const cards = (await openCards()).book;
  const service = { ids: newIds, cards, clock, committer: makeCommitter(pool), wake: () => {} };
  const key = await sendTestCard(service, campaign, { channel: found.channel, chat: found.chat, personId: null });
  for (let waited = 0; waited < ARRIVES_WITHIN_MS; waited += LOOK_EVERY_MS) {
    await wait(LOOK_EVERY_MS);
    const { rows: now } = await pool.query<{ state: string; error: string | null }>(
      'select state, error from outbox where key = $1',
      [key],
    );
    const { state = 'waiting', error = null } = now[0] ?? {};
    if (state === 'sent') return well(step, `it arrived in ${found.title}; ask there whether 已阅 works`);
    if (state !== 'waiting' && state !== 'sending')
      return wrong(step, `it is ${state}: ${error ?? 'no reason was given'}`);
  }
  return wrong(step, 'it still waits after 30 s: see service: deliveries and the log');
};
