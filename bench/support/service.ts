// A service of its own for one measurement: embedded PostgreSQL in a folder that is thrown away, the demo roster, no log.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningService, startService } from '../../src/commands/serve.ts';
import { readConfig } from '../../src/config.ts';

export const benchToken = 'a-token-for-benches-only';

export interface BenchService extends RunningService {
  readonly folder: string;
}

export const startBenchService = async (environment: Readonly<Record<string, string>> = {}): Promise<BenchService> => {
  const folder = await mkdtemp(join(tmpdir(), 'dudao-bench-'));
  await chmod(folder, 0o755);
  const service = await startService(
    readConfig({
      PORT: '0',
      DATA_DIR: folder,
      API_TOKEN: benchToken,
      LOG_LEVEL: 'silent',
      CAMPAIGN_START: '2022-04-19',
      CLOCK_START: '2022-04-19T08:00:00+08:00',
      ...environment,
    }),
  );
  return {
    ...service,
    folder,
    async close() {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
