import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigProblem, readConfig } from '../src/config.ts';

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigProblem) return error.faults;
    throw error;
  }
  return [];
};

const bot = { WECOM_BOT_ID: 'bot-1', WECOM_BOT_SECRET: 'bot-secret-value' };

describe('the configuration', () => {
  it('runs with an empty environment: the demo and the playground on the embedded database', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      dataDir: './data',
      databaseUrl: null,
      apiToken: null,
      campaigns: ['campaigns/zhongshan-2022'],
      alone: true,
      demo: true,
      playground: true,
      playgroundNeedsToken: false,
      clockMovable: true,
      wecomApp: null,
      wecomBot: null,
      dingtalk: null,
      telegram: null,
      feishu: null,
      pictures: null,
    });
  });

  it('takes .env.example as it is for the same as nothing', () => {
    const example = parseEnv(readFileSync('.env.example', 'utf8')) as Record<string, string>;
    expect(readConfig(example)).toEqual(readConfig({}));
  });

  it('says every name it reads in .env.example', () => {
    const names = Object.keys(parseEnv(readFileSync('.env.example', 'utf8')));
    const read = readFileSync('src/environment.ts', 'utf8').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm);
    expect([...read].map(([, name]) => name).sort()).toEqual(names.sort());
  });

  it.each([
    ['auto stays off beside a platform', {}, { demo: false, playground: false, clockMovable: false }],
    [
      'on runs the playground beside it, with the token',
      { PLAYGROUND: 'on' },
      { playground: true, playgroundNeedsToken: true },
    ],
    ['on loads the demo beside it', { DEMO: 'on' }, { demo: true }],
    ['a clock that was set may be moved', { CLOCK_START: '2022-04-19T08:00:00+08:00' }, { clockMovable: true }],
  ])('with a platform: %s', (_, more, expected) => {
    expect(readConfig({ ...bot, ...more })).toMatchObject({ alone: false, ...expected });
  });

  it.each([
    ['PORT', 'abc', 'PORT: "abc" does not do. Allowed: a whole number from 0 to 65535.'],
    ['PORT', '65536', 'PORT: "65536" does not do. Allowed: a whole number from 0 to 65535.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: "loud" does not do. Allowed: trace, debug, info, warn, error, fatal, silent.'],
    ['DEMO', 'yes', 'DEMO: "yes" does not do. Allowed: auto, on, off.'],
    ['CAMPAIGN_START', '2022-02-30', 'CAMPAIGN_START: "2022-02-30" does not do. Allowed: a day such as 2022-04-19.'],
    [
      'CLOCK_START',
      '2022-04-19 08:00',
      'CLOCK_START: "2022-04-19 08:00" does not do. Allowed: an instant with its offset such as 2022-04-19T08:00:00+08:00.',
    ],
    [
      'PUBLIC_URL',
      'dudao.example.cn',
      'PUBLIC_URL: "dudao.example.cn" does not do. Allowed: an address that begins with http:// or https://.',
    ],
    ['CAMPAIGN', ' , ', 'CAMPAIGN: " , " does not do. Allowed: pack folders, separated by commas.'],
    ['API_TOKEN', 'short', 'API_TOKEN: this value does not do. Allowed: at least 16 characters.'],
    [
      'DATABASE_URL',
      'mysql://u:hunter2@db/x',
      'DATABASE_URL: this value does not do. Allowed: an address that begins with postgres:// or postgresql://.',
    ],
  ])('refuses %s=%s in one line', (name, value, line) => {
    expect(faultsOf({ [name]: value })).toEqual([line]);
  });

  it('says one line for each fault', () => {
    expect(faultsOf({ PORT: '-1', DEMO: 'no', WECOM_BOT_ID: 'bot-1' })).toEqual([
      'PORT: "-1" does not do. Allowed: a whole number from 0 to 65535.',
      'DEMO: "no" does not do. Allowed: auto, on, off.',
      'WECOM_BOT_SECRET: missing, though WECOM_BOT_ID is set: the WeCom bot needs both.',
    ]);
  });

  it('wants the address and the secret for a Telegram webhook', () => {
    expect(faultsOf({ TELEGRAM_BOT_TOKEN: '1:abc', TELEGRAM_MODE: 'webhook' })).toEqual([
      'TELEGRAM_WEBHOOK_SECRET: missing, TELEGRAM_MODE webhook needs it.',
      'PUBLIC_URL: missing, TELEGRAM_MODE webhook needs it.',
    ]);
  });

  it('asks for an address and a secret for DingTalk’s callbacks, where there are cards', () => {
    const app = {
      DINGTALK_CLIENT_ID: 'a',
      DINGTALK_CLIENT_SECRET: 'b',
      DINGTALK_ROBOT_CODE: 'a',
      DINGTALK_MODE: 'http',
    };
    expect(faultsOf({ ...app, DINGTALK_CARD_TEMPLATE_ID: 't.schema' })).toEqual([
      'DINGTALK_CARD_API_SECRET: missing, DINGTALK_MODE http with a card template needs it.',
      'PUBLIC_URL: missing, DINGTALK_MODE http with a card template needs it.',
    ]);
    expect(faultsOf(app)).toEqual([]);
  });

  it('never says the value of a secret, and lists it for the log', () => {
    const key = 'not-43-characters-of-secret';
    expect(faultsOf({ WECOM_ENCODING_AES_KEY: key }).join()).not.toContain(key);
    expect(readConfig(bot).secrets).toEqual(['bot-secret-value']);
  });

  it('reads a platform as a whole, and takes the slash off a base', () => {
    expect(
      readConfig({ ...bot, TELEGRAM_BOT_TOKEN: '12:ab-C', TELEGRAM_API_ROOT: 'http://127.0.0.1:9/' }),
    ).toMatchObject({
      wecomBot: { id: 'bot-1', secret: 'bot-secret-value', wsUrl: 'wss://openws.work.weixin.qq.com' },
      telegram: { botToken: '12:ab-C', mode: 'polling', apiRoot: 'http://127.0.0.1:9', webhookSecret: null },
      dingtalk: null,
    });
  });
});
