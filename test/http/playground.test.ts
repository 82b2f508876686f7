import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePlaygroundChannel } from '../../src/channels/playground/channel.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { builtPages } from '../../src/http/pages.ts';
import { makePlaygroundLive, type PlaygroundLive } from '../../src/http/playground/live.ts';
import { type PlaygroundParts, playgroundRouter, shownMessage } from '../../src/http/playground/router.ts';
import { createApp, type Listening, listen } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';
import type { Answer, Channel } from '../../src/ports.ts';
import { openPool } from '../../src/store/pool.ts';
import { createTestDatabase } from '../support/database.ts';
import { noon } from '../support/outbox-rows.ts';
import { setStage, someCard } from '../support/playground-stage.ts';
import { silent } from '../support/silent-log.ts';
import { testClock } from '../support/test-clock.ts';
import { zhongshan } from '../support/universe.ts';

const clock = testClock(noon);
const zone = 'zone:东区组团';
const roleNames = {
  commander: '督导指挥员',
  zone_lead: '组团督导负责人',
  inspector: '检查组成员',
  town_contact: '镇街联系人',
  staff: '工作人员',
  signatory: '物业企业负责人',
};

let pool: pg.Pool;
let campaign: Campaign;
let channel: Channel;
let live: PlaygroundLive;
let store: Awaited<ReturnType<typeof setStage>>['store'];
let parts: PlaygroundParts;
let server: Listening;
let answer: Answer | null = null;
let folder: string;

const serve = async (more: Partial<PlaygroundParts> = {}): Promise<Listening> => {
  const log = createLog({ level: 'silent' });
  const app = createApp({
    log,
    metrics: createMetrics(),
    routers: [playgroundRouter({ ...parts, ...more })],
    fallbacks: [await builtPages(folder)],
    secure: false,
  });
  return listen(app, { host: '127.0.0.1', port: 0 });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dudao-pages-'));
  await mkdir(join(folder, 'playground/assets'), { recursive: true });
  await writeFile(join(folder, 'playground/index.html'), '<!doctype html><title>督导</title>');
  await writeFile(join(folder, 'playground/assets/index-1.js'), 'let a;');
  pool = openPool((await createTestDatabase()).url);
  campaign = await zhongshan();
  ({ store } = await setStage(pool, campaign, clock));
  live = makePlaygroundLive({ tell: () => {}, on: () => {} }, store.unread, silent);
  channel = makePlaygroundChannel({ messages: store, clock, onChange: live.changed, show: shownMessage, touchMs: 0 });
  parts = {
    campaigns: { all: () => [campaign], get: () => campaign },
    clock,
    channel,
    onEvent: async () => answer,
    rooms: store,
    live,
    protected: false,
    token: null,
    hints: true,
    roleNames,
    slotName: (kind) => `«${kind}»`,
    commands: async () => [{ name: '/help', alias: '/帮助', hint: '说明', usage: '/帮助' }],
    moveClock: async (target) => {
      clock.set(target);
      return { now: target, slotsRun: [{ campaign: campaign.id, kind: 'tally', day: '2022-04-19' }], waiting: 0 };
    },
  };
  server = await serve();
});
afterAll(async () => {
  live.close();
  await server.close();
  await pool.end();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  clock.set(noon);
  answer = null;
  await pool.query('truncate playground_message, playground_read');
});

