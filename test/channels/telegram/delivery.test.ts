// Messages on their way out: what Telegram's answers mean, what is repeated and what is not, and that no token leaves.
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTelegramClient } from '../../../src/channels/telegram/client.ts';
import { commandLists } from '../../../src/channels/telegram/setup.ts';
import { commands } from '../../../src/domain/commands.ts';
import { someCard } from '../../support/playground-stage.ts';
import { refusal, TOKEN } from '../../support/telegram-server.ts';
import {
  ALICE,
  GROUP,
  posted,
  pressUpdate,
  SECRET,
  setTelegramStage,
  type TelegramStage,
  textUpdate,
} from '../../support/telegram-stage.ts';

describe('a call', () => {
  const root = 'https://api.telegram.org';
  const client = makeTelegramClient({ botToken: TOKEN, apiRoot: root });
  const shown = { text: '<b>好</b>', keyboard: [[{ text: '甲', callback_data: '1|T|o' }]] };
  const keyboard = { inline_keyboard: [[{ text: '甲', callback_data: '1|T|o' }]] };
  const html = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } };

  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  const calls: [string, object, unknown, () => Promise<unknown>, unknown][] = [
    [
      'sendMessage',
      { chat_id: '-1', text: '<b>好</b>', ...html, message_thread_id: 45, reply_markup: keyboard },
      { message_id: 9 },
      () => client.send('-1', shown, { topic: 45 }),
      9,
    ],
    [
      'sendMessage',
      { chat_id: '31', text: '问', ...html, reply_markup: { force_reply: true, selective: true } },
      { message_id: 9 },
      () => client.send('31', { text: '问', keyboard: [] }, { ask: true }),
      9,
    ],
    [
      'editMessageText',
      { chat_id: '-1', message_id: 9, text: '<b>好</b>', ...html, reply_markup: keyboard },
      true,
      () => client.edit({ chat: '-1', message: 9 }, shown),
      undefined,
    ],
    [
      'editMessageText',
      { chat_id: '-1', message_id: 9, text: '完', ...html, reply_markup: { inline_keyboard: [] } },
      true,
      () => client.edit({ chat: '-1', message: 9 }, { text: '完', keyboard: [] }),
      undefined,
    ],
    [
      'sendMessage',
      {
        chat_id: '-1',
        text: '<b>好</b>',
        ...html,
        reply_markup: keyboard,
        ephemeral_message_parameters: { receiver_user_id: 31, callback_query_id: 'q' },
      },
      { message_id: 0, ephemeral_message_id: 5 },
      () => client.whisper('-1', '31', 'q', shown),
      5,
    ],
    [
      'editEphemeralMessageText',
      {
        chat_id: '-1',
        receiver_user_id: 31,
        ephemeral_message_id: 5,
        text: '<b>好</b>',
        ...html,
        reply_markup: keyboard,
      },
      true,
      () => client.editWhisper('-1', '31', 5, shown),
      undefined,
    ],
    [
      'answerCallbackQuery',
      { callback_query_id: 'q', text: '好', show_alert: true },
      true,
      () => client.answerPress('q', { text: '好', alert: true }),
      undefined,
    ],
    ['answerCallbackQuery', { callback_query_id: 'q' }, true, () => client.answerPress('q', {}), undefined],
    [
      'setWebhook',
      {
        url: 'https://a.cn/x',
        secret_token: 's',
        allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
        max_connections: 40,
      },
      true,
      () => client.setWebhook('https://a.cn/x', 's'),
      undefined,
    ],
    ['getMe', {}, { id: 4242, username: 'dudao_bot' }, () => client.me(), { id: 4242, username: 'dudao_bot' }],
    [
      'setMyCommands',
      { commands: [{ command: 'help', description: '帮助' }], scope: { type: 'all_group_chats' }, language_code: 'zh' },
      true,
      () =>
        client.setCommands({
          scope: 'all_group_chats',
          language: 'zh',
          commands: [{ command: 'help', description: '帮助' }],
        }),
      undefined,
    ],
  ];
  it.each(calls)('%s is written as Telegram documents it', async (method, body, result, call, expected) => {
    const scope = nock(root)
      .post(`/bot${TOKEN}/${method}`, body as nock.RequestBodyMatcher)
      .reply(200, { ok: true, result: result as object });
    expect(await call()).toEqual(expected);
    scope.done();
  });

  it('of a file goes by its own path', async () => {
    nock(root)
      .post(`/bot${TOKEN}/getFile`, { file_id: 'f' })
      .reply(200, { ok: true, result: { file_path: 'photos/1.jpg' } });
    nock(root).get(`/file/bot${TOKEN}/photos/1.jpg`).reply(200, Buffer.from('jpeg'));
    expect(Buffer.from(await client.download('f')).toString()).toBe('jpeg');
  });

  it.each([
    [400, 'Bad Request: message is not modified', 'unchanged', false],
    [400, 'Bad Request: message to edit not found', 'message-gone', true],
    [400, "Bad Request: message can't be edited", 'message-gone', true],
    [400, 'Bad Request: query is too old and response timeout expired or query ID is invalid', 'too-late', true],
    [400, 'Bad Request: message thread not found', 'topic-gone', true],
    [400, 'Bad Request: chat not found', 'chat-gone', true],
    [400, 'Bad Request: BUTTON_DATA_INVALID', 'other', true],
    [401, 'Unauthorized', 'not-us', false],
    [403, 'Forbidden: bot was blocked by the user', 'chat-gone', true],
    [403, "Forbidden: bot can't initiate conversation with a user", 'chat-gone', true],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'chat-gone', true],
    [403, 'Forbidden: not enough rights to send text messages to the chat', 'other', true],
    [404, 'Not Found: method not found', 'unknown-method', true],
    [409, 'Conflict: terminated by other getUpdates request', 'conflict', false],
    [429, 'Too Many Requests: retry after 5', 'too-fast', false],
  ])('refused with %i %s is %s, for good: %s', async (status, description, reason, fatal) => {
    nock(root).post(/./).reply(status, { ok: false, error_code: status, description });
    await expect(client.send('31', shown)).rejects.toMatchObject({
      name: 'TelegramRefused',
      code: String(status),
      reason,
      fatal,
    });
  });

  it('answered with HTTP 200 and "no" is refused too', async () => {
    nock(root).post(/./).reply(200, { ok: false, error_code: 400, description: 'Bad Request: chat not found' });
    await expect(client.send('31', shown)).rejects.toMatchObject({ name: 'TelegramRefused' });
  });

  it.each([
    ['a gateway page', () => nock(root).post(/./).reply(502, '<html>bad gateway</html>'), true],
    [
      'an error of the server',
      () => nock(root).post(/./).reply(500, { ok: false, error_code: 500, description: 'Internal Server Error' }),
      true,
    ],
    [
      'a broken connection',
      () =>
        nock(root)
          .post(/./)
          .replyWithError(Object.assign(new Error(`to ${TOKEN}`), { code: 'ECONNRESET' })),
      true,
    ],
    [
      'a connection that was refused',
      () =>
        nock(root)
          .post(/./)
          .replyWithError(Object.assign(new Error(`to ${TOKEN}`), { code: 'ECONNREFUSED' })),
      false,
    ],
  ])('with %s says whether the message may have arrived, and no token', async (_, arrange, mayHaveArrived) => {
    arrange();
    const error = await client.send('31', shown).then(
      () => expect.unreachable(),
      (e: Error) => e,
    );
    expect(error).toMatchObject({ name: 'ChannelUnreachable', mayHaveArrived });
    expect(`${error.stack} ${error.cause} ${JSON.stringify(error)}`).not.toContain('must-not-be-said');
  });
});

