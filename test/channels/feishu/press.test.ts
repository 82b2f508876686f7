// What a press comes to: values handed on, the card in its place in private, a card that nobody else sees in a group.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card, CardField } from '../../../src/domain/card.ts';
import type { Acknowledged, Answer, InboundEvent } from '../../../src/ports.ts';
import { buttonsOf, type Json, type ServedMessage, wordsIn } from '../../support/feishu-server.ts';
import { ALICE, BOB, type FeishuStage, GROUP, pressCallback, setFeishuStage } from '../../support/feishu-stage.ts';
import { someCard } from '../../support/playground-stage.ts';

let stage: FeishuStage;
let events: InboundEvent[];
let answer: Answer | null;
let presses = 0;

beforeAll(async () => {
  stage = await setFeishuStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.reset();
  events = [];
  answer = null;
});

const form = (title: string): Card =>
  someCard('c1', {
    kind: 'checklist',
    title,
    fields: [
      {
        id: 'not_done',
        kind: 'ticks',
        label: '未落实的项',
        options: [
          { id: 'a', label: '1 甲' },
          { id: 'b', label: '2 乙' },
        ],
      },
      { id: 'note', kind: 'text', label: '其他情况' },
    ],
    actions: [{ id: 'submit', label: '提交' }],
  });
const confirmation = someCard('c1', { kind: 'confirmation', title: '已记录', state: 'answered' });
const buttonOn = (message: ServedMessage | undefined, label: string): Json =>
  buttonsOf(message?.body ?? {}).find((button) => button.label === label)?.value ?? expect.fail(`no ${label}`);

interface By {
  readonly form?: Json;
  readonly from?: string;
  readonly id?: string;
  readonly acknowledged?: Acknowledged;
}
const press = async (message: ServedMessage | undefined, label: string, by: By = {}) => {
  presses += 1;
  const { from = ALICE, id = `e${presses}` } = by;
  const { status, body } = await stage.channel.receive(
    pressCallback({
      id,
      from,
      chat: message?.chat.startsWith('oc_') ? message.chat : 'oc_p2p',
      message: message?.id ?? '',
      value: buttonOn(message, label),
      ...(by.form ? { form: by.form } : {}),
    }),
    async (event) => {
      events.push(event);
      return answer;
    },
    by.acknowledged,
  );
  expect(status).toBe(200);
  // What goes on after the acknowledgement.
  await stage.channel.stop?.();
  return JSON.parse(body) as { toast?: { content: string }; card?: { type: string; data: Json } };
};
const posted = async (chat: string, card: Card): Promise<ServedMessage | undefined> => {
  await stage.channel.send(chat, { card }, `k${stage.server.messages.length}-${chat}`);
  return stage.server.messages.at(-1);
};
const seenBy = (account: string) => stage.server.messages.filter(({ receiver }) => receiver === account);

describe('what was filled in', () => {
  const question = (id: string): CardField => ({
    id,
    kind: 'choice',
    label: id,
    options: [
      { id: 'yes', label: '是' },
      { id: 'no', label: '否' },
    ],
  });
  const letter = someCard('c1', { fields: ['q1', 'q2', 'q3'].map(question), actions: [{ id: 'sign', label: '签阅' }] });

  it.each<[string, Card, string, Json, object]>([
    [
      'ticks and words',
      form('甲'),
      '提交',
      { 'not_done:a': true, 'not_done:b': true, note: '西门' },
      { not_done: ['a', 'b'], note: '西门' },
    ],
    [
      'nothing, which says nothing (R20)',
      form('甲'),
      '提交',
      { 'not_done:a': false, 'not_done:b': false, note: '' },
      {},
    ],
    [
      'one answer for all questions',
      letter,
      '签阅',
      { '?all': 'yes', q1: '', q2: '' },
      { q1: 'yes', q2: 'yes', q3: 'yes' },
    ],
    [
      'one answer for all but what was answered by itself',
      letter,
      '签阅',
      { '?all': 'yes', q2: 'no' },
      { q1: 'yes', q2: 'no', q3: 'yes' },
    ],
    ['single answers', letter, '签阅', { q3: 'no' }, { q3: 'no' }],
  ])('hands on %s', async (_, card, label, filled, values) => {
    await press(await posted(`person:${ALICE}`, card), label, { form: filled });
    expect(events).toMatchObject([{ sender: ALICE, chat: { kind: 'person', id: `person:${ALICE}` } }]);
    expect(events[0]?.body).toEqual({ kind: 'press', card: 'c1', action: card.actions[0]?.id, values });
  });
});

