// The way in: links, sessions and what guards them, on the whole service and through its public doors.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { openPool } from '../../src/store/pool.ts';
import { type PlaygroundClient, playgroundClient } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

let service: RunningService;
let play: PlaygroundClient;
let pool: ReturnType<typeof openPool>;
/** Somebody of each role, as the playground knows them. */
let people: Map<string, { id: string; name: string }>;

beforeAll(async () => {
  service = await startTestService({ campaignStart: '2022-04-19', clockStart: '2022-04-19T08:25:00+08:00' });
  play = playgroundClient(service.url, testToken);
  pool = openPool(service.databaseUrl, { max: 2 });
  const rows = await play.all<{ id: string; name: string; roles: { role: string }[]; reachable: boolean }>('/people');
  people = new Map(
    rows.filter((row) => row.reachable).flatMap((row) => row.roles.map(({ role }) => [role, row] as const)),
  );
}, 60_000);
afterAll(async () => {
  await pool?.end();
  await service?.close();
});

const one = (role: string) => {
  const person = people.get(role);
  if (!person) throw new Error(`the demo has no ${role}`);
  return person;
};

const privateChat = async (person: string): Promise<string> =>
  (await play.chats(person)).find(({ kind }) => kind === 'person')?.id ?? '';

const linksIn = async (chat: string, person: string): Promise<string[]> =>
  (await play.messages(chat, person)).flatMap(({ card }) =>
    (card?.actions ?? []).flatMap((action) => (action as { url?: string }).url ?? []),
  );

/** Asks for the dashboard in one's own chat and reads the link off the new card. */
const linkFor = async (role: string): Promise<string> => {
  const { id } = one(role);
  const chat = await privateChat(id);
  const before = (await linksIn(chat, id)).length;
  // With an id of its own: the same words twice in a second are one message.
  await play.say(id, chat, '/看板', false, randomUUID());
  await expect.poll(async () => (await linksIn(chat, id)).length, { timeout: 10_000 }).toBe(before + 1);
  return (await linksIn(chat, id)).at(-1) ?? '';
};

const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(path.startsWith('http') ? path : service.url + path, { redirect: 'manual', ...init });
const post = (path: string, init: RequestInit = {}): Promise<Response> => get(path, { method: 'POST', ...init });

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');

const enter = async (role: string): Promise<string> => {
  const answer = await post(await linkFor(role));
  expect(answer.status).toBe(303);
  return cookieOf(answer);
};

interface Me {
  readonly csrf: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly sees: Readonly<Record<string, boolean>>;
}

