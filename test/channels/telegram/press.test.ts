// What people do with buttons: filling in a card by absolute steps, each with a view of his own, and nothing written to a
// group but what everybody needs to see.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/domain/card.ts';
import type { Answer, InboundEvent, OnEvent } from '../../../src/ports.ts';
import { someCard } from '../../support/playground-stage.ts';
import { refusal, type ServedMessage } from '../../support/telegram-server.ts';
import {
  ALICE,
  BOB,
  GROUP,
  posted,
  pressUpdate,
  setTelegramStage,
  type TelegramStage,
  textUpdate,
} from '../../support/telegram-stage.ts';

const PRIVATE = `person:${ALICE}`;

const checklist = (id: string, more: Partial<Card> = {}): Card =>
  someCard(id, {
    kind: 'checklist',
    title: '请勾选未落实的项',
    fields: [
      {
        id: 'not_done',
        kind: 'ticks',
        label: '未落实的项',
        options: [
          { id: 'wall_notice', label: '1 通告上墙' },
          { id: 'isolation_point', label: '4 隔离观察点' },
          { id: 'staff_mask', label: '8 员工戴口罩' },
        ],
      },
      { id: 'note', kind: 'text', label: '其他情况' },
    ],
    actions: [{ id: 'submit', label: '提交' }],
    ...more,
  });

const compounds = (...names: string[]): Partial<Card> => ({
  title: '东区组团 · 检查安排',
  fields: [
    {
      id: 'compound',
      kind: 'choice',
      label: '小区',
      required: true,
      options: names.map((label) => ({ id: `cmp_${label}`, label })),
    },
  ],
  actions: [
    { id: 'all_ok', label: '全部落实' },
    { id: 'has_exceptions', label: '有未落实' },
  ],
});

const confirmation = (id: string): Card =>
  someCard(id, {
    kind: 'confirmation',
    title: '已记录：阳光花园',
    state: 'answered',
    actions: [{ id: 'correct', label: '改' }],
  });

let stage: TelegramStage;
let events: InboundEvent[];
let answer: Answer | null;
let presses = 0;

const onEvent: OnEvent = async (event) => {
  events.push(event);
  return answer;
};

beforeAll(async () => {
  // What a chat takes is another test's matter (budget.test.ts).
  stage = await setTelegramStage({ budget: { take: async () => 0, hold: async () => {} } });
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.reset();
  stage.server.ephemeral = 'no';
  events = [];
  answer = null;
});

const only = (chat: string): ServedMessage =>
  stage.server.messages.findLast((m) => m.chat === chat.replace('person:', '')) ?? expect.fail('nothing was sent');
const labels = (message: ServedMessage): string[] => stage.server.buttonsOf(message).map(({ text }) => text);
const dataOf = (message: ServedMessage, label: string): string =>
  stage.server.buttonsOf(message).find(({ text }) => text.endsWith(label))?.callback_data ??
  expect.fail(`no button ${label} among ${labels(message)}`);

/** Presses a button and returns what the person was answered. */
const press = async (
  from: number,
  message: ServedMessage,
  label: string,
  data = dataOf(message, label),
): Promise<Record<string, unknown>> => {
  presses += 1;
  const id = `q${presses}`;
  expect((await stage.channel.receive(posted(pressUpdate(id, from, message, data)), onEvent)).status).toBe(200);
  return stage.server.callsOf('answerCallbackQuery').find((call) => call.callback_query_id === id) ?? {};
};
const say = (from: number, chat: string, text: string, more: object = {}) =>
  stage.channel.receive(posted(textUpdate(from, chat, text, more)), onEvent);
