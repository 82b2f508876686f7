// The exact shape of each request to qyapi, and what its answers mean.
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AppClient, makeAppClient } from '../../../src/channels/wecom/client.ts';
import { makeRobot } from '../../../src/channels/wecom/robot.ts';
import { ChannelRefused, ChannelUnreachable } from '../../../src/ports.ts';

const base = 'https://qyapi.weixin.qq.com';
const settings = { corpId: 'ww1', agentId: 1000002, secret: 'the-secret', apiBase: base };
let client: AppClient;

beforeAll(() => nock.disableNetConnect());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});

const givesToken = (token = 'tok1', times = 1) =>
  nock(base)
    .get('/cgi-bin/gettoken')
    .query({ corpid: 'ww1', corpsecret: 'the-secret' })
    .times(times)
    .reply(200, { errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 });
const post = (path: string, body: nock.RequestBodyMatcher, token = 'tok1', query: object = {}) =>
  nock(base)
    .post(`/cgi-bin/${path}`, body)
    .query({ access_token: token, ...query });
const fresh = () => {
  client = makeAppClient(settings);
  return client;
};
const failure = async (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => expect.unreachable('it was to fail'),
    (error) => error,
  );

describe('requests of the app', () => {
  it.each<[string, () => void, (client: AppClient) => Promise<unknown>, unknown]>([
    [
      'message/send with the agent’s number',
      () =>
        post('message/send', { agentid: 1000002, touser: 'zhangsan', msgtype: 'text', text: { content: '好' } }).reply(
          200,
          { errcode: 0, errmsg: 'ok', msgid: 'm1' },
        ),
      (c) => c.sendMessage({ touser: 'zhangsan', msgtype: 'text', text: { content: '好' } }),
      { msgid: 'm1', response_code: '', invaliduser: '', unlicenseduser: '' },
    ],
    [
      'update_template_card with lists',
      () =>
        post('message/update_template_card', {
          agentid: 1000002,
          userids: ['u1'],
          response_code: 'rc',
          template_card: { card_type: 'text_notice' },
        }).reply(200, { errcode: 0, invaliduser: ['u1'] }),
      (c) => c.updateCard({ userids: ['u1'], response_code: 'rc', template_card: { card_type: 'text_notice' } }),
      { invaliduser: ['u1'] },
    ],
    [
      'message/recall',
      () => post('message/recall', { msgid: 'm1' }).reply(200, { errcode: 0 }),
      (c) => c.recall('m1'),
      undefined,
    ],
    [
      'appchat/create',
      () => post('appchat/create', { name: '东区组团', userlist: ['a', 'b'] }).reply(200, { errcode: 0, chatid: 'c1' }),
      (c) => c.createChat({ name: '东区组团', userlist: ['a', 'b'] }),
      { chatid: 'c1' },
    ],
    [
      'appchat/send',
      () =>
        post('appchat/send', { chatid: 'c1', msgtype: 'text', text: { content: '好' }, safe: 0 }).reply(200, {
          errcode: 0,
        }),
      (c) => c.sendToChat({ chatid: 'c1', msgtype: 'text', text: { content: '好' }, safe: 0 }),
      undefined,
    ],
    [
      'user/getuserid',
      () => post('user/getuserid', { mobile: '13800000000' }).reply(200, { errcode: 0, userid: 'ZhangSan' }),
      (c) => c.userIdByMobile('13800000000'),
      'ZhangSan',
    ],
    [
      'user/getuserid of an unknown number',
      () => post('user/getuserid', { mobile: '13800000001' }).reply(200, { errcode: 46004 }),
      (c) => c.userIdByMobile('13800000001'),
      null,
    ],
    [
      'auth/getuserinfo',
      () =>
        nock(base)
          .get('/cgi-bin/auth/getuserinfo')
          .query({ access_token: 'tok1', code: 'abc' })
          .reply(200, { errcode: 0, userid: 'u1' }),
      (c) => c.userIdByLogin('abc'),
      'u1',
    ],
    [
      'auth/getuserinfo of somebody outside',
      () =>
        nock(base)
          .get('/cgi-bin/auth/getuserinfo')
          .query({ access_token: 'tok1', code: 'abc' })
          .reply(200, { errcode: 0, openid: 'o' }),
      (c) => c.userIdByLogin('abc'),
      null,
    ],
    [
      'batch/openuserid_to_userid',
      () =>
        post('batch/openuserid_to_userid', { open_userid_list: ['wo1'] }).reply(200, {
          errcode: 0,
          userid_list: [{ open_userid: 'wo1', userid: 'u1' }],
          invalid_open_userid_list: [],
        }),
      (c) => c.plainUserId('wo1'),
      'u1',
    ],
    [
      'getcallbackip',
      () =>
        nock(base)
          .get('/cgi-bin/getcallbackip')
          .query({ access_token: 'tok1' })
          .reply(200, { errcode: 0, ip_list: ['1.2.3.*'] }),
      (c) => c.callbackIps(),
      ['1.2.3.*'],
    ],
    [
      'media/upload with the field media',
      () =>
        post('media/upload', /name="media"; filename="a.png"[\s\S]*image\/png[\s\S]*PNGPNG/, 'tok1', {
          type: 'image',
        }).reply(200, { errcode: 0, media_id: 'M1' }),
      (c) => c.uploadMedia('image', { name: 'a.png', type: 'image/png', bytes: Buffer.from('PNGPNG') }),
      'M1',
    ],
  ])('are %s', async (_, prepare, act, answer) => {
    givesToken();
    prepare();
    expect(await act(fresh())).toEqual(answer);
  });

  it('fetch media with its name, and read JSON in its place as a refusal', async () => {
    givesToken();
    const get = () => nock(base).get('/cgi-bin/media/get').query({ access_token: 'tok1', media_id: 'M1' });
    get().reply(200, 'JPG', { 'Content-Type': 'image/jpeg', 'Content-Disposition': 'attachment; filename="a.jpg"' });
    fresh();
    expect(await client.downloadMedia('M1')).toMatchObject({ name: 'a.jpg', type: 'image/jpeg' });
    get().reply(200, { errcode: 40007, errmsg: 'invalid media_id' });
    expect(await failure(client.downloadMedia('M1'))).toMatchObject({ code: '40007', fatal: true });
  });
});