describe('a message', () => {
  let stage: TelegramStage;
  beforeAll(async () => {
    stage = await setTelegramStage();
  });
  afterAll(() => stage.close());
  beforeEach(() => stage.reset());

  const quiet = async () => null;
  const receive = (update: object) => stage.channel.receive(posted(update), quiet);
  const shownIn = (chat: string) => stage.server.shownIn(chat);

  it('follows its group to the supergroup it became, and its records keep the id they know', async () => {
    stage.server.failNext(
      'sendMessage',
      refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -100_700 }),
    );
    expect(await stage.channel.send('-55', { text: '一' }, 'k1')).toMatchObject({ chat: GROUP });
    await stage.channel.send('-55', { text: '二' }, 'k2');
    expect(shownIn(GROUP)).toEqual(['一', '二']);
    const chats: string[] = [];
    await stage.channel.receive(posted(textUpdate(ALICE, GROUP, '好')), async (event) => {
      chats.push(event.chat.id);
      return null;
    });
    expect(chats).toEqual(['-55']);
  });

  it('of a card in a group that moved is posted anew, and pressed there', async () => {
    const sent = await stage.channel.send('-55', { card: someCard('c1') }, 'k1');
    await receive(textUpdate(ALICE, '-55', '', { migrate_to_chat_id: -100_700 }));
    await stage.channel.update('-55', sent, { card: someCard('c1', { title: '改过的' }) });
    expect(shownIn(GROUP)).toEqual(['<b>改过的</b>\n第一行']);
    await stage.channel.update('-55', sent, { card: someCard('c1', { title: '再改' }) });
    expect(shownIn(GROUP)).toEqual(['<b>再改</b>\n第一行']);
  });

  it('goes to the topic of its chat, and to the group when the topic is gone', async () => {
    await stage.channel.send(`${GROUP}:45`, { text: '一' }, 'k1');
    stage.server.failNext('sendMessage', refusal(400, 'Bad Request: message thread not found'));
    await stage.channel.send(`${GROUP}:45`, { text: '二' }, 'k2');
    expect(stage.server.messages.map(({ text, topic }) => [text, topic])).toEqual([
      ['一', 45],
      ['二', null],
    ]);
  });

  it('to somebody who blocked the bot is given up, and the account marked', async () => {
    await stage.pool.query(
      `insert into binding (channel, external_id, person_id, bound_at) values ('telegram', '31', 'p1', now())`,
    );
    stage.server.failNext('sendMessage', refusal(403, 'Forbidden: bot was blocked by the user'));
    await expect(stage.channel.send('person:31', { text: 'x' }, 'k1')).rejects.toMatchObject({ fatal: true });
    expect((await stage.pool.query('select lost_at from binding')).rows[0]?.lost_at).not.toBeNull();
  });

  it('that is gone is posted anew when its card changes', async () => {
    const sent = await stage.channel.send(GROUP, { card: someCard('c1') }, 'k1');
    stage.server.messages.length = 0;
    await stage.channel.update(GROUP, sent, { card: someCard('c1', { title: '改过的' }) });
    expect(shownIn(GROUP)).toHaveLength(1);
  });

  it('that Telegram calls unmodified counts as changed', async () => {
    const sent = await stage.channel.send(GROUP, { card: someCard('c1') }, 'k1');
    stage.server.failNext('editMessageText', refusal(400, 'Bad Request: message is not modified'));
    await expect(stage.channel.update(GROUP, sent, { card: someCard('c1', { title: '新' }) })).resolves.toBeUndefined();
  });

  it('of plain words is changed in place', async () => {
    const sent = await stage.channel.send(GROUP, { text: '原来的' }, 'k1');
    await stage.channel.update(GROUP, sent, { text: '改过的 <b>' });
    expect(shownIn(GROUP)).toEqual(['改过的 &lt;b&gt;']);
  });

  it('that is closed keeps its words and loses its buttons', async () => {
    const sent = await stage.channel.send(GROUP, { card: someCard('c1') }, 'k1');
    await stage.channel.update(GROUP, sent, { card: someCard('c1', { state: 'closed', stateText: '当天已结束' }) });
    expect(shownIn(GROUP)[0]).toContain('<i>当天已结束</i>');
    expect(stage.server.buttonsOf(stage.server.messages[0])).toEqual([]);
  });

  it.each(['zone:东区组团', 'person:abc', '', '12'])(
    'to “%s”, no chat of Telegram, is refused for good',
    async (chat) => {
      await expect(stage.channel.send(chat, { text: 'x' }, 'k1')).rejects.toMatchObject({ fatal: true });
      expect(stage.server.calls).toEqual([]);
    },
  );

  it('longer than a message comes in several, and its buttons last', async () => {
    const lines = Array.from({ length: 200 }, (_, i) => `第 ${i} 行${'字'.repeat(40)}`);
    await stage.channel.send('person:31', { card: someCard('c1', { lines }) }, 'k1');
    expect(shownIn('31').slice(0, -1).join('\n')).toBe(lines.join('\n'));
    expect(stage.server.messages.map((m) => stage.server.buttonsOf(m).length > 0)).toEqual([false, false, false, true]);
  });

  it('in which an answer is refused for good does not come back for ever', async () => {
    await stage.channel.send(
      'person:31',
      { card: someCard('c1', { fields: [{ id: 'note', kind: 'text', label: '说明' }] }) },
      'k1',
    );
    const [card] = stage.server.messages;
    const write = stage.server.buttonsOf(card)[0]?.callback_data ?? '';
    stage.server.failNext('sendMessage', refusal(403, 'Forbidden: bot was blocked by the user'));
    expect((await receive(pressUpdate('b1', ALICE, card ?? expect.fail(), write))).status).toBe(200);
  });
});