/** Redraws follow a press when they can. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });
const shows = (chat: string, words: string) => soon(() => only(chat).text).toContain(words);
const writes = (): number => stage.server.calls.filter(({ method }) => /^(send|edit)/.test(method)).length;

describe('a card in a private chat', () => {
  it('is filled in by ticks and handed in as a whole', async () => {
    await stage.channel.send(PRIVATE, { card: checklist('c1') }, 'k1');
    const card = only(PRIVATE);
    expect(labels(card)).toEqual(['☐ 1 通告上墙', '☐ 4 隔离观察点', '☐ 8 员工戴口罩', '填写其他情况', '提交']);

    expect(await press(ALICE, card, '4 隔离观察点')).toMatchObject({ text: '已勾选 1 项：4 隔离观察点' });
    await shows(PRIVATE, '未落实的项：4 隔离观察点');
    await press(ALICE, card, '8 员工戴口罩');
    await shows(PRIVATE, '8 员工戴口罩');
    expect(await press(ALICE, card, '8 员工戴口罩')).toMatchObject({ text: '已勾选 1 项：4 隔离观察点' });
    expect(events).toEqual([]);

    answer = { toast: '已记录：阳光花园', card: confirmation('c1') };
    expect(await press(ALICE, card, '提交')).toMatchObject({ text: '已记录：阳光花园' });
    expect(events).toMatchObject([
      {
        sender: String(ALICE),
        chat: { kind: 'person', id: PRIVATE },
        body: { kind: 'press', card: 'c1', action: 'submit', values: { not_done: ['isolation_point'] } },
      },
    ]);
    await shows(PRIVATE, '已记录：阳光花园');
    expect(labels(only(PRIVATE))).toEqual(['改']);
    expect(stage.server.messages).toHaveLength(1);
  });

  it('hands in nothing that nobody chose', async () => {
    await stage.channel.send(PRIVATE, { card: checklist('c1') }, 'k1');
    await press(ALICE, only(PRIVATE), '提交');
    expect(events).toMatchObject([{ body: { values: {} } }]);
  });

  it('counts a press that is delivered twice once, and keeps ticks that cross', async () => {
    await stage.channel.send(PRIVATE, { card: checklist('c1') }, 'k1');
    const card = only(PRIVATE);
    const [one, two] = ['1 通告上墙', '8 员工戴口罩'].map((label) => dataOf(card, label)) as [string, string];
    await Promise.all(
      [one, two, one, two].map((data, i) =>
        stage.channel.receive(posted(pressUpdate(`cross${i % 2}`, ALICE, card, data)), onEvent),
      ),
    );
    await press(ALICE, card, '提交');
    const [event] = events;
    expect(event?.body.kind === 'press' && [...(event.body.values.not_done ?? [])].sort()).toEqual([
      'staff_mask',
      'wall_notice',
    ]);
  });

  it('takes a text by a reply to its question', async () => {
    await stage.channel.send(PRIVATE, { card: checklist('c1') }, 'k1');
    const card = only(PRIVATE);
    await press(ALICE, card, '4 隔离观察点');
    await shows(PRIVATE, '未落实的项：4');
    await press(ALICE, card, '填写其他情况');
    const question = only(PRIVATE);
    expect(question).toMatchObject({ text: '请回复这条消息，填写：其他情况', asksForReply: true });

    await say(ALICE, String(ALICE), '门岗缺人', { reply_to_message: { message_id: question.id, from: { id: 4242 } } });
    await soon(() => card.text).toContain('其他情况：门岗缺人');
    expect(events).toEqual([]);
    await press(ALICE, card, '提交');
    expect(events).toMatchObject([{ body: { values: { not_done: ['isolation_point'], note: '门岗缺人' } } }]);
  });

  it('takes any other reply for what it says', async () => {
    await stage.channel.send(PRIVATE, { card: checklist('c1') }, 'k1');
    await say(ALICE, String(ALICE), '都落实了', {
      reply_to_message: { message_id: only(PRIVATE).id, from: { id: 4242 }, text: '请勾选' },
    });
    expect(events).toMatchObject([{ body: { kind: 'text', text: '都落实了', quoted: '请勾选', mentionsBot: true } }]);
  });

  it('lets nobody else press it, and nobody with what it said before', async () => {
    await stage.channel.send(PRIVATE, { card: checklist('c1') }, 'k1');
    const old = { ...only(PRIVATE) };
    expect(await press(BOB, old, '提交')).toMatchObject({ text: expect.stringContaining('发给别人') });
    const sent = { chat: String(ALICE), message: String(old.id) };
    await stage.channel.update(PRIVATE, sent, { card: checklist('c1', { title: '另一个小区' }) });
    expect(await press(ALICE, old, '提交')).toMatchObject({ text: expect.stringContaining('已有更新') });
    expect(events).toEqual([]);
    expect(only(PRIVATE).text).toContain('另一个小区');
  });

  it.each(['', '1|nobody|a|x', 'anything at all', '1|T|t'])('a forged button “%s” does nothing', async (data) => {
    await stage.channel.send(PRIVATE, { card: checklist('c1') }, 'k1');
    await press(ALICE, only(PRIVATE), '提交', data);
    expect(events).toEqual([]);
  });

  it('is told in private what a press came to when Telegram had forgotten the press', async () => {
    await stage.channel.send(PRIVATE, { card: checklist('c1') }, 'k1');
    answer = { toast: '请至少勾选一项' };
    stage.server.failNext(
      'answerCallbackQuery',
      refusal(400, 'Bad Request: query is too old and response timeout expired'),
    );
    await press(ALICE, only(PRIVATE), '提交');
    await shows(PRIVATE, '请至少勾选一项');
  });
});

describe('a card in a group', () => {
  it('is answered by everybody for himself, and writes nothing to the group', async () => {
    await stage.channel.send(GROUP, { card: someCard('c1', compounds('阳光花园', '景湖居')) }, 'k1');
    const card = only(GROUP);
    const before = writes();
    expect(await press(ALICE, card, '阳光花园')).toMatchObject({ text: '已选：阳光花园' });
    expect(await press(BOB, card, '景湖居')).toMatchObject({ text: '已选：景湖居' });
    answer = { toast: '已记录', card: confirmation('c1') };
    await press(ALICE, card, '全部落实');
    await press(BOB, card, '全部落实');
    expect(events.map(({ sender, chat, body }) => [sender, chat.id, body.kind === 'press' && body.values])).toEqual([
      [String(ALICE), GROUP, { compound: 'cmp_阳光花园' }],
      [String(BOB), GROUP, { compound: 'cmp_景湖居' }],
    ]);
    expect(writes()).toBe(before);
    answer = { toast: '请先选择小区' };
    expect(await press(ALICE, card, '全部落实')).toMatchObject({ text: '请先选择小区' });
    expect(events.at(-1)).toMatchObject({ body: { values: {} } });
  });

  it('still means what it meant after it was redrawn', async () => {
    await stage.channel.send(GROUP, { card: someCard('c1', compounds('阳光花园', '景湖居')) }, 'k1');
    const old = structuredClone(only(GROUP));
    await stage.channel.update(
      GROUP,
      { chat: GROUP, message: String(old.id) },
      { card: someCard('c1', compounds('景湖居')) },
    );
    expect(labels(only(GROUP))).not.toContain('阳光花园');
    await press(ALICE, old, '阳光花园');
    await press(ALICE, old, '全部落实');
    expect(events).toMatchObject([{ body: { values: { compound: 'cmp_阳光花园' } } }]);
  });

  it('opens a form in the private chat where the server knows no ephemeral messages', async () => {
    await stage.channel.send(GROUP, { card: someCard('c1', compounds('阳光花园')) }, 'k1');
    answer = { card: checklist('c1') };
    const { url } = await press(ALICE, only(GROUP), '有未落实');
    expect(url).toMatch(/^https:\/\/t\.me\/dudao_bot\?start=card_[\w-]+$/);
    const payload = String(url).split('start=')[1] ?? '';
    expect(payload.length).toBeLessThanOrEqual(64);

    expect(stage.server.messages).toHaveLength(1);
    await say(BOB, String(BOB), `/start ${payload}`);
    expect(only(`person:${BOB}`).text).toContain('发给别人');
    await say(ALICE, String(ALICE), `/start ${payload}`);
    const form = only(PRIVATE);
    expect(form.text).toContain('请勾选未落实的项');
    await press(ALICE, form, '8 员工戴口罩');
    await press(ALICE, form, '提交');
    expect(events.at(-1)).toMatchObject({
      chat: { kind: 'person', id: PRIVATE },
      body: { card: 'c1', action: 'submit', values: { not_done: ['staff_mask'] } },
    });
  });

  it('leaves no form in private that is over', async () => {
    await stage.channel.send(GROUP, { card: someCard('c1', compounds('阳光花园')) }, 'k1');
    answer = { card: checklist('c1') };
    const { url } = await press(ALICE, only(GROUP), '有未落实');
    await say(ALICE, String(ALICE), `/start ${String(url).split('start=')[1]}`);
    answer = { toast: '已记录', card: confirmation('c1') };
    await press(ALICE, only(GROUP), '全部落实');
    await shows(PRIVATE, '已记录：阳光花园');
  });

  it('shows a form to its person only, in the group, where the server can', async () => {
    stage.server.ephemeral = 'yes';
    const channel = stage.another();
    await channel.send(GROUP, { card: someCard('c1', compounds('阳光花园')) }, 'k1');
    answer = { card: checklist('c1') };
    await channel.receive(posted(pressUpdate('w1', ALICE, only(GROUP), dataOf(only(GROUP), '有未落实'))), onEvent);
    const form = only(GROUP);
    expect(form).toMatchObject({ receiver: String(ALICE) });
    expect(stage.server.callsOf('sendMessage').at(-1)).toMatchObject({
      ephemeral_message_parameters: { receiver_user_id: ALICE, callback_query_id: 'w1' },
    });
    expect(labels(form)).toEqual(['☐ 1 通告上墙', '☐ 4 隔离观察点', '☐ 8 员工戴口罩', '提交', '返回', '私聊办理']);

    await press(ALICE, form, '4 隔离观察点');
    await soon(() => form.text).toContain('未落实的项：4 隔离观察点');
    answer = { toast: '已记录', card: confirmation('c1') };
    await press(ALICE, form, '提交');
    expect(events.at(-1)).toMatchObject({ chat: { id: GROUP }, body: { values: { not_done: ['isolation_point'] } } });
    await soon(() => form.text).toContain('已记录：阳光花园');
    expect(stage.server.shownIn(GROUP)).toHaveLength(1);

    await press(ALICE, form, '返回');
    await soon(() => form.text).toContain('东区组团 · 检查安排');
    await press(ALICE, form, '阳光花园');
    await press(ALICE, form, '全部落实');
    expect(events.at(-1)).toMatchObject({ body: { action: 'all_ok', values: { compound: 'cmp_阳光花园' } } });
  });

  it('takes back at once what a server that ignores ephemeral messages showed to everybody, and tries no more', async () => {
    stage.server.ephemeral = 'ignored';
    const channel = stage.another();
    await channel.send(GROUP, { card: someCard('c1', compounds('阳光花园')) }, 'k1');
    answer = { card: checklist('c1') };
    for (const id of ['i1', 'i2'])
      await channel.receive(posted(pressUpdate(id, ALICE, only(GROUP), dataOf(only(GROUP), '有未落实'))), onEvent);
    expect(stage.server.shownIn(GROUP)).toHaveLength(1);
    expect(stage.server.callsOf('deleteMessage')).toHaveLength(1);
    expect(stage.server.callsOf('answerCallbackQuery').map(({ url }) => typeof url)).toEqual(['string', 'string']);
  });

  it('with many choices gives everybody a list of his own to page through', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `示例花园第${i + 1}期小区`);
    await stage.channel.send(GROUP, { card: someCard('c1', compounds(...names)) }, 'k1');
    expect(labels(only(GROUP))).toEqual(['我的卡片', '私聊办理']);
    const { url } = await press(ALICE, only(GROUP), '我的卡片');
    await say(ALICE, String(ALICE), `/start ${String(url).split('start=')[1]}`);
    const list = only(PRIVATE);
    await press(ALICE, list, '下一页 2/3');
    await soon(() => labels(list)).toContain('示例花园第15期小区');
    await press(ALICE, list, '示例花园第15期小区');
    await shows(PRIVATE, '小区：示例花园第15期小区');
    await press(ALICE, list, '全部落实');
    expect(events).toMatchObject([{ body: { card: 'c1', values: { compound: 'cmp_示例花园第15期小区' } } }]);
  });
});

describe('somebody who presses Start', () => {
  it.each([
    ['with a code binds the account', '/start 8fK2_x', '/bind 8fK2_x'],
    ['alone asks for help', '/start', '/help'],
  ])('%s', async (_, said, text) => {
    await say(ALICE, String(ALICE), said);
    expect(events).toMatchObject([{ chat: { id: PRIVATE }, body: { kind: 'text', text, mentionsBot: true } }]);
  });

  it('can be reached again, and not after blocking the bot', async () => {
    await stage.pool.query(
      `insert into binding (channel, external_id, person_id, bound_at) values ('telegram', $1, 'p1', now())`,
      [String(ALICE)],
    );
    const lost = async () => (await stage.pool.query('select lost_at is not null as lost from binding')).rows[0]?.lost;
    const member = (status: string) =>
      stage.channel.receive(
        posted({
          update_id: 1,
          my_chat_member: { chat: { id: ALICE, type: 'private' }, from: { id: ALICE }, new_chat_member: { status } },
        }),
        onEvent,
      );
    await member('kicked');
    expect(await lost()).toBe(true);
    await say(ALICE, String(ALICE), '/start');
    expect(await lost()).toBe(false);
  });
});

describe('a photo', () => {
  const photo = [{ file_id: 'f1', file_unique_id: 'u1', file_size: 4 }];

  it('is fetched and handed on after its words', async () => {
    stage.server.files.set('photos/f1', Buffer.from('jpeg'));
    await say(ALICE, String(ALICE), '', { text: undefined, caption: '已整改', photo });
    expect(events.map(({ body }) => body)).toEqual([
      { kind: 'text', text: '已整改', mentionsBot: true },
      { kind: 'file', name: 'u1.jpg', type: 'image/jpeg', bytes: new Uint8Array(Buffer.from('jpeg')) },
    ]);
  });

  it('that is too big is not fetched, and its sender is told', async () => {
    const document = { file_id: 'f2', file_unique_id: 'u2', file_size: 21 * 1024 * 1024 };
    await say(ALICE, String(ALICE), '', { text: undefined, document });
    expect(stage.server.callsOf('getFile')).toEqual([]);
    expect(only(PRIVATE).text).toContain('20 MB');
    expect(events).toEqual([]);
  });

  it('that cannot be fetched now comes again', async () => {
    stage.server.failNext('getFile', 'drop');
    await expect(say(ALICE, String(ALICE), '', { text: undefined, photo })).rejects.toMatchObject({
      name: 'ChannelUnreachable',
    });
    expect(events).toEqual([]);
  });
});
