import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiRoutes } from '../../src/http/api/api.ts';
import * as campaignShapes from '../../src/http/api/schemas/campaign.ts';
import { problem } from '../../src/http/api/schemas/common.ts';
import * as journal from '../../src/http/api/schemas/journal.ts';
import * as records from '../../src/http/api/schemas/records.ts';
import * as roster from '../../src/http/api/schemas/roster.ts';
import type { ApiServices } from '../../src/http/api/services.ts';
import { type RunningApi, startApi, token } from '../support/api.ts';
import { insert, seedStory } from '../support/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await seedStory(api.pool, api.campaign.id);
});
afterAll(() => api.close());

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

interface Listed {
  items: Record<string, unknown>[];
  next: string | null;
}
const list = async (path: string): Promise<Listed> => {
  const { status, body } = await api.ask(`/api/v1${path}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as Listed;
};

describe('the shapes', () => {
  it.each([
    ['/campaign', campaignShapes.campaign],
    ['/tally', campaignShapes.tally],
    ['/tally?on=2022-04-19', campaignShapes.tally],
  ])('%s gives what its schema says, and nothing beside', async (path, schema) => {
    const { status, body } = await api.ask(`/api/v1${path}`);
    expect(status).toBe(200);
    expect(schema.parse(body)).toEqual(body);
  });

  it.each<[string, z.ZodType, number]>([
    ['/inspections', records.inspection, 1],
    ['/inspections?versions=all', records.inspection, 2],
    ['/findings', records.listedFinding, 3],
    ['/letters', records.letter, 2],
    ['/ledger', records.ledgerRow, 1],
    ['/assignments', records.assignment, 2],
    ['/assignments?on=2022-04-19', records.assignment, 1],
    ['/assignments?on=2022-04-20', records.assignment, 2],
    ['/compounds', roster.compound, 2],
    ['/people', roster.person, 2],
    ['/groups', roster.group, 2],
    ['/events', journal.event, 2],
    ['/deliveries', journal.delivery, 3],
    ['/deliveries?verb=all', journal.delivery, 4],
    ['/deliveries?state=waiting', journal.delivery, 1],
    ['/deliveries?state=unknown', journal.delivery, 0],
  ])('%s lists rows of its schema, and nothing beside', async (path, item, rows) => {
    const body = await list(path);
    expect(z.object({ items: z.array(item), next: z.null() }).parse(body)).toEqual(body);
    expect(body.items).toHaveLength(rows);
  });
});

describe('the rows', () => {
  it('say instants with the offset of the campaign’s zone, and days as days', async () => {
    const { body } = await api.ask('/api/v1/campaign');
    expect(body).toMatchObject({ now: '2022-04-22T10:00:00.000+08:00', day: '2022-04-22', timezone: 'Asia/Shanghai' });
    const [first, second] = (await list('/inspections?versions=all')).items;
    expect(first).toMatchObject({
      recordedAt: '2022-04-19T10:00:00.123+08:00',
      checkOn: '2022-04-19',
      enteredBy: null,
    });
    expect(second).toMatchObject({
      replaces: 'i1',
      version: 2,
      enteredBy: { id: 'p2', name: '李工' },
      compound: { id: 'k1', name: '阳光花园', status: 'listed' },
      answers: { wall_notice: 'no', staff_mask: null },
      source: { channel: 'playground', kind: 'tap' },
    });
  });

  it('mark a finding overdue by its due day', async () => {
    const rows = (await list('/findings')).items;
    expect(rows.map(({ id, overdue }) => [id, overdue])).toEqual([
      ['f1', true],
      ['f2', false],
      ['f3', false],
    ]);
    expect(rows[0]).toMatchObject({
      compound: 'k1',
      compoundName: '阳光花园',
      inspections: ['i2'],
      dueOn: '2022-04-21',
    });
  });

  it('count reminders and rungs of a letter, and keep one without anybody', async () => {
    expect((await list('/letters')).items).toMatchObject([
      { unit: '安美物业东区分公司', company: '安美物业', signatory: { id: 'p2', name: '李工' }, reminders: 2, rung: 1 },
      { unit: '无名分公司', company: null, signatory: null, reminders: 0, rung: null },
    ]);
    expect((await list('/ledger')).items).toMatchObject([
      { stateThen: 'sent', signedLateAt: '2022-04-27T09:00:00.000+08:00' },
    ]);
  });

  it('show a compound with who manages it today, of the campaign’s areas only', async () => {
    const byName = Object.fromEntries((await list('/compounds')).items.map((row) => [row.name, row]));
    expect(Object.keys(byName).sort()).toEqual(['景湖居', '阳光花园']);
    expect(byName.阳光花园).toMatchObject({
      company: '安美物业东区分公司',
      zone: '东区组团',
      coveredBy: 'i2',
      coveredAt: '2022-04-19T10:00:00.000+08:00',
      doubtful: true,
    });
    expect(byName.景湖居).toMatchObject({ company: null, coveredBy: null, doubtful: false });
  });

  it('show a person’s roles of this campaign, and never the whole mobile number (R47)', async () => {
    const [person, other] = (await list('/people')).items;
    expect(person).toMatchObject({
      mobileMasked: '138****1234',
      roles: [{ role: 'staff', scopeKind: 'organisation', scope: '东区住建局', from: '2022-04-01', to: null }],
      zone: '东区组团',
      reachable: true,
    });
    expect(other).toMatchObject({ mobileMasked: null, roles: [], bindings: [], reachable: false });
  });

  it('never show the key of a group’s robot', async () => {
    const groups = await list('/groups');
    expect(groups.items).toMatchObject([{ hasWebhook: true }, { hasWebhook: false }]);
    expect(JSON.stringify(groups)).not.toContain('hook-key');
  });

  it('name the service where nobody did it, and what is under way as waiting', async () => {
    expect((await list('/events')).items).toMatchObject([{ by: { id: 'p1', name: '张工' } }, { by: 'system' }]);
    expect((await list('/deliveries')).items.map(({ kind, state }) => [kind, state])).toEqual([
      ['assignment', 'sent'],
      ['answer', 'waiting'],
      ['tally', 'failed'],
    ]);
  });
});

describe('paging', () => {
  it.each([
    '/inspections?versions=all',
    '/findings',
    '/letters',
    '/assignments',
    '/compounds',
    '/people',
    '/groups',
    '/events',
    '/deliveries',
  ])('%s gives every row once, in one order, whatever the limit', async (path) => {
    const whole = await list(path);
    const rows: unknown[] = [];
    let after: string | null = '';
    while (after !== null) {
      const page: Listed = await list(`${path}${path.includes('?') ? '&' : '?'}limit=1${after && `&after=${after}`}`);
      expect(page.items).toHaveLength(1);
      rows.push(...page.items);
      after = page.next;
    }
    expect(rows).toEqual(whole.items);
  });

  it('goes on after rows that came meanwhile, and does not see them twice', async () => {
    const first = await list('/events?limit=1');
    await insert(api.pool, 'event', [
      { campaign: api.campaign.id, at: new Date(), kind: 'test.added', subject_kind: 'x', subject_id: 'x', data: {} },
    ]);
    const rest = await list(`/events?after=${first.next ?? ''}`);
    expect(rest.items.map(({ kind }) => kind)).toEqual(['slot.run', 'test.added']);
  });
});

describe('refusals', () => {
  const refused = async (path: string, init: RequestInit = {}) => {
    const { status, type, body } = await api.ask(path, init);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(problem.parse(body)).toMatchObject({ status });
    return { status, ...(body as { code: string; detail: string; faults?: unknown }) };
  };

  it.each([
    ['no token', {}],
    ['a wrong token', { Authorization: 'Bearer a-token-for-tests-onlz' }],
    ['another scheme', { Authorization: `Basic ${token}` }],
    ['an empty token', { Authorization: 'Bearer ' }],
  ])('asks for the token: %s', async (_, headers) => {
    const response = await fetch(`${api.url}/api/v1/campaign`, { headers: headers as Record<string, string> });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'unauthorised' });
  });

  it.each([
    ['/events?limit=501', 400, 'bad-request'],
    ['/events?limit=0', 400, 'bad-request'],
    ['/events?limit=many', 400, 'bad-request'],
    ['/inspections?versions=some', 400, 'bad-request'],
    ['/deliveries?state=lost', 400, 'bad-request'],
    ['/assignments?on=2022-02-30', 400, 'bad-request'],
    ['/tally?on=2022-04-23', 400, 'day-not-yet'],
    ['/events?after=nonsense', 400, 'bad-cursor'],
    [`/events?after=${Buffer.from('["/people","1"]').toString('base64url')}`, 400, 'bad-cursor'],
    [`/events?after=${Buffer.from('["/events","x"]').toString('base64url')}`, 400, 'bad-cursor'],
    [
      `/inspections?after=${Buffer.from('["/inspections","2022-99-99T00:00:00Z","i"]').toString('base64url')}`,
      400,
      'bad-cursor',
    ],
    ['/events?campaign=unknown', 404, 'not-found'],
    ['/nothing', 404, 'not-found'],
  ])('GET %s → %i %s', async (path, status, code) => {
    expect(await refused(`/api/v1${path}`)).toMatchObject({ status, code });
  });

  it('says where and what is allowed, in the language asked for', async () => {
    const bad = await refused('/api/v1/events?limit=501', { headers: { 'Accept-Language': 'en' } });
    expect(bad.faults).toEqual([{ path: 'query.limit', reason: expect.stringContaining('500') }]);
    expect(bad.detail).toMatch(/^The request is wrong/);
    expect((await refused('/api/v1/events?limit=501')).detail).toMatch(/^请求有误/);
  });

  it('keeps the method apart from the address', async () => {
    const response = await fetch(`${api.url}/api/v1/events`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect(await response.json()).toMatchObject({ code: 'method-not-allowed', allowed: ['GET', 'HEAD'] });
  });

  it.each([
    ['no JSON', { 'Content-Type': 'application/json' }, '{"text":', 400, 'bad-json'],
    ['another format', { 'Content-Type': 'text/plain' }, 'hello', 415, 'unsupported-type'],
    ['a missing field', { 'Content-Type': 'application/json' }, '{"text":"全部落实"}', 400, 'bad-request'],
    ['too many bytes', { 'Content-Type': 'application/json' }, `"${'x'.repeat(100_001)}"`, 413, 'too-large'],
  ])('POST /parse with %s', async (_, headers, body, status, code) => {
    expect(
      await refused('/api/v1/parse', { method: 'POST', headers: headers as Record<string, string>, body }),
    ).toMatchObject({ status, code });
  });
});

describe('the acts', () => {
  const parse = (checklist: string, text: string) => api.ask('/api/v1/parse', json('POST', { checklist, text }));

  it('reads a reply of up to 2,000 characters, and no longer one', async () => {
    const { status, body } = await parse('checklist-2022-04', 'x'.repeat(2_000));
    expect(status).toBe(200);
    expect(records.parsed.parse(body)).toEqual(body);
    expect(await parse('checklist-2022-04', 'x'.repeat(2_001))).toMatchObject({
      status: 413,
      body: { code: 'too-large', limit: 2_000, unit: 'characters' },
    });
    expect(await parse('unknown', '全部落实')).toMatchObject({
      status: 404,
      body: { code: 'not-found', what: 'checklist' },
    });
  });

  it('binds an account to one person, and notes it', async () => {
    const bind = (person: string, externalId: string) =>
      api.ask(`/api/v1/people/${person}/bindings/wecom`, json('PUT', { externalId }));
    expect(await bind('p1', 'zhang')).toMatchObject({
      status: 200,
      body: { person: 'p1', channel: 'wecom', externalId: 'zhang' },
    });
    expect(await bind('p1', 'zhang-2')).toMatchObject({ status: 200 });
    expect(await bind('p2', 'zhang-2')).toMatchObject({ status: 409, body: { code: 'already-bound' } });
    expect(await bind('p2', 'zhang')).toMatchObject({ status: 200 });
    expect(await bind('nobody', 'x')).toMatchObject({ status: 404, body: { code: 'not-found', what: 'person' } });
    expect(await api.ask('/api/v1/people/p1/bindings/pigeon', json('PUT', { externalId: 'x' }))).toMatchObject({
      status: 400,
    });
    const { rows } = await api.pool.query("select subject_id from event where kind = 'person.bound' order by id");
    expect(rows.map(({ subject_id }) => subject_id)).toEqual(['p1', 'p1', 'p2']);
    expect((await list('/people')).items).toMatchObject([
      { bindings: [{ channel: 'playground' }, { channel: 'wecom', externalId: 'zhang-2' }] },
      { bindings: [{ channel: 'wecom', externalId: 'zhang' }], reachable: true },
    ]);
  });

  it('says what a group serves, and keeps a key that is not said again', async () => {
    const put = (body: object) => api.ask('/api/v1/groups/wecom/g%2F3', json('PUT', body));
    const serves = { kind: 'zone', name: '东区组团' };
    const { status, body } = await put({ title: '东区', serves, webhookKey: 'key-1' });
    expect(status).toBe(200);
    expect(roster.group.parse(body)).toEqual({
      channel: 'wecom',
      externalId: 'g/3',
      title: '东区',
      serves,
      hasWebhook: true,
    });
    expect(await put({ title: '东区二', serves })).toMatchObject({ body: { title: '东区二', hasWebhook: true } });
    expect(await put({ title: '东区', serves: { kind: 'zone', name: '无此组团' } })).toMatchObject({ status: 404 });
  });

  it('hands an uploaded roster on, and takes no other file', async () => {
    const upload = (name: string) => {
      const form = new FormData();
      form.set('file', new File(['姓名\n张工'], name));
      return api.ask('/api/v1/imports', { method: 'POST', body: form });
    };
    const { status, body } = await upload('名单.csv');
    expect(status).toBe(200);
    expect(roster.imported.parse(body)).toEqual(body);
    expect(body).toMatchObject({ id: '名单.csv', new: 13, faults: [{ line: 3 }] });
    expect(await upload('roster.exe')).toMatchObject({ status: 415, body: { code: 'unsupported-type' } });
    expect(await api.ask('/api/v1/imports', { method: 'POST', body: new FormData() })).toMatchObject({ status: 400 });
    expect(await api.ask('/api/v1/imports', json('POST', {}))).toMatchObject({ status: 415 });
  });

  it('sends again what did not get through', async () => {
    const resend = (id: number) => api.ask(`/api/v1/deliveries/${id}/resend`, { method: 'POST' });
    expect(await resend(1)).toMatchObject({ status: 200, body: { id: '1', state: 'waiting' } });
    expect(await resend(2)).toMatchObject({ status: 409, body: { code: 'not-resendable', state: 'sent' } });
  });
});

describe('without a token on the server', () => {
  it('is closed, whatever is sent', async () => {
    const closed = await startApi({ token: null });
    try {
      expect(await closed.ask('/api/v1/campaign')).toMatchObject({ status: 503, body: { code: 'api-disabled' } });
    } finally {
      await closed.close();
    }
  });
});

describe('the description', () => {
  // Which there are is said once, with the rights of each: test/domain/rights-matrix.test.ts.
  const doors = apiRoutes({} as ApiServices).map(({ method, path }) => `${method.toUpperCase()} ${path}`);

  it('lists each door, with its parameters and its answer', async () => {
    const { body } = await api.ask('/api/openapi.json');
    const { openapi, paths, components } = body as {
      openapi: string;
      paths: Record<string, Record<string, { parameters?: { name: string }[]; responses: Record<string, unknown> }>>;
      components: { schemas: Record<string, unknown> };
    };
    expect(openapi).toBe('3.1.0');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
        operation,
      })),
    );
    expect(operations.map(({ name }) => name).sort()).toEqual(doors.sort());
    for (const { name, operation } of operations) {
      const parameters = (operation.parameters ?? []).map((parameter) => parameter.name);
      expect(parameters).toContain('campaign');
      for (const [, parameter] of name.matchAll(/\{(\w+)\}/g)) expect(parameters).toContain(parameter);
      expect(Object.keys(operation.responses)).toEqual(['200', 'default']);
    }
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(['Inspection', 'Figures', 'Problem']));
  });

  it('is a page without script, for anybody', async () => {
    const response = await fetch(`${api.url}/api/docs`);
    const page = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page).not.toContain('<script');
    for (const door of doors) expect(page).toContain(door.split(' ')[1]);
    expect((await fetch(`${api.url}/api/docs.css`)).status).toBe(200);
  });
});
