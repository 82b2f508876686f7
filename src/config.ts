// The only reader of the environment: every name of .env.example, checked, with its default. What follows from the
// values alone (which platforms are configured, demo, playground) is worked out here; nothing is opened or started.
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import * as z from 'zod';
import { asDay } from './domain/calendar.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Values that do not do. main.ts prints one line for each fault, and no stack. */
export class ConfigProblem extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigProblem';
    this.faults = faults;
  }
}

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

const schema = z.object({
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

  S3_ENDPOINT: address('http://', 'https://').optional(),
  S3_BUCKET: text,
  S3_REGION: z.string().default('auto'),
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: secret(),
});

type Values = z.output<typeof schema>;
type Name = keyof Values;

/** Names whose values no log line and no message may hold. */
const secretNames = [
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
const platforms = {
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

export type Config = ReturnType<typeof configOf>;

/** Reads `.env` beside the real environment, which wins; an empty value counts as none. Throws a ConfigProblem. */
export const readConfig = (environment: Environment = theEnvironment()): Config => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue, given));
  const faults = [...wrong, ...missing(given), ...webhookFaults(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigProblem(faults);
  return configOf(parsed.data);
};

function theEnvironment(): Environment {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return { ...file, ...process.env };
}

const faultOf = (issue: z.core.$ZodIssue, given: Environment): string => {
  const name = String(issue.path[0]);
  const value = (secretNames as readonly string[]).includes(name) ? 'this value' : JSON.stringify(given[name]);
  return `${name}: ${value} does not do. Allowed: ${issue.message}.`;
};

const missing = (given: Environment): string[] =>
  Object.values(platforms).flatMap(({ title, given: names, needed }) => {
    const present = names.find((name) => given[name]);
    if (!present) return [];
    return needed
      .filter((name) => !given[name])
      .map((name) => `${name}: missing, though ${present} is set: ${title} needs both.`);
  });

const webhookFaults = (given: Environment): string[] =>
  given.TELEGRAM_BOT_TOKEN && given.TELEGRAM_MODE === 'webhook'
    ? (['TELEGRAM_WEBHOOK_SECRET', 'PUBLIC_URL'] as const)
        .filter((name) => !given[name])
        .map((name) => `${name}: missing, TELEGRAM_MODE webhook needs it.`)
    : [];

function configOf(v: Values) {
  const platformsConfigured = {
    wecomApp: defined({
      corpId: v.WECOM_CORP_ID,
      agentId: v.WECOM_AGENT_ID,
      secret: v.WECOM_SECRET,
      token: v.WECOM_TOKEN,
      encodingAesKey: v.WECOM_ENCODING_AES_KEY,
      apiBase: v.WECOM_API_BASE,
    }),
    wecomBot: defined({ id: v.WECOM_BOT_ID, secret: v.WECOM_BOT_SECRET, wsUrl: v.WECOM_BOT_WS_URL }),
    dingtalk: extended(
      defined({
        clientId: v.DINGTALK_CLIENT_ID,
        clientSecret: v.DINGTALK_CLIENT_SECRET,
        robotCode: v.DINGTALK_ROBOT_CODE,
        mode: v.DINGTALK_MODE,
        apiBase: v.DINGTALK_API_BASE,
        oapiBase: v.DINGTALK_OAPI_BASE,
      }),
      {
        corpId: v.DINGTALK_CORP_ID ?? null,
        cardTemplateId: v.DINGTALK_CARD_TEMPLATE_ID ?? null,
        cardApiSecret: v.DINGTALK_CARD_API_SECRET ?? null,
      },
    ),
    telegram: extended(
      defined({ botToken: v.TELEGRAM_BOT_TOKEN, mode: v.TELEGRAM_MODE, apiRoot: v.TELEGRAM_API_ROOT }),
      { webhookSecret: v.TELEGRAM_WEBHOOK_SECRET ?? null },
    ),
    feishu: defined({
      appId: v.FEISHU_APP_ID,
      appSecret: v.FEISHU_APP_SECRET,
      verificationToken: v.FEISHU_VERIFICATION_TOKEN,
      encryptKey: v.FEISHU_ENCRYPT_KEY,
      apiBase: v.FEISHU_API_BASE,
    }),
  };
  const alone = Object.values(platformsConfigured).every((platform) => platform === null);
  const on = (choice: 'auto' | 'on' | 'off'): boolean => choice === 'on' || (choice === 'auto' && alone);
  return {
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL ?? null,
    logLevel: v.LOG_LEVEL,
    cookieSecret: v.COOKIE_SECRET ?? null,
    dataDir: v.DATA_DIR,
    databaseUrl: v.DATABASE_URL ?? null,
    apiToken: v.API_TOKEN ?? null,
    /** Pack folders, the first is the default campaign. */
    campaigns: v.CAMPAIGN,
    campaignStart: v.CAMPAIGN_START ?? null,
    clockStart: v.CLOCK_START ?? null,
    /** No platform is configured: newcomers look around. */
    alone,
    /** Whether the demo roster goes into an empty database. */
    demo: on(v.DEMO),
    playground: on(v.PLAYGROUND),
    /** Beside real platforms the playground's API asks for the API token. */
    playgroundNeedsToken: !alone,
    /** Whether the clock may be moved by hand. */
    clockMovable: alone || v.CLOCK_START !== undefined,
    ...platformsConfigured,
    pictures: defined({
      endpoint: v.S3_ENDPOINT,
      bucket: v.S3_BUCKET,
      region: v.S3_REGION,
      accessKeyId: v.S3_ACCESS_KEY_ID,
      secretAccessKey: v.S3_SECRET_ACCESS_KEY,
    }),
    /** For the log's last line of defence. */
    secrets: secretNames.flatMap((name) => v[name] ?? []),
  };
}

type Defined<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** The settings of one platform, or null when it is not configured. */
function defined<T extends object>(settings: T): Defined<T> | null {
  return Object.values(settings).includes(undefined) ? null : (settings as Defined<T>);
}

function extended<A extends object, B extends object>(settings: A | null, more: B): (A & B) | null {
  return settings && { ...settings, ...more };
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
