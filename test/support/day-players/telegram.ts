// The one-day scenario's people in Telegram: buttons that tick and choose, in the group where the card has room, else on
// the own card behind its link.
import type { Channel, OnEvent } from '../../../src/ports.ts';
import { type ServedMessage, startTelegramServer, type TelegramServer } from '../telegram-server.ts';
import { posted, pressUpdate, telegramOn, textUpdate } from '../telegram-stage.ts';
import type { DayPlayer } from './player.ts';

const group = '-100900';

export const telegramPlayer = (): DayPlayer => {
  let server: TelegramServer;
  let channel: Channel;
  let onEvent: OnEvent;
  let presses = 0;
  const pressedBy = new Map<string, string>();

  const find = (chat: string, on: string): ServedMessage => {
    const found = server.messages.findLast((m) => m.chat === chat && m.text.includes(on));
    if (!found) throw new Error(`nothing in ${chat} says ${on}`);
    return found;
  };
  const buttonOn = (message: ServedMessage, label: string) =>
    server.buttonsOf(message).find(({ text }) => text.includes(label));

  const press = async (account: string, message: ServedMessage, label: string, times = 1) => {
    presses += 1;
    const data = buttonOn(message, label)?.callback_data;
    if (!data) throw new Error(`no ${label} under ${message.text}`);
    const id = `p${presses}`;
    pressedBy.set(id, account);
    const update = posted(pressUpdate(id, Number(account), message, data));
    await Promise.all(Array.from({ length: times }, () => channel.receive(update, onEvent)));
    return server.callsOf('answerCallbackQuery').find((call) => call.callback_query_id === id) ?? {};
  };
  /** Chooses or ticks, looking through the pages of the card. */
  const fill = async (account: string, message: ServedMessage, label: string): Promise<void> => {
    for (let page = 0; !buttonOn(message, label) && page < 20; page += 1) {
      const before = JSON.stringify(message.buttons);
      await press(account, message, '下一页');
      await redrawn(() => JSON.stringify(message.buttons) !== before);
    }
    await press(account, message, label);
  };
  const redrawn = async (done: () => boolean): Promise<void> => {
    for (let i = 0; i < 400 && !done(); i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const follow = async (account: string, url: unknown): Promise<ServedMessage> => {
    const payload = String(url).split('start=')[1] ?? '';
    await channel.receive(posted(textUpdate(Number(account), account, `/start ${payload}`)), onEvent);
    return find(account, '');
  };
  /** The group's card itself, or the own copy where the group's has no room for its compounds. */
  const choosing = async (account: string, compound: { label: string }): Promise<ServedMessage> => {
    const card = find(group, '检查安排');
    const at = buttonOn(card, compound.label)
      ? card
      : await follow(account, (await press(account, card, '我的卡片')).url);
    await fill(account, at, compound.label);
    return at;
  };

  return {
    group,
    accountOf: (_, n) => String(7_000 + n),
    stranger: '7999',
    async open({ pool, clock, log }) {
      server = await startTelegramServer();
      channel = telegramOn(server, pool, {}, { log, clock });
      return channel;
    },
    enter: (to) => {
      onEvent = to;
    },
    async allOk(account, compound) {
      const card = find(group, '检查安排');
      if (compound) await press(account, await choosing(account, compound), '全部落实');
      else if (buttonOn(card, '全部落实')) await press(account, card, '全部落实');
      else await press(account, await follow(account, (await press(account, card, '我的卡片')).url), '全部落实');
    },
    async notDone(account, compound, item, times = 1) {
      if (compound) {
        const { url } = await press(account, await choosing(account, compound), '有未落实');
        if (url) await follow(account, url);
        await redrawn(() => server.messages.some((m) => m.chat === account && m.text.includes('请勾选')));
      }
      const form = find(account, compound ? '请勾选' : '请检查');
      await fill(account, form, item.label);
      await press(account, form, '提交', times);
    },
    async press(account, on, label) {
      await press(account, find(account, on), label);
    },
    async say(account, text) {
      await channel.receive(posted(textUpdate(Number(account), account, text)), onEvent);
    },
    shownTo: async (account) =>
      [
        ...server.shownIn(account),
        ...server
          .callsOf('answerCallbackQuery')
          .flatMap((call) =>
            pressedBy.get(String(call.callback_query_id)) === account ? [String(call.text ?? '')] : [],
          ),
      ].join('\n'),
    inGroup: async () => server.shownIn(group).join('\n'),
    close: () => server.close(),
  };
};
