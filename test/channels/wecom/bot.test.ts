// The AI bot over its WebSocket: one connection among replicas, presses answered on it, groups that fall back on a robot.
import { createCipheriv } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { makeWecomChannel } from '../../../src/channels/wecom/channel.ts';
import type { Answer, InboundEvent, OnEvent } from '../../../src/ports.ts';
import { someCard } from '../../support/playground-stage.ts';
import { BOT_ID, BOT_SECRET, ROBOT_KEY, SECRET } from '../../support/wecom-server.ts';
import {
  configFor,
  memoryDeps,
  openWecomStage,
  quickTimes,
  until,
  type WecomStage,
} from '../../support/wecom-stage.ts';

const group = 'wrGroupAbC';
let stage: WecomStage;
let events: InboundEvent[] = [];

const answering =
  (answer: Answer | null): OnEvent =>
  async (event) => {
    events.push(event);
    return answer;
  };

const open = async (parts: 'bot' | 'both' = 'both', answer: Answer | null = null, more = {}) => {
  stage = await openWecomStage(parts, more);
  events = [];
  await stage.channel.start?.(answering(answer));
  await until(() => expect(stage.channel.botState()).toBe('ready'));
  return stage;
};
afterEach(() => stage.close());

const pressed = (key: string, more: object = {}) => ({
  msgid: `m-${key}`,
  aibotid: BOT_ID,
  from: { userid: 'ZhangSan' },
  chatid: group,
  chattype: 'group',
  msgtype: 'event',
  event: { eventtype: 'template_card_event', template_card_event: { event_key: key, task_id: 'T1', ...more } },
});
const press = (key: string, more?: object) => stage.server.botCallback('aibot_event_callback', pressed(key, more), 700);
const say = (body: object) =>
  stage.server.botCallback(
    'aibot_msg_callback',
    { msgid: 'm1', aibotid: BOT_ID, from: { userid: 'ZhangSan' }, ...body },
    100,
  );

describe('words to the bot', () => {
  it.each<[string, object, object]>([
    [
      'in a group, without its name',
      { chatid: group, chattype: 'group', msgtype: 'text', text: { content: '@督导 阳光花园 除了3和5其他都有' } },
      { chat: { kind: 'group', id: group }, body: { text: '阳光花园 除了3和5其他都有', mentionsBot: true } },
    ],
    [
      'in private',
      { chattype: 'single', msgtype: 'text', text: { content: '@某人 说的' } },
      { chat: { kind: 'person', id: 'person:zhangsan' }, body: { text: '@某人 说的' } },
    ],
    ['spoken', { chattype: 'single', msgtype: 'voice', voice: { content: '都有' } }, { body: { text: '都有' } }],
    [
      'that quote',
      {
        chatid: group,
        chattype: 'group',
        msgtype: 'text',
        text: { content: '@督导 都有' },
        quote: { msgtype: 'text', text: { content: '【7】' } },
      },
      { body: { text: '都有', quoted: '【7】' } },
    ],
  ])('arrive %s', async (_, body, expected) => {
    await open();
    await say(body);
    expect(events).toMatchObject([{ channel: 'wecom', sender: 'zhangsan', id: 'm1', ...expected }]);
  });

  it.each<object>([
    { msgtype: 'unheard_of', chattype: 'single' },
    { msgtype: 'file', chattype: 'single' },
  ])('of an unknown kind (%o) come to nothing', async (body) => {
    await open();
    await say(body);
    expect(events).toEqual([]);
  });

  it('bring their picture deciphered', async () => {
    await open();
    const { cipher, key } = encrypted(Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]));
    stage.server.media.set('file/1', cipher);
    const image = { url: `${stage.server.url}/file/1`, aeskey: key };
    await say({
      chatid: group,
      chattype: 'group',
      msgtype: 'mixed',
      mixed: {
        msg_item: [
          { msgtype: 'text', text: { content: '@督导 门岗' } },
          { msgtype: 'image', image },
        ],
      },
    });
    await until(() => expect(events).toHaveLength(2));
    expect(events).toMatchObject([
      { id: 'm1', body: { text: '门岗' } },
      { id: 'm1#1', body: { kind: 'file', type: 'image/jpeg' } },
    ]);
  });

  it('come from an account even when the bot only has its own name for it', async () => {
    await open();
    await say({
      from: { userid: 'woAJ2GCAAAXtWyujaWJHDDGi0mACH71w' },
      chattype: 'single',
      msgtype: 'text',
      text: { content: '好' },
    });
    await until(() => expect(events).toMatchObject([{ sender: 'zhangsan', chat: { id: 'person:zhangsan' } }]));
  });
});

