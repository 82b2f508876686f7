// The self-built app over the wire: verified callbacks, pressed cards changed once, words that follow, photos.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/domain/card.ts';
import type { Answer, InboundEvent, OnEvent } from '../../../src/ports.ts';
import { someCard } from '../../support/playground-stage.ts';
import {
  AES_KEY,
  envelope,
  inner,
  openWecomStage,
  pressXml,
  seal,
  TOKEN,
  textXml,
  type WecomStage,
} from '../../support/wecom-stage.ts';

let stage: WecomStage;
let events: InboundEvent[];

beforeAll(async () => {
  stage = await openWecomStage('app');
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.server.reset();
  for (const list of [stage.followUps, stage.lines, stage.lost]) list.length = 0;
  events = [];
});

const answering =
  (answer: Answer | null): OnEvent =>
  async (event) => {
    events.push(event);
    return answer;
  };
/** Everything that goes on after the acknowledgement is over. */
const settled = () => stage.channel.stop?.();
const receive = async (xml: string, answer: Answer | null = null) => {
  const ack = await stage.channel.receive(seal(xml), answering(answer));
  await settled();
  return ack;
};
const confirmation = (more: Partial<Card> = {}): Card =>
  someCard('c1', {
    kind: 'confirmation',
    title: '已记录：阳光花园',
    actions: [{ id: 'undo', label: '撤销' }],
    ...more,
  });

describe('a press', () => {
  it('turns the presser’s card into the answer', async () => {
    const code = stage.server.newCode();
    const ack = await receive(pressXml({ key: 'c1/submit', code, items: { 'ticks:not_done': ['i1', 'i2'] } }), {
      card: confirmation(),
      toast: '已记录',
    });
    expect(ack).toEqual({ status: 200, type: 'text/plain', body: '' });
    expect(events).toMatchObject([
      {
        sender: 'zhangsan',
        chat: { kind: 'person', id: 'person:zhangsan' },
        body: { kind: 'press', card: 'c1', action: 'submit', values: { not_done: ['i1', 'i2'] } },
      },
    ]);
    expect(stage.server.changes).toMatchObject([
      { userIds: ['zhangsan'], card: { main_title: { title: '已记录：阳光花园' } } },
    ]);
    expect(stage.followUps).toEqual([]);
  });

  it('delivered three times at once changes the card once and is acknowledged three times', async () => {
    const callback = seal(pressXml({ key: 'c1/all_ok', code: stage.server.newCode() }));
    const acks = await Promise.all(
      [1, 2, 3].map(() => stage.channel.receive(callback, answering({ card: confirmation() }))),
    );
    await settled();
    expect(acks.map(({ status, body }) => [status, body])).toEqual([
      [200, ''],
      [200, ''],
      [200, ''],
    ]);
    expect(new Set(events.map((event) => event.id)).size).toBe(1);
    expect(stage.server.changes).toHaveLength(1);
    expect(stage.followUps).toEqual([]);
  });

  it.each([
    ['the code is spent', () => 'spent-code'],
    ['the press brought no code', () => ''],
    [
      'WeCom does not answer',
      () => {
        stage.server.fail('message/update_template_card', 'drop', 'drop');
        return stage.server.newCode();
      },
    ],
  ])('is answered by a fresh card when %s', async (_, code) => {
    await receive(pressXml({ key: 'c1/all_ok', code: code() }), { card: confirmation() });
    expect(stage.server.changes).toEqual([]);
    expect(stage.followUps).toMatchObject([
      { chat: 'person:zhangsan', message: { card: { title: '已记录：阳光花园' } } },
    ]);
  });

  it('is not answered twice when the change arrived and its answer was lost', async () => {
    stage.server.fail('message/update_template_card', 'lose');
    await receive(pressXml({ key: 'c1/all_ok', code: stage.server.newCode() }), { card: confirmation() });
    expect(stage.server.changes).toHaveLength(1);
    expect(stage.followUps).toEqual([]);
  });

  it('is asked back in words, which follow once for each press', async () => {
    const callback = seal(pressXml({ key: 'c1/submit', code: stage.server.newCode() }));
    for (const _ of [1, 2]) await stage.channel.receive(callback, answering({ toast: '还没有勾选' }));
    await settled();
    expect(stage.followUps).toMatchObject([{ chat: 'person:zhangsan', message: { text: '还没有勾选' } }]);
  });

  it('with no action chosen is asked back without bothering anybody', async () => {
    await receive(pressXml({ key: 'c1/?action', items: { '?action': ['-'] } }));
    expect(events).toEqual([]);
    expect(stage.followUps[0]?.message.text).toContain('请先选择');
  });

  it('brings the rest of a long answer in words', async () => {
    const card = confirmation({ lines: ['很长的说明'.repeat(60)] });
    await receive(pressXml({ key: 'c1/all_ok', code: stage.server.newCode() }), { card });
    expect(stage.server.changes).toHaveLength(1);
    expect(stage.followUps[0]?.message.text).toContain('很长的说明'.repeat(60));
  });

  it.each([
    ['another code', { code: 'other' }],
    ['another person', { from: 'LiSi' }],
    ['other ticks', { items: { 'ticks:not_done': ['i2'] } }],
  ])('with %s is another event', async (_, other) => {
    const facts = { key: 'c1/submit', code: 'one', items: { 'ticks:not_done': ['i1'] } };
    await receive(pressXml(facts));
    await receive(pressXml({ ...facts, ...other }));
    expect(new Set(events.map((event) => event.id)).size).toBe(2);
  });
});