describe('the token', () => {
  it('is fetched once for everybody who waits', async () => {
    givesToken();
    post('message/recall', { msgid: 'm' }).times(3).reply(200, { errcode: 0 });
    fresh();
    await Promise.all([client.recall('m'), client.recall('m'), client.recall('m')]);
  });

  it.each([42001, 40014])('is renewed once when %i says that it is dead', async (errcode) => {
    givesToken('tok1');
    post('message/recall', { msgid: 'm' }).reply(200, { errcode });
    givesToken('tok2');
    post('message/recall', { msgid: 'm' }, 'tok2').reply(200, { errcode: 0 });
    await fresh().recall('m');
  });

  it('is not asked for again at once with a secret that is wrong', async () => {
    nock(base).get('/cgi-bin/gettoken').query(true).reply(200, { errcode: 40001, errmsg: 'invalid the-secret' });
    fresh();
    for (const attempt of [1, 2]) {
      const error = await failure(client.recall(`m${attempt}`));
      expect(error).toMatchObject({ name: 'ChannelRefused', code: '40001', retryAfterSeconds: 300 });
      expect(error.message).not.toContain('the-secret');
    }
  });

  it('that cannot be had means that nothing was sent', async () => {
    nock(base).get('/cgi-bin/gettoken').query(true).reply(502);
    expect(await failure(fresh().recall('m'))).toMatchObject({ name: 'ChannelUnreachable', mayHaveArrived: false });
  });
});

describe('what an answer means', () => {
  it.each<[number, Partial<ChannelRefused>]>([
    [-1, { fatal: false, retryAfterSeconds: 1 }],
    [45009, { fatal: false, retryAfterSeconds: 60 }],
    [60020, { fatal: false, retryAfterSeconds: 120 }],
    [81013, { fatal: true }],
    [45002, { fatal: true }],
    [99999, { fatal: true }],
  ])('errcode %i in HTTP 200 is a refusal', async (errcode, meaning) => {
    givesToken();
    post('message/recall', { msgid: 'm' }).reply(200, { errcode, errmsg: 'said with tok1' });
    const error = await failure(fresh().recall('m'));
    expect(error).toBeInstanceOf(ChannelRefused);
    expect(error).toMatchObject({ code: String(errcode), ...meaning });
    expect(error.message).not.toContain('tok1');
  });

  it.each<[string, (scope: nock.Interceptor) => void, boolean]>([
    ['HTTP 502', (scope) => scope.reply(502, '<html>'), true],
    ['something that is no JSON', (scope) => scope.reply(200, '<html>'), true],
    ['a reset', (scope) => scope.replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' })), true],
    [
      'a refused connection',
      (scope) => scope.replyWithError(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })),
      false,
    ],
  ])('%s leaves open whether it arrived: %s', async (_, answer, mayHaveArrived) => {
    givesToken();
    answer(post('message/recall', { msgid: 'm' }));
    const error = await failure(fresh().recall('m'));
    expect(error).toBeInstanceOf(ChannelUnreachable);
    expect(error).toMatchObject({ mayHaveArrived });
    expect(`${error.stack}${String(error.cause)}`).not.toContain('tok1');
  });

  it('HTTP 429 asks for patience', async () => {
    givesToken();
    post('message/recall', { msgid: 'm' }).reply(429, '', { 'Retry-After': '7' });
    expect(await failure(fresh().recall('m'))).toMatchObject({
      name: 'ChannelRefused',
      retryAfterSeconds: 7,
      fatal: false,
    });
  });
});

describe('the group robot', () => {
  const robot = makeRobot(base);
  const hook = (body: nock.RequestBodyMatcher) =>
    nock(base).post('/cgi-bin/webhook/send', body).query({ key: 'robot-key' });

  it('says markdown, and rings people with text', async () => {
    hook({ msgtype: 'markdown', markdown: { content: '**好**' } }).reply(200, { errcode: 0, errmsg: 'ok' });
    hook({ msgtype: 'text', text: { content: '请看', mentioned_list: ['u1'] } }).reply(200, { errcode: 0 });
    await robot.sayMarkdown('robot-key', '**好**');
    await robot.ring('robot-key', '请看', ['u1']);
  });

  it('says its key in no error', async () => {
    hook(/.*/).reply(200, { errcode: 93000, errmsg: 'invalid webhook url robot-key' });
    const error = await failure(robot.sayMarkdown('robot-key', 'x'));
    expect(error).toMatchObject({ code: '93000', fatal: true });
    expect(error.message).not.toContain('robot-key');
  });
});