describe('a press on a card in a group', () => {
  const answer = {
    card: someCard('c1', {
      title: '阳光花园 · 请勾选未落实的项',
      fields: [{ id: 'not_done', kind: 'ticks', label: '未落实', options: [{ id: 'i1', label: '1 通告上墙' }] }],
      actions: [{ id: 'submit', label: '提交' }],
    }),
  } satisfies Answer;

  it('is answered on the connection, for the presser alone', async () => {
    await open('both', answer);
    expect(
      await press('c1/has_exceptions', {
        selected_items: { selected_item: [{ question_key: 'compound', option_ids: { option_id: ['k1'] } }] },
      }),
    ).toMatchObject({
      cmd: 'aibot_respond_update_msg',
      response_type: 'update_template_card',
      userids: ['ZhangSan'],
      template_card: { card_type: 'vote_interaction', task_id: 'T1', checkbox: { question_key: 'ticks:not_done' } },
    });
    expect(events).toMatchObject([
      {
        sender: 'zhangsan',
        chat: { kind: 'group', id: group },
        body: { action: 'has_exceptions', values: { compound: 'k1' } },
      },
    ]);
    expect(stage.followUps).toEqual([]);
  });

  it.each([
    ['privately where the app can', 'both' as const, 'person:zhangsan'],
    ['in the group otherwise', 'bot' as const, group],
  ])('whose change is refused is answered by a fresh card, %s', async (_, parts, chat) => {
    await open(parts, answer);
    stage.server.fail('aibot_respond_update_msg', { errcode: 40058 });
    await press('c1/has_exceptions');
    await until(() => expect(stage.followUps).toMatchObject([{ chat, message: { card: { id: 'c1' } } }]));
  });

  it('whose connection drops under the answer is answered by a message, once', async () => {
    await open('both', answer);
    stage.server.fail('aibot_respond_update_msg', 'drop');
    await press('c1/has_exceptions');
    await until(() => expect(stage.channel.botState()).toBe('ready'));
    // WeCom may deliver it again on the next connection.
    stage.server.fail('aibot_respond_update_msg', { errcode: 846605 });
    await press('c1/has_exceptions');
    await until(() =>
      expect(stage.followUps).toMatchObject([{ chat: 'person:zhangsan', message: { card: { id: 'c1' } } }]),
    );
  });

  it('lets what it brought about go only when its answer was written', async () => {
    await open('both', answer);
    const order: string[] = [];
    await stage.channel.stop?.();
    await stage.channel.start?.(async (_event, acknowledged) => {
      void acknowledged?.then((written) =>
        order.push(`acknowledged ${written}, ${stage.server.changes.length} changed`),
      );
      return answer;
    });
    await until(() => expect(stage.channel.botState()).toBe('ready'));
    await press('c1/has_exceptions');
    await until(() => expect(order).toEqual(['acknowledged true, 1 changed']));
  });

  it('that is asked back in words is answered to its presser', async () => {
    await open('both', { toast: '请先选择小区' });
    expect(
      await press('c1/all_ok', {
        selected_items: { selected_item: { question_key: 'compound', option_ids: { option_id: '-' } } },
      }),
    ).toBeNull();
    expect(events[0]?.body).toMatchObject({ action: 'all_ok', values: {} });
    expect(stage.followUps).toMatchObject([{ chat: 'person:zhangsan', message: { text: '请先选择小区' } }]);
  });

  it('that could not be kept is logged, and the next one is served', async () => {
    await open('both', answer);
    await stage.channel.stop?.();
    await stage.channel.start?.(async (event) => {
      events.push(event);
      if (events.length === 1) throw new Error('the database is away');
      return answer;
    });
    await until(() => expect(stage.channel.botState()).toBe('ready'));
    expect(await press('c1/one')).toBeNull();
    expect(await press('c1/two')).not.toBeNull();
  });
});