describe('other callbacks', () => {
  it('answers the address check with the plain text', async () => {
    const { query, body } = seal('1616140317555161061');
    const echostr = /CDATA\[([A-Za-z0-9+/=]{40,})\]/.exec(Buffer.from(body).toString())?.[1] ?? '';
    const get = { method: 'GET', path: '/callbacks/wecom/app', headers: {}, body: new Uint8Array() };
    const ack = await stage.channel.receive({ ...get, query: { ...query, echostr } }, answering(null));
    expect(ack).toEqual({ status: 200, type: 'text/plain', body: '1616140317555161061' });
    const forged = { ...get, query: { ...query, echostr: echostr.replace(/.$/, 'A') } };
    expect((await stage.channel.receive(forged, answering(null))).status).toBe(403);
  });

  it('takes a menu’s key for a command', async () => {
    await receive(pressXml({ key: '/汇总', event: 'click' }));
    expect(events).toMatchObject([{ body: { kind: 'text', text: '/汇总' } }]);
  });

  it('fetches a photo and hands it on', async () => {
    stage.server.media.set('M1', Buffer.from('a photo'));
    await receive(
      inner('<MsgType><![CDATA[image]]></MsgType><MediaId><![CDATA[M1]]></MediaId><MsgId>9007199254740993</MsgId>'),
    );
    expect(events).toMatchObject([
      { id: '9007199254740993', body: { kind: 'file', name: 'gate.jpg', type: 'image/jpeg' } },
    ]);
  });

  it('marks who left the app’s range', async () => {
    await receive(inner('<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[unsubscribe]]></Event>'));
    expect(stage.lost).toEqual(['zhangsan']);
  });

  it('tells the operator that the app is about to be switched off', async () => {
    await receive(inner('<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[inactive_alert]]></Event>', 'sys'));
    expect(stage.lines.join()).toContain('inactive_alert');
    expect(events).toEqual([]);
  });
});

