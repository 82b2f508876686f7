// A database that already holds the demo's roster, cloned in a blink: the file is read in once for each run of the tests, by
// the first who asks, and not by each file of tests again.
import pg from 'pg';
import { inject } from 'vitest';
import { decideStart, openCampaigns } from '../../src/compose/campaigns.ts';
import { takeDemoRoster } from '../../src/compose/demo.ts';
import { layFoundation } from '../../src/compose/foundation.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { cloneDatabase, createTestDatabase } from './database.ts';
import { testClock } from './test-clock.ts';

/** The day the cities of the tests begin on. */
export const day1 = '2022-04-19';

const silent = createLog({ level: 'silent' });

/** What the service finds in it: the pack of that folder from its day 1 on, and the roster beside the pack. No clock, no people's doing. */
export const createCityDatabase = async (folder: string): Promise<{ url: string }> => {
  const name = `city_${folder
    .replaceAll(/[^a-z0-9]+/giu, '_')
    .slice(-50)
    .toLowerCase()}`;
  const url = inject('clusterUrl');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rows } = await client.query('select from pg_database where datname = $1', [name]);
    if (rows.length === 0) await build(client, folder, name);
  } finally {
    await client.end();
  }
  return cloneDatabase(name);
};

const build = async (client: pg.Client, folder: string, name: string): Promise<void> => {
  const { url } = await createTestDatabase();
  const config = readConfig({ DATABASE_URL: url, CAMPAIGN: folder, CAMPAIGN_START: day1 });
  const foundation = await layFoundation(config, silent, true);
  const clock = testClock(new Date(`${day1}T08:00:00+08:00`));
  const campaigns = await openCampaigns(
    foundation,
    config,
    await decideStart(foundation, config, clock.now()),
    clock,
    silent,
  );
  await takeDemoRoster(foundation, campaigns, clock, folder, silent);
  await foundation.close();
  await client.query(`alter database "${new URL(url).pathname.slice(1)}" rename to "${name}"`);
};
