// Lives one day of the campaign with the README's own command: `npm start` on an empty folder, wait until it is ready,
// walk through the playground's API, stop. For CI, and for whoever wants to see that it works.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

const check = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`not so: ${what}`);
  say(`✓ ${what}`);
};

const folder = await mkdtemp(join(tmpdir(), 'dudao-walk-'));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const begin = performance.now();
const service = spawn('npm', ['start'], {
  cwd: root,
  // A group of its own, so that npm and everything it started end together.
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    ...process.env,
    PORT: String(port),
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
    CAMPAIGN_START: '2022-04-19',
    CLOCK_START: '2022-04-19T08:00:00+08:00',
  },
});

interface Chat {
  readonly id: string;
  readonly kind: string;
  readonly members: readonly { readonly id: string; readonly roles: readonly string[] }[];
}
interface Shown {
  readonly text?: string;
  readonly card?: {
    readonly id: string;
    readonly kind: string;
    readonly lines: readonly string[];
    readonly fields: readonly { readonly id: string; readonly options?: readonly { readonly id: string }[] }[];
  };
}

const ask = async <T>(path: string, body?: object): Promise<T> => {
  const answer = await fetch(
    base + path,
    body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {},
  );
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};
const messages = async (chat: string, as: string): Promise<Shown[]> =>
  (await ask<{ items: Shown[] }>(`/playground/api/chats/${encodeURIComponent(chat)}/messages?as=${as}`)).items;

const ready = async (): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (service.exitCode !== null) throw new Error(`npm start ended with ${service.exitCode}`);
    if (
      await fetch(`${base}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await wait(200);
  }
  throw new Error('the service was not ready within a minute');
};

const walk = async (): Promise<void> => {
  await ready();
  say(`ready after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  check((await fetch(`${base}/playground`)).ok, 'the playground page is served');
  await ask('/playground/api/clock', { advanceTo: '2022-04-19T08:35:00+08:00' });
  const chats = (await ask<{ items: Chat[] }>('/playground/api/chats')).items;
  const group = chats.find((chat) => chat.id === 'zone:东区组团') as Chat;
  const who = (role: string): string => group.members.find((member) => member.roles.includes(role))?.id ?? '';
  const inspector = who('inspector');
  const card = (await messages(group.id, inspector)).find((message) => message.card?.kind === 'assignment')?.card;
  check(card !== undefined, 'the zone group has its assignment card');
  const [one, two] = card?.fields.find((field) => field.id === 'compound')?.options ?? [];
  const press = (action: string, values: object) =>
    ask<Shown>('/playground/api/press', { as: inspector, chat: group.id, card: card?.id, action, values });
  check((await press('all_ok', { compound: one?.id })).card?.kind === 'confirmation', '全部落实 is recorded');
  const exception = await press('submit', { compound: two?.id, not_done: ['isolation_point'] });
  check(
    exception.card?.lines.some((line) => line.includes('隔离观察点')) ?? false,
    'an exception answer is recorded and shown back',
  );
  const liaison = who('liaison');
  await ask('/playground/api/say', { as: liaison, chat: `person:${liaison}`, text: '/report 东区组团' });
  await ask('/playground/api/clock', { advanceTo: '2022-04-19T20:05:00+08:00' });
  check(
    (await messages(`person:${liaison}`, liaison)).some((message) => message.card?.kind === 'report'),
    'the liaison’s /report is answered',
  );
  const tally = (await messages(group.id, liaison)).find((message) => message.card?.kind === 'tally')?.card;
  check(tally?.lines.some((line) => line.includes('今天 +2')) ?? false, 'the zone’s tally counts both compounds');
};

try {
  await walk();
  const from = performance.now();
  const gone = once(service, 'exit');
  process.kill(-(service.pid as number), 'SIGTERM');
  await gone;
  check(performance.now() - from < 5_000, 'it stops within five seconds');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
  if (service.exitCode === null) process.kill(-(service.pid as number), 'SIGKILL');
} finally {
  await rm(folder, { recursive: true, force: true });
}