describe('sending to a group', () => {
  const card = someCard('c9', { title: '检查安排' });

  it('is done with its task id, so that the same card twice is one', async () => {
    await open();
    for (const _ of [1, 2]) await stage.channel.send(group, { card }, 'key-1');
    expect(stage.server.shownIn(group)).toHaveLength(1);
    expect(stage.channel.recognises?.(group, { card })).toBe(true);
    expect(stage.channel.recognises?.(group, { text: '小结' })).toBe(false);
  });

  it('whose acknowledgement is lost may have arrived', async () => {
    await open();
    stage.server.fail('aibot_send_msg', 'lose');
    await expect(stage.channel.send(group, { card }, 'key-1')).rejects.toMatchObject({
      name: 'ChannelUnreachable',
      mayHaveArrived: true,
    });
    await stage.channel.send(group, { card }, 'key-1');
    expect(stage.server.shownIn(group)).toHaveLength(1);
  });

  it.each([
    [846607, { fatal: false, retryAfterSeconds: 45 }],
    [93006, { fatal: true }],
  ])('refused with %i says whether to try again', async (errcode, meaning) => {
    await open();
    stage.server.fail('aibot_send_msg', { errcode });
    await expect(stage.channel.send(group, { card }, 'key-1')).rejects.toMatchObject({
      code: String(errcode),
      ...meaning,
    });
  });

  it('lets the group’s robot speak and ring where there is no bot', async () => {
    stage = await openWecomStage('app');
    stage.robots.set(group, ROBOT_KEY);
    await stage.channel.send(group, { card, mentions: ['zhangsan'] }, 'k');
    expect(stage.server.seen).toMatchObject([
      { by: 'robot', body: { msgtype: 'markdown' } },
      { by: 'robot', body: { msgtype: 'text', text: { mentioned_list: ['zhangsan'] } } },
    ]);
  });

  it('rings nobody twice when the ringing fails', async () => {
    await open();
    stage.robots.set(group, ROBOT_KEY);
    stage.server.fail('webhook/send', { errcode: 45009 });
    await stage.channel.send(group, { text: '小结', mentions: ['zhangsan'] }, 'k');
    expect(stage.server.shownIn(group)).toHaveLength(1);
    expect(stage.lines.join()).toContain('not rung');
    expect(stage.lines.join()).not.toContain(ROBOT_KEY);
  });

  it('lets the robot step in for words once the bot was away for a minute, and keeps cards for the bot', async () => {
    let realNow = 1_000_000;
    await open('both', null, { realNow: () => realNow });
    stage.robots.set(group, ROBOT_KEY);
    stage.server.mute = true;
    stage.server.cut();
    await until(() => expect(stage.channel.botState()).toBe('down'));
    await expect(stage.channel.send(group, { text: '小结' }, 'k1')).rejects.toMatchObject({ mayHaveArrived: false });
    await until(async () => {
      realNow += 61_000;
      await stage.channel.send(group, { text: '小结' }, 'k1');
    });
    expect(stage.server.seen).toMatchObject([{ by: 'robot' }]);
    await expect(stage.channel.send(group, { card }, 'k2')).rejects.toMatchObject({ mayHaveArrived: false });
  });
});