const ask = async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${server.url}/playground/api${path}`, {
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, type: response.headers.get('Content-Type'), body: await response.json() };
};
const messages = (as: string, after = '') =>
  ask(`/chats/${encodeURIComponent(zone)}/messages?as=${as}${after && `&after=${after}`}`);

describe('the stage', () => {
  it('tells campaign, time with offset, and what comes next', async () => {
    const { body } = await ask('/me');
    expect(body).toMatchObject({
      campaign: { id: campaign.id },
      now: '2022-04-19T12:00:00.000+08:00',
      day: '2022-04-19',
      canMoveClock: true,
      hints: true,
    });
    expect(body.nextSlots[0]).toEqual({
      kind: 'next_day',
      day: '2022-04-19',
      at: '2022-04-19T17:30:00.000+08:00',
      label: '«next_day»',
    });
  });
});

describe('people', () => {
  const names = async (query: string) =>
    (await ask(`/people${query}`)).body.items.map(({ name }: { name: string }) => name);

  it('without a word are one of each role of the first zone', async () => {
    expect(await names('')).toEqual(['赵局', '林组', '张工', '陈科', '何工', '王经理']);
  });

  it.each([
    ['?q=张', ['张工']],
    ['?q=东区组团', ['林组', '张工']],
    ['?q=检查组', ['张工']],
    [`?q=${encodeURIComponent('东区 镇街联系人')}`, ['陈科']],
    ['?q=阳光物业', ['王经理']],
    ['?role=zone_lead', ['林组']],
    ['?q=%25', []],
    ['?q=无账号', []],
  ])('are found by %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('carry what they are called', async () => {
    const { body } = await ask('/people?q=王经理');
    expect(body.items[0]).toMatchObject({
      id: 'p-head',
      roles: [{ role: 'signatory', label: '物业企业负责人', scope: '阳光物业服务有限公司' }],
    });
  });
});

describe('chats', () => {
  it('of all are nine zones, 23 areas, association, command, and one for each account', async () => {
    const { body } = await ask('/chats');
    const groups = body.items.filter(({ kind }: { kind: string }) => kind === 'group');
    expect(groups).toHaveLength(9 + 23 + 2);
    expect(body.items).toHaveLength(groups.length + 6);
    expect(groups.find(({ id }: { id: string }) => id === zone).members).toEqual([
      { id: 'p-insp', name: '张工', roles: ['inspector'] },
      { id: 'p-lead', name: '林组', roles: ['zone_lead'] },
    ]);
  });

  it('of one person are the groups that follow from the roles, and the private chat', async () => {
    const ids = async (as: string) => (await ask(`/chats?as=${as}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids('p-insp')).toEqual(['person:p-insp', zone]);
    expect((await ids('p-staff')).at(-1)).toMatch(/^area:/);
    expect(await ids('p-cmd')).toEqual(['person:p-cmd', 'command']);
    expect(await ids('p-head')).toEqual(['person:p-head']);
  });

  it('count what came from others since they were read, and not what only changed', async () => {
    const unread = async () =>
      (await ask('/chats?as=p-insp')).body.items.find(({ id }: { id: string }) => id === zone).unread;
    const sent = await channel.send(zone, { card: someCard('c1') }, 'k1');
    await ask('/say', { as: 'p-lead', chat: zone, text: '开始' });
    await ask('/say', { as: 'p-insp', chat: zone, text: '收到' });
    expect(await unread()).toBe(2);
    await messages('p-insp');
    expect(await unread()).toBe(0);
    await channel.update(zone, sent, { card: someCard('c1', { title: '新的' }) });
    expect(await unread()).toBe(0);
  });
});

describe('messages', () => {
  it('come again after the cursor when they changed, and there is always a cursor', async () => {
    const empty = await messages('p-insp');
    expect(empty.body).toEqual({ items: [], next: '0' });
    const sent = await channel.send(zone, { card: someCard('c1') }, 'k1');
    await channel.send(zone, { text: '第二条' }, 'k2');
    const first = await messages('p-insp', empty.body.next);
    expect(first.body.items).toMatchObject([
      { id: 'k1', from: 'bot', at: '2022-04-19T12:00:00.000+08:00', card: { id: 'c1' } },
      { id: 'k2', text: '第二条' },
    ]);
    expect((await messages('p-insp', first.body.next)).body).toEqual({ items: [], next: first.body.next });
    await channel.update(zone, sent, { card: someCard('c1', { title: '改过' }) });
    const second = await messages('p-insp', first.body.next);
    expect(second.body.items).toMatchObject([{ id: 'k1', card: { title: '改过' } }]);
    expect((await messages('p-insp')).body.items.map(({ id }: { id: string }) => id)).toEqual(['k1', 'k2']);
  });
});

describe('pressing and saying', () => {
  it('gives the presser toast and card', async () => {
    await channel.send(zone, { card: someCard('c1') }, 'k1');
    answer = { toast: '已记录', card: someCard('c1', { state: 'answered' }) };
    const { body } = await ask('/press', { id: 'e1', as: 'p-insp', chat: zone, card: 'c1', action: 'all_ok' });
    expect(body).toEqual({ accepted: true, ...answer });
  });

  it('gives the speaker the message', async () => {
    const { body } = await ask('/say', { id: 'e1', as: 'p-insp', chat: zone, text: '都好' });
    expect(body).toMatchObject({ accepted: true, message: { text: '都好', from: { id: 'p-insp', name: '张工' } } });
  });
});

describe('the clock', () => {
  it.each([
    [{ advanceTo: '2022-04-19T20:05:00+08:00' }, '2022-04-19T20:05:00.000+08:00'],
    [{ advanceBy: 35 }, '2022-04-19T12:35:00.000+08:00'],
    [{ advanceBy: 'PT1H30M' }, '2022-04-19T13:30:00.000+08:00'],
    [{ advanceBy: 'P1D' }, '2022-04-20T12:00:00.000+08:00'],
  ])('goes on by %j', async (move, now) => {
    expect((await ask('/clock', move)).body).toEqual({
      now,
      slotsRun: [{ campaign: campaign.id, kind: 'tally', day: '2022-04-19' }],
      waiting: 0,
    });
  });

  it('stands where it may not be moved', async () => {
    const fixed = await serve({ moveClock: null });
    const response = await fetch(`${fixed.url}/playground/api/clock`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"advanceBy":1}',
    });
    expect([response.status, (await response.json()).code]).toEqual([409, 'clock-fixed']);
    await fixed.close();
  });
});

