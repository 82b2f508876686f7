// The service as a process of its own on a folder of its own, as an operator starts it: what can be killed.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type PlaygroundClient, playgroundClient } from './playground-client.ts';
import { testToken } from './service.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const environment = (folder: string) => ({
  ...process.env,
  PORT: '0',
  DATA_DIR: folder,
  API_TOKEN: testToken,
  LOG_LEVEL: 'error',
  CAMPAIGN_START: '2022-04-19',
  CLOCK_START: '2022-04-19T08:00:00+08:00',
});

export interface ServiceProcess {
  readonly play: PlaygroundClient;
  /** Resolves when it is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** The demo's first day, from eight o'clock on. */
export const startProcess = async (folder: string): Promise<ServiceProcess> => {
  const running = spawn(process.execPath, [main, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment(folder),
  });
  const kill = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
  };
  let said = '';
  for await (const chunk of running.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString();
    const ready = /is ready: (http:\S+)\/playground/.exec(said);
    if (ready?.[1]) return { play: playgroundClient(ready[1], testToken), kill };
  }
  throw new Error(`ended before it was ready: ${said}`);
};

/** What a command of `npm run dudao` says on that folder. Rejects with what it said when it fails. */
export const runCommand = async (folder: string, ...words: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [main, ...words], { env: environment(folder) })).stdout;
