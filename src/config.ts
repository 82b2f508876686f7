// The only reader of the environment. What follows from the values alone (which platforms are configured, demo,
// playground) is worked out here; nothing is opened or started. What each name may say stands in environment.ts.
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type * as z from 'zod';
import { platforms, schema, secretNames, type Values } from './environment.ts';

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

export type Config = ReturnType<typeof configOf>;

/** Reads `.env` beside the real environment, which wins; an empty value counts as none. Throws a ConfigProblem. */
export const readConfig = (environment: Environment = theEnvironment()): Config => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue, given));
  const faults = [...wrong, ...missing(given), ...callbackFaults(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigProblem(faults);
  return configOf(parsed.data, given);
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

/** What is called from outside needs an address, and a secret to be known by. */
const callbackFaults = (given: Environment): string[] => [
  ...(given.TELEGRAM_BOT_TOKEN && given.TELEGRAM_MODE === 'webhook'
    ? lacking(given, 'TELEGRAM_MODE webhook', ['TELEGRAM_WEBHOOK_SECRET', 'PUBLIC_URL'])
    : []),
  ...(given.DINGTALK_CARD_TEMPLATE_ID && given.DINGTALK_MODE === 'http'
    ? lacking(given, 'DINGTALK_MODE http with a card template', ['DINGTALK_CARD_API_SECRET', 'PUBLIC_URL'])
    : []),
];

const lacking = (given: Environment, what: string, names: readonly string[]): string[] =>
  names.filter((name) => !given[name]).map((name) => `${name}: missing, ${what} needs it.`);

/** With NODE_USE_ENV_PROXY=1 Node sends its calls through these; an agent of our own must be told. */
const proxyOf = (given: Environment): Readonly<Record<string, string>> | null => {
  if (given.NODE_USE_ENV_PROXY !== '1') return null;
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
  return Object.fromEntries(names.flatMap((name) => (given[name] ? [[name, given[name]]] : [])));
};

function configOf(v: Values, environment: Environment) {
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
        monthly: { calls: v.DINGTALK_MONTHLY_CALLS, messages: v.DINGTALK_MONTHLY_MESSAGES },
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
    /** Private networks that webhooks may call. */
    webhookNetworks: v.WEBHOOK_PRIVATE_NETWORKS,
    /** What Node's own calls go through, where they do. */
    proxy: proxyOf(environment),
    /** For the group robots too, which need no app. */
    wecomApiBase: v.WECOM_API_BASE,
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
