// The one-day scenario's people in DingTalk: the robot by Stream, one card template whose form is handed in as a whole.
import { dingtalkOn, optionsOf, submitForm } from '../dingtalk-people.ts';
import { type DingtalkServer, startDingtalkServer } from '../dingtalk-server.ts';
import { robotSays } from '../dingtalk-stage.ts';
import type { DayPlayer } from './player.ts';

const group = 'cidDongQu==';
const robot = '/v1.0/im/bot/messages/get';

export const dingtalkPlayer = (): DayPlayer => {
  let server: DingtalkServer;
  let said = 0;

  /** An only action is the form's button; of several, one is chosen, and 提交 is called 有未落实 beside 全部落实. */
  const press = async (account: string, chat: string, label: string, filled: object = {}) => {
    const card = server.cardIn(chat);
    const options = optionsOf(server, card, account, 'dudao_action');
    const action = options.find(({ value, text }) => text === label || (label === '提交' && value === 'submit'));
    if (!action && server.viewOf(card.outTrackId, account).form_btn_text !== label)
      throw new Error(`no ${label} on ${card.all.title} for ${account}`);
    await submitForm(server, card, account, { ...filled, ...(action ? { dudao_action: action.value } : {}) });
  };
  /** A selector hands in its value with its index. */
  const chosen = (account: string, compound: { readonly id: string } | null): object => {
    const options = compound ? optionsOf(server, server.cardIn(group), account, 'compound') : [];
    const index = options.findIndex(({ value }) => value === compound?.id);
    return compound ? { compound: { index, value: compound.id } } : {};
  };

  return {
    group,
    accountOf: (_, n) => `person${n}`,
    stranger: 'stranger',
    async open(ports) {
      server = await startDingtalkServer();
      return dingtalkOn(server, ports);
    },
    // The robot's own connection is the way in.
    enter: () => {},
    allOk: (account, compound) => press(account, group, '全部落实', chosen(account, compound)),
    async notDone(account, compound, item, times = 1) {
      if (compound) await press(account, group, '有未落实', chosen(account, compound));
      // Stream delivers a frame again when its acknowledgement is late.
      server.gateway.doubled = times > 1;
      await press(account, compound ? group : `person:${account}`, '提交', { not_done: [item.id] });
      server.gateway.doubled = false;
    },
    press: (account, _on, label) => press(account, `person:${account}`, label),
    async say(account, text) {
      said += 1;
      const where = {
        conversationType: '1',
        conversationId: 'cidPrivate',
        senderStaffId: account,
        msgId: `said${said}`,
      };
      await server.gateway.stream(robot, robotSays(text, where));
    },
    shownTo: async (account) =>
      [
        ...server.shownIn(`person:${account}`),
        ...[...server.cards.values()].flatMap((card) => Object.values(card.own.get(account) ?? {})),
      ].join('\n'),
    inGroup: async () => server.shownIn(group).join('\n'),
    close: () => server.close(),
  };
};
