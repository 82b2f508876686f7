// The routes of the pages: the JSON API's own queries with the rights of whoever looks (1.7).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { openPool } from '../../src/store/pool.ts';
import { loginLink } from '../support/login-link.ts';
import { type PlaygroundClient, playgroundClient } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

let service: RunningService;
let play: PlaygroundClient;
let pool: ReturnType<typeof openPool>;

beforeAll(async () => {
  service = await startTestService({ campaignStart: '2022-04-19', clockStart: '2022-04-19T08:25:00+08:00' });
  play = playgroundClient(service.url, testToken);
  pool = openPool(service.databaseUrl, { max: 2 });
  await play.clock({ advanceTo: '2022-04-19T09:00:00+08:00' });
  await inspectOne('东区组团');
  await inspectOne('西部组团');
}, 120_000);
afterAll(async () => {
  await pool?.end();
  await service?.close();
});

/** Somebody in a zone's group records its first compound, with one item not done. */
const inspectOne = async (zone: string): Promise<void> => {
  const chat = (await play.chats()).find(({ title }) => title.startsWith(zone));
  const inspector = chat?.members.find(({ roles }) => roles.includes('inspector'));
  if (!chat || !inspector) throw new Error(`no group for ${zone}`);
  const card = (await play.messages(chat.id, inspector.id)).findLast((m) => m.card?.kind === 'assignment')?.card;
  const compound = card?.fields.find(({ id }) => id === 'compound')?.options?.find(({ id }) => id !== '')?.id ?? '';
  const opened = await play.press(inspector.id, chat.id, card?.id ?? '', 'has_exceptions', { compound });
  const [tick] = opened.card?.fields.find(({ id }) => id === 'not_done')?.options ?? [];
  await play.press(inspector.id, chat.id, card?.id ?? '', 'submit', { compound, not_done: [tick?.id ?? ''] });
};

const enter = async (who: string, purpose: 'login' | 'wall' = 'login'): Promise<string> => {
  const answer = await fetch(await loginLink(service, who, purpose), { method: 'POST', redirect: 'manual' });
  expect(answer.status).toBe(303);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
};

