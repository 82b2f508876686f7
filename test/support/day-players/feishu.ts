// The one-day scenario's people in Feishu: encrypted callbacks, one form on each card, a card of one's own in the group.
import { makeFeishuChannel } from '../../../src/channels/feishu/channel.ts';
import type { Channel, OnEvent } from '../../../src/ports.ts';
import { makeFollowUps } from '../../../src/store/follow-ups.ts';
import { makeSingleUse } from '../../../src/store/leases.ts';
import { makeReachability } from '../../../src/store/reachability.ts';
import { makeSendBudget } from '../../../src/store/send-budget.ts';
import { makeShownCards } from '../../../src/store/shown-cards.ts';
import { buttonsOf, type FeishuServer, type Json, startFeishuServer, wordsIn } from '../feishu-server.ts';
import { configFor, pressCallback, textCallback } from '../feishu-stage.ts';
import type { DayPlayer } from './player.ts';

const group = 'oc_dongqu';

export const feishuPlayer = (): DayPlayer => {
  let server: FeishuServer;
  let channel: Channel;
  let onEvent: OnEvent;
  let acts = 0;
  /** What acknowledgements showed: a toast, and in private the card that took the pressed one's place. */
  const acked = new Map<string, string[]>();

  /** The newest card with these words that this person can press: one of his or her own before the group's. */
  const find = (account: string, chat: string, on: string) => {
    const here = server.messages.filter((m) => m.chat === chat && wordsIn(m.body).includes(on));
    return here.findLast((m) => m.receiver === account) ?? here.findLast((m) => m.receiver === null);
  };

  const press = async (account: string, chat: string, on: string, label: string, form: Json = {}, times = 1) => {
    acts += 1;
    const message = find(account, chat, on);
    const button = buttonsOf(message?.body ?? {}).find((one) => one.label === label);
    if (!message || !button) throw new Error(`no card with ${on} and ${label} for ${account}`);
    const callback = pressCallback({
      id: `e${acts}`,
      from: account,
      chat: chat === group ? group : `oc_p2p_${account}`,
      message: message.id,
      value: button.value,
      ...(button.inForm ? { form } : {}),
    });
    const acks = await Promise.all(Array.from({ length: times }, () => channel.receive(callback, onEvent)));
    for (const { body } of acks) {
      acked.set(account, [...(acked.get(account) ?? []), body]);
      const { card } = JSON.parse(body) as { card?: { data: Json } };
      if (card) message.body = card.data;
    }
    await channel.stop?.();
  };

  return {
    group,
    accountOf: (_, n) => `ou_person${n}`,
    stranger: 'ou_stranger',
    async open({ pool, clock, log, wake }) {
      server = await startFeishuServer();
      channel = makeFeishuChannel(configFor(server), {
        log,
        clock,
        cards: makeShownCards(pool),
        budget: makeSendBudget(pool),
        followUps: makeFollowUps(pool, clock, wake),
        singleUse: makeSingleUse(pool),
        reach: makeReachability(pool),
      });
      return channel;
    },
    enter: (to) => {
      onEvent = to;
    },
    allOk: (account, compound) =>
      press(account, group, '检查安排', '全部落实', compound ? { compound: compound.id } : {}),
    async notDone(account, compound, item, times = 1) {
      if (compound) await press(account, group, '检查安排', '有未落实', { compound: compound.id });
      const form = { [`not_done:${item.id}`]: true, note: '' };
      await press(account, compound ? group : account, item.label, '提交', form, times);
    },
    press: (account, on, label) => press(account, account, on, label),
    async say(account, text) {
      acts += 1;
      await channel.receive(textCallback(`om_said${acts}`, account, `oc_p2p_${account}`, text), onEvent);
    },
    shownTo: async (account) =>
      [
        ...(acked.get(account) ?? []),
        ...server.messages.filter((m) => m.chat === account || m.receiver === account).map(({ body }) => wordsIn(body)),
      ].join('\n'),
    inGroup: async () => server.shownIn(group).join('\n'),
    close: () => server.close(),
  };
};
