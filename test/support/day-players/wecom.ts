// The one-day scenario's people in WeCom: the bot's connection in the group, encrypted callbacks of the app in private.
import { makeWecomChannel } from '../../../src/channels/wecom/channel.ts';
import type { Channel, OnEvent } from '../../../src/ports.ts';
import { makeFollowUps } from '../../../src/store/follow-ups.ts';
import { makeGroupWays } from '../../../src/store/group-ways.ts';
import { makeLeases, makeSingleUse } from '../../../src/store/leases.ts';
import { makeReachability } from '../../../src/store/reachability.ts';
import { makeSendBudget } from '../../../src/store/send-budget.ts';
import { makeSettings } from '../../../src/store/settings.ts';
import { startWecomServer, type WecomServer } from '../wecom-server.ts';
import { configFor, pressXml, quickTimes, seal, textXml } from '../wecom-stage.ts';
import type { DayPlayer } from './player.ts';

const group = 'wrDongQu';

interface Template {
  readonly button_list?: readonly { readonly text: string; readonly key: string }[];
  readonly submit_button?: { readonly text: string; readonly key: string };
}
type Items = Readonly<Record<string, readonly string[]>>;

const keyOf = (card: Template, label: string): string | undefined =>
  [...(card.button_list ?? []), ...(card.submit_button ? [card.submit_button] : [])].find(({ text }) => text === label)
    ?.key;

export const wecomPlayer = (): DayPlayer => {
  let server: WecomServer;
  let channel: Channel;
  let onEvent: OnEvent;
  let acts = 0;
  /** Cards that took the place of one that was pressed, by whose they are. */
  const own = new Map<string, Template[]>();

  const find = (account: string, chat: string, on: string, label: string): string => {
    const sent = server.seen.flatMap((one) => (one.chat === chat ? [one.body.template_card as Template] : []));
    const cards = [...sent, ...(own.get(account) ?? [])].filter((card) => card && JSON.stringify(card).includes(on));
    const key = cards.findLast((card) => keyOf(card, label) !== undefined);
    if (!key) throw new Error(`no card with ${on} and ${label} for ${account}`);
    return keyOf(key, label) ?? '';
  };
  const keep = (account: string, card: unknown): void => {
    if (card) own.set(account, [...(own.get(account) ?? []), card as Template]);
  };

  const pressInGroup = async (account: string, on: string, label: string, items: Items) => {
    acts += 1;
    const selected_item = Object.entries(items).map(([question_key, option_id]) => ({
      question_key,
      option_ids: { option_id },
    }));
    const event_key = find(account, group, on, label);
    const answer = await server.botCallback(
      'aibot_event_callback',
      {
        msgid: `press-${acts}`,
        from: { userid: account },
        chatid: group,
        chattype: 'group',
        msgtype: 'event',
        event: {
          eventtype: 'template_card_event',
          template_card_event: { event_key, task_id: 'T', selected_items: { selected_item } },
        },
      },
      500,
    );
    keep(account, answer?.template_card);
  };

  const pressInPrivate = async (account: string, on: string, label: string, items: Items = {}, times = 1) => {
    const before = server.changes.length;
    const code = server.newCode();
    const callback = seal(pressXml({ key: find(account, account, on, label), items, from: account, code }));
    await Promise.all(Array.from({ length: times }, () => channel.receive(callback, onEvent)));
    for (let i = 0; i < 400 && server.changes.length === before; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    keep(account, server.changes[before]?.card);
  };

  return {
    group,
    accountOf: (_, n) => `person${n}`,
    stranger: 'stranger',
    async open({ pool, clock, log, wake }) {
      server = await startWecomServer();
      channel = makeWecomChannel(
        configFor(server, 'both'),
        {
          log,
          clock,
          leases: makeLeases(pool),
          singleUse: makeSingleUse(pool),
          followUps: makeFollowUps(pool, clock, wake),
          groups: makeGroupWays(pool, clock),
          budget: makeSendBudget(pool),
          memory: makeSettings(pool),
          reachability: makeReachability(pool),
          holder: 'scenario',
          pageUrl: null,
        },
        { bot: { times: quickTimes } },
      );
      return channel;
    },
    enter: (to) => {
      onEvent = to;
    },
    allOk: (account, compound) => pressInGroup(account, '检查安排', '全部落实', { compound: [compound?.id ?? '-'] }),
    async notDone(account, compound, item, times = 1) {
      const ticks = { 'ticks:not_done': [item.id] };
      if (compound) {
        await pressInGroup(account, '检查安排', '有未落实', { compound: [compound.id] });
        return pressInGroup(account, item.id, '提交', ticks);
      }
      await pressInPrivate(account, '请检查', '有未落实');
      return pressInPrivate(account, item.id, '提交', ticks, times);
    },
    press: (account, on, label) => pressInPrivate(account, on, label),
    async say(account, text) {
      acts += 1;
      await channel.receive(seal(textXml(`said-${acts}`, text, account)), onEvent);
    },
    shownTo: async (account) => [...server.shownIn(account), JSON.stringify(own.get(account) ?? [])].join('\n'),
    inGroup: async () => server.shownIn(group).join('\n'),
    close: () => server.close(),
  };
};
