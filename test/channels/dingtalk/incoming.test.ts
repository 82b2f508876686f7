// What people say and press, good and bad: a clear answer to the person, 4xx to the forger, nothing written.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Acknowledged, Answer, InboundEvent, OnEvent } from '../../../src/ports.ts';
import { CLIENT_SECRET } from '../../support/dingtalk-server.ts';
import {
  cardCallback,
  type DingtalkStage,
  GROUP,
  openDingtalkStage,
  pressBody,
  robotCallback,
  robotSays,
} from '../../support/dingtalk-stage.ts';
import { someCard } from '../../support/playground-stage.ts';

let stage: DingtalkStage;
let events: InboundEvent[];
let answer: Answer | null;

beforeAll(async () => {
  stage = await openDingtalkStage({ mode: 'http' });
});
afterAll(() => stage.close());
beforeEach(() => {
  events = [];
  answer = null;
});
afterEach(() => {
  stage.server.reset();
  for (const list of [stage.followUps, stage.lines, stage.lost]) list.length = 0;
  stage.used.clear();
});

const receive = async (callback: ReturnType<typeof robotCallback>, acknowledged?: Acknowledged) => {
  const take: OnEvent = async (event) => {
    events.push(event);
    return answer;
  };
  const { status, body } = await stage.channel.receive(callback, take, acknowledged);
  return { status, body: JSON.parse(body) };
};
const says = (text: string, more: Record<string, unknown> = {}) => receive(robotCallback(robotSays(text, more)));
const sent = async () => {
  await stage.channel.send(GROUP, { card: someCard('c1') }, 'k1');
  return stage.server.cardIn(GROUP).outTrackId;
};