describe('in private', () => {
  it('the acknowledgement carries the line and the card that takes the pressed one’s place', async () => {
    answer = { toast: '已记录', card: confirmation };
    const ack = await press(await posted(`person:${ALICE}`, form('甲')), '提交');
    expect(ack.toast).toMatchObject({ content: '已记录' });
    expect(ack.card?.type).toBe('raw');
    expect(wordsIn(ack.card?.data ?? {})).toContain('已记录');
    expect(stage.server.messages).toHaveLength(1);
  });

  it.each<[string, Answer, object]>([
    ['a card', { toast: '已记录', card: confirmation }, { card: { title: '已记录' } }],
    ['a line', { toast: '还没有勾选' }, { text: '还没有勾选' }],
  ])('%s follows as a message, once, when the acknowledgement was lost', async (_, said, message) => {
    answer = said;
    const card = await posted(`person:${ALICE}`, form('阳光花园'));
    for (const written of [false, false, true])
      await press(card, '提交', { id: `lost-${said.toast}`, acknowledged: Promise.resolve(written) });
    expect(stage.followUps).toMatchObject([{ chat: `person:${ALICE}`, message }]);
  });

  it('a line alone changes nothing, and no answer is an empty acknowledgement', async () => {
    const message = await posted(`person:${ALICE}`, form('甲'));
    answer = { toast: '请先勾选' };
    expect(await press(message, '提交')).toEqual({ toast: { type: 'info', content: '请先勾选' } });
    answer = null;
    expect(await press(message, '提交')).toEqual({});
  });
});

describe('in a group', () => {
  const group = (): Promise<ServedMessage | undefined> =>
    posted(GROUP, someCard('c1', { actions: [{ id: 'has_exceptions', label: '有未落实' }] }));

  it('a form is shown to the presser alone, and the group’s card stays as it is', async () => {
    const message = await group();
    answer = { card: form('阳光花园') };
    const ack = await press(message, '有未落实');
    expect(ack).toEqual({ toast: { type: 'info', content: '已发在群里，只有您看得到' } });
    expect(seenBy(ALICE).map(({ body }) => wordsIn(body))).toEqual([expect.stringContaining('阳光花园')]);
    expect(stage.server.shownIn(GROUP)).toEqual([expect.stringContaining('卡片 c1')]);
    expect(events[0]).toMatchObject({ chat: { kind: 'group', id: GROUP } });
  });

  it('the next card comes in the place of the form', async () => {
    const message = await group();
    answer = { card: form('阳光花园') };
    await press(message, '有未落实');
    answer = { toast: '已记录', card: confirmation };
    const ack = await press(seenBy(ALICE)[0], '提交', { form: { 'not_done:a': true } });
    expect(ack).toEqual({ toast: { type: 'info', content: '已记录' } });
    expect(events[1]).toMatchObject({ chat: { id: GROUP }, body: { values: { not_done: ['a'] } } });
    expect(seenBy(ALICE).map(({ body }) => wordsIn(body))).toEqual([expect.stringContaining('已记录')]);
  });

  it('a form that a newer one replaced is not taken for it, and goes', async () => {
    const message = await group();
    answer = { card: form('阳光花园') };
    await press(message, '有未落实');
    answer = { card: form('景湖居') };
    await press(message, '有未落实');
    const [old, newer] = seenBy(ALICE);
    const ack = await press(old, '提交', { form: { 'not_done:a': true } });
    expect(ack.toast?.content).toContain('已有更新');
    expect(events).toHaveLength(2);
    expect(seenBy(ALICE)).toEqual([newer]);
    await press(newer, '提交', { form: { 'not_done:b': true } });
    expect(events).toHaveLength(3);
  });

  it('two people fill in two forms of one group card', async () => {
    const message = await group();
    answer = { card: form('阳光花园') };
    await press(message, '有未落实', { from: ALICE });
    answer = { card: form('景湖居') };
    await press(message, '有未落实', { from: BOB });
    for (const from of [ALICE, BOB]) await press(seenBy(from)[0], '提交', { from, form: { 'not_done:a': true } });
    expect(events.map(({ sender }) => sender)).toEqual([ALICE, BOB, ALICE, BOB]);
  });

  it('a press that is delivered twice is answered twice and shown once', async () => {
    const message = await group();
    answer = { card: form('阳光花园') };
    for (let i = 0; i < 2; i += 1) await press(message, '有未落实', { id: 'twice' });
    expect(seenBy(ALICE)).toHaveLength(1);
    expect(events[0]?.id).toBe(events[1]?.id);
  });

  it('where a group knows no such cards it goes to the private chat, and is answered there', async () => {
    stage.server.topicGroups.add(GROUP);
    const message = await group();
    answer = { card: form('阳光花园') };
    await press(message, '有未落实');
    expect(stage.followUps).toMatchObject([{ chat: `person:${ALICE}`, message: { card: { title: '阳光花园' } } }]);
    // As the outbox sends it.
    await stage.channel.send(`person:${ALICE}`, stage.followUps[0]?.message ?? {}, 'follow-up');
    const own = stage.server.messages.at(-1);
    answer = { toast: '已记录', card: confirmation };
    const ack = await press(own, '提交', { form: { 'not_done:a': true } });
    expect(wordsIn(ack.card?.data ?? {})).toContain('已记录');
    const again = await press(own, '提交', { form: { 'not_done:b': true } });
    expect(again.toast?.content).toContain('已有更新');
    expect(events).toHaveLength(2);
  });
});
