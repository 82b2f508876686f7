// What Telegram is sent for each card, held against test/golden/telegram (UPDATE_GOLDEN=1 writes them anew), what no card
// may break, and what its updates say to us.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeButton, encodeButton, namesOf, resolveButton } from '../../../src/channels/telegram/callback-data.ts';
import {
  decodeInbound,
  earlierChoices,
  encodeCard,
  encodeOverflow,
  encodeText,
  valuesOf,
  withMentions,
} from '../../../src/channels/telegram/codec.ts';
import { updateSchema } from '../../../src/channels/telegram/payloads.ts';
import { viewToken } from '../../../src/channels/view-token.ts';
import type { Card, CardField } from '../../../src/domain/card.ts';
import type { CardDraft } from '../../../src/ports-channels.ts';
import { someCard } from '../../support/playground-stage.ts';
import { limitOf } from '../../support/telegram-server.ts';
import { ALICE, GROUP, pressUpdate, textUpdate } from '../../support/telegram-stage.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../golden/${path}/`, import.meta.url));
const update = process.env.UPDATE_GOLDEN === '1';
const blank: CardDraft = { ticks: {}, texts: {}, page: 0 };
const LINK = 'https://t.me/dudao_bot?start=card_T';

const cards = readdirSync(folder('playground'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, card: JSON.parse(readFileSync(folder('playground') + file, 'utf8')) as Card }));

/** Where each card stands in real life. */
const audienceOf = (file: string): 'group' | 'person' =>
  /zone-group|in-a-group|two-hundred|tally/.test(file) ? 'group' : 'person';

const render = (card: Card, more: Partial<Parameters<typeof encodeCard>[0]> = {}) =>
  encodeCard({ token: 'T', card, draft: blank, audience: 'person', privateLink: null, back: false, ...more });

const bodyOf = ({ text, keyboard }: ReturnType<typeof encodeCard>) => ({
  text,
  reply_markup: { inline_keyboard: keyboard },
});