describe('words to the robot', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['in a group', {}, { chat: { kind: 'group', id: GROUP }, body: { kind: 'text', text: '都有', mentionsBot: true } }],
    [
      'in private',
      { conversationType: '1', conversationId: 'cidPrivate' },
      { chat: { kind: 'person', id: 'person:zhangsan' } },
    ],
    [
      'spoken',
      { conversationType: '1', msgtype: 'audio', text: null, content: { recognition: '都有', downloadCode: 'd' } },
      { body: { text: '都有' } },
    ],
    ['with a time as text', { sessionWebhookExpiredTime: '1650333600000', createAt: '1' }, { body: { text: '都有' } }],
  ])('%s are read', async (_, more, expected) => {
    expect((await says('都有', more)).status).toBe(200);
    expect(events).toMatchObject([{ channel: 'dingtalk', sender: 'zhangsan', ...expected }]);
  });

  it('that come twice are one event', async () => {
    const said = robotSays('都有');
    for (const _ of [1, 2]) await receive(robotCallback(said));
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  });

  it('bring their pictures after them', async () => {
    stage.server.files.set('d1', Buffer.from('89504e470d0a1a0a00', 'hex'));
    const richText = [{ text: '门岗没有人 ' }, { type: 'picture', downloadCode: 'd1' }];
    await says('', { msgtype: 'richText', text: null, content: { richText } });
    expect(events).toMatchObject([
      { body: { kind: 'text', text: '门岗没有人' } },
      { body: { kind: 'file', name: 'picture.png', type: 'image/png' } },
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  });

  it('bring a file with its name, and one that is gone is no failure', async () => {
    stage.server.files.set('d1', Buffer.from('%PDF'));
    const file = { conversationType: '1', msgtype: 'file', text: null };
    await says('', { ...file, content: { downloadCode: 'd1', fileName: '整改.pdf' } });
    expect(events).toMatchObject([{ body: { kind: 'file', name: '整改.pdf' } }]);
    expect((await says('', { ...file, content: { downloadCode: 'gone', fileName: 'x.pdf' } })).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  it('of somebody without an account are answered politely where they were said, and go nowhere', async () => {
    await says('都有', { senderStaffId: '', ...stage.server.session(GROUP) });
    expect(events).toEqual([]);
    expect(stage.server.shownIn(GROUP).join()).toContain('机器人认不出您是谁');
    await says('都有', { senderStaffId: undefined });
    expect(events).toEqual([]);
  });

  it('are never answered at an address that is not DingTalk’s', async () => {
    const elsewhere = {
      sessionWebhook: 'https://evil.example/robot/sendBySession?session=1',
      sessionWebhookExpiredTime: Date.now() + 60_000,
    };
    expect((await says('都有', { senderStaffId: '', ...elsewhere })).status).toBe(200);
    await says('都有', elsewhere);
    await stage.channel.send(GROUP, { text: '好的' }, 'k');
    expect(stage.server.seen).toMatchObject([{ by: 'robot' }]);
  });

  it('without text because the month is used up are told to the operator', async () => {
    await says('', { msgtype: 'text', text: null, errorCode: 20001, errorMessage: 'quota' });
    expect(events).toEqual([]);
    expect(stage.lines.join()).toContain('allowance is used up');
  });

  it('in a group let the log say the group’s id, once', async () => {
    for (const _ of [1, 2]) await says('都有', { conversationId: 'cidNew==' });
    expect(stage.lines.filter((line) => line.includes('cidNew=='))).toHaveLength(1);
  });

  it.each(['', '   '])('that are “%s” come to nothing', async (text) => {
    expect((await says(text)).status).toBe(200);
    expect(events).toEqual([]);
  });
});

describe('a press', () => {
  it('carries what was filled in', async () => {
    const form = {
      dudao_action: 'submit',
      not_done: ['a', 'b'],
      compound: { index: 1, value: 'k7' },
      note: '电梯停用',
    };
    await receive(cardCallback(pressBody(await sent(), form)));
    expect(events).toMatchObject([
      {
        sender: 'zhangsan',
        chat: { kind: 'group', id: GROUP },
        body: {
          kind: 'press',
          card: 'c1',
          action: 'submit',
          values: { not_done: ['a', 'b'], compound: 'k7', note: '电梯停用' },
        },
      },
    ]);
  });

  it('is answered with the presser’s view, or with words above the form', async () => {
    answer = { card: someCard('c1', { title: '已记录' }) };
    const { body } = await receive(cardCallback(pressBody(await sent(), { dudao_action: 'all_ok' })));
    expect(body.userPrivateData.cardParamMap).toMatchObject({ title: '已记录', tip: '' });
    answer = { toast: '请先选择小区' };
    const asked = await receive(
      cardCallback(pressBody(stage.server.cardIn(GROUP).outTrackId, { dudao_action: 'all_ok' })),
    );
    expect(asked.body.userPrivateData.cardParamMap).toEqual({ tip: '请先选择小区' });
    expect(asked.body.cardUpdateOptions).toEqual({ updateCardDataByKey: true, updatePrivateDataByKey: true });
  });

  const lost = () => Promise.resolve(false);
  const press = async () => cardCallback(pressBody(await sent(), { dudao_action: 'all_ok' }));

  it('whose acknowledgement was lost is answered on the card all the same', async () => {
    answer = { card: someCard('c1', { title: '已记录' }) };
    await receive(await press(), lost());
    await stage.channel.stop?.();
    expect(stage.server.viewOf(stage.server.cardIn(GROUP).outTrackId, 'zhangsan').title).toBe('已记录');
    expect(stage.followUps).toEqual([]);
  });

  it('whose acknowledgement was lost is answered by a message, once, where the card cannot be changed', async () => {
    answer = { card: someCard('c1', { title: '已记录' }) };
    const callback = await press();
    for (const _ of [1, 2]) {
      stage.server.fail('card/instances', { code: 'param.cardNotExist' });
      await receive(callback, lost());
      await stage.channel.stop?.();
    }
    expect(stage.followUps).toMatchObject([{ chat: 'person:zhangsan', message: { card: { title: '已记录' } } }]);
  });

  it('with an empty form is asked back, and goes nowhere', async () => {
    const { status, body } = await receive(cardCallback(pressBody(await sent(), {})));
    expect(status).toBe(200);
    expect(body.userPrivateData.cardParamMap.tip).toContain('请先选择要做的操作');
    expect(events).toEqual([]);
  });

  it('on a card that is none of ours is for the use case to refuse in words', async () => {
    answer = { toast: '这张卡片已结束' };
    const { body } = await receive(cardCallback(pressBody('somebody-elses-card', { dudao_action: 'all_ok' })));
    expect(events).toMatchObject([{ body: { card: 'somebody-elses-card' } }]);
    expect(body.userPrivateData.cardParamMap.tip).toBe('这张卡片已结束');
  });

  it.each<[string, Record<string, unknown>]>([
    ['a user id', { userId: undefined }],
    ['one that we know', { userIdType: 2 }],
    ['a form', { content: JSON.stringify({ cardPrivateData: { params: { fromConfig: '1' } } }) }],
    ['content', { content: undefined }],
  ])('without %s comes to nothing', async (_, more) => {
    expect(await receive(cardCallback(pressBody(await sent(), { dudao_action: 'all_ok' }, more)))).toEqual({
      status: 200,
      body: {},
    });
    expect(events).toEqual([]);
  });

  it('whose place DingTalk does not say is its presser’s own', async () => {
    await receive(
      cardCallback(pressBody(await sent(), { dudao_action: 'list' }, { spaceId: undefined, spaceType: undefined })),
    );
    expect(events).toMatchObject([{ chat: { kind: 'person', id: 'person:zhangsan' } }]);
  });

  it('of another corp is refused', async () => {
    expect((await receive(cardCallback(pressBody(await sent(), {}, { corpId: 'other' })))).status).toBe(403);
  });
});

describe('numbers in a chat without a template', () => {
  it('press the last card that was said there, and are answered in private', async () => {
    const plain = await openDingtalkStage({ mode: 'http', cardTemplateId: null });
    const press = async (text: string) => {
      const all: InboundEvent[] = [];
      await plain.channel.receive(robotCallback(robotSays(text)), async (event) => {
        all.push(event);
        return { toast: '已记录' };
      });
      return all;
    };
    await plain.channel.send(GROUP, { card: someCard('c1') }, 'k1');
    expect(plain.server.shownIn(GROUP)[0]).toContain('请 @我 回复序号：1 全部落实');
    expect(await press('1')).toMatchObject([{ body: { kind: 'press', card: 'c1', action: 'all_ok' } }]);
    expect(plain.followUps).toMatchObject([{ chat: 'person:zhangsan', message: { text: '已记录' } }]);
    expect(await press('9')).toEqual([]);
    expect(plain.followUps[1]?.message.text).toContain('没有这个序号');
    expect(await press('阳光花园 都有')).toMatchObject([{ body: { kind: 'text' } }]);
    await plain.close();
  });
});

describe('what is counted', () => {
  it('is each message that comes in and each call that goes out, by DingTalk’s month', async () => {
    const month = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(Date.now()).slice(0, 7);
    await says('都有');
    await receive(cardCallback(pressBody(await sent(), { dudao_action: 'all_ok' })));
    expect(Object.fromEntries(stage.used)).toEqual({ [`${month}/messages`]: 2, [`${month}/calls`]: 1 });
    expect(await stage.channel.used()).toEqual({ messages: 2, calls: 1 });
  });
});

describe('a stage in Stream mode', () => {
  it('has no door for callbacks', async () => {
    const stream = await openDingtalkStage();
    const { status } = await stream.channel.receive(robotCallback(robotSays('好')), async () => null);
    expect(status).toBe(404);
    await stream.close();
  });
});

it('logs no secret of a refused callback', async () => {
  await receive(robotCallback(robotSays('机密'), { secret: 'forged' }));
  expect(stage.lines).toHaveLength(1);
  for (const word of ['机密', CLIENT_SECRET]) expect(stage.lines.join()).not.toContain(word);
});
