import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePlaygroundChannel } from '../../../src/channels/playground/channel.ts';
import type { Answer, Channel, InboundEvent, RawCallback } from '../../../src/ports.ts';
import type { PlaygroundMessage } from '../../../src/ports-playground.ts';
import { openPool } from '../../../src/store/pool.ts';
import { channelContract } from '../../contracts/channel.ts';
import { createTestDatabase } from '../../support/database.ts';
import { noon } from '../../support/outbox-rows.ts';
import { setStage, someCard } from '../../support/playground-stage.ts';
import { testClock } from '../../support/test-clock.ts';
import { zhongshan } from '../../support/universe.ts';

const clock = testClock(noon);
const ZONE = 'zone:东区组团';
const api = '/playground/api';

const stage = async () => {
  const pool = openPool((await createTestDatabase()).url);
  const { store, area } = await setStage(pool, await zhongshan(), clock);
  let told = (): void => {};
  const channel = makePlaygroundChannel({ messages: store, clock, onChange: () => told() });
  /** Resolves when the channel says the next time that something came or changed. */
  const nextChange = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });
  return { pool, store, area, channel, nextChange };
};

const callback = (door: string, body: unknown): RawCallback => ({
  method: 'POST',
  path: `${api}${door}`,
  query: {},
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

const words = ({ text, card, image }: PlaygroundMessage): string =>
  [text, image, card?.title, ...(card?.lines ?? [])].filter((part) => part).join('\n');

channelContract('playground', async () => {
  const { pool, store, channel } = await stage();
  return {
    channel,
    chat: ZONE,
    shown: async () => (await store.messages(ZONE, null, 0, 100)).map(words),
    callbacks: {
      press: (id, card) => callback('/press', { id, as: 'p-insp', chat: ZONE, card, action: 'all_ok' }),
      text: (id, text) => callback('/say', { id, as: 'p-insp', chat: ZONE, text }),
      malformed: () => [
        callback('/say', '{"as":'),
        callback('/say', []),
        callback('/say', { as: 'p-insp', chat: ZONE, text: '' }),
        callback('/press', { as: 'p-insp', chat: ZONE, card: 5 }),
        callback('/press', { as: 'p-insp', chat: ZONE, card: 'c1', action: 'all_ok', values: { note: 7 } }),
      ],
      unknown: () => callback('/dance', {}),
    },
    secrets: [],
    reset: async () => void (await pool.query('truncate playground_message')),
    close: () => pool.end(),
  };
});

describe('in the playground', () => {
  let pool: pg.Pool;
  let channel: Channel;
  let store: Awaited<ReturnType<typeof setStage>>['store'];
  let events: InboundEvent[];
  let answer: Answer | null;
  let nextChange: () => Promise<void>;

  beforeAll(async () => {
    ({ pool, store, channel, nextChange } = await stage());
  });
  afterAll(() => pool.end());
  beforeEach(async () => {
    await pool.query('truncate playground_message, playground_read, card_view');
    events = [];
    answer = null;
  });

  const receive = async (door: string, body: unknown) =>
    JSON.parse(
      (
        await channel.receive(callback(door, body), async (event) => {
          events.push(event);
          return answer;
        })
      ).body,
    );
  const texts = async (as: string | null = null) => (await store.messages(ZONE, as, 0, 100)).map(words);

  it('somebody’s own words stand in the chat before the answer', async () => {
    const said = channel.receive(callback('/say', { as: 'p-insp', chat: ZONE, text: '都落实了' }), async () => {
      expect(await texts()).toEqual(['都落实了']);
      return null;
    });
    expect(JSON.parse((await said).body)).toMatchObject({ accepted: true, message: { text: '都落实了' } });
  });

  it('the same words delivered twice stand there once', async () => {
    const body = { id: 'e1', as: 'p-insp', chat: ZONE, text: '都落实了' };
    const [first, second] = [await receive('/say', body), await receive('/say', body)];
    expect(second).toEqual(first);
    expect(await texts()).toEqual(['都落实了']);
    expect(events.map(({ id }) => id)).toEqual(['e1', 'e1']);
  });

  it('two without an id are two events', async () => {
    await receive('/say', { as: 'p-insp', chat: ZONE, text: '好' });
    await receive('/say', { as: 'p-insp', chat: ZONE, text: '好' });
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
    expect(await texts()).toEqual(['好', '好']);
  });

  it('a press gets its toast and card back, and its message comes again to who polls', async () => {
    await channel.send(ZONE, { card: someCard('c1') }, 'k1');
    const [shown] = await store.messages(ZONE, 'p-insp', 0, 10);
    answer = { toast: '已记录', card: someCard('c1', { state: 'answered' }) };
    const changed = nextChange();
    expect(await receive('/press', { as: 'p-insp', chat: ZONE, card: 'c1', action: 'all_ok' })).toMatchObject({
      accepted: true,
      toast: '已记录',
      card: { id: 'c1', state: 'answered' },
    });
    await changed;
    const again = await store.messages(ZONE, 'p-insp', shown?.seq ?? 0, 10);
    expect(again.map(({ id }) => id)).toEqual(['k1']);
  });

  it('everybody sees his own view of a card, and the others the card', async () => {
    await channel.send(ZONE, { card: someCard('c1') }, 'k1');
    await pool.query(
      `insert into card_view (card_id, person_id, card, data, changed_at) values ('c1', 'p-insp', $1, '{}', $2)`,
      [JSON.stringify(someCard('c1', { title: '只给张工' })), noon],
    );
    expect(await texts('p-insp')).toEqual(['只给张工\n第一行']);
    expect(await texts('p-lead')).toEqual(['卡片 c1\n第一行']);
    expect(await texts()).toEqual(['卡片 c1\n第一行']);
  });

  it.each([
    ['a person nobody knows', { as: 'p-nobody', chat: ZONE, text: '好' }, 'person'],
    ['a person without an account', { as: 'p-none', chat: ZONE, text: '好' }, 'person'],
    ['a chat that is not there', { as: 'p-insp', chat: 'zone:月亮', text: '好' }, 'chat'],
    ['somebody else’s private chat', { as: 'p-insp', chat: 'person:p-lead', text: '好' }, 'chat'],
    ['a card that is not in the chat', { as: 'p-insp', chat: ZONE, card: 'c9', action: 'all_ok' }, 'card'],
  ])('%s is not found', async (_, body, what) => {
    await expect(receive('card' in body ? '/press' : '/say', body)).rejects.toMatchObject({
      code: 'not-found',
      details: { what },
    });
    expect(events).toEqual([]);
  });

  it('a picture is shown, and handed on after the words said with it', async () => {
    const base64 = Buffer.from('png bytes').toString('base64');
    await receive('/say', {
      id: 'e1',
      as: 'p-insp',
      chat: ZONE,
      text: '门岗',
      file: { name: 'a.png', type: 'image/png', base64 },
    });
    expect(await texts()).toEqual([`门岗\ndata:image/png;base64,${base64}`]);
    expect(events.map(({ id, body }) => [id, body.kind])).toEqual([
      ['e1', 'text'],
      ['e1:file', 'file'],
    ]);
  });

  it('a picture of more than 10 MB is refused, and nothing of it is kept', async () => {
    const base64 = Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64');
    const body = { as: 'p-insp', chat: ZONE, text: '', file: { name: 'a.png', type: 'image/png', base64 } };
    await expect(receive('/say', body)).rejects.toMatchObject({ code: 'too-large' });
    expect(await texts()).toEqual([]);
  });

  it('a reply brings the words it quotes', async () => {
    await channel.send(ZONE, { card: someCard('c1') }, 'k1');
    await receive('/say', { as: 'p-insp', chat: ZONE, text: '没有', replyTo: 'k1', mention: true });
    expect(events).toMatchObject([{ body: { kind: 'text', mentionsBot: true, quoted: '卡片 c1\n第一行' } }]);
  });

  it('no message is lost to a poll while many are written at once', async () => {
    const seen = new Set<string>();
    let cursor = 0;
    let writing = true;
    const poll = async () => {
      for (;;) {
        const last = !writing;
        for (const message of await store.messages(ZONE, null, cursor, 1_000)) {
          seen.add(message.id);
          cursor = message.seq;
        }
        if (last) return;
      }
    };
    const polling = poll();
    await Promise.all(Array.from({ length: 200 }, (_, i) => channel.send(ZONE, { text: `${i}` }, `k${i}`)));
    writing = false;
    await polling;
    expect(seen.size).toBe(200);
  });

  it('a message that is gone cannot be changed', async () => {
    await expect(channel.update(ZONE, { message: 'k9' }, { text: 'x' })).rejects.toMatchObject({ fatal: true });
  });
});