describe('a card on Telegram', () => {
  it.each(cards)('$file looks as it was reviewed', ({ file, card }) => {
    const audience = audienceOf(file);
    const shown = render(card, { audience, privateLink: audience === 'group' ? LINK : null });
    const golden = folder('telegram') + file;
    const content = `${JSON.stringify(shown, null, 2)}\n`;
    if (update) writeFileSync(golden, content);
    expect(readFileSync(golden, 'utf8')).toBe(content);
  });

  it('lacks no golden rendering, and none is kept of a card that is gone', () => {
    expect(readdirSync(folder('telegram')).sort()).toEqual(cards.map(({ file }) => file).sort());
  });

  const long = '长'.repeat(3_000);
  const options = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `${long}${i}`, label: `${i} ${long}😀` }));
  const everything = (n: number): CardField[] => [
    { id: 'not_done', kind: 'ticks', label: long, options: options(n) },
    { id: 'compound', kind: 'choice', label: long, options: options(n), required: true },
    ...Array.from(
      { length: 12 },
      (_, i): CardField => ({
        id: `q${i}`,
        kind: 'choice',
        label: long,
        options: [
          { id: 'yes', label: '是' },
          { id: 'no', label: '否' },
        ],
      }),
    ),
    { id: 'note', kind: 'text', label: long },
  ];
  const all: CardDraft = {
    ticks: { not_done: options(60).map(({ id }) => id), compound: [options(1)[0]?.id ?? ''] },
    texts: { note: `${long}<b>&` },
    page: 3,
  };
  const extremes: [string, Card][] = [
    ['hundreds of options', someCard('c', { fields: everything(60) })],
    ['lines without end', someCard('c', { lines: Array.from({ length: 5 }, () => long), fields: everything(2) })],
    ['an empty title and no lines', someCard('c', { title: '', lines: [], actions: [] })],
    ['marks of HTML everywhere', someCard('<&>', { title: '<b>&</i>', lines: ['</b>', '&lt;'], stateText: '<i>' })],
    ['characters of two units', someCard('c', { title: '😀'.repeat(3_000), lines: ['😀'.repeat(5_000)] })],
    [
      'long actions',
      someCard('c', { actions: Array.from({ length: 40 }, (_, i) => ({ id: `${long}${i}`, label: long })) }),
    ],
    [
      'a link that only this machine knows',
      someCard('c', { actions: [{ id: 'open', label: '打开', url: 'http://localhost:3000/f/x' }] }),
    ],
    [
      'an empty label',
      someCard('c', {
        actions: [{ id: 'x', label: ' ' }],
        fields: [{ id: 'f', kind: 'choice', label: '', options: [{ id: 'a', label: '' }] }],
      }),
    ],
  ];
  it.each(
    extremes.flatMap(([what, card]) =>
      (['group', 'person', 'ephemeral'] as const).flatMap((audience) =>
        [blank, all].map((draft) => ({ what, card, audience, draft, filled: draft === all })),
      ),
    ),
  )('breaks no limit with $what, $audience, filled: $filled', ({ card, audience, draft }) => {
    const shown = render(card, { audience, draft, privateLink: LINK, back: true });
    if (card.title !== '') expect(limitOf(bodyOf(withMentions(shown, ['1', '2'])))).toBeNull();
    const visible = shown.text.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt);/g, '.');
    if (audience === 'ephemeral') expect([...visible].length).toBeLessThanOrEqual(1_024);
    for (const part of encodeOverflow(card)) expect(limitOf(bodyOf(part))).toBeNull();
  });

  it('leaves no word out: what does not fit is sent besides', () => {
    const lines = Array.from({ length: 300 }, (_, i) => `第 ${i} 行 ${'字'.repeat(40)}`);
    const sent = encodeOverflow(someCard('c', { lines })).map(({ text }) => text);
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.join('\n')).toBe(lines.join('\n'));
    expect(render(someCard('c', { lines })).text).toContain('全文见上面的消息');
    expect(encodeOverflow(someCard('c'))).toEqual([]);
    const questions = everything(2).filter(({ kind }) => kind === 'choice');
    const asked = encodeOverflow(someCard('c', { fields: questions })).map(({ text }) => text);
    expect(asked.join('').split(long)).toHaveLength(questions.length + 1);
  });

  it('shows what was ticked, chosen and written, and offers to take it back', () => {
    const card = someCard('c', {
      fields: [
        {
          id: 'not_done',
          kind: 'ticks',
          label: '未落实',
          options: [
            { id: 'a', label: '1 通告' },
            { id: 'b', label: '2 指引' },
          ],
        },
        { id: 'note', kind: 'text', label: '其他情况' },
      ],
    });
    const shown = render(card, { draft: { ticks: { not_done: ['b'] }, texts: { note: '门岗缺人' }, page: 0 } });
    expect(shown.text).toContain('未落实：2 指引');
    expect(shown.text).toContain('其他情况：门岗缺人');
    expect(shown.keyboard.flat().map(({ text }) => text)).toEqual(['☐ 1 通告', '✗ 2 指引', '填写其他情况', '全部落实']);
    const untick = shown.keyboard[1]?.[0] as { callback_data: string };
    expect(resolveButton(decodeButton(untick.callback_data) ?? expect.fail(), namesOf(card))).toEqual({
      verb: 'untick',
      field: 'not_done',
      option: 'b',
    });
  });

  it('lays long lists on pages, each option on exactly one', () => {
    const card = someCard('c', {
      fields: [
        {
          id: 'compound',
          kind: 'choice',
          label: '小区',
          options: Array.from({ length: 200 }, (_, i) => ({ id: `${i}`, label: `示例花园第${i}期 · 东区街道` })),
        },
      ],
    });
    const labels = Array.from({ length: 15 }, (_, page) => render(card, { draft: { ...blank, page } }).keyboard.flat())
      .flat()
      .map(({ text }) => text)
      .filter((text) => text.startsWith('示例'));
    expect(labels).toHaveLength(200);
    expect(new Set(labels).size).toBe(200);
    expect(
      render(card, { draft: { ...blank, page: 99 } })
        .keyboard.flat()
        .map(({ text }) => text),
    ).toContain('上一页 14/15');
  });

  it('offers a group no list that only one could page: everybody opens his own', () => {
    const many = someCard('c', {
      fields: [
        {
          id: 'compound',
          kind: 'choice',
          label: '小区',
          required: true,
          options: Array.from({ length: 13 }, (_, i) => ({ id: `${i}`, label: `花园${i}` })),
        },
      ],
    });
    expect(
      render(many, { audience: 'group', privateLink: LINK })
        .keyboard.flat()
        .map(({ text }) => text),
    ).toEqual(['我的卡片', '私聊办理']);
  });

  it('rings the people it names', () => {
    expect(encodeText({ text: '请看', mentions: ['31', 'x'] }).text).toBe('请看\n<a href="tg://user?id=31">@</a>');
  });

  it('hands in only what somebody chose', () => {
    const card = someCard('c', { fields: [...everything(2), { id: 'empty', kind: 'ticks', label: '', options: [] }] });
    expect(valuesOf(card, blank)).toEqual({});
    expect(
      valuesOf(card, {
        ticks: { q1: ['yes'], not_done: ['a', 'b'], gone: ['x'], empty: [] },
        texts: { note: '好', q2: 'z' },
        page: 0,
      }),
    ).toEqual({
      q1: 'yes',
      not_done: ['a', 'b'],
      note: '好',
    });
  });

  it('keeps what was chosen on an older drawing of a group’s card', () => {
    const done = someCard('c1', { fields: [] });
    const draft: CardDraft = { ...blank, ticks: { compound: ['k1'], empty: [] } };
    expect(earlierChoices(done, draft)).toEqual({ compound: 'k1' });
    const asks = someCard('c1', { fields: [{ id: 'compound', kind: 'choice', label: '小区', options: [] }] });
    expect(earlierChoices(asks, draft)).toEqual({});
  });
});

