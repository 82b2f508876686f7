import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examineRobot } from '../../../src/channels/dingtalk/examine.ts';
import { CLIENT_SECRET, type DingtalkServer, startDingtalkServer } from '../../support/dingtalk-server.ts';
import { configFor } from '../../support/dingtalk-stage.ts';

let server: DingtalkServer;
beforeAll(async () => {
  server = await startDingtalkServer();
});
afterAll(() => server.close());

const look = async (more: Parameters<typeof configFor>[1] = {}, publicUrl: string | null = 'https://d.example') => {
  const checks = [];
  for await (const { state, seen } of examineRobot(configFor(server, more), publicUrl))
    checks.push([state, seen] as const);
  return checks;
};

describe('doctor for DingTalk', () => {
  it('finds a good set-up well, and opens no connection', async () => {
    expect((await look()).map(([state]) => state)).toEqual(['well', 'well', 'well', 'well']);
    expect(server.gateway.connected()).toBe(0);
  });

  it.each<[string, Parameters<typeof configFor>[1], number, string]>([
    ['a wrong secret', { clientSecret: 'wrong-secret' }, 0, 'DINGTALK_CLIENT_SECRET'],
    ['another robot', { robotCode: 'dingother' }, 1, 'DINGTALK_ROBOT_CODE'],
    ['what is no template', { cardTemplateId: 'abc' }, 2, '.schema'],
  ])('says what to do about %s', async (_, more, step, advice) => {
    const found = (await look(more))[step];
    expect(found?.[0]).toBe('wrong');
    expect(found?.[1]).toContain(advice);
    expect(found?.[1]).not.toContain('wrong-secret');
  });

  it('says that the gateway refuses, and that HTTP mode needs an address', async () => {
    server.closed = { code: 'invalidParameter.ua' };
    expect((await look()).at(-1)).toMatchObject(['wrong', expect.stringContaining('Stream mode')]);
    server.closed = null;
    expect((await look({ mode: 'http' }, null)).at(-1)).toMatchObject(['wrong', expect.stringContaining('PUBLIC_URL')]);
    expect(JSON.stringify(await look())).not.toContain(CLIENT_SECRET);
  });
});