describe('the webhook door', () => {
  let stage: TelegramStage;
  beforeAll(async () => {
    stage = await setTelegramStage();
  });
  afterAll(() => stage.close());

  it.each([
    ['without a secret of ours', null, { 'x-telegram-bot-api-secret-token': '' }],
    ['with a shorter secret', SECRET, { 'x-telegram-bot-api-secret-token': SECRET.slice(0, -1) }],
    ['without the header', SECRET, { 'x-telegram-bot-api-secret-token': undefined }],
  ])('stays shut %s', async (_, webhookSecret, headers) => {
    const channel = stage.another({ webhookSecret });
    const ack = await channel.receive(posted(textUpdate(ALICE, '31', '好'), headers), async () => expect.unreachable());
    expect(ack.status).toBe(401);
  });

  it('is announced at the start, and the commands once for each version of them', async () => {
    await stage.reset();
    for (let start = 0; start < 2; start += 1) {
      const channel = stage.another({ publicUrl: 'https://dudao.example.cn' });
      await channel.start?.(async () => null);
      await expect.poll(() => stage.server.callsOf('setWebhook').length, { timeout: 15_000 }).toBe(start + 1);
      await expect.poll(() => stage.server.callsOf('setMyCommands').length, { timeout: 15_000 }).toBe(4);
      await channel.stop?.();
    }
    expect(stage.server.callsOf('setWebhook')[0]).toMatchObject({
      url: 'https://dudao.example.cn/callbacks/telegram',
      secret_token: SECRET,
    });
    expect(stage.server.callsOf('setMyCommands').map(({ scope, language_code }) => [scope, language_code])).toEqual(
      commandLists.map(({ scope, language }) => [{ type: scope }, language ?? undefined]),
    );
  });

  it.each(commandLists)('lists every command to $scope in $language, within Telegram’s limits (R50)', (list) => {
    expect(list.commands.map(({ command }) => command)).toEqual(commands.map(({ name }) => name));
    expect(list.commands.length).toBeLessThanOrEqual(100);
    for (const { command, description } of list.commands) {
      expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
      expect(description).toMatch(/^.{1,256}$/);
    }
  });

  it('is announced as soon as Telegram can be reached', async () => {
    await stage.reset();
    stage.server.failNext('setWebhook', 'drop');
    const channel = stage.another({ publicUrl: 'https://dudao.example.cn' });
    await channel.start?.(async () => null);
    await expect.poll(() => stage.server.callsOf('setMyCommands').length, { timeout: 15_000 }).toBe(4);
    await channel.stop?.();
  });

  it('is not needed: the same updates come by polling', async () => {
    await stage.reset();
    const channel = stage.another({ mode: 'polling', webhookSecret: null });
    const said: string[] = [];
    await channel.start?.(async ({ body }) => {
      said.push(body.kind === 'text' ? body.text : body.kind);
      return null;
    });
    stage.server.push(textUpdate(ALICE, '31', '都落实了'));
    await expect.poll(() => said, { timeout: 15_000 }).toEqual(['都落实了']);
    await channel.stop?.();
    expect(stage.server.callsOf('setWebhook')).toEqual([]);
  });
});
