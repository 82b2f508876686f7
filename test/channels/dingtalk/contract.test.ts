// DingTalk against the contract that all channels keep: HTTP mode, because the contract asks by callbacks.
import { channelContract, type Platform } from '../../contracts/channel.ts';
import { CARD_SECRET, CLIENT_SECRET } from '../../support/dingtalk-server.ts';
import {
  cardCallback,
  GROUP,
  openDingtalkStage,
  pressBody,
  robotCallback,
  robotSays,
} from '../../support/dingtalk-stage.ts';

const open = async (template: boolean): Promise<Platform> => {
  const stage = await openDingtalkStage({ mode: 'http', ...(template ? {} : { cardTemplateId: null }) });
  const { server, channel } = stage;
  /** Real presses never share a millisecond. */
  const presses = new Map<string, number>();
  const typed = new Map<string, object>();
  const pressAt = (event: string) => {
    if (!presses.has(event)) presses.set(event, Date.now() + presses.size);
    return { at: presses.get(event) ?? 0 };
  };
  return {
    channel,
    chat: GROUP,
    shown: async () => server.shownIn(GROUP),
    callbacks: {
      press: (event, card) => {
        if (!template) {
          const said = typed.get(event) ?? robotSays('1');
          typed.set(event, said);
          return robotCallback(said);
        }
        const sent = [...server.cards.keys()].find((id) => id.startsWith(`${card}.`)) ?? '';
        return cardCallback(pressBody(sent, { dudao_action: 'all_ok' }), pressAt(event));
      },
      text: (_event, text) => robotCallback(robotSays(text)),
      malformed: () => [
        robotCallback(robotSays('好'), { secret: 'forged' }),
        robotCallback(robotSays('好'), { at: Date.now() - 2 * 3_600_000 }),
        { ...robotCallback(robotSays('好')), headers: {} },
        robotCallback('not json'),
        robotCallback('[]'),
        robotCallback(robotSays('好', { chatbotCorpId: 'another-corp' })),
        { ...robotCallback(robotSays('好')), method: 'GET' },
        cardCallback(pressBody('c1.0000000000000000', {}), { secret: 'forged' }),
        cardCallback(pressBody('c1.0000000000000000', {}), { at: Date.now() - 2 * 3_600_000 }),
        cardCallback('not json'),
        cardCallback({ type: 'actionCallback' }),
      ],
      unknown: () => robotCallback(robotSays('', { msgtype: 'brand_new_thing' })),
    },
    secrets: [CLIENT_SECRET, CARD_SECRET, 'token-1-must-not-be-said'],
    breakNextSend: () => server.fail('robot/groupMessages/send', { code: 'bot.stopped' }),
    reset: async () => {
      server.reset();
      stage.notes.clear();
    },
    close: stage.close,
  };
};

channelContract('dingtalk', () => open(true));
channelContract('dingtalk without a template', () => open(false));
