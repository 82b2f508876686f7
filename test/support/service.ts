// The whole service in this process, on a database of its own and a free port: what scenarios are played on.
import { type RunningService, startService } from '../../src/commands/serve.ts';
import { readConfig } from '../../src/config.ts';
import { createCityDatabase, day1 } from './city-database.ts';
import { createTestDatabase } from './database.ts';
import { tempFolder } from './temp-folder.ts';
import { packFolder } from './universe.ts';

export const testToken = 'a-token-for-tests-only';

export interface TestServiceOptions {
  readonly campaignStart?: string;
  readonly clockStart?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export const startTestService = async (options: TestServiceOptions = {}): Promise<RunningService> => {
  const config = readConfig({
    PORT: '0',
    API_TOKEN: testToken,
    DATA_DIR: await tempFolder(),
    CAMPAIGN: packFolder,
    DATABASE_URL: (await databaseFor(options)).url,
    LOG_LEVEL: 'warn',
    ...(options.campaignStart ? { CAMPAIGN_START: options.campaignStart } : {}),
    ...(options.clockStart ? { CLOCK_START: options.clockStart } : {}),
    ...options.environment,
  });
  return startService(config);
};

/** One that holds the city already where the service would only take in the same again. */
const databaseFor = ({ campaignStart, environment = {} }: TestServiceOptions): Promise<{ url: string }> =>
  campaignStart === day1 && environment.DEMO !== 'off'
    ? createCityDatabase(environment.CAMPAIGN ?? packFolder)
    : createTestDatabase();
