// `doctor` against a running service and the platforms' servers: green where all is set up, and the step that is not is named.
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { doctorCommand } from '../../src/commands/doctor.ts';
import type { RunningService } from '../../src/commands/serve.ts';
import { readConfig } from '../../src/config.ts';
import { openPool } from '../../src/store/pool.ts';
import { createTestDatabase } from '../support/database.ts';
import { startTestService, testToken } from '../support/service.ts';
import { TOKEN as BOT_TOKEN, startTelegramServer, type TelegramServer } from '../support/telegram-server.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  AGENT,
  BOT_ID,
  BOT_SECRET,
  CORP,
  SECRET,
  startWecomServer,
  type WecomServer,
} from '../support/wecom-server.ts';
import { AES_KEY, TOKEN } from '../support/wecom-stage.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

let wecom: WecomServer;
let telegram: TelegramServer;
let service: RunningService;
let environment: Record<string, string>;

beforeAll(async () => {
  wecom = await startWecomServer();
  telegram = await startTelegramServer();
  const port = String(await freePort());
  environment = {
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: (await createTestDatabase()).url,
    WECOM_CORP_ID: CORP,
    WECOM_AGENT_ID: String(AGENT),
    WECOM_SECRET: SECRET,
    WECOM_TOKEN: TOKEN,
    WECOM_ENCODING_AES_KEY: AES_KEY,
    WECOM_API_BASE: wecom.url,
    WECOM_BOT_ID: BOT_ID,
    WECOM_BOT_SECRET: BOT_SECRET,
    WECOM_BOT_WS_URL: wecom.wsUrl,
    TELEGRAM_BOT_TOKEN: BOT_TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
  };
  service = await startTestService({ environment });
  await fetch(`${service.url}/api/v1/groups/wecom/wr-east`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${testToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: '东区组团工作群', serves: { kind: 'zone', name: '东区组团' } }),
  });
}, 60_000);
afterAll(async () => {
  await service.close();
  await wecom.close();
  await telegram.close();
});

/** What it says with these values instead of the right ones. */
const consult = async (other: Record<string, string> = {}, group?: string): Promise<string[]> => {
  const lines: string[] = [];
  onTestFinished(() => {
    process.exitCode = undefined;
  });
  await doctorCommand(readConfig({ ...environment, ...other }), group === undefined ? {} : { group }, (line) => {
    lines.push(line);
  });
  return lines;
};
/** A service that has not lived a night has no back-up yet. */
const faults = (lines: readonly string[]): string[] =>
  lines.filter((line) => !line.startsWith('✓') && !line.startsWith('– back-up'));

describe('doctor', { timeout: 60_000 }, () => {
  it('is green where all is set up, down to a test card in a group', async () => {
    const lines = await consult({}, '东区组团工作群');
    expect(faults(lines)).toEqual([]);
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      '✓ database',
      '✓ service',
      '✓ public address',
      '– back-up',
      '✓ WeCom',
      '✓ WeCom',
      '✓ WeCom',
      '✓ Telegram',
      '✓ Telegram',
      '✓ service',
      '✓ service',
      '✓ service',
      '✓ service',
      '✓ card to 东区组团工作群',
    ]);
    expect(process.exitCode).toBeUndefined();
    const cards = wecom.seen.filter((one) => one.chat === 'wr-east');
    expect(JSON.stringify(cards)).toContain('测试消息');
  });

  it.each([
    ['a wrong secret', { WECOM_SECRET: 'another-secret-of-no-app' }, /WeCom: secret: 40001 .*WECOM_SECRET/],
    [
      'keys that the running service does not have',
      { WECOM_TOKEN: 'another-token' },
      /WeCom: callback: .*another WECOM_TOKEN/,
    ],
    ['an address that leads nowhere', { PUBLIC_URL: 'http://127.0.0.1:9' }, /public address: .*does not answer/],
    ['a wrong bot token', { TELEGRAM_BOT_TOKEN: '1:wrong' }, /Telegram: token: .*TELEGRAM_BOT_TOKEN/],
    ['a service that does not run', { PORT: '9' }, /service: nothing answers .*npm start/],
  ])('names %s', async (_, other, expected) => {
    const said = faults(await consult(other));
    expect(said.join('\n')).toMatch(expected);
    expect(process.exitCode).toBe(1);
    for (const secret of Object.values(other))
      if (secret.includes('secret')) expect(said.join('\n')).not.toContain(secret);
  });

  it.each([
    ['60020', { errcode: 60020 }, /trusted.*企业可信IP/],
    ['an app that is switched off', { errcode: 0, name: '督导', close: 1 }, /switched off/],
    ['an app that nobody sees', { errcode: 0, name: '督导', close: 0 }, /可见范围/],
  ])('tells of %s', async (_, answer, expected) => {
    wecom.fail('agent/get', answer);
    expect(faults(await consult()).join('\n')).toMatch(expected);
  });

  it('makes no database and applies no migration: it only looks', async () => {
    const dataDir = join(await tempFolder(), 'not-there');
    const none = await consult({ DATABASE_URL: '', DATA_DIR: dataDir });
    expect(none[0]).toMatch(/^– database: there is none .* npm start makes it/);
    expect(existsSync(dataDir)).toBe(false);

    const { url } = await createTestDatabase('empty');
    expect((await consult({ DATABASE_URL: url }))[0]).toMatch(
      /^✗ database: .* 0001_records and \d+ more is not applied/,
    );
    const pool = openPool(url);
    const { rows } = await pool.query(`select from pg_tables where schemaname = 'public'`);
    await pool.end();
    expect(rows).toEqual([]);
  });

  it('says how a group is bound when it knows none of that name', async () => {
    expect(faults(await consult({}, '没有这个群'))).toEqual([expect.stringContaining('/bind')]);
  });
});
