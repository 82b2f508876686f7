// A slow answer to a platform: what a callback brings about is seen after the callback's acknowledgement, whether that is
// written late or nobody waits for it any more (DESIGN §1). WeCom over HTTP, the real door and the real outbox.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { callbackRouter } from '../../src/http/callbacks.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createApp, type Listening, listen } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';
import { wecomPlayer } from '../support/day-players/wecom.ts';
import { enqueue, outgoing } from '../support/outbox-rows.ts';
import { type PlatformService, startPlatformService } from '../support/platform-service.ts';
import { seal, textXml, until } from '../support/wecom-stage.ts';

const start = '2022-04-19T08:00:00+08:00';
const player = wecomPlayer();
let play: PlatformService;
let web: Listening;
/** The service has decided; the acknowledgement waits for the test. */
let decided: PromiseWithResolvers<void>;
let gate: PromiseWithResolvers<void>;
let said = 0;

beforeAll(async () => {
  play = await startPlatformService(start, async (ports) => {
    const channel = await player.open(ports);
    return {
      ...channel,
      async receive(...callback) {
        const ack = await channel.receive(...callback);
        decided.resolve();
        await gate.promise;
        return ack;
      },
    };
  });
  const router = callbackRouter([play.channel], play.onEvent);
  const log = createLog({ level: 'silent' });
  web = await listen(createApp({ log, metrics: createMetrics(), routers: [router], secure: false }), {
    host: '127.0.0.1',
    port: 0,
  });
}, 60_000);
afterAll(async () => {
  await web?.close();
  await play?.close();
  await player.close();
});
beforeEach(() => {
  decided = Promise.withResolvers();
  gate = Promise.withResolvers();
});

const ask = (account: string, signal: AbortSignal | null = null): Promise<Response> => {
  said += 1;
  const { query, body } = seal(textXml(`said-${said}`, '/帮助', account));
  return fetch(`${web.url}/callbacks/wecom/app?${new URLSearchParams({ ...query })}`, {
    method: 'POST',
    body: Buffer.from(body),
    signal,
  });
};
/** Another message went out meanwhile: the deliveries have looked since the service decided. */
const deliveriesHaveLooked = async (account: string): Promise<void> => {
  const chat = `person:${account}`;
  const to = { channel: 'wecom', chat, personId: null } as const;
  await enqueue(play.pool, outgoing(chat, 'x', { to, notBefore: new Date(start) }));
  play.wake();
  await until(async () => expect(await player.shownTo(account)).toContain('"x"'));
};

it('sends nothing before the acknowledgement is written', async () => {
  const answered = ask('stranger1');
  await decided.promise;
  await deliveriesHaveLooked('other1');
  expect(await player.shownTo('stranger1')).not.toContain('绑定码');
  gate.resolve();
  expect((await answered).status).toBe(200);
  await until(async () => expect(await player.shownTo('stranger1')).toContain('绑定码'));
});

it('sends it once when the connection is gone before the acknowledgement, and WeCom asks again', async () => {
  const platform = new AbortController();
  const answered = ask('stranger2', platform.signal);
  await decided.promise;
  await deliveriesHaveLooked('other2');
  expect(await player.shownTo('stranger2')).not.toContain('绑定码');
  platform.abort();
  await expect(answered).rejects.toThrow();
  await until(async () => expect(await player.shownTo('stranger2')).toContain('绑定码'));
  gate.resolve();
  said -= 1;
  expect((await ask('stranger2')).status).toBe(200);
  await deliveriesHaveLooked('stranger2');
  const answers = (await player.shownTo('stranger2')).split('\n').filter((line) => line.includes('绑定码'));
  expect(answers).toHaveLength(1);
});
