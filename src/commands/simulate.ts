// `simulate`: plays a whole campaign in minutes, on a database of its own that is thrown away, and says what came of it.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { layFoundation } from '../compose/foundation.ts';
import { type SimulationOrder, simulate } from '../compose/simulation.ts';
import { type Config, ConfigProblem } from '../config.ts';
import { asDay, type Day } from '../domain/calendar.ts';
import { createLog } from '../log.ts';
import { outcomeLines } from '../simulation/outcome.ts';
import type { Progress } from '../simulation/play.ts';
import { progressLine } from '../simulation/progress.ts';

/** What a power cut may take, it may take: nothing of it is kept. */
const throwaway = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * V8 lets what is old and done with lie while there is room, and a month of a campaign in two minutes leaves much of it.
 * Collected at the end of each simulated day, the process stays as small as what it holds.
 */
const openCollector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** As typed. */
export interface SimulateOptions {
  readonly from?: string;
  readonly to?: string;
  readonly seed: string;
}

/** Throws ConfigProblem with one line for each option that does not do. */
const scriptOf = ({ from, to, seed }: SimulateOptions): SimulationOrder => {
  const faults: string[] = [];
  const dayOf = (name: string, text: string | undefined): Day | undefined => {
    if (text === undefined) return undefined;
    try {
      return asDay(text);
    } catch {
      faults.push(`--${name}: ${JSON.stringify(text)} is no day. Give one such as 2022-04-19.`);
      return undefined;
    }
  };
  const days = { from: dayOf('from', from), to: dayOf('to', to) };
  if (!/^\d{1,9}$/.test(seed)) faults.push(`--seed: ${JSON.stringify(seed)} does not do. Give a whole number.`);
  if (days.from && days.to && days.from > days.to) faults.push(`--to: ${days.to} lies before --from ${days.from}.`);
  if (faults.length > 0) throw new ConfigProblem(faults);
  return { ...days, seed: Number(seed) };
};

/** Throws ConfigProblem and StartProblem. An interrupted simulation leaves nothing behind either. */
export const simulateCommand = async (
  config: Config,
  options: SimulateOptions,
  screen: Screen = process.stdout,
): Promise<void> => {
  const script = scriptOf(options);
  const began = performance.now();
  const log = createLog({ level: 'warn', secrets: config.secrets });
  const dataDir = await mkdtemp(join(tmpdir(), 'dudao-simulation-'));
  // As root, PostgreSQL runs as another user, who must get in.
  await chmod(dataDir, 0o755);
  const foundation = await layFoundation({ databaseUrl: null, dataDir }, log, true, throwaway);
  const cleanUp = async (): Promise<void> => {
    await foundation.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  const interrupted = (): void => {
    void cleanUp().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    const collect = openCollector();
    const onDay = (progress: Progress): void => {
      collect();
      screen.write(screen.isTTY ? `\r${progressLine(progress)}` : `${progressLine(progress)}\n`);
    };
    const played = await simulate(foundation, config, log, { ...script, onDay });
    if (screen.isTTY) screen.write('\n');
    for (const line of outcomeLines(played)) screen.write(`${line}\n`);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    screen.write(`Time used: ${seconds} s · memory of this process at its most: ${megabytes} MB\n`);
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    await cleanUp();
  }
};