describe('a button', () => {
  const card = someCard('018f3f7a-6d4e-7b61-9a53-0123456789ab', {
    fields: [{ id: 'compound', kind: 'choice', label: '小区', options: [{ id: 'cmp_abcdefghijkl', label: '甲' }] }],
  });
  const buttons = [
    { verb: 'tick', field: 'compound', option: 'cmp_abcdefghijkl' },
    { verb: 'untick', field: 'compound', option: 'cmp_abcdefghijkl' },
    { verb: 'choose', field: 'compound', option: 'cmp_abcdefghijkl' },
    { verb: 'write', field: 'compound' },
    { verb: 'page', page: 999 },
    { verb: 'act', action: 'all_ok' },
    { verb: 'open' },
    { verb: 'back' },
  ] as const;

  it.each(buttons)('says $verb in at most 64 bytes, and is understood', (button) => {
    const data = encodeButton(viewToken(card, '1234567890123'), button);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(resolveButton(decodeButton(data) ?? expect.fail(), namesOf(card))).toEqual(button);
  });

  it.each([
    ['nothing', ''],
    ['another version', '2|T|a|x'],
    ['an unknown verb', '1|T|z|x'],
    ['no token', '1||a|x'],
    ['signs that are none of ours', '1|T|a|一'],
    ['more than 64 bytes', `1|T|a|${'x'.repeat(60)}`],
  ])('with %s is no button of ours', (_, data) => {
    expect(decodeButton(data)).toBeNull();
  });

  it.each(['1|T|a|constructor', '1|T|t|x|y', '1|T|p|-1', '1|T|p|9999'])('%s names nothing on this card', (data) => {
    expect(resolveButton(decodeButton(data) ?? expect.fail(), namesOf(card))).toBeNull();
  });

  it('of a group names its card for good, of a person what the card said then', () => {
    const later = { ...card, title: '改过的' };
    expect(viewToken(later, '')).toBe(viewToken(card, ''));
    expect(viewToken(later, '31')).not.toBe(viewToken(card, '31'));
    expect(viewToken(Object.fromEntries(Object.entries(card).reverse()) as unknown as Card, '31')).toBe(
      viewToken(card, '31'),
    );
    expect(viewToken(card, '32')).not.toBe(viewToken(card, '31'));
  });
});

