// How long until it serves, and what it costs standing still: first start, later start, memory, share of one core, stop.
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const IDLE_MS = 20_000;

const start = (folder: string) => {
  const begin = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts'), 'serve'], {
    env: { ...process.env, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.includes('is ready') && resolve(performance.now() - begin));
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
  const stop = async (): Promise<number> => {
    const from = performance.now();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
    return performance.now() - from;
  };
  return { pid: child.pid as number, ready, stop };
};

const memoryMb = async (pid: number): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** CPU time of the process in ms; a tick of /proc is 10 ms. */
const cpuMs = async (pid: number): Promise<number> => {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

export default async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'dudao-bench-'));
  await chmod(folder, 0o755);
  const first = start(folder);
  const firstMs = await first.ready;
  const firstStop = await first.stop();
  const later = start(folder);
  const laterMs = await later.ready;
  await wait(5_000);
  const memory = await memoryMb(later.pid);
  const before = await cpuMs(later.pid);
  await wait(IDLE_MS);
  const idle = ((await cpuMs(later.pid)) - before) / IDLE_MS;
  const laterStop = await later.stop();
  await rm(folder, { recursive: true, force: true });
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  process.stdout.write(`first start ${seconds(firstMs)} (at most 20), stop ${seconds(firstStop)} (under 5)\n`);
  process.stdout.write(`later start ${seconds(laterMs)} (at most 3), stop ${seconds(laterStop)}\n`);
  process.stdout.write(
    `memory ${Math.round(memory)} MB (at most 250), idle ${(idle * 100).toFixed(1)} % of one core (under 2)\n`,
  );
};
