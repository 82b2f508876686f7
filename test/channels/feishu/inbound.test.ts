// What Feishu's callbacks say: the check of a new address, words, names, pictures, replies, people who come and go.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCipher } from '../../../src/channels/feishu/signature.ts';
import type { InboundEvent, RawCallback } from '../../../src/ports.ts';
import { BOT } from '../../support/feishu-server.ts';
import {
  ALICE,
  BOB,
  type FeishuStage,
  GROUP,
  posted,
  sealed,
  setFeishuStage,
  textCallback,
  VERIFICATION_TOKEN,
} from '../../support/feishu-stage.ts';
import { noon } from '../../support/outbox-rows.ts';
import { someCard } from '../../support/playground-stage.ts';

const P2P = 'oc_p2p_alice';
let stage: FeishuStage;
let events: InboundEvent[];

beforeAll(async () => {
  stage = await setFeishuStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.reset();
  events = [];
});

const receive = (callback: RawCallback) =>
  stage.channel.receive(callback, async (event) => {
    events.push(event);
    return null;
  });
const message = (id: string, more: object, chat = P2P) => textCallback(id, ALICE, chat, '', more);

describe('sealing', () => {
  it('is Feishu’s own, by the example of its documentation', () => {
    expect(openCipher('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world');
    expect(openCipher('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'another key')).not.toBe('hello world');
  });

  const check = { type: 'url_verification', token: VERIFICATION_TOKEN, challenge: 'ajls384kdj' };
  const unsigned = (callback: RawCallback): RawCallback => ({ ...callback, headers: {} });

  it('answers the check of a new address, which carries no signature, by its token', async () => {
    for (const callback of [unsigned(sealed(check)), sealed(check)]) {
      const { status, body } = await receive(callback);
      expect([status, JSON.parse(body)]).toEqual([200, { challenge: 'ajls384kdj' }]);
    }
    expect((await receive(unsigned(sealed({ ...check, token: 'forged' })))).status).toBe(401);
  });

  it('lets nothing else in without a signature, nor with one over another body', async () => {
    const callback = textCallback('m1', ALICE, P2P, '都落实');
    expect((await receive(unsigned(callback))).status).toBe(401);
    expect((await receive({ ...callback, body: textCallback('m2', ALICE, P2P, '都落实').body })).status).toBe(401);
    expect(events).toEqual([]);
  });
});

describe('words', () => {
  it.each<[string, RawCallback, object]>([
    ['in private', textCallback('m1', ALICE, P2P, '都落实'), { text: '都落实', mentionsBot: true }],
    ['to us in a group', textCallback('m1', ALICE, GROUP, '@督导 3没有'), { text: '3没有', mentionsBot: true }],
    ['among others', textCallback('m1', ALICE, GROUP, '3没有'), { text: '3没有', mentionsBot: false }],
    [
      'with the names of others, even the eleventh',
      textCallback('m1', ALICE, GROUP, '@督导 ', {
        content: '{"text":"@_user_1 @_user_11 和@_user_2 看过"}',
        mentions: [
          { key: '@_user_1', id: { open_id: BOT }, name: '督导' },
          { key: '@_user_2', id: { open_id: BOB }, name: '李工' },
          { key: '@_user_11', id: { open_id: 'ou_11' }, name: '王工' },
        ],
      }),
      { text: '@王工 和@李工 看过', mentionsBot: true },
    ],
    [
      'with styles',
      message('m1', {
        message_type: 'post',
        content:
          '{"title":"","content":[[{"tag":"text","text":"1有"},{"tag":"a","text":"2没有"}],[{"tag":"text","text":"其他都有"}]]}',
      }),
      { text: '1有2没有\n其他都有' },
    ],
  ])('are heard %s', async (_, callback, body) => {
    await receive(callback);
    expect(events).toMatchObject([{ channel: 'feishu', sender: ALICE, body }]);
  });

  it('belong to the private chat by its person, and to a group by its id', async () => {
    await receive(textCallback('m1', ALICE, P2P, '你好'));
    await receive(textCallback('m2', ALICE, GROUP, '你好'));
    expect(events.map(({ chat }) => chat)).toEqual([
      { kind: 'person', id: `person:${ALICE}` },
      { kind: 'group', id: GROUP },
    ]);
  });

  it('have one id under two event ids, as Feishu may deliver them', async () => {
    await receive(textCallback('m1', ALICE, P2P, '你好'));
    const again = textCallback('m1', ALICE, P2P, '你好');
    await receive(again);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  });

  it('come with what they reply to, a card as well as a text', async () => {
    const card = someCard('c1', { title: '口罩没戴说的是哪一项？', lines: ['暂时没有写入记录。'] });
    await stage.channel.send(GROUP, { card }, 'k1');
    const parent = stage.server.messages[0]?.id;
    await receive(textCallback('m1', ALICE, GROUP, '@督导 没有', { parent_id: parent }));
    expect(events[0]?.body).toMatchObject({ text: '没有', quoted: '口罩没戴说的是哪一项？\n暂时没有写入记录。' });
    await receive(textCallback('m2', ALICE, GROUP, '@督导 没有', { parent_id: 'om_gone' }));
    expect(events[1]?.body).toEqual({ kind: 'text', text: '没有', mentionsBot: true });
  });

  it('of bots, our own among them, are nobody’s', async () => {
    await receive(
      posted('e', 'im.message.receive_v1', {
        sender: { sender_id: { open_id: 'ou_other' }, sender_type: 'bot' },
        message: {
          message_id: 'm',
          chat_id: GROUP,
          chat_type: 'group',
          message_type: 'text',
          content: '{"text":"hi"}',
        },
      }),
    );
    expect(events).toEqual([]);
  });

  it('of the bot’s menu are commands', async () => {
    const menu = (key: string) =>
      posted(`e${key}`, 'application.bot.menu_v6', { operator: { operator_id: { open_id: ALICE } }, event_key: key });
    await receive(menu('/汇总'));
    await receive(menu('other'));
    expect(events).toMatchObject([{ chat: { id: `person:${ALICE}` }, body: { text: '/汇总' } }]);
  });
});

describe('pictures and files', () => {
  const picture = (id: string, chat: string, more: object = {}) =>
    message(id, { message_type: 'image', content: '{"image_key":"img_1"}', ...more }, chat);

  it('are fetched before the callback is acknowledged', async () => {
    stage.server.files.set('img_1', Buffer.from('jpeg'));
    expect((await receive(picture('m1', P2P))).status).toBe(200);
    expect(events).toMatchObject([
      { id: 'message:m1#1', body: { kind: 'file', name: 'img_1.jpg', type: 'image/jpeg' } },
    ]);
    expect(events[0]?.body).toHaveProperty('bytes', new Uint8Array(Buffer.from('jpeg')));
  });

  it('come with the words they were sent with', async () => {
    stage.server.files.set('img_1', Buffer.from('jpeg'));
    const content = JSON.stringify({
      content: [
        [
          { tag: 'at', user_id: '@_user_1' },
          { tag: 'text', text: ' 3没有' },
        ],
        [{ tag: 'img', image_key: 'img_1' }],
      ],
    });
    await receive(textCallback('m1', ALICE, GROUP, '@督导', { message_type: 'post', content }));
    expect(events.map(({ body }) => body.kind)).toEqual(['text', 'file']);
    expect(events[0]?.body).toMatchObject({ text: '3没有', mentionsBot: true });
  });

  it('are left alone in a group when they are not for us', async () => {
    await receive(picture('m1', GROUP));
    expect(events).toEqual([]);
    expect(stage.server.calls.filter(({ path }) => path.includes('resources'))).toEqual([]);
  });

  it('that cannot be had are told about; what may come later is asked for again', async () => {
    await receive(picture('m1', P2P, { content: '{"image_key":"img_none"}' }));
    expect(stage.followUps).toMatchObject([
      { chat: `person:${ALICE}`, message: { text: expect.stringContaining('20 MB') } },
    ]);
    stage.server.failNext(/resources/, 'drop');
    await expect(receive(picture('m2', P2P))).rejects.toMatchObject({ name: 'ChannelUnreachable' });
    expect(events).toEqual([]);
  });
});

describe('people and groups', () => {
  it('whoever opens our chat can be written to again (E22)', async () => {
    await stage.pool.query(
      `insert into person (id, name, lives, no_account, added_at) values ('p', '张工', 'unknown', false, now()) on conflict do nothing`,
    );
    await stage.pool.query(
      `insert into binding (channel, external_id, person_id, bound_at, lost_at) values ('feishu', $1, 'p', $2, $2)`,
      [ALICE, noon],
    );
    await receive(
      posted('e1', 'im.chat.access_event.bot_p2p_chat_entered_v1', { chat_id: P2P, operator_id: { open_id: ALICE } }),
    );
    expect((await stage.pool.query('select lost_at from binding')).rows).toEqual([{ lost_at: null }]);
  });

  it('being put into a group or out of it is no event of ours', async () => {
    for (const type of ['im.chat.member.bot.added_v1', 'im.chat.member.bot.deleted_v1'])
      expect((await receive(posted(type, type, { chat_id: GROUP, operator_id: { open_id: ALICE } }))).status).toBe(200);
    expect(events).toEqual([]);
  });
});