describe('a callback that is not WeCom’s', () => {
  const good = () => seal(textXml('m1', '机密的内容'));

  it.each<[string, () => ReturnType<typeof seal>]>([
    ['a forged signature', () => ({ ...good(), query: { ...good().query, msg_signature: 'f'.repeat(40) } })],
    [
      'a stale timestamp',
      () => seal(textXml('m1', '机密的内容'), { timestamp: String(Math.floor(Date.now() / 1000) - 400) }),
    ],
    [
      'the nonce of another',
      () => {
        const first = seal(textXml('m0', '先来的'), { nonce: 'known' });
        return {
          ...seal(textXml('m1', '机密的内容'), { nonce: 'known', timestamp: first.query.timestamp ?? '' }),
          first,
        } as never;
      },
    ],
    [
      'an envelope split anew',
      () => {
        const { query, body, ...rest } = good();
        const cipher = /CDATA\[([A-Za-z0-9+/=]{40,})\]/.exec(Buffer.from(body).toString())?.[1] ?? '';
        return {
          ...rest,
          query: { ...query, nonce: `${query.nonce}${cipher.slice(0, 64)}` },
          body: Buffer.from(envelope(cipher.slice(64))),
        };
      },
    ],
    ['another receiver', () => seal(textXml('m1', '机密的内容'), { receiveId: 'ww-other' })],
    [
      'a cipher cut short',
      () => {
        const one = good();
        return {
          ...one,
          body: Buffer.from(
            Buffer.from(one.body)
              .toString()
              .replace(/.{24}\]\]><\/Encrypt>/, ']]></Encrypt>'),
          ),
        };
      },
    ],
    [
      'two ciphers',
      () => {
        const one = good();
        return { ...one, body: Buffer.concat([one.body, one.body]) };
      },
    ],
    ['entities in its XML', () => seal('<!DOCTYPE x [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>')],
    ['ten megabytes', () => ({ ...good(), body: Buffer.alloc(10 * 1024 * 1024, 65) })],
    [
      'another corp in its outside',
      () => {
        const one = good();
        return { ...one, body: Buffer.from(Buffer.from(one.body).toString().replace('<![CDATA[ww0', '<![CDATA[ww9')) };
      },
    ],
  ])('with %s is refused, and only its reason is logged', async (_, make) => {
    const { first, ...forged } = make() as ReturnType<typeof seal> & { first?: ReturnType<typeof seal> };
    if (first) await stage.channel.receive(first, answering(null));
    events.length = 0;
    stage.lines.length = 0;
    const ack = await stage.channel.receive(forged, answering(null));
    expect(ack).toEqual({ status: 403, type: 'text/plain', body: 'forbidden' });
    expect(events).toEqual([]);
    expect(stage.lines).toHaveLength(1);
    for (const word of ['机密', TOKEN, AES_KEY]) expect(stage.lines.join()).not.toContain(word);
  });
});

describe('a message to a person', () => {
  const send = (text: string, key: string, to = 'zhangsan') => stage.channel.send(`person:${to}`, { text }, key);

  it('sent again under its key is one message, another with the same words is not', async () => {
    await send('好的', 'k1');
    await send('好的', 'k1');
    await send('好的', 'k2');
    expect(stage.server.shownIn('zhangsan')).toHaveLength(2);
    expect(stage.channel.recognises?.('person:zhangsan', { text: '好的' })).toBe(true);
  });

  it('longer than a message holds comes in several, none torn inside a character', async () => {
    await send('小区😀'.repeat(500), 'k1');
    const shown = stage.server.seen.map(({ body }) => (body.text as { content: string }).content);
    expect(shown.join('')).toBe('小区😀'.repeat(500));
    expect(shown.length).toBe(3);
  });

  it.each(['nobody1', 'unlicensed1'])('to %s is refused for good, and the account is marked', async (to) => {
    await expect(send('x', 'k1', to)).rejects.toMatchObject({ name: 'ChannelRefused', fatal: true });
    expect(stage.lost).toEqual([to]);
  });

  it('waits when the member’s budget is used up', async () => {
    const tight = await openWecomStage('app', { budget: { take: async () => 1_500, hold: async () => {} } });
    await expect(tight.channel.send('person:zhangsan', { text: 'x' }, 'k')).rejects.toMatchObject({
      code: 'budget',
      retryAfterSeconds: 2,
      fatal: false,
    });
    expect(tight.server.calls).toEqual([]);
    await tight.close();
  });

  it('goes on with a new token when WeCom ended the old one', async () => {
    stage.server.endTokens();
    await send('好的', 'k1');
    expect(stage.server.shownIn('zhangsan')).toHaveLength(1);
  });
});

describe('identity', () => {
  it('finds accounts by mobile and by login, in small letters', async () => {
    stage.server.mobiles.set('13800000000', 'LiSi');
    const { identity } = stage.channel;
    expect(await stage.channel.accountByMobile?.('13800000000')).toBe('lisi');
    expect(await stage.channel.accountByMobile?.('13800000001')).toBeNull();
    expect(await identity?.accountByLogin('good')).toBe('zhangsan');
    expect(await identity?.accountByLogin('guest')).toBeNull();
  });

  it('leads to the login page of each kind of browser', () => {
    const { identity } = stage.channel;
    expect(identity?.loginUrl('https://a.example/cb?x=1', 's1', true)).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww0123456789abcdef&redirect_uri=https%3A%2F%2Fa.example%2Fcb%3Fx%3D1&state=s1&agentid=1000002&response_type=code&scope=snsapi_base#wechat_redirect',
    );
    expect(identity?.loginUrl('https://a.example/cb', 's1', false)).toContain(
      'login_type=CorpApp&appid=ww0123456789abcdef',
    );
  });
});
