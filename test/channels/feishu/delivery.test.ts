// How messages get through to Feishu, or do not: tokens, repeats, refusals, its limits for a chat.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChannelRefused, ChannelUnreachable } from '../../../src/ports.ts';
import { makeSendBudget } from '../../../src/store/send-budget.ts';
import { APP_SECRET, refusal, wordsIn } from '../../support/feishu-server.ts';
import { ALICE, type FeishuStage, GROUP, setFeishuStage } from '../../support/feishu-stage.ts';
import { noon } from '../../support/outbox-rows.ts';
import { someCard } from '../../support/playground-stage.ts';

let stage: FeishuStage;
beforeAll(async () => {
  stage = await setFeishuStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.reset());

const refused = (work: Promise<unknown>): Promise<ChannelRefused> =>
  work.then(
    () => expect.unreachable('it was to be refused'),
    (error: ChannelRefused) => error,
  );
const messages = /^im\/v1\/messages$/;

describe('sending', () => {
  it('renews a token that Feishu ended, once', async () => {
    await stage.channel.send(GROUP, { text: '一' }, 'k1');
    stage.server.endTokens();
    await stage.channel.send(GROUP, { text: '二' }, 'k2');
    expect(stage.server.shownIn(GROUP)).toEqual(['一', '二']);
  });

  it('is known when it comes again, each part by itself', async () => {
    const long = someCard('c1', { lines: Array.from({ length: 200 }, (_, i) => `${i} ${'长'.repeat(30)}`) });
    const first = await stage.channel.send(GROUP, { card: long }, 'k1');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await stage.channel.send(GROUP, { card: long }, 'k1')).toEqual(first);
    expect(stage.server.messages.map(({ type }) => type)).toEqual(['text', 'interactive']);
  });

  it('goes to people by their account and to groups by their id, and nowhere else', async () => {
    await stage.channel.send(`person:${ALICE}`, { text: '您好' }, 'k1');
    expect(stage.server.shownIn(ALICE)).toEqual(['您好']);
    for (const chat of ['person:31', 'ou_alice', '-100', 'oc_', 'wrX'])
      expect(await refused(stage.channel.send(chat, { text: 'x' }, 'k'))).toMatchObject({ code: 'chat', fatal: true });
  });

  it('keeps to what a chat takes in a second', async () => {
    const send = (n: number) => stage.channel.send(GROUP, { text: `${n}` }, `k${n}`);
    await Promise.all([send(1), send(2)]);
    expect(await refused(send(3))).toMatchObject({ code: 'budget', retryAfterSeconds: 1 });
    await stage.channel.send(`person:${ALICE}`, { text: '另一个' }, 'k4');
  });
});

describe('refusals', () => {
  it.each<[string, number, string, boolean, number | null]>([
    ['a card it cannot read', 230099, 'Failed to create card content', true, null],
    ['a card that somebody is pressing', 230099, 'ErrMsg: card action is lock', false, 2],
    ['too many messages to a group', 230020, 'This operation triggers the frequency limit.', false, 2],
    ['a message under way', 230049, 'The message is being sent.', false, 2],
    ['the month’s calls used up', 99991403, "This month's API call quota has been exceeded", false, 300],
    ['a group that the bot left', 230002, 'The bot can not be outside the group.', true, null],
    ['a code nobody has heard of', 4711, 'new', true, null],
  ])('%s is asked again or given up', async (_, code, msg, fatal, retryAfterSeconds) => {
    stage.server.failNext(messages, refusal(code, msg));
    const error = await refused(stage.channel.send(GROUP, { text: 'x' }, 'k1'));
    expect(error).toMatchObject({ code: String(code), fatal, retryAfterSeconds });
  });

  it('inside HTTP 200 is a refusal too', async () => {
    stage.server.failNext(messages, refusal(230025, 'length reaches its limit', 200));
    expect(await refused(stage.channel.send(GROUP, { text: 'x' }, 'k1'))).toMatchObject({ code: '230025' });
  });

  it('waits as long as Feishu says, and sends nothing more to that chat meanwhile', async () => {
    stage.server.failNext(messages, refusal(99991400, 'frequency limit', 429, { 'x-ogw-ratelimit-reset': '7' }));
    expect(await refused(stage.channel.send(GROUP, { text: 'x' }, 'k1'))).toMatchObject({ retryAfterSeconds: 7 });
    const next = await refused(stage.channel.send(GROUP, { text: 'y' }, 'k2'));
    expect(next.code).toBe('budget');
    expect(next.retryAfterSeconds).toBeGreaterThan(5);
  });

  it('of a person who cannot be written to marks the account (E22)', async () => {
    await stage.pool.query(
      `insert into person (id, name, lives, no_account, added_at) values ('p', '张工', 'unknown', false, now()) on conflict do nothing`,
    );
    await stage.pool.query(
      `insert into binding (channel, external_id, person_id, bound_at) values ('feishu', $1, 'p', $2)`,
      [ALICE, noon],
    );
    stage.server.failNext(messages, refusal(230013, 'Bot has NO availability to this user.'));
    await refused(stage.channel.send(`person:${ALICE}`, { text: 'x' }, 'k1'));
    expect((await stage.pool.query('select lost_at from binding')).rows).toEqual([{ lost_at: noon }]);
  });

  it('says no secret, though Feishu repeats what it was sent', async () => {
    stage.server.endTokens();
    stage.server.failNext(/tenant_access_token/, refusal(10014, `app secret ${APP_SECRET} invalid`));
    const other = await setFeishuStage({ budget: makeSendBudget(stage.pool) });
    other.server.failNext(/tenant_access_token/, refusal(10014, `app secret ${APP_SECRET} invalid`));
    const error = await refused(other.channel.send(GROUP, { text: 'x' }, 'k9'));
    expect(error).toMatchObject({ code: '10014', retryAfterSeconds: 300 });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(APP_SECRET);
    await other.close();
  });

  it('tells silence from a connection that was never made', async () => {
    stage.server.failNext(messages, 'drop');
    const dropped = await refused(stage.channel.send(GROUP, { text: 'x' }, 'k1'));
    expect(dropped).toBeInstanceOf(ChannelUnreachable);
    expect(dropped).toMatchObject({ mayHaveArrived: true });
    stage.server.failNext(/tenant_access_token/, 'drop');
    stage.server.endTokens();
    expect(await refused(stage.channel.send(GROUP, { text: 'x' }, 'k1'))).toMatchObject({ mayHaveArrived: false });
  });
});

describe('changing a card', () => {
  it('replaces it for everybody, and refuses what is no card', async () => {
    const sent = await stage.channel.send(GROUP, { card: someCard('c1', { title: '原来的' }) }, 'k1');
    await stage.channel.update(GROUP, sent, { card: someCard('c1', { title: '改过的', state: 'closed' }) });
    expect(wordsIn(stage.server.messages[0]?.body ?? {})).toMatch(/改过的/);
    expect(await refused(stage.channel.update(GROUP, sent, { text: 'x' }))).toMatchObject({ fatal: true });
  });

  it('is given up when the message is gone or older than fourteen days', async () => {
    const sent = await stage.channel.send(GROUP, { card: someCard('c1') }, 'k1');
    stage.server.failNext(/^im\/v1\/messages\/om_/, refusal(230031, 'only be modified within 14 days after sending.'));
    const change = stage.channel.update(GROUP, sent, { card: someCard('c1', { title: '改过的' }) });
    expect(await refused(change)).toMatchObject({ code: '230031', fatal: true });
  });
});
