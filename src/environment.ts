// Every name of .env.example: what it may say, its default, which are secret, and which make sense together only.
// Reads nothing (config.ts does).
import { isIP } from 'node:net';
import * as z from 'zod';
import { asDay } from './domain/calendar.ts';

const day = z.string().refine(isDay, 'a day such as 2022-04-19');
const instant = z.iso
  .datetime({ offset: true, error: 'an instant with its offset such as 2022-04-19T08:00:00+08:00' })
  .transform((text) => new Date(text));
const number = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `a whole number from ${least} to ${most}`,
    })
    .transform(Number);
const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: values.join(', ') });
const address = (...schemes: readonly string[]) =>
  z
    .string()
    .refine((text) => schemes.includes(schemeOf(text)), {
      error: `an address that begins with ${schemes.join(' or ')}`,
    })
    .transform((text) => text.replace(/\/+$/, ''));
const base = (fallback: string) => address('http://', 'https://').default(fallback);
const text = z.string().optional();
/** A secret's value is never said again, not even when it is wrong. */
const secret = (length?: number) =>
  (length ? z.string().length(length, `exactly ${length} characters`) : z.string()).optional();

export const schema = z.object({
  PORT: number(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: address('http://', 'https://').optional(),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
  COOKIE_SECRET: z.string().min(16, 'at least 16 characters').optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .refine((url) => ['postgres://', 'postgresql://'].includes(schemeOf(url)), {
      error: 'an address that begins with postgres:// or postgresql://',
    })
    .optional(),
  API_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  CAMPAIGN: z
    .string()
    .default('campaigns/zhongshan-2022')
    .transform((folders) =>
      folders
        .split(',')
        .map((folder) => folder.trim())
        .filter((folder) => folder !== ''),
    )
    .refine((folders) => folders.length > 0, { error: 'pack folders, separated by commas' }),
  DEMO: oneOf('auto', 'on', 'off').default('auto'),
  CAMPAIGN_START: day.optional(),
  CLOCK_START: instant.optional(),
  PLAYGROUND: oneOf('auto', 'on', 'off').default('auto'),

  WECOM_CORP_ID: text,
  WECOM_AGENT_ID: number(1, 2_147_483_647).optional(),
  WECOM_SECRET: secret(),
  WECOM_TOKEN: secret(),
  WECOM_ENCODING_AES_KEY: secret(43),
  WECOM_API_BASE: base('https://qyapi.weixin.qq.com'),
  WECOM_BOT_ID: text,
  WECOM_BOT_SECRET: secret(),
  WECOM_BOT_WS_URL: address('ws://', 'wss://').default('wss://openws.work.weixin.qq.com'),

  DINGTALK_CORP_ID: text,
  DINGTALK_CLIENT_ID: text,
  DINGTALK_CLIENT_SECRET: secret(),
  DINGTALK_ROBOT_CODE: text,
  DINGTALK_CARD_TEMPLATE_ID: text,
  DINGTALK_MODE: oneOf('stream', 'http').default('stream'),
  DINGTALK_CARD_API_SECRET: secret(),
  DINGTALK_API_BASE: base('https://api.dingtalk.com'),
  DINGTALK_OAPI_BASE: base('https://oapi.dingtalk.com'),
  DINGTALK_MONTHLY_CALLS: number(1, 1_000_000_000).default(5_000),
  DINGTALK_MONTHLY_MESSAGES: number(1, 1_000_000_000).default(3_000),

  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'the token as BotFather gives it, NUMBER:LETTERS')
    .optional(),
  TELEGRAM_MODE: oneOf('polling', 'webhook').default('polling'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, '1 to 256 letters, digits, _ and -')
    .optional(),
  TELEGRAM_API_ROOT: base('https://api.telegram.org'),

  FEISHU_APP_ID: text,
  FEISHU_APP_SECRET: secret(),
  FEISHU_VERIFICATION_TOKEN: secret(),
  FEISHU_ENCRYPT_KEY: secret(),
  FEISHU_API_BASE: base('https://open.feishu.cn'),

  WEBHOOK_PRIVATE_NETWORKS: z
    .string()
    .default('')
    .transform((networks) => networks.split(/[\s,]+/).filter((network) => network !== ''))
    .refine((networks) => networks.every(isNetwork), {
      error: 'networks or addresses such as 10.1.0.0/16, separated by commas',
    }),

  S3_ENDPOINT: address('http://', 'https://').optional(),
  S3_BUCKET: text,
  S3_REGION: z.string().default('auto'),
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: secret(),
});

export type Values = z.output<typeof schema>;
type Name = keyof Values;

/** Names whose values no log line and no message may hold. */
export const secretNames = [
  'COOKIE_SECRET',
  'API_TOKEN',
  'DATABASE_URL',
  'WECOM_SECRET',
  'WECOM_TOKEN',
  'WECOM_ENCODING_AES_KEY',
  'WECOM_BOT_SECRET',
  'DINGTALK_CLIENT_SECRET',
  'DINGTALK_CARD_API_SECRET',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'FEISHU_APP_SECRET',
  'FEISHU_VERIFICATION_TOKEN',
  'FEISHU_ENCRYPT_KEY',
  'S3_SECRET_ACCESS_KEY',
] as const satisfies readonly Name[];

/** Names that make sense together only: with one of `given`, all of `needed` must be there. */
export const platforms = {
  wecomApp: {
    title: 'the WeCom app',
    given: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'],
    needed: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'],
  },
  wecomBot: {
    title: 'the WeCom bot',
    given: ['WECOM_BOT_ID', 'WECOM_BOT_SECRET'],
    needed: ['WECOM_BOT_ID', 'WECOM_BOT_SECRET'],
  },
  dingtalk: {
    title: 'DingTalk',
    given: [
      'DINGTALK_CORP_ID',
      'DINGTALK_CLIENT_ID',
      'DINGTALK_CLIENT_SECRET',
      'DINGTALK_ROBOT_CODE',
      'DINGTALK_CARD_TEMPLATE_ID',
      'DINGTALK_CARD_API_SECRET',
    ],
    needed: ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET', 'DINGTALK_ROBOT_CODE'],
  },
  telegram: {
    title: 'Telegram',
    given: ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET'],
    needed: ['TELEGRAM_BOT_TOKEN'],
  },
  feishu: {
    title: 'Feishu',
    given: ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_VERIFICATION_TOKEN', 'FEISHU_ENCRYPT_KEY'],
    needed: ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_VERIFICATION_TOKEN', 'FEISHU_ENCRYPT_KEY'],
  },
  pictures: {
    title: 'the picture store',
    given: ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
    needed: ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  },
} as const satisfies Record<string, { title: string; given: readonly Name[]; needed: readonly Name[] }>;

function isNetwork(text: string): boolean {
  const [address = '', prefix = '0', ...more] = text.split('/');
  const version = isIP(address);
  return version !== 0 && more.length === 0 && /^\d+$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

function isDay(text: string): boolean {
  try {
    return asDay(text) === text;
  } catch {
    return false;
  }
}

function schemeOf(text: string): string {
  return URL.canParse(text) ? `${new URL(text).protocol}//` : '';
}
