// What leaves: cards and words, and the ways out when DingTalk says no at any of its layers.
import { afterEach, describe, expect, it } from 'vitest';
import {
  type DingtalkStage,
  GROUP,
  openDingtalkStage,
  robotCallback,
  robotSays,
} from '../../support/dingtalk-stage.ts';
import { someCard } from '../../support/playground-stage.ts';

let stage: DingtalkStage;
const open = async (...all: Parameters<typeof openDingtalkStage>) => {
  stage = await openDingtalkStage(...all);
  return stage;
};
afterEach(() => stage.close());

const failure = async (work: Promise<unknown>): Promise<Error & { code?: string }> =>
  work.then(
    () => expect.unreachable('it was to fail'),
    (error) => error,
  );
const card = (id: string, more = {}) => ({ card: someCard(id, more) });
const callsOf = (path: string) => stage.server.calls.filter((call) => call.path === path);

describe('a card', () => {
  it('sent again under its key is one card, and says so', async () => {
    const { server, channel } = await open();
    for (const _ of [1, 2]) await channel.send(GROUP, card('c1'), 'k1');
    expect(server.shownIn(GROUP)).toHaveLength(1);
    expect(channel.recognises?.(GROUP, card('c1'))).toBe(true);
    expect(channel.recognises?.(GROUP, { text: '好' })).toBe(false);
  });

  it('is known again when the answer to its delivery was lost', async () => {
    const { server, channel } = await open();
    server.fail('card/instances/createAndDeliver', 'lose');
    expect(await failure(channel.send(GROUP, card('c1'), 'k1'))).toMatchObject({
      name: 'ChannelUnreachable',
      mayHaveArrived: true,
    });
    await channel.send(GROUP, card('c1'), 'k1');
    expect(server.shownIn(GROUP)).toHaveLength(1);
  });

  it('that is not delivered inside a 200 is refused, and goes under another id the next time', async () => {
    const { server, channel } = await open();
    server.fail('card/instances/createAndDeliver', 'undelivered');
    expect(await failure(channel.send(GROUP, card('c1'), 'k1'))).toMatchObject({ code: 'not-delivered', fatal: false });
    await channel.send(GROUP, card('c1'), 'k1');
    const ids = callsOf('card/instances/createAndDeliver').map(({ body }) => body.outTrackId);
    expect(new Set(ids).size).toBe(2);
    expect(server.shownIn(GROUP)).toHaveLength(1);
  });

  it.each([
    { code: 'param.templateNotExist' },
    { code: 'param.templateUnpublished' },
    { code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied', status: 403, scopes: ['Card.Instance.Write'] },
  ])('becomes words with numbers when cards are refused: $code', async (fault) => {
    const { server, channel, lines } = await open();
    server.fail('card/instances/createAndDeliver', fault);
    await channel.send(GROUP, card('c1'), 'k1');
    expect(server.shownIn(GROUP)[0]).toContain('请 @我 回复序号');
    expect(lines.join()).toContain(fault.scopes ? 'missing permissions: Card.Instance.Write' : 'cards are refused');
    // From then on a doubtful end is no reason to send again.
    expect(channel.recognises?.(GROUP, card('c2'))).toBe(false);
    await channel.send(GROUP, card('c2'), 'k2');
    expect(channel.recognises?.(GROUP, card('c2'))).toBe(true);
  });

  it('is changed for everybody, and in a private chat for its person too', async () => {
    const { server, channel } = await open();
    for (const chat of [GROUP, 'person:u1']) {
      const sent = await channel.send(chat, card('c1'), `k-${chat}`);
      const { outTrackId } = server.cardIn(chat);
      server.cards.get(outTrackId)?.own.set('u1', { title: '自己的' });
      await channel.update(chat, sent, card('c1', { title: '改过的' }));
      expect(server.viewOf(outTrackId, 'u2')).toMatchObject({ title: '改过的', form_btn_text: '全部落实' });
      expect(server.viewOf(outTrackId, 'u1').title).toBe(chat === GROUP ? '自己的' : '改过的');
    }
    expect(
      callsOf('PUT card/instances').every(({ body }) =>
        JSON.stringify(body).includes('"updateCardDataByKey":true,"updatePrivateDataByKey":true'),
      ),
    ).toBe(true);
  });

  it('whose words do not fit brings the rest in a message after it', async () => {
    const { server, channel } = await open();
    const lines = Array.from({ length: 300 }, (_, n) => `${n} 很长的一行说明文字在这里`);
    await channel.send(GROUP, card('c1', { lines }), 'k1');
    const [drawn, ...rest] = server.shownIn(GROUP);
    expect(drawn).toContain('全文见下一条消息');
    expect(rest.join('\n')).toContain(lines.join('\n'));
    expect(channel.recognises?.(GROUP, card('c1', { lines }))).toBe(false);
  });

  it('with nothing to press is words, with its links', async () => {
    const { server, channel } = await open();
    await channel.send(
      GROUP,
      card('c1', { title: '小结', actions: [{ id: 'open', label: '打开', url: 'https://d.example/x' }] }),
      'k1',
    );
    expect(server.seen).toMatchObject([{ by: 'robot', body: { msgKey: 'sampleMarkdown' } }]);
    expect(server.shownIn(GROUP)[0]).toContain('[打开](https://d.example/x)');
  });
});

describe('words', () => {
  it('to a person name who was left out', async () => {
    const { channel, lost } = await open();
    expect(await failure(channel.send('person:nobody1', { text: '好' }, 'k'))).toMatchObject({
      code: 'invalid-staff',
      fatal: true,
    });
    expect(lost).toEqual(['nobody1']);
    expect(await failure(channel.send('person:busy1', { text: '好' }, 'k'))).toMatchObject({
      code: 'flow-controlled',
      fatal: false,
      retryAfterSeconds: 60,
    });
    expect(lost).toEqual(['nobody1']);
  });

  it('to many people go by twenties, and both lists of all of them are read', async () => {
    const { server, channel } = await open();
    const people = [...Array.from({ length: 43 }, (_, n) => `u${n}`), 'nobody1', 'busy1'];
    const body = { msgKey: 'sampleText', msgParam: '{"content":"好"}' };
    expect(await channel.client.sendToPeople(people, body)).toMatchObject({ gone: ['nobody1'], later: ['busy1'] });
    expect(callsOf('robot/oToMessages/batchSend').map(({ body: sent }) => (sent.userIds as string[]).length)).toEqual([
      20, 20, 5,
    ]);
    expect(server.seen).toHaveLength(43);
  });

  it('too long for one message come in several; a later one that fails leaves the outcome open', async () => {
    const { server, channel } = await open();
    const text = '小区😀'.repeat(1_500);
    await channel.send(GROUP, { text }, 'k1');
    expect(server.shownIn(GROUP).join('')).toBe(text);
    expect(server.seen.length).toBeGreaterThan(1);
    server.fail('robot/groupMessages/send', { lists: {} }, { code: 'send.too.fast' });
    expect(await failure(channel.send(GROUP, { text }, 'k2'))).toMatchObject({
      name: 'ChannelUnreachable',
      mayHaveArrived: true,
    });
  });

  it('go by the session while it is good, ring people there, and by the robot when it is not', async () => {
    const { server, channel } = await open({ mode: 'http' });
    const hear = (session: object) => channel.receive(robotCallback(robotSays('好', { ...session })), async () => null);
    await hear(server.session(GROUP));
    await channel.send(GROUP, { text: '一', mentions: ['u1', 'u2'] }, 'k1');
    expect(server.seen.at(-1)).toMatchObject({
      by: 'session',
      text: '一\n@u1 @u2',
      body: { at: { atUserIds: ['u1', 'u2'] } },
    });
    await channel.send(GROUP, { ...card('c1'), mentions: ['u1'] }, 'k2');
    expect(server.seen.slice(-2)).toMatchObject([{ by: 'card' }, { by: 'session', text: '请看上面的消息\n@u1' }]);
    server.fail('robot/sendBySession', { errcode: 300001 });
    await channel.send(GROUP, { text: '二' }, 'k3');
    expect(server.seen.at(-1)).toMatchObject({ by: 'robot', text: '二' });
    await hear({ ...server.session(GROUP), sessionWebhookExpiredTime: Date.now() - 1 });
    await channel.send(GROUP, { text: '三' }, 'k4');
    expect(server.seen.at(-1)).toMatchObject({ by: 'robot', text: '三' });
  });

  it('by a session whose answer was lost are not sent again by the robot', async () => {
    const { server, channel } = await open({ mode: 'http' });
    await channel.receive(robotCallback(robotSays('好', server.session(GROUP))), async () => null);
    server.fail('robot/sendBySession', 'lose');
    expect(await failure(channel.send(GROUP, { text: '一' }, 'k'))).toMatchObject({ mayHaveArrived: true });
    expect(server.shownIn(GROUP)).toEqual(['一']);
  });

  it('are taken back, or the reason is said', async () => {
    const { channel } = await open();
    expect(await channel.recall(GROUP, await channel.send(GROUP, { text: '错了' }, 'k'))).toBeNull();
    expect(await channel.recall('person:u1', await channel.send('person:u1', { text: '错了' }, 'k'))).toBe(
      'robot.processQueryKey.expired',
    );
    expect(await channel.recall(GROUP, {})).toContain('no handle');
  });
});

describe('DingTalk’s refusals', () => {
  it.each([
    [
      { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', status: 403 },
      { fatal: false, retryAfterSeconds: 2 },
    ],
    [{ code: 'system.busy' }, { fatal: false }],
    [{ code: 'send.too.fast' }, { fatal: false, retryAfterSeconds: 60 }],
    [{ code: 'bot.stopped' }, { fatal: true }],
    [{ code: 'contain.sensitive' }, { fatal: true }],
    [{ code: 'unknown.send.result' }, { name: 'ChannelUnreachable', mayHaveArrived: true }],
    [{ http: 503 }, { name: 'ChannelUnreachable', mayHaveArrived: true }],
    [{ http: 429 }, { fatal: false, code: 'blocked' }],
  ])('%j is %j', async (fault, expected) => {
    const { server, channel } = await open();
    server.fail('robot/groupMessages/send', fault);
    expect(await failure(channel.send(GROUP, { text: '好' }, 'k'))).toMatchObject(expected);
  });

  it('of an old token are met with a new one, once', async () => {
    const { server, channel } = await open();
    await channel.send(GROUP, { text: '一' }, 'k1');
    server.endTokens();
    await channel.send(GROUP, { text: '二' }, 'k2');
    expect(server.shownIn(GROUP)).toEqual(['一', '二']);
    expect(callsOf('oauth2/accessToken')).toHaveLength(2);
  });

  it('that the month is used up leave only answers and what is due today', async () => {
    const { server, channel, lines } = await open();
    server.fail('robot/groupMessages/send', { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg', status: 403 });
    expect(await failure(channel.send(GROUP, { text: '好' }, 'k'))).toMatchObject({ fatal: true });
    expect(lines.join()).toContain('allowance is used up');
    expect(await channel.keepsBack?.({ verb: 'send', kind: 'tally' })).toContain('this month’s calls');
    expect(await channel.keepsBack?.({ verb: 'send', kind: 'answer' })).toBeNull();
  });
});

describe('the month’s allowance', () => {
  it.each([
    [4_000, 'tally', null],
    [4_749, 'digest', null],
    [4_750, 'digest', 'kept'],
    [4_750, 'assignment', null],
    [4_990, 'receipt', null],
  ] as const)('at %d calls of 5,000: %s', async (used, kind, kept) => {
    const { channel, used: counted, lines } = await open();
    const month = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(Date.now()).slice(0, 7);
    counted.set(`${month}/calls`, used);
    const said = await channel.keepsBack?.({ verb: 'send', kind });
    if (kept === null) expect(said).toBeNull();
    else expect(said).toContain(kept);
    expect(lines.filter((line) => line.includes('allowance'))).toHaveLength(1);
  });
});

it('finds accounts by mobile; nobody is null', async () => {
  const { server, channel } = await open();
  server.mobiles.set('13800000000', 'lisi');
  expect(await channel.accountByMobile?.('13800000000')).toBe('lisi');
  expect(await channel.accountByMobile?.('13800000001')).toBeNull();
});

it('uploads with the kind in the address, and registers the address for presses in HTTP mode', async () => {
  const { server, channel } = await open({ mode: 'http' });
  expect(await channel.client.upload('image', 'a.png', 'image/png', new Uint8Array([1]))).toMatch(/^@media/);
  await channel.start?.(async () => null);
  expect(server.calls.at(-1)).toMatchObject({
    path: 'card/callbacks/register',
    body: {
      callbackRouteKey: 'dudao',
      callbackUrl: 'https://dudao.example/callbacks/dingtalk/card',
      forceUpdate: true,
    },
  });
  await channel.send(GROUP, card('c1'), 'k1');
  expect(server.cardIn(GROUP).body).toMatchObject({ callbackType: 'HTTP', callbackRouteKey: 'dudao' });
});
