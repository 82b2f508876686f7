// Another system hears of the campaign: signed, in order, through failures and pauses, managed by the office (issue 10).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testToken } from '../support/service.ts';
import { type AssignmentRow, openTownStage, type TownStage } from '../support/town-stage.ts';
import { isSignedWith, type Receiver, startReceiver } from '../support/webhook-receiver.ts';

const zone = '东部组团';
let stage: TownStage;
let receiver: Receiver;
let today: AssignmentRow[];
let client: pg.Client;

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly waiting: number;
  readonly lastError: string | null;
}

const ask = async <T>(method: string, path: string, body?: object): Promise<T & { code?: string; detail?: string }> => {
  const response = await fetch(`${stage.service.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${testToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await response.json()) as T & { code?: string };
};
const add = (more: object = {}): Promise<{ id: string; secret: string }> =>
  ask('POST', '/webhooks', { title: '市平台', url: receiver.url, ...more });
const shown = async (id: string): Promise<Shown | undefined> =>
  (await ask<{ items: Shown[] }>('GET', '/webhooks')).items.find((one) => one.id === id);
const types = (): string[] => receiver.heard.map((one) => one.content.type);
const heard = (n: number) => expect.poll(() => receiver.heard.length, { timeout: 10_000 }).toBe(n);

/** The next of today's duties, answered with a "no": a record and a finding. */
const answer = async (): Promise<AssignmentRow> => {
  const duty = today.shift();
  const card = (await stage.play.messages(`zone:${zone}`)).find((m) => m.card?.kind === 'assignment')?.card;
  if (!duty || !card) throw new Error('no duty is left to answer');
  await stage.play.press(duty.person, `zone:${zone}`, card.id, 'has_exceptions', { compound: duty.compound });
  const values = { compound: duty.compound, not_done: ['isolation_point'], note: '保安老陈 13800138000' };
  await stage.play.press(duty.person, `zone:${zone}`, card.id, 'submit', values);
  return duty;
};

beforeAll(async () => {
  stage = await openTownStage(undefined, { WEBHOOK_PRIVATE_NETWORKS: '127.0.0.1' });
  client = new pg.Client({ connectionString: stage.service.databaseUrl });
  await client.connect();
  await stage.play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
  today = (await stage.assignments('2022-04-19')).filter((a) => a.kind === 'zone' && a.zone === zone);
}, 120_000);
afterAll(async () => {
  await client?.end();
  await stage?.close();
});
beforeEach(async () => {
  await client.query('update webhook set removed_at = now()');
  receiver = await startReceiver();
  return () => receiver.close();
});

describe('a webhook', { timeout: 60_000 }, () => {
  it('hears of a record and its finding at once: signed, in order, without a name or a remark', async () => {
    const { id, secret } = await add();
    const duty = await answer();
    await heard(2);
    expect(types()).toEqual(['inspection.recorded', 'finding.opened']);
    const [record] = receiver.heard;
    expect(record?.content.data).toMatchObject({
      by: duty.person,
      inspection: { inspector: duty.person, compound: { id: duty.compound }, answers: { isolation_point: 'no' } },
    });
    for (const one of receiver.heard) {
      expect(isSignedWith(secret, one)).toBe(true);
      expect(one.body).not.toMatch(/老陈|13800138000/);
    }
    expect(await shown(id)).toMatchObject({ state: 'active', waiting: 0 });
  });

  it('is checked by the receiver of the docs, which takes nothing that was altered', async () => {
    const { id, secret } = await add();
    const example = spawn(process.execPath, [join(import.meta.dirname, '../../docs/examples/webhook-receiver.mjs')], {
      env: { PATH: process.env.PATH, WEBHOOK_SECRET: secret, PORT: '0' },
    });
    const [ready] = (await once(createInterface(example.stderr), 'line')) as [string];
    const lines = createInterface(example.stdout);
    const url = `http://127.0.0.1:${ready.split(' ').at(-1)}/`;
    await ask('PUT', `/webhooks/${id}`, { url });
    const next = once(lines, 'line');
    await ask('POST', `/webhooks/${id}/test`);
    expect(JSON.parse(((await next) as [string])[0])).toMatchObject({ type: 'webhook.test' });
    const forged = await fetch(url, {
      method: 'POST',
      body: '{}',
      headers: { 'webhook-id': 'm', 'webhook-timestamp': String(Date.now() / 1000), 'webhook-signature': 'v1,AAAA' },
    });
    expect(forged.status).toBe(401);
    example.kill();
  });

  it('waits while the system is away, and hears everything in order when it is back', async () => {
    const { id } = await add({ types: ['inspection'] });
    receiver.answer(503);
    const first = await answer();
    const second = await answer();
    await expect
      .poll(async () => await shown(id))
      .toMatchObject({ state: 'failing', waiting: 2, lastError: 'HTTP 503' });
    // The clock of the demo does not wait for it.
    expect(await stage.play.clock({ advanceBy: 1 })).toMatchObject({ waiting: 0 });
    receiver.answer(204);
    await ask('PUT', `/webhooks/${id}`, { paused: false });
    await expect.poll(async () => await shown(id)).toMatchObject({ state: 'active', waiting: 0, lastError: null });
    const told = new Map(
      receiver.heard.map((one) => [one.id, one.content.data.inspection as { compound: { id: string } }]),
    );
    expect([...told.values()].map((one) => one.compound.id)).toEqual([first.compound, second.compound]);
    expect(new Set(receiver.heard.filter((one) => one.id === receiver.heard[0]?.id).map((one) => one.body)).size).toBe(
      1,
    );
  });

  it('rests while it is paused, and loses nothing', async () => {
    const { id } = await add();
    await ask('PUT', `/webhooks/${id}`, { paused: true });
    await answer();
    await expect.poll(async () => await shown(id)).toMatchObject({ state: 'paused', waiting: 2 });
    expect(receiver.heard).toEqual([]);
    await ask('PUT', `/webhooks/${id}`, { paused: false });
    await heard(2);
  });

  it('is told again what it could not take, by the button of the deliveries', async () => {
    const { id } = await add({ types: ['inspection.recorded'] });
    receiver.answer(400);
    await client.query(`update lane set due_at = null where channel = 'webhook'`);
    await answer();
    await expect.poll(() => receiver.heard.length).toBeGreaterThan(0);
    // Its last attempt.
    await client.query(
      `update outbox set attempts = 12 where channel = 'webhook' and chat = $1 and state = 'waiting'`,
      [id],
    );
    await client.query(`update lane set due_at = clock_timestamp() where channel = 'webhook' and chat = $1`, [id]);
    const failed = async () =>
      (
        await ask<{ items: { id: string; channel: string; to: string; error: string }[] }>(
          'GET',
          '/deliveries?state=failed',
        )
      ).items;
    await expect
      .poll(failed)
      .toEqual([expect.objectContaining({ channel: 'webhook', to: '市平台', error: 'webhook: HTTP 400' })]);
    receiver.answer(204);
    const before = receiver.heard.length;
    await ask('POST', `/deliveries/${(await failed())[0]?.id}/resend`);
    await heard(before + 1);
    expect(new Set(receiver.heard.map((one) => one.id)).size).toBe(1);
  });

  it('is signed with both secrets while its secret is changed', async () => {
    const { id, secret } = await add({ types: ['inspection'] });
    const { secret: next } = await ask<{ secret: string }>('POST', `/webhooks/${id}/secret`);
    await answer();
    await heard(1);
    for (const one of [secret, next]) expect(receiver.heard.every((call) => isSignedWith(one, call))).toBe(true);
    expect(JSON.stringify(await ask('GET', '/webhooks'))).not.toContain('whsec_');
    const logged = JSON.stringify(await stage.play.all('/events'));
    expect(logged).toContain('webhook.secret_changed');
    expect(logged).not.toContain('whsec_');
  });

  it('may not be where only this network reaches, unless the operator allowed it', async () => {
    for (const url of ['http://10.0.0.8/', 'http://169.254.169.254/latest', 'http://[::1]/']) {
      expect(await ask('POST', '/webhooks', { title: 'x', url })).toMatchObject({
        code: 'bad-request',
        detail: expect.stringMatching(/private address/),
      });
    }
  });
});
