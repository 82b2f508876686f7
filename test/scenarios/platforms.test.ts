// The service with a platform configured and nothing else: it starts, it is ready, the playground is off, and the doors of
// other platforms are shut. What each platform does is its own scenario.
import { afterEach, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { CLIENT_ID, CLIENT_SECRET, startDingtalkServer, TEMPLATE } from '../support/dingtalk-server.ts';
import { robotSays } from '../support/dingtalk-stage.ts';
import { startTestService, testToken } from '../support/service.ts';
import { startTelegramServer, TOKEN as TELEGRAM_TOKEN } from '../support/telegram-server.ts';
import { AGENT, BOT_ID, BOT_SECRET, CORP, SECRET, startWecomServer } from '../support/wecom-server.ts';
import { AES_KEY, inner, seal, TOKEN } from '../support/wecom-stage.ts';

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of closing.reverse()) await step();
  closing = [];
});

const start = async (environment: Record<string, string>): Promise<RunningService> => {
  const service = await startTestService({ environment: { ...environment, DEMO: 'off' } });
  closing.push(() => service.close());
  return service;
};
const status = async (url: string, init?: RequestInit): Promise<number> => (await fetch(url, init)).status;

describe('a service with a platform', { timeout: 60_000 }, () => {
  it('serves WeCom: the bot connects, a sealed callback is taken, a forged one is not', async () => {
    const server = await startWecomServer();
    closing.push(() => server.close());
    const { url } = await start({
      WECOM_CORP_ID: CORP,
      WECOM_AGENT_ID: String(AGENT),
      WECOM_SECRET: SECRET,
      WECOM_TOKEN: TOKEN,
      WECOM_ENCODING_AES_KEY: AES_KEY,
      WECOM_API_BASE: server.url,
      WECOM_BOT_ID: BOT_ID,
      WECOM_BOT_SECRET: BOT_SECRET,
      WECOM_BOT_WS_URL: server.wsUrl,
    });
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: 'ready' });
    expect(await status(`${url}/playground/api/me`)).toBe(404);
    expect(await status(`${url}/api/v1/campaign`, { headers: { authorization: `Bearer ${testToken}` } })).toBe(200);
    const now = String(Math.floor(Date.now() / 1000));
    const { query, body } = seal(
      inner('<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[/帮助]]></Content><MsgId>1</MsgId>', 'ZhangSan', now),
      { timestamp: now },
    );
    const callback = (parameters: Readonly<Record<string, string>>) =>
      status(`${url}/callbacks/wecom/app?${new URLSearchParams(parameters)}`, {
        method: 'POST',
        body: Buffer.from(body),
      });
    expect(await callback(query)).toBe(200);
    expect(await callback({ ...query, msg_signature: '0'.repeat(40) })).toBe(403);
    expect(await status(`${url}/callbacks/telegram`, { method: 'POST', body: '{}' })).toBe(404);
  });

  it('serves Telegram by webhook: only with the secret', async () => {
    const server = await startTelegramServer();
    closing.push(() => server.close());
    const { url } = await start({
      TELEGRAM_BOT_TOKEN: TELEGRAM_TOKEN,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: 'a-webhook-secret',
      TELEGRAM_API_ROOT: server.url,
      PUBLIC_URL: 'http://dudao.example',
    });
    const hook = (secret: string) =>
      status(`${url}/callbacks/telegram`, {
        method: 'POST',
        body: JSON.stringify({ update_id: 1 }),
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      });
    expect(await hook('a-webhook-secret')).toBe(200);
    expect(await hook('another')).toBeGreaterThanOrEqual(400);
  });

  it('serves DingTalk by Stream: it connects, is ready, counts the month, and has no door for callbacks', async () => {
    const server = await startDingtalkServer();
    closing.push(() => server.close());
    const { url } = await start({
      DINGTALK_CLIENT_ID: CLIENT_ID,
      DINGTALK_CLIENT_SECRET: CLIENT_SECRET,
      DINGTALK_ROBOT_CODE: CLIENT_ID,
      DINGTALK_CARD_TEMPLATE_ID: TEMPLATE,
      DINGTALK_API_BASE: server.url,
      DINGTALK_OAPI_BASE: server.url,
    });
    const said = robotSays('/帮助', { conversationType: '1' });
    expect(await server.gateway.stream('/v1.0/im/bot/messages/get', said)).toMatchObject({ code: 200 });
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: 'ready', checks: { dingtalk: 'ok' } });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('dudao_allowance_used{channel="dingtalk",what="messages"} 1');
    expect(metrics).toContain('dudao_allowance_most{channel="dingtalk",what="calls"} 5000');
    expect(await status(`${url}/callbacks/dingtalk/robot`, { method: 'POST', body: '{}' })).toBe(404);
  });
});
