// Looks at WeCom's set-up as an operator did it: secret, trusted address, app, callback. For `npm run dudao -- doctor`.
// The bot is not asked: a second connection with its secret would end the service's own (wecom-bot.md §2).
import { randomBytes } from 'node:crypto';
import { ChannelRefused } from '../../ports.ts';
import { type Checked, leftOut, well, wrong } from '../../ports-checks.ts';
import type { AppConfig } from './app.ts';
import { makeAppClient } from './client.ts';
import { sealMessage } from './signature.ts';

const TIMEOUT_MS = 5_000;

/** What an operator does about a refusal; the codes of wecom-app.md §11. */
const advice: Readonly<Record<string, string>> = {
  '40001': 'WECOM_SECRET does not belong to this app: copy it anew from the page of the app',
  '40013': 'WECOM_CORP_ID is not known: copy it from 我的企业 → 企业信息',
  '40056': 'WECOM_AGENT_ID is not this app’s: copy it from the page of the app',
  '40091': 'WECOM_SECRET is not a secret of WeCom: copy it anew from the page of the app',
  '50003': 'the app is switched off: switch it on in the admin console',
  '60020': 'this machine’s address is not trusted: add it under 企业可信IP on the page of the app',
  '301002': 'WECOM_AGENT_ID is not the app of this secret: copy both from the same page',
};

const why = (error: unknown): string => {
  if (!(error instanceof ChannelRefused)) return `no answer: ${(error as Error).message}`;
  return `${error.code} ${error.message}. ${advice[error.code] ?? 'Look the code up in WeCom’s list of error codes'}`;
};

/** `publicUrl`: where WeCom reaches this service; null when it is not set. */
export async function* examineApp(config: AppConfig, publicUrl: string | null): AsyncGenerator<Checked> {
  const client = makeAppClient(config);
  const token = await client.checkToken().then(() => null, why);
  yield token === null ? well('WeCom: secret', 'an access token was given') : wrong('WeCom: secret', token);
  yield token === null ? await lookAtApp(client) : leftOut('WeCom: app and trusted address', 'needs the access token');
  yield await lookAtCallback(config, publicUrl);
}

const lookAtApp = async (client: ReturnType<typeof makeAppClient>): Promise<Checked> => {
  const step = 'WeCom: app and trusted address';
  try {
    const { name, close, people, parties, tags } = await client.agent();
    if (close) return wrong(step, `the app ${name} is switched off: switch it on in the admin console`);
    if (people + parties + tags === 0)
      return wrong(step, `nobody is in the visible range (可见范围) of the app ${name}: nobody would get a message`);
    return well(step, `${name}; its visible range holds ${people} people, ${parties} departments, ${tags} tags`);
  } catch (error) {
    return wrong(step, why(error));
  }
};

/** Asks our own address as WeCom does when the callback is saved: a sealed word must come back opened. */
const lookAtCallback = async (config: AppConfig, publicUrl: string | null): Promise<Checked> => {
  const step = 'WeCom: callback';
  if (publicUrl === null)
    return wrong(step, 'PUBLIC_URL is not set: WeCom cannot reach this service, presses and words would not arrive');
  const word = randomBytes(8).toString('hex');
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const keys = { token: config.token, encodingAesKey: config.encodingAesKey, receiveId: config.corpId };
  const { cipher, signature } = sealMessage(word, keys, { timestamp, nonce });
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr: cipher });
  try {
    const answer = await fetch(`${publicUrl}/callbacks/wecom/app?${query}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const said = (await answer.text()).slice(0, 200);
    if (answer.ok && said === word) return well(step, `${publicUrl}/callbacks/wecom/app opens and answers`);
    if (answer.status === 403)
      return wrong(step, 'the service that answers has another WECOM_TOKEN, WECOM_ENCODING_AES_KEY or WECOM_CORP_ID');
    return wrong(step, `${publicUrl} answers ${answer.status}: is it this service, and is WeCom configured there?`);
  } catch (error) {
    return wrong(step, `${publicUrl} does not answer (${(error as Error).message}): check PUBLIC_URL and the proxy`);
  }
};
