// The Stream connection: it comes back however often it is ended, loses nothing that is sent again, and never has more than
// two sockets open.
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer, InboundEvent, OnEvent } from '../../../src/ports.ts';
import { type DingtalkStage, GROUP, openDingtalkStage, quickTimes, robotSays } from '../../support/dingtalk-stage.ts';
import { someCard } from '../../support/playground-stage.ts';
import { until } from '../../support/wecom-stage.ts';

const robot = '/v1.0/im/bot/messages/get';
let stage: DingtalkStage;
let events: InboundEvent[] = [];

const open = async (
  onEvent: OnEvent = async () => null,
  options: Parameters<typeof openDingtalkStage>[2] = {},
  more: Parameters<typeof openDingtalkStage>[1] = {},
): Promise<DingtalkStage> => {
  events = [];
  stage = await openDingtalkStage({}, more, options);
  await stage.channel.start?.(async (event) => {
    events.push(event);
    return onEvent(event);
  });
  return stage;
};
const connected = () => until(() => expect(stage.channel.health?.()).toBeNull());
afterEach(() => stage.close());

describe('the Stream', () => {
  it('loses no redelivered message in 200 reconnects and never opens more than two sockets', async () => {
    const { server } = await open();
    await connected();
    const sent: Promise<unknown>[] = [];
    for (let n = 1; n <= 200; n += 1) {
      const before = server.gateway.connected();
      sent.push(server.gateway.stream(robot, robotSays(`第${n}条`, { msgId: `m${n}` }), `frame-${n}`));
      // Some end while the one before is still being closed.
      if (n % 3 === 0) server.gateway.cut();
      else server.gateway.disconnect(n % 2 === 0 ? 200 : 5);
      await until(() => expect(server.gateway.connected()).toBeGreaterThan(before));
    }
    await Promise.all(sent);
    const heard = new Set(events.map(({ id }) => id));
    expect(heard.size).toBe(200);
    expect(server.gateway.mostConnections()).toBeLessThanOrEqual(2);
  }, 60_000);

  it('waits for the last but one to be closed before it opens a third', async () => {
    const { server } = await open();
    await connected();
    server.gateway.deaf = true;
    for (let n = 1; n <= 3; n += 1) {
      const before = server.gateway.connected();
      server.gateway.disconnect(5_000);
      await until(() => expect(server.gateway.connected()).toBeGreaterThan(before));
    }
    await server.gateway.stream(robot, robotSays('好'));
    expect(server.gateway.mostConnections()).toBe(2);
  });

  it('hands a frame that comes twice on once, and acknowledges it again', async () => {
    const { server } = await open();
    await connected();
    server.gateway.doubled = true;
    const said = robotSays('好');
    expect(await server.gateway.stream(robot, said, 'f1')).toEqual({ code: 200, response: null });
    expect(await server.gateway.stream(robot, said, 'f1')).toEqual({ code: 200, response: null });
    expect(events).toHaveLength(1);
  });

  it('does not acknowledge what could not be kept, and takes it when it comes again', async () => {
    let tries = 0;
    const { server } = await open(async () => {
      tries += 1;
      if (tries === 1) throw new Error('the database is away');
      return null;
    });
    await connected();
    expect(await server.gateway.stream(robot, robotSays('好'), 'f1')).toMatchObject({ code: 200 });
    expect(tries).toBe(2);
  });

  it('answers a ping with its own data, and an unknown topic with 404', async () => {
    const { server } = await open();
    await connected();
    expect(await server.gateway.ping()).toEqual({ code: 200, opaque: 'abc' });
    expect(await server.gateway.stream('/v1.0/unheard/of', {})).toMatchObject({ code: 404 });
    expect(events).toEqual([]);
  });

  it('lives on after frames that cannot be read', async () => {
    const { server, lines } = await open();
    await connected();
    for (const frame of ['{', '[]', '{"type":1}']) server.gateway.push(frame);
    await server.gateway.stream(robot, robotSays('好'));
    expect(events).toHaveLength(1);
    expect(lines.filter((line) => line.includes('cannot be read'))).toHaveLength(3);
  });

  it('comes back when it is cut', async () => {
    const { server } = await open();
    await connected();
    server.gateway.cut();
    await server.gateway.stream(robot, robotSays('好'));
    expect(events).toHaveLength(1);
    expect(server.gateway.mostConnections()).toBeLessThanOrEqual(2);
  });

  it('takes silence for the end and connects anew', async () => {
    const { server } = await open(undefined, { times: { ...quickTimes, silenceMs: 120 } });
    await connected();
    const opened = () => server.calls.filter(({ path }) => path === 'gateway/connections/open').length;
    const before = opened();
    await until(() => expect(opened()).toBeGreaterThan(before));
    expect(server.gateway.mostConnections()).toBeLessThanOrEqual(2);
  });

  it('asks for a new ticket when one is refused as used', async () => {
    const { server } = await open();
    await connected();
    server.gateway.spoilt = 3;
    const before = server.calls.filter(({ path }) => path === 'gateway/connections/open').length;
    server.gateway.cut();
    await until(() => expect(stage.channel.health?.()).not.toBeNull());
    await connected();
    expect(server.calls.filter(({ path }) => path === 'gateway/connections/open').length).toBe(before + 4);
    expect(server.gateway.mostConnections()).toBeLessThanOrEqual(2);
  });

  it('says a refusal once, does not storm, and connects when it is put right', async () => {
    const { server, lines, channel } = await open(async () => null, {
      times: { ...quickTimes, firstBackOffMs: 20, longestBackOffMs: 60 },
    });
    server.closed = { code: 'invalidParameter.ua' };
    server.gateway.cut();
    const tries = () => server.calls.filter(({ path }) => path === 'gateway/connections/open').length;
    await until(() => expect(tries()).toBeGreaterThan(3));
    expect(channel.health?.()).toBe('the Stream is not connected');
    expect(lines.filter((line) => line.includes('DingTalk refuses the Stream'))).toHaveLength(1);
    server.closed = null;
    await connected();
  });

  it('answers a press with the presser’s own view; what everybody sees stays', async () => {
    const answer: Answer = { card: someCard('c1', { title: '已记录', lines: ['7 项落实'] }), toast: '已记录' };
    const { server, channel } = await open(async () => answer);
    await connected();
    await channel.send(GROUP, { card: someCard('c1') }, 'k1');
    const { outTrackId } = server.cardIn(GROUP);
    const ack = await server.press(outTrackId, 'zhangsan', { dudao_action: 'all_ok' });
    expect(ack).toMatchObject({
      code: 200,
      response: { cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true } },
    });
    expect(server.viewOf(outTrackId, 'zhangsan')).toMatchObject({ title: '已记录', tip: '已记录' });
    expect(server.viewOf(outTrackId, 'lisi')).toMatchObject({ title: '卡片 c1', tip: '' });
  });

  it('acknowledges a press in time when its answer is late, and shows the answer after it', async () => {
    const slow = Promise.withResolvers<Answer>();
    const { server, channel } = await open(() => slow.promise, { patienceMs: 30 });
    await connected();
    await channel.send(GROUP, { card: someCard('c1') }, 'k1');
    const { outTrackId } = server.cardIn(GROUP);
    expect(await server.press(outTrackId, 'zhangsan', { dudao_action: 'all_ok' })).toEqual({ code: 200, response: {} });
    slow.resolve({ card: someCard('c1', { title: '终于好了' }) });
    await until(() => expect(server.viewOf(outTrackId, 'zhangsan').title).toBe('终于好了'));
    expect(server.viewOf(outTrackId, 'lisi').title).toBe('卡片 c1');
  });

  it('stops within its time though the gateway does not answer', async () => {
    const { server, channel } = await open();
    await connected();
    server.gateway.mute = true;
    const begun = performance.now();
    await channel.stop?.();
    expect(performance.now() - begun).toBeLessThan(2_000);
    await until(() => expect(server.gateway.connections()).toBe(0));
  });
});
