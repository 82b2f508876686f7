// A group takes about 20 writes a minute, edits included; what does not fit waits, and nobody's record waits with it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Channel, InboundEvent } from '../../../src/ports.ts';
import type { SendBudget } from '../../../src/ports-channels.ts';
import { makeSendBudget } from '../../../src/store/send-budget.ts';
import { someCard } from '../../support/playground-stage.ts';
import { refusal } from '../../support/telegram-server.ts';
import {
  ALICE,
  GROUP,
  posted,
  pressUpdate,
  setTelegramStage,
  type TelegramStage,
} from '../../support/telegram-stage.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await setTelegramStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.reset());

const refusedFor = async (attempt: Promise<unknown>): Promise<number | null> =>
  attempt.then(
    () => null,
    (error: { name: string; retryAfterSeconds: number | null }) =>
      error.name === 'ChannelRefused' ? error.retryAfterSeconds : Promise.reject(error),
  );

describe('the budget of a chat', () => {
  const rate = { perSecond: 0.25, burst: 5 };

  it('gives its burst, then tells how long to wait', async () => {
    const budget = makeSendBudget(stage.pool);
    const waits: number[] = [];
    for (let i = 0; i < 6; i += 1) waits.push(await budget.take('k', rate));
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(waits[5]).toBeGreaterThan(3_000);
    expect(waits[5]).toBeLessThanOrEqual(4_000);
  });

  it('leaves what is asked to be left', async () => {
    const budget = makeSendBudget(stage.pool);
    const waits: number[] = [];
    for (let i = 0; i < 5; i += 1) waits.push(await budget.take('k', rate, 1));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(4);
    expect(await budget.take('k', rate)).toBe(0);
  });

  it('is one for all processes, also when they ask at the same moment', async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => makeSendBudget(stage.pool).take('k', rate)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  it('is empty for as long as the platform asked', async () => {
    const budget = makeSendBudget(stage.pool);
    await budget.hold('k', rate, 30);
    expect(await budget.take('k', rate)).toBeGreaterThan(30_000);
  });

  it('comes back with time', async () => {
    const budget = makeSendBudget(stage.pool);
    for (let i = 0; i < 5; i += 1) await budget.take('k', rate);
    await stage.pool.query(`update send_limit set refilled_at = refilled_at - interval '9 seconds'`);
    expect([await budget.take('k', rate), await budget.take('k', rate)]).toEqual([0, 0]);
    expect(await budget.take('k', rate)).toBeGreaterThan(0);
  });
});

describe('a group', () => {
  it('gets no write beyond its budget; the delivery worker is told when to come again', async () => {
    const outcomes: (number | null)[] = [];
    for (let i = 0; i < 6; i += 1)
      outcomes.push(await refusedFor(stage.channel.send(GROUP, { text: `第 ${i} 条` }, `k${i}`)));
    expect(outcomes).toEqual([null, null, null, null, null, 4]);
    expect(stage.server.shownIn(GROUP)).toHaveLength(5);
    expect(await refusedFor(stage.channel.send('-100701', { text: '别的群' }, 'k9'))).toBeNull();
  });

  it('is left alone for as long as Telegram asks, by sends and redraws alike', async () => {
    const sent = await stage.channel.send(GROUP, { card: someCard('c1') }, 'k1');
    stage.server.failNext('sendMessage', refusal(429, 'Too Many Requests: retry after 17', { retry_after: 17 }));
    await expect(stage.channel.send(GROUP, { text: 'x' }, 'k2')).rejects.toMatchObject({
      code: '429',
      retryAfterSeconds: 17,
      fatal: false,
    });
    const calls = stage.server.calls.length;
    expect(await refusedFor(stage.channel.send(GROUP, { text: 'x' }, 'k2'))).toBeGreaterThanOrEqual(17);
    const redraw = stage.channel.update(GROUP, sent, { card: someCard('c1', { title: '改过的' }) });
    expect(await refusedFor(redraw)).toBeGreaterThanOrEqual(17);
    expect(stage.server.calls).toHaveLength(calls);
  });

  it('is not written to when nothing changed', async () => {
    const sent = await stage.channel.send(GROUP, { card: someCard('c1') }, 'k1');
    for (let i = 0; i < 9; i += 1) await stage.channel.update(GROUP, sent, { card: someCard('c1') });
    expect(stage.server.callsOf('editMessageText')).toEqual([]);
  });
});

describe('thirty people on one group card within a minute', () => {
  /** The rule of the real one (store/send-budget.ts), on a clock that the test moves. */
  const simulated = (now: () => number): SendBudget => {
    const buckets = new Map<string, { tokens: number; at: number }>();
    return {
      async take(key, { perSecond, burst }, leave = 0) {
        const bucket = buckets.get(key) ?? { tokens: burst, at: now() };
        const tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1_000) * perSecond);
        const taken = tokens >= 1 + leave;
        buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at: now() });
        return taken ? 0 : Math.ceil(((1 + leave - tokens) / perSecond) * 1_000);
      },
      hold: async () => {},
    };
  };

  it('give thirty records, each is told his own, and the group sees at most twenty writes in any minute', async () => {
    let now = 0;
    const channel: Channel = stage.another({}, { budget: simulated(() => now) });
    const done = new Map<string, InboundEvent>();
    const names = Array.from({ length: 10 }, (_, i) => `示例花园${i}`);
    const drawn = () =>
      someCard('c1', {
        title: `已有 ${done.size} 人`,
        fields: [
          { id: 'compound', kind: 'choice', label: '小区', options: names.map((label) => ({ id: label, label })) },
        ],
      });
    const sent = await channel.send(GROUP, { card: drawn() }, 'k1');
    const card = stage.server.messages[0] ?? expect.fail('the card was not sent');
    const writes: number[] = [0];
    const button = (label: string) =>
      stage.server.buttonsOf(card).find(({ text }) => text === label)?.callback_data ?? expect.fail(label);
    const onEvent = async (event: InboundEvent): Promise<Answer> => {
      done.set(event.sender, event);
      return { toast: `已记录：${event.body.kind === 'press' && event.body.values.compound}` };
    };

    let dirty = false;
    let notBefore = 0;
    /** What the delivery worker does with a marked card: one update waits, and is drawn when it is sent. */
    const deliver = async (): Promise<void> => {
      if (!dirty || now < notBefore) return;
      const before = stage.server.callsOf('editMessageText').length;
      const wait = await refusedFor(channel.update(GROUP, sent, { card: drawn() }));
      dirty = wait !== null;
      notBefore = now + (wait ?? 0) * 1_000;
      if (stage.server.callsOf('editMessageText').length > before) writes.push(now);
    };

    for (let person = 0; person < 30; person += 1) {
      now += 1_900;
      const label = names[person % names.length] ?? '';
      for (const [step, data] of [button(label), button('全部落实')].entries())
        await channel.receive(posted(pressUpdate(`p${person}.${step}`, ALICE + person, card, data)), onEvent);
      dirty = true;
      await deliver();
    }
    while (dirty) {
      now += 500;
      await deliver();
    }

    expect([...done].map(([sender, { body }]) => [sender, body.kind === 'press' && body.values.compound])).toEqual(
      Array.from({ length: 30 }, (_, person) => [String(ALICE + person), names[person % names.length]]),
    );
    const told = new Map(
      stage.server.callsOf('answerCallbackQuery').map((call) => [call.callback_query_id, call.text]),
    );
    for (let person = 0; person < 30; person += 1)
      expect(told.get(`p${person}.1`)).toBe(`已记录：${names[person % names.length]}`);
    for (const from of writes)
      expect(writes.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(20);
    expect(writes.length).toBeGreaterThan(10);
    expect(card.text).toContain('已有 30 人');
  });
});