const ask = async (cookie: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${service.url}/dashboard/api${path}`, { ...init, headers: { cookie, ...(init.headers as object) } });
const read = async <T>(cookie: string, path: string): Promise<T> => {
  const answer = await ask(cookie, path);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as T;
};

interface Rows {
  items: { id: string; area: string; zone: string | null }[];
  next: string | null;
}

describe('who may open which page route (REQUIREMENTS 1.7)', () => {
  const routes = [
    '/tally',
    '/trend',
    '/compounds',
    '/findings',
    '/letters',
    '/ledger',
    '/inspections',
    '/assignments',
    '/people',
    '/deliveries',
    '/pack',
  ] as const;
  type Path = (typeof routes)[number];
  const supervising: readonly Path[] = [
    '/tally',
    '/trend',
    '/compounds',
    '/findings',
    '/letters',
    '/ledger',
    '/inspections',
    '/assignments',
  ];

  it.each<[string, readonly Path[]]>([
    ['commander', supervising],
    ['supervisor', supervising],
    ['liaison', supervising],
    ['zone_lead', [...supervising, '/people']],
    ['town_contact', [...supervising, '/people']],
    ['association', ['/tally', '/trend', '/compounds', '/letters', '/ledger']],
    ['archivist', []],
  ])('%s', async (role, open) => {
    // A role alone, so that no other role of the same person opens anything.
    const { rows } = await pool.query<{ person_id: string }>(
      `select h.person_id from role_holding h where h.role = $1
          and not exists (select from role_holding o where o.person_id = h.person_id and o.role not in ($1, 'inspector', 'signatory'))
        order by h.person_id limit 1`,
      [role],
    );
    const who = rows[0]?.person_id ?? (await aloneAs(role));
    const cookie = await enter(who);
    for (const path of routes) {
      expect([path, (await ask(cookie, path)).status]).toEqual([path, open.includes(path) ? 200 : 403]);
    }
  });

  /** Somebody new who holds one role over what the first holder of it holds it over. */
  const aloneAs = async (role: string): Promise<string> => {
    await pool.query(
      `insert into person (id, name, lives, no_account, added_at) values ('alone_' || $1, '单一角色', 'unknown', true, '2022-04-01')`,
      [role],
    );
    await pool.query(
      `insert into role_holding (id, person_id, role, scope_kind, scope)
       select 'alone_role_' || $1, 'alone_' || $1, $1, coalesce(h.scope_kind, 'city'), coalesce(h.scope, '')
         from (select 1) one left join lateral (select scope_kind, scope from role_holding where role = $1 order by id limit 1) h on true`,
      [role],
    );
    return `alone_${role}`;
  };

  it('is nobody without a session, and a wall sees figures only', async () => {
    for (const path of routes) expect((await ask('', path)).status).toBe(401);
    const wall = await enter('commander', 'wall');
    for (const path of routes) {
      expect([path, (await ask(wall, path)).status]).toEqual([path, ['/tally', '/trend'].includes(path) ? 200 : 403]);
    }
    expect(await read(wall, '/me')).toMatchObject({ kind: 'wall', person: null, sees: { figures: true } });
  });

  it('shows a lead the rows of the own zone only, in lists and one by one', async () => {
    const lead = await personOver('zone_lead', '东区组团');
    const cookie = await enter(lead);
    for (const path of ['/findings', '/inspections', '/compounds?limit=500', '/letters?limit=500']) {
      const { items } = await read<Rows>(cookie, path);
      expect(items.length, path).toBeGreaterThan(0);
      expect(new Set(items.map(({ area }) => area)), path).toEqual(new Set(['东区街道']));
    }
    const all = await play.all<{ id: string; zone: string }>('/findings');
    const foreign = all.find(({ zone }) => zone === '西部组团');
    const own = all.find(({ zone }) => zone === '东区组团');
    expect((await ask(cookie, `/findings/${foreign?.id}`)).status).toBe(404);
    expect(await read(cookie, `/findings/${own?.id}`)).toMatchObject({ id: own?.id, zone: '东区组团' });
  });

  const personOver = async (role: string, scope: string): Promise<string> => {
    const { rows } = await pool.query<{ person_id: string }>(
      'select person_id from role_holding where role = $1 and scope = $2 order by id limit 1',
      [role, scope],
    );
    return rows[0]?.person_id ?? '';
  };

  it('lets only the office send a message again, and only from our own page', async () => {
    const office = await enter('office');
    const commander = await enter('commander');
    const token = async (cookie: string) => (await read<{ csrf: string }>(cookie, '/me')).csrf;
    const resend = (cookie: string, csrf: string) =>
      ask(cookie, '/deliveries/1/resend', { method: 'POST', headers: { 'x-dudao-csrf': csrf } });
    expect((await resend(office, '')).status).toBe(403);
    expect((await resend(commander, await token(commander))).status).toBe(403);
    // Allowed, and told that this one was sent already.
    const answer = await resend(office, await token(office));
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'not-resendable']);
  });

  it('gives a link for a wall to whoever sees figures, not to a wall', async () => {
    const cookie = await enter('commander');
    const { csrf } = await read<{ csrf: string }>(cookie, '/me');
    const made = await ask(cookie, '/wall', { method: 'POST', headers: { 'x-dudao-csrf': csrf } });
    const { url } = (await made.json()) as { url: string };
    const opened = await fetch(url, { method: 'POST', redirect: 'manual' });
    expect(opened.headers.get('location')).toBe('/wall');
    const wall = await enter('commander', 'wall');
    const wallCsrf = (await read<{ csrf: string }>(wall, '/me')).csrf;
    const again = await ask(wall, '/wall', { method: 'POST', headers: { 'x-dudao-csrf': wallCsrf } });
    expect(again.status).toBe(403);
  });
});

describe('the numbers of the pages (R52)', () => {
  it('are those of the API, and each has the list behind it', async () => {
    const cookie = await enter('commander');
    const tally = await read<{
      zones: {
        zone: string;
        compounds: Record<string, number>;
        findings: Record<string, number>;
        letters: Record<string, number>;
        home: Record<string, number>;
      }[];
      cutOffAt: string;
    }>(cookie, '/tally');
    const { cutOffAt: _, ...figures } = tally;
    expect(await play.api('/tally')).toMatchObject(figures);
    const rows = async (path: string): Promise<number> => {
      let [n, after]: [number, string | null] = [0, ''];
      while (after !== null) {
        const page: Rows = await read(cookie, `${path}&limit=500${after ? `&after=${encodeURIComponent(after)}` : ''}`);
        n += page.items.length;
        after = page.next;
      }
      return n;
    };
    const zone = tally.zones.find((one) => one.zone === '东区组团');
    const at = 'zone=东区组团';
    expect({
      known: await rows(`/compounds?${at}&group=known`),
      covered: await rows(`/compounds?${at}&group=covered`),
      coveredToday: await rows(`/compounds?${at}&group=covered_today`),
    }).toEqual(zone?.compounds);
    expect(await rows(`/compounds?${at}&group=not_covered`)).toBe(
      (zone?.compounds.known ?? 0) - (zone?.compounds.covered ?? 0),
    );
    expect({
      total: await rows(`/findings?${at}`),
      toFix: await rows(`/findings?${at}&group=to_fix`),
      toVerify: await rows(`/findings?${at}&group=to_verify`),
      verified: await rows(`/findings?${at}&group=verified`),
      withdrawn: await rows(`/findings?${at}&group=withdrawn`),
      overdue: await rows(`/findings?${at}&group=overdue`),
    }).toEqual(zone?.findings);
    expect(await rows(`/letters?${at}`)).toBe(zone?.letters.owed);
    expect(await rows(`/letters?${at}&group=unsigned`)).toBe(zone?.letters.owed);
  });

  it('run from day to day as the tallies of those days said', async () => {
    const cookie = await enter('commander');
    await play.clock({ advanceTo: '2022-04-20T09:00:00+08:00' });
    interface Trend {
      days: string[];
      city: { covered: number[]; toFix: number[]; signed: number[] };
      zones: { zone: string; covered: number[] }[];
    }
    const trend = await read<Trend>(cookie, '/trend');
    expect(trend.days).toEqual(['2022-04-19', '2022-04-20']);
    for (const [i, day] of trend.days.entries()) {
      interface Figures {
        compounds: { covered: number };
        findings: { toFix: number };
      }
      const tally = await read<{ city: Figures; zones: (Figures & { zone: string })[] }>(cookie, `/tally?on=${day}`);
      expect(trend.city.covered[i]).toBe(tally.city.compounds.covered);
      expect(trend.city.toFix[i]).toBe(tally.city.findings.toFix);
      expect(trend.zones.map(({ covered }) => covered[i])).toEqual(
        tally.zones.map(({ compounds }) => compounds.covered),
      );
    }
    expect(trend.city.covered).toEqual([2, 2]);
  });

  it('tell open pages that something changed, without saying what', async () => {
    const cookie = await enter('commander');
    const stop = new AbortController();
    const stream = await ask(cookie, '/stream', { signal: stop.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await inspectOne('东部组团').catch(() => undefined);
    let heard = '';
    while (!heard.includes('event:')) heard += (await reader?.read())?.value ?? '';
    expect(heard).toContain('event: changed\ndata: {}\n');
    stop.abort();
  });
});

describe('the pack page of the office', () => {
  interface Present {
    version: number;
    body: { plan: { id: string; title: string; deadlines: { date?: string }[] } };
  }
  const send = async (cookie: string, path: string, body: object, csrf: string): Promise<Response> =>
    ask(cookie, path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Dudao-Csrf': csrf, 'Accept-Language': 'en' },
      body: JSON.stringify(body),
    });

  it('refuses what has faults, what is not the newest any more and what comes from elsewhere, and changes nothing', async () => {
    const cookie = await enter('office');
    const { csrf } = await read<{ csrf: string }>(cookie, '/me');
    const { version, body } = await read<Present>(cookie, '/pack');
    const crossed = { ...body, plan: { ...body.plan, deadlines: [{ id: 'letter-end', date: '2022-04-01' }] } };
    const foreign = { ...body, plan: { ...body.plan, id: 'another-campaign' } };
    const renamed = { ...body, plan: { ...body.plan, title: '另一个名称' } };

    expect(await (await send(cookie, '/pack/check', { body: crossed }, csrf)).json()).toMatchObject({
      faults: [{ path: 'plan.deadlines.0.date', reason: expect.stringContaining('before the campaign') }],
      samples: [],
    });
    const refusals = [
      await send(cookie, '/pack/publish', { body: crossed, base: version }, csrf),
      await send(cookie, '/pack/publish', { body: foreign, base: version }, csrf),
      await send(cookie, '/pack/publish', { body: renamed, base: version, from: '2022-04-01' }, csrf),
      await send(cookie, '/pack/publish', { body: renamed, base: version - 1 }, csrf),
      await send(cookie, '/pack/publish', { body: renamed, base: version }, ''),
      await send(cookie, '/pack/publish', { body: 'no pack', base: version }, csrf),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([422, 422, 422, 409, 403, 422]);
    expect(await read<Present>(cookie, '/pack')).toEqual({ version, body });
  });

  it('shows phases as the office moved them since (E31)', async () => {
    const cookie = await enter('office');
    await pool.query(
      `insert into phase_change (id, campaign, strand, phase, end_on, by_id, at)
       select 'moved', campaign, 'letter', 'letter-1', '2022-04-28', 'office', now() from pack limit 1`,
    );
    await play.clock({ advanceBy: 2 });
    interface Phases {
      body: { plan: { strands: { phases: { id: string; end: string | null }[] }[] } };
    }
    const { body } = await read<Phases>(cookie, '/pack');
    expect(body.plan.strands[1]?.phases).toMatchObject([{ id: 'letter-1', end: '2022-04-28' }]);
  });
});