const count = async (table: string): Promise<number> =>
  (await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? -1;

describe('a login link', () => {
  it('shows a button to whoever looks, previews included, and is not spent by looking', async () => {
    const url = await linkFor('liaison');
    for (let look = 0; look < 3; look += 1) {
      const answer = await get(url, { headers: { 'accept-language': 'zh-CN' } });
      expect(answer.status).toBe(200);
      expect(answer.headers.getSetCookie()).toEqual([]);
      const page = await answer.text();
      expect(page).toContain(`${one('liaison').name}，您好`);
      expect(page).toContain('<form method="post"');
    }
    expect((await post(url)).status).toBe(303);
  });

  it('opens a session once, for two who press at the same time too', async () => {
    const url = await linkFor('supervisor');
    const before = await count('session');
    const answers = await Promise.all([post(url), post(url), post(url)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
    expect(await count('session')).toBe(before + 1);
    const again = await get(url, { headers: { 'accept-language': 'zh-CN' } });
    expect(again.status).toBe(410);
    expect(await again.text()).toContain('这个链接已经用过');
  });

  it('keeps neither its secret nor that of the cookie in the database', async () => {
    const url = await linkFor('town_contact');
    const cookie = cookieOf(await post(url));
    const { rows } = await pool.query<{ key: string }>(
      'select key from one_time_link union all select key from session',
    );
    const secrets = [url.split('/').at(-1) ?? '', ...cookie.split(/[=;]/)];
    for (const { key } of rows) for (const secret of secrets) expect(secret).not.toContain(key);
  });

  it('is sent to the asker alone, also when a group heard the question', async () => {
    const { id } = one('zone_lead');
    const group = (await play.chats(id)).find(({ kind }) => kind === 'group')?.id ?? '';
    const chat = await privateChat(id);
    await play.say(id, group, '/dashboard', true);
    await expect.poll(async () => (await play.messages(chat, id)).at(-1)?.card?.title).toBe('督导看板');
    const said = JSON.stringify(await play.messages(group, id));
    expect(said).not.toContain('/login/');
  });

  it('is not for those whose duties are all in the chat', async () => {
    const { id } = one('signatory');
    const chat = await privateChat(id);
    const links = await count('one_time_link');
    await play.say(id, chat, '/dashboard');
    await expect.poll(async () => (await play.messages(chat, id)).at(-1)?.text ?? '').toContain('看板供');
    expect(await count('one_time_link')).toBe(links);
  });

  it.each([
    ['altered', (url: string) => `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`],
    ['cut off', (url: string) => url.slice(0, -5)],
    ['foreign', (url: string) => url.replace(/[^/]+$/, 'a'.repeat(48))],
  ])('that is %s is refused with one clear sentence, and nothing is written', async (_, change) => {
    const url = change(await linkFor('commander'));
    const before = [await count('session'), await count('event')];
    for (const answer of [await get(url), await post(url)]) {
      expect(answer.status).toBe(404);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(await answer.text()).toContain('这个链接无效');
    }
    expect([await count('session'), await count('event')]).toEqual(before);
  });

  it('is posted to from our own page only', async () => {
    const url = await linkFor('commander');
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://example.com' },
      { origin: 'null' },
    ];
    for (const headers of foreign) expect((await post(url, { headers })).status).toBe(403);
    expect((await post(url, { headers: { origin: service.url } })).status).toBe(303);
  });

  it('expires by the campaign’s clock', async () => {
    const url = await linkFor('commander');
    await play.clock({ advanceBy: 11 });
    const answer = await post(url);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('这个链接已经过期');
  });
});

describe('a session', () => {
  it('leads an anonymous visitor of the demo to the playground, and one who is in to the dashboard', async () => {
    expect((await get('/')).headers.get('location')).toBe('/playground');
    const inside = await get('/', { headers: { cookie: await enter('liaison') } });
    expect(inside.status).toBe(200);
    expect(inside.headers.get('content-type')).toContain('text/html');
  });

  it('sits in a cookie that scripts and other sites do not get, and an altered one is none', async () => {
    const answer = await post(await linkFor('liaison'));
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/httponly/i);
    expect(answer.headers.getSetCookie()[0]).toMatch(/samesite=lax/i);
    const altered = cookieOf(answer).replace(/dudao_session=(.)/, (_, c) => `dudao_session=${c === 'A' ? 'B' : 'A'}`);
    expect((await get('/', { headers: { cookie: altered } })).status).toBe(302);
  });

  it('says who is looking with the roles of now: somebody who lost his has nothing left', async () => {
    const cookie = await enter('department_head');
    const me = async () => (await (await get('/dashboard/api/me', { headers: { cookie } })).json()) as Me;
    const before = await me();
    expect(before).toMatchObject({ kind: 'full', person: { name: one('department_head').name } });
    expect(before.sees).toMatchObject({ records: true, deliveries: false });
    await pool.query(`update role_holding set to_on = '2022-04-18' where person_id = $1`, [before.person.id]);
    expect(Object.values((await me()).sees)).toEqual(Object.values(before.sees).map(() => false));
  });

  it('ends with a log-out on this browser, or on all of them', async () => {
    const [here, there, later] = [await enter('supervisor'), await enter('supervisor'), await enter('supervisor')];
    const status = async (cookie: string) => (await get('/dashboard/api/me', { headers: { cookie } })).status;
    const leave = async (cookie: string, query = '') => {
      const { csrf } = (await (await get('/dashboard/api/me', { headers: { cookie } })).json()) as Me;
      expect((await post(`/logout${query}`, { headers: { cookie, 'x-dudao-csrf': csrf } })).status).toBe(204);
    };
    await leave(here);
    expect([await status(here), await status(there), await status(later)]).toEqual([401, 200, 200]);
    await leave(there, '?everywhere=1');
    expect([await status(there), await status(later)]).toEqual([401, 401]);
  });

  it('is refused with another session’s token', async () => {
    const [cookie, other] = [await enter('liaison'), await enter('liaison')];
    const { csrf } = (await (await get('/dashboard/api/me', { headers: { cookie: other } })).json()) as Me;
    expect((await post('/logout', { headers: { cookie, 'x-dudao-csrf': csrf } })).status).toBe(403);
  });

  it('is none for nobody', async () => {
    const answer = await get('/dashboard/api/me', { headers: { 'accept-language': 'zh-CN' } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'no-session' });
  });

  it('cannot be ended by a page of another site', async () => {
    const cookie = await enter('liaison');
    expect((await post('/logout', { headers: { cookie } })).status).toBe(403);
    expect((await get('/', { headers: { cookie } })).status).toBe(200);
  });

  it('keeps at most ten browsers of one person, and the oldest goes', async () => {
    const cookies: string[] = [];
    for (let n = 0; n < 11; n += 1) cookies.push(await enter('association'));
    expect((await get('/', { headers: { cookie: cookies[0] ?? '' } })).status).toBe(302);
    expect((await get('/', { headers: { cookie: cookies[10] ?? '' } })).status).toBe(200);
  });
});