describe('a wrong request', () => {
  it.each([
    ['/chats?as=p-nobody', undefined, 404, 'not-found'],
    ['/chats/zone:none/messages', undefined, 404, 'not-found'],
    ['/chats/person:p-lead/messages?as=p-insp', undefined, 404, 'not-found'],
    ['/people?limit=many', undefined, 400, 'bad-request'],
    [`/chats/${encodeURIComponent(zone)}/messages?after=x`, undefined, 400, 'bad-request'],
    ['/say', { as: 'p-insp' }, 400, 'bad-request'],
    ['/press', { as: 'p-insp', chat: zone, card: 'c9', action: 'all_ok' }, 404, 'not-found'],
    ['/clock', {}, 400, 'bad-request'],
    ['/clock', { advanceTo: '2022-04-19T11:00:00+08:00' }, 400, 'bad-request'],
    ['/clock', { advanceTo: 'tomorrow' }, 400, 'bad-request'],
    ['/stream', undefined, 400, 'bad-request'],
  ])('to %s is answered with a problem', async (path, body, status, code) => {
    const got = await ask(path, body);
    expect(got).toMatchObject({ status, body: { code, detail: expect.stringMatching(/.{6,}/) } });
    expect(got.type).toContain('application/problem+json');
  });
});

describe('beside real platforms', () => {
  it.each([
    ['no token', { token: 'a-long-api-token' }, {}, 401],
    ['a wrong token', { token: 'a-long-api-token' }, { Authorization: 'Bearer another-token' }, 401],
    ['the token', { token: 'a-long-api-token' }, { Authorization: 'Bearer a-long-api-token' }, 200],
    ['any token where none is set', { token: null }, { Authorization: 'Bearer ' }, 503],
  ])('answers %s', async (_, more, headers, status) => {
    const guarded = await serve({ protected: true, ...more });
    expect((await fetch(`${guarded.url}/playground/api/me`, { headers })).status).toBe(status);
    await guarded.close();
  });
});

describe('the stream', () => {
  const events = async (response: Response, n: number): Promise<object[]> => {
    const found: object[] = [];
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      found.push(...[...text.matchAll(/data: (.*)\n\n/g)].map(([, data = '']) => JSON.parse(data)));
      text = text.slice(text.lastIndexOf('\n\n') + 2);
      if (found.length >= n) break;
    }
    return found;
  };

  it('tells of messages in one’s own chats, of the count, and of the clock', async () => {
    const response = await fetch(`${server.url}/playground/api/stream?as=p-insp`);
    expect(response.headers.get('Content-Type')).toContain('text/event-stream');
    await channel.send('person:p-lead', { text: '不是给张工的' }, 'k0');
    await channel.send(zone, { text: '早上好' }, 'k1');
    await ask('/clock', { advanceBy: 1 });
    const told = await events(response, 3);
    // The count is taken a moment later: it may come last or before the clock.
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        { type: 'message', chat: zone },
        { type: 'clock', now: '2022-04-19T12:01:00.000+08:00' },
        { type: 'unread', chat: zone, unread: 1 },
      ]),
    );
  });
});

describe('the page', () => {
  it.each([
    ['/playground', 'no-cache', 'text/html'],
    ['/playground/', 'no-cache', 'text/html'],
    ['/playground/assets/index-1.js', 'public, max-age=31536000, immutable', 'javascript'],
  ])('is served at %s', async (path, cache, type) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe(cache);
    expect(response.headers.get('Content-Type')).toContain(type);
    expect((await response.text()).length).toBeGreaterThan(3);
  });

  it('is not sent again when it has not changed', async () => {
    const first = await fetch(`${server.url}/playground`);
    await first.text();
    const modified = first.headers.get('Last-Modified') ?? '';
    expect(
      (
        await fetch(`${server.url}/playground`, {
          headers: { 'If-Modified-Since': modified, 'Cache-Control': 'max-age=0' },
        })
      ).status,
    ).toBe(304);
  });

  it.each(['/playground/none.js', '/playground/%2e%2e/%2e%2e/package.json', '/playground/assets'])(
    'has nothing at %s',
    async (path) => {
      expect((await fetch(server.url + path)).status).toBe(404);
    },
  );
});
