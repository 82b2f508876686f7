// Deliveries: 10,000 waiting messages for 1,000 chats into a local sink, in order within each chat (goal: ≤ 60 s), with
// the real outbox on the real database and durable commits. With DATABASE_URL on that server, which keeps the rows.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDelivery } from '../src/delivery/delivery.ts';
import type { Message } from '../src/domain/message.ts';
import { createLog } from '../src/log.ts';
import type { Channel } from '../src/ports.ts';
import { makeCommitter } from '../src/store/commit.ts';
import { openDatabase } from '../src/store/embedded.ts';
import { migrate } from '../src/store/migrations.ts';
import { openNotifications } from '../src/store/notifications.ts';
import { makeOutbox } from '../src/store/outbox.ts';
import { openPool } from '../src/store/pool.ts';

const CHATS = 1_000;
const EACH = 10;
const GOAL_S = 60;

const log = createLog({ level: 'silent' });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Takes everything at once, and remembers what came last in each chat. */
const sink = (name: Channel['name']) => {
  const last = new Map<string, number>();
  let taken = 0;
  let disorder = 0;
  const channel: Channel = {
    name,
    supports: {
      update: 'anytime',
      ticks: 1,
      choices: 1,
      textField: true,
      ownView: true,
      mention: true,
      image: true,
      recognisesRepeats: false,
    },
    async send(chat: string, message: Message, key: string) {
      const n = Number(message.text);
      if (n !== (last.get(chat) ?? 0) + 1) disorder += 1;
      last.set(chat, n);
      taken += 1;
      return { key };
    },
    update: async () => {},
    receive: async () => ({ status: 200, type: 'text/plain', body: '' }),
  };
  return { channel, taken: () => taken, disorder: () => disorder };
};

export default async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'dudao-bench-'));
  await chmod(folder, 0o755); // as root, PostgreSQL's own user must get in
  const database = await openDatabase({ databaseUrl: process.env.DATABASE_URL, dataDir: folder, log });
  await migrate(database.url, log);
  const pool = openPool(database.url, { log });
  const notifications = openNotifications(pool, log);
  const { channel, taken, disorder } = sink('feishu');
  const delivery = makeDelivery({
    outbox: makeOutbox(pool),
    notifications,
    channels: [channel],
    clock: { now: () => new Date() },
    log,
    redraw: async () => null,
  });
  try {
    const run = Date.now();
    const committer = makeCommitter(pool);
    const beginWrite = performance.now();
    for (let n = 1; n <= EACH; n += 1) {
      const messages = Array.from({ length: CHATS }, (_, chat) => ({
        key: `bench:${run}:${chat}:${n}`,
        campaign: null,
        to: { channel: channel.name, chat: `bench-${run}-${chat}`, personId: null },
        kind: 'notice' as const,
        about: [],
        message: { text: String(n) },
        notBefore: new Date(),
      }));
      await committer.commit({ messages });
    }
    const wroteS = (performance.now() - beginWrite) / 1_000;

    const begin = performance.now();
    const cpu = process.cpuUsage();
    delivery.start();
    const left = await delivery.drain({ timeoutMs: 120_000 });
    const tookS = (performance.now() - begin) / 1_000;
    const { user, system } = process.cpuUsage(cpu);

    const { rows } = await pool.query<{ attempts: number }>(
      `select count(*) as attempts from outbox where chat like $1 and state = 'sent' and attempts = 1`,
      [`bench-${run}-%`],
    );
    say(`written: ${CHATS * EACH} messages in ${wroteS.toFixed(1)} s`);
    say(
      `sent: ${taken()} in ${tookS.toFixed(1)} s = ${Math.round(taken() / tookS)}/s, CPU of the service ${((user + system) / 1e6).toFixed(1)} s`,
    );
    say(`left: ${left}; out of order: ${disorder()}; noted as sent at the first attempt: ${rows[0]?.attempts ?? 0}`);
    const held = left === 0 && disorder() === 0 && taken() === CHATS * EACH && tookS <= GOAL_S;
    say(`${held ? 'held' : 'NOT held'}: ≤ ${GOAL_S} s, in order`);
    if (!held) process.exitCode = 1;
  } finally {
    await delivery.stop();
    await notifications.close();
    await pool.end();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
};