describe('an update', () => {
  const bot = { id: 4242, username: 'dudao_bot' };
  const decode = (update: object) => decodeInbound(updateSchema.parse(update), bot);
  const text = (chat: string, said: string, more: object = {}) => decode(textUpdate(ALICE, chat, said, more));

  it.each([
    ['in private', '31', '都落实了', {}, { text: '都落实了', mentionsBot: true }],
    ['in a group', GROUP, '都落实了', {}, { text: '都落实了', mentionsBot: false }],
    ['with a mention', GROUP, '@dudao_bot 都落实了', {}, { text: '都落实了', mentionsBot: true }],
    ['with a mention behind', GROUP, '都落实了 @Dudao_Bot', {}, { text: '都落实了', mentionsBot: true }],
    [
      'with somebody else’s mention',
      GROUP,
      '@zhang_gong 都落实了',
      {},
      { text: '@zhang_gong 都落实了', mentionsBot: false },
    ],
    ['a command', GROUP, '/report 东区组团', {}, { text: '/report 东区组团', mentionsBot: true }],
    [
      'a command to us by name',
      GROUP,
      '/report@dudao_bot 东区组团',
      {},
      { text: '/report 东区组团', mentionsBot: true },
    ],
    [
      'a reply to us',
      GROUP,
      '没有',
      { reply_to_message: { message_id: 9, from: { id: 4242, is_bot: true }, text: '哪一项？' } },
      { text: '没有', mentionsBot: true, quoted: '哪一项？', replyTo: 9 },
    ],
    [
      'a reply to somebody',
      GROUP,
      '没有',
      { reply_to_message: { message_id: 9, from: { id: 7 }, text: '有吗' }, quote: { text: '有' } },
      { text: '没有', mentionsBot: false, quoted: '有', replyTo: 9 },
    ],
    [
      'in a topic',
      GROUP,
      '好',
      { message_thread_id: 45, is_topic_message: true },
      { chat: { kind: 'group', id: GROUP, topic: 45 } },
    ],
    [
      'in a thread that is no topic',
      GROUP,
      '好',
      { message_thread_id: 45 },
      { chat: { kind: 'group', id: GROUP, topic: null } },
    ],
  ])('a text %s', (_, chat, said, more, expected) => {
    expect(text(chat, said, more)).toMatchObject([{ kind: 'text', sender: '31', ...expected }]);
  });

  it('a command to another bot is not ours', () => {
    expect(text(GROUP, '/report@other_bot')).toEqual([]);
  });

  it('a text that was edited is another event', () => {
    const { message } = textUpdate(ALICE, GROUP, '除了3') as unknown as { message: object };
    const [first] = decode({ update_id: 1, message });
    const [again] = decode({ update_id: 2, message });
    const [edited] = decode({ update_id: 3, edited_message: { ...message, edit_date: 99 } });
    expect(again).toEqual(first);
    expect(edited).toMatchObject({ kind: 'text' });
    expect((edited as { id: string }).id).not.toBe((first as { id: string }).id);
  });

  it.each([
    ['with a code', '/start 8fK2_x-1', { kind: 'started', payload: '8fK2_x-1' }],
    ['alone', '/start', { kind: 'started', payload: '' }],
  ])('/start %s', (_, said, expected) => {
    expect(text('31', said)).toMatchObject([expected]);
  });

  it('a photo brings its words first, and its largest picture', () => {
    const photo = [
      { file_id: 's', file_unique_id: 'u1', file_size: 10 },
      { file_id: 'l', file_unique_id: 'u2', file_size: 900 },
    ];
    const { message } = textUpdate(ALICE, '31', '') as unknown as { message: { message_id: number } };
    const said = decode({ update_id: 1, message: { ...message, text: undefined, caption: '门岗已整改', photo } });
    const id = `message:31:${message.message_id}`;
    expect(said).toMatchObject([
      { kind: 'text', id, text: '门岗已整改' },
      { kind: 'file', id: `${id}:file`, file: 'l', name: 'u2.jpg', type: 'image/jpeg', size: 900 },
    ]);
  });

  it('a photo of a group that is not meant for us is left alone', () => {
    const photo = [{ file_id: 's', file_unique_id: 'u1' }];
    const { message } = textUpdate(ALICE, GROUP, '') as unknown as { message: object };
    expect(decode({ update_id: 1, message: { ...message, photo } })).toEqual([]);
  });

  it.each([
    ['an anonymous admin', { from: { id: 1_087_968_824, is_bot: true }, sender_chat: { id: -100700 } }],
    ['a linked channel', { from: { id: 777_000 }, sender_chat: { id: -100800 } }],
  ])('words of %s are nobody’s', (_, more) => {
    expect(text(GROUP, '/report', more)).toMatchObject([{ kind: 'anonymous' }]);
    expect(text(GROUP, '闲聊', more)).toEqual([]);
  });

  it.each([
    [
      'a group that becomes a supergroup',
      '-55',
      { migrate_to_chat_id: -100700 },
      { kind: 'moved', from: '-55', to: GROUP },
    ],
    ['a supergroup that was a group', GROUP, { migrate_from_chat_id: -55 }, { kind: 'moved', from: '-55', to: GROUP }],
  ])('%s', (_, chat, more, expected) => {
    expect(text(chat, '', more)).toEqual([expected]);
  });

  it('somebody blocks the bot, and comes back', () => {
    const member = (status: string) =>
      decode({
        update_id: 1,
        my_chat_member: { chat: { id: 31, type: 'private' }, from: { id: 31 }, new_chat_member: { status } },
      });
    expect(member('kicked')).toMatchObject([{ kind: 'membership', inside: false, chat: { kind: 'person', id: '31' } }]);
    expect(member('member')).toMatchObject([{ kind: 'membership', inside: true }]);
  });

  it('a press on a message that is gone still says where it stood', () => {
    expect(decode(pressUpdate('q1', ALICE, { chat: GROUP, id: 9 }, '1|T|a|x'))).toEqual([
      {
        kind: 'press',
        id: 'press:q1',
        sender: '31',
        chat: { kind: 'group', id: GROUP, topic: null },
        data: '1|T|a|x',
        place: { chat: GROUP, message: 9 },
      },
    ]);
  });

  it('of a kind that is new says nothing', () => {
    expect(decode({ update_id: 1, brand_new: {} })).toEqual([]);
  });
});
