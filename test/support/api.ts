// The JSON API as it runs, on a port and a database of its own; what other folders do (reading replies, importing,
// sending again) is played by stand-ins.
import type pg from 'pg';
import { settingRules } from '../../src/campaigns/settings.ts';
import { openExports } from '../../src/compose/exports.ts';
import { openCards } from '../../src/compose/service.ts';
import { openWebhooks } from '../../src/compose/webhooks.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { Problem } from '../../src/domain/problem.ts';
import { apiRouter } from '../../src/http/api/api.ts';
import type { ApiServices } from '../../src/http/api/services.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createApp, listen } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';
import { makeAccounts } from '../../src/store/accounts.ts';
import { makeListings } from '../../src/store/listings.ts';
import { openPool } from '../../src/store/pool.ts';
import { openPrisma } from '../../src/store/prisma.ts';
import { makeTallyStore } from '../../src/store/tally.ts';
import { tallyOn } from '../../src/usecases/read-tally.ts';
import { readTrend } from '../../src/usecases/read-trend.ts';
import { zhongshan } from './campaign.ts';
import { createTestDatabase } from './database.ts';

export const token = 'a-token-for-tests-only';
export const now = new Date('2022-04-22T10:00:00+08:00');

export interface RunningApi {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly campaign: Campaign;
  /** Finished log lines. */
  readonly lines: readonly string[];
  /** With the token, as JSON. */
  ask(path: string, init?: RequestInit): Promise<{ status: number; type: string | null; body: unknown }>;
  close(): Promise<void>;
}

export const startApi = async (overrides: Partial<ApiServices> = {}): Promise<RunningApi> => {
  const campaign = await zhongshan();
  const { url: databaseUrl } = await createTestDatabase();
  const pool = openPool(databaseUrl, { max: 4 });
  const prisma = openPrisma(pool);
  const tally = makeTallyStore(pool);
  const lines: string[] = [];
  const log = createLog({ level: 'trace' }, { write: (line) => void lines.push(line) });
  const services: ApiServices = {
    token,
    campaigns: { all: () => [campaign], get: (id) => (id === campaign.id ? campaign : null) },
    clock: { now: () => now },
    listings: makeListings(pool, prisma),
    exports: openExports({ pool, prisma }, await openCards()),
    accounts: makeAccounts(prisma),
    webhooks: openWebhooks({ webhookNetworks: [], proxy: null }, { pool }, { now: () => now }, log, () => {}).desk,
    packs: {
      lines: () => [],
      publish: async () => {
        throw new Problem('pack-refused', { faults: [{ path: 'plan.yaml', reason: 'a stand-in publishes nothing' }] });
      },
    },
    tally: (of, on) => tallyOn(tally, of, now, on),
    trend: (of, days, sees, on) => readTrend(tally, of, now, { days, sees, on }),
    parse: () => ({ kind: 'answer', answers: { wall_notice: 'yes' }, note: null, spans: { wall_notice: [[0, 4]] } }),
    importRoster: async ({ name, bytes }) => ({
      id: name,
      new: bytes.length,
      changed: 0,
      unchanged: 0,
      faults: [{ sheet: '人员', line: 3, column: '手机号', reason: '重复' }],
    }),
    settingRules,
    office: async () => {
      throw new Error('no office is played here');
    },
    resend: async (delivery) => {
      if (delivery !== '1') throw new Problem('not-resendable', { state: 'sent' });
    },
    ...overrides,
  };
  const app = createApp({ log, metrics: createMetrics(), routers: [apiRouter(services)], secure: false });
  const listening = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    url: listening.url,
    pool,
    campaign,
    lines,
    ask: async (path, init = {}) => {
      const headers = { Authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) };
      const response = await fetch(listening.url + path, { ...init, headers });
      return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
    },
    close: async () => {
      await listening.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
};
