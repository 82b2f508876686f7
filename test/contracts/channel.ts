// What any channel must do, asked in the same words of every one (STYLE "Tests"). A channel's own test brings the
// platform: replies of a vendor from fixtures, or the playground's database.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { columnIn, declaredBy, declaredRows, kept, pagePath } from '../../scripts/channels-page.ts';
import type { Message } from '../../src/domain/message.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { Channel, InboundEvent, RawCallback } from '../../src/ports.ts';
import { someCard } from '../support/playground-stage.ts';

/** The platform's side of a channel under test. */
export interface Platform {
  readonly channel: Channel;
  /** A chat that can be written to. */
  readonly chat: string;
  /** What the platform shows in that chat, oldest first, as text that holds every word shown. */
  shown(): Promise<string[]>;
  /** Callbacks as the platform posts them. `press` presses the card of this id, which was sent to the chat. */
  readonly callbacks: {
    press(event: string, card: string): RawCallback;
    text(event: string, text: string): RawCallback;
    malformed(): RawCallback[];
    /** Well formed, of a kind nobody has heard of. */
    unknown(): RawCallback;
  };
  /** Values that no error may hold. */
  readonly secrets: readonly string[];
  /** Makes the next send fail on the platform's side. Not given where that cannot happen. */
  breakNextSend?(): void;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const channelContract = (name: string, open: () => Promise<Platform>): void => {
  describe(`the ${name} channel`, () => {
    let platform: Platform;
    let events: InboundEvent[];

    beforeAll(async () => {
      platform = await open();
    });
    afterAll(() => platform.close());
    beforeEach(async () => {
      await platform.reset();
      events = [];
    });

    const titles: string[] = [];
    const promises = (title: string, check: () => Promise<void>): void => {
      titles.push(title);
      it(title, check);
    };

    const send = (message: Message, key: string) => platform.channel.send(platform.chat, message, key);
    const receive = async (callback: RawCallback): Promise<{ status: number; body: string }> => {
      try {
        return await platform.channel.receive(callback, async (event) => {
          events.push(event);
          return { toast: '已记录' };
        });
      } catch (error) {
        if (error instanceof Problem) return { status: error.status, body: error.message };
        throw error;
      }
    };

    promises('sends no second message that holds the first', async () => {
      await send({ text: '第一条' }, 'k1');
      await send({ card: someCard('c2', { title: '第二条' }) }, 'k2');
      const shown = await platform.shown();
      expect(shown).toHaveLength(2);
      expect(shown[0]).toContain('第一条');
      expect(shown[1]).toContain('第二条');
      expect(shown[1]).not.toContain('第一条');
    });

    promises('shows a message sent twice under one key as often as it says', async () => {
      await send({ text: '只此一条' }, 'same');
      await send({ text: '只此一条' }, 'same');
      const { recognises, supports } = platform.channel;
      const known = recognises?.(platform.chat, { text: '只此一条' }) ?? supports.recognisesRepeats;
      expect(await platform.shown()).toHaveLength(known ? 1 : 2);
    });

    promises('changes a card in place where it says that it can', async () => {
      const sent = await send({ card: someCard('c1', { title: '原来的' }) }, 'k1');
      const change = platform.channel.update(platform.chat, sent, { card: someCard('c1', { title: '改过的' }) });
      if (platform.channel.supports.update === 'anytime') {
        await change;
        const shown = await platform.shown();
        expect(shown).toHaveLength(1);
        expect(shown[0]).toContain('改过的');
        expect(shown[0]).not.toContain('原来的');
      } else {
        await expect(change).rejects.toMatchObject({ name: 'ChannelRefused', fatal: true });
      }
    });

    promises('decodes a press with who, where and what', async () => {
      await send({ card: someCard('c1') }, 'k1');
      expect((await receive(platform.callbacks.press('e1', 'c1'))).status).toBe(200);
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        channel: platform.channel.name,
        chat: { id: platform.chat },
        body: { kind: 'press', card: 'c1', action: 'all_ok' },
      });
      expect(events[0]?.sender).not.toBe('');
    });

    promises('gives the same callback the same event id, and another one another', async () => {
      await send({ card: someCard('c1') }, 'k1');
      for (const event of ['e1', 'e1', 'e2']) await receive(platform.callbacks.press(event, 'c1'));
      const [first, again, other] = events.map(({ id }) => id);
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    });

    promises('decodes words as they were typed', async () => {
      expect((await receive(platform.callbacks.text('e1', '阳光花园 除了3和5其他都有'))).status).toBe(200);
      expect(events).toMatchObject([{ body: { kind: 'text', text: '阳光花园 除了3和5其他都有' } }]);
    });

    promises('lets the events of a platform pass that it does not know', async () => {
      await receive(platform.callbacks.unknown());
      expect(events).toEqual([]);
    });

    promises('refuses what is malformed and hands nothing on', async () => {
      for (const callback of platform.callbacks.malformed()) {
        const { status } = await receive(callback);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }
      expect(events).toEqual([]);
    });

    promises('does not acknowledge an event that could not be kept', async () => {
      await send({ card: someCard('c1') }, 'k1');
      const lost = platform.channel.receive(platform.callbacks.press('e9', 'c1'), async () => {
        throw new Error('the database is away');
      });
      const outcome = await lost.then(
        ({ status }) => status,
        () => 500,
      );
      expect(outcome).toBeGreaterThanOrEqual(500);
    });

    promises('says no secret when it fails', async () => {
      const said: string[] = [];
      for (const callback of platform.callbacks.malformed()) said.push(JSON.stringify(await receive(callback)));
      if (platform.breakNextSend) {
        platform.breakNextSend();
        await send({ text: 'x' }, 'broken').then(
          () => expect.unreachable('the send was to fail'),
          (error: Error) => said.push(`${error.stack} ${String(error.cause)} ${JSON.stringify(error)}`),
        );
      }
      for (const secret of platform.secrets) for (const text of said) expect(text).not.toContain(secret);
      expect(said.length).toBeGreaterThan(0);
    });

    it('stands in docs/channels.md as it declares itself: otherwise run `npm run channels`', ({ task }) => {
      const { channel } = platform;
      // A channel may be asked twice, with other settings; the page tells of it as it is meant.
      if (name !== channel.name) return;
      task.meta.declared = declaredBy(channel);
      if (process.env.UPDATE_CHANNELS === '1') return;
      const said = columnIn(readFileSync(pagePath, 'utf8'), channel.name);
      for (const [label, cell] of declaredRows(declaredBy(channel)))
        expect([label, said.get(label)]).toEqual([label, cell]);
      for (const title of titles) expect([title, said.get(title)]).toEqual([title, kept]);
    });
  });
};