describe('the connection', () => {
  it('comes back after it was cut', async () => {
    await open();
    const before = stage.server.subscriptions();
    stage.server.cut();
    await until(() => expect(stage.server.subscriptions()).toBeGreaterThan(before));
    await until(() => expect(stage.channel.botState()).toBe('ready'));
  });

  it('is given up when nobody answers, and comes back when somebody does', async () => {
    await open();
    const before = stage.server.subscriptions();
    stage.server.mute = true;
    await until(() => expect(stage.channel.botState()).toBe('down'));
    await until(() => expect(stage.server.subscriptions()).toBeGreaterThan(before));
    stage.server.mute = false;
    await until(() => expect(stage.channel.botState()).toBe('ready'));
  });

  it('is closed and alarmed about when another program takes it', async () => {
    await open();
    stage.server.kick();
    await until(() => expect(stage.lines.join()).toContain('another program connected'));
    await until(() => expect(stage.channel.botState()).toBe('ready'));
  });

  it('is asked for once with a wrong secret', async () => {
    stage = await openWecomStage('bot');
    const memory = memoryDeps();
    const config = configFor(stage.server, 'bot');
    const channel = makeWecomChannel(
      { ...config, bot: { id: BOT_ID, secret: 'wrong', wsUrl: stage.server.wsUrl } },
      memory.deps,
      { bot: { times: quickTimes, leaseMs: 40 } },
    );
    let asked = 0;
    memory.deps.leases.hold = async () => {
      asked += 1;
      return true;
    };
    await channel.start?.(answering(null));
    await until(() => expect(asked).toBeGreaterThan(5));
    expect(memory.lines.join()).toContain('WECOM_BOT_SECRET is wrong');
    expect(stage.server.subscriptions()).toBe(1);
    await channel.stop?.();
  });

  it('is one over two processes, and passes to the other when the first stops', async () => {
    await open();
    const other = makeWecomChannel(
      configFor(stage.server, 'both'),
      { ...stage.deps, holder: 'process-2' },
      { bot: { times: quickTimes, leaseMs: 40 } },
    );
    await other.start?.(answering(null));
    expect(other.botState()).toBe('elsewhere');
    await expect(other.send(group, { text: '小结' }, 'k')).rejects.toMatchObject({
      name: 'ChannelUnreachable',
      mayHaveArrived: false,
    });
    expect(stage.server.subscriptions()).toBe(1);
    await stage.channel.stop?.();
    await until(() => expect(other.botState()).toBe('ready'));
    expect(stage.lines.join()).not.toContain('another program');
    await other.stop?.();
  });

  it('that was away for long asks each group with open cards to press again, once', async () => {
    const now = 10_000_000;
    const notes = new Map<string, unknown>([['wecom.bot.connected', now - 600_000]]);
    const memory = {
      get: async <T>(key: string) => (notes.get(key) ?? null) as T | null,
      set: async (key: string, value: unknown) => void notes.set(key, value),
    };
    await open('both', null, {
      realNow: () => now,
      memory,
      groups: { robotKey: async () => null, withOpenCards: async () => [group] },
    });
    await until(() => expect(stage.followUps).toHaveLength(1));
    expect(stage.followUps).toMatchObject([
      { chat: group, message: { text: expect.stringContaining('请再操作一次') } },
    ]);
    stage.server.cut();
    await until(() => expect(stage.server.subscriptions()).toBe(2));
    expect(stage.followUps).toHaveLength(1);
  });

  it('says no secret in any line of the log', async () => {
    await open();
    stage.server.fail('aibot_send_msg', { errcode: 40058 });
    await stage.channel.send(group, { text: 'x' }, 'k').catch((error) => stage.lines.push(String(error.stack)));
    stage.server.kick();
    stage.server.cut();
    await until(() => expect(stage.lines.length).toBeGreaterThan(2));
    for (const secret of [BOT_SECRET, SECRET]) expect(stage.lines.join()).not.toContain(secret);
  });
});

function encrypted(bytes: Buffer): { cipher: Buffer; key: string } {
  const key = Buffer.alloc(32, 7);
  const padding = 32 - (bytes.length % 32);
  const aes = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const cipher = Buffer.concat([aes.update(Buffer.concat([bytes, Buffer.alloc(padding, padding)])), aes.final()]);
  return { cipher, key: key.toString('base64').replace(/=+$/, '') };
}
