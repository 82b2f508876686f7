// The whole service in this process, on a database of its own and a free port: what scenarios are played on.
import { type RunningService, startService } from '../../src/commands/serve.ts';
import { readConfig } from '../../src/config.ts';
import { createTestDatabase } from './database.ts';
import { tempFolder } from './temp-folder.ts';

export const testToken = 'a-token-for-tests-only';

export interface TestServiceOptions {
  readonly campaignStart?: string;
  readonly clockStart?: string;
  readonly databaseUrl?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export const startTestService = async (options: TestServiceOptions = {}): Promise<RunningService> => {
  const config = readConfig({
    PORT: '0',
    API_TOKEN: testToken,
    DATA_DIR: await tempFolder(),
    DATABASE_URL: options.databaseUrl ?? (await createTestDatabase()).url,
    LOG_LEVEL: 'warn',
    ...(options.campaignStart ? { CAMPAIGN_START: options.campaignStart } : {}),
    ...(options.clockStart ? { CLOCK_START: options.clockStart } : {}),
    ...options.environment,
  });
  return startService(config);
};
