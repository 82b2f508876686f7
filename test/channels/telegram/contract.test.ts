import { channelContract } from '../../contracts/channel.ts';
import { TOKEN } from '../../support/telegram-server.ts';
import {
  ALICE,
  GROUP,
  posted,
  pressUpdate,
  SECRET,
  setTelegramStage,
  textUpdate,
} from '../../support/telegram-stage.ts';

channelContract('telegram', async () => {
  const { server, channel, reset, close } = await setTelegramStage();
  const buttonOn = (card: string) => {
    const message = server.messages.find(({ text }) => text.includes(`卡片 ${card}`));
    const button = server.buttonsOf(message).find(({ text }) => text === '全部落实');
    return { message: message ?? { chat: GROUP, id: 0 }, data: button?.callback_data ?? '' };
  };
  const typed = new Map<string, object>();
  return {
    channel,
    chat: GROUP,
    shown: async () => server.shownIn(GROUP),
    callbacks: {
      press: (event, card) => {
        const { message, data } = buttonOn(card);
        return posted(pressUpdate(event, ALICE, message, data));
      },
      text: (event, text) => {
        const update = typed.get(event) ?? textUpdate(ALICE, GROUP, text);
        typed.set(event, update);
        return posted(update);
      },
      malformed: () => [
        { ...posted({}), body: Buffer.from('{"update_id":') },
        posted([]),
        posted({}),
        posted({ update_id: 1 }, { 'x-telegram-bot-api-secret-token': 'forged' }),
        posted({ update_id: 1 }, { 'x-telegram-bot-api-secret-token': undefined }),
        { ...posted({ update_id: 1 }), method: 'GET' },
      ],
      unknown: () => posted({ update_id: 7, brand_new_thing: { a: 1 } }),
    },
    secrets: [TOKEN, SECRET],
    breakNextSend: () => server.failNext('sendMessage', 'drop'),
    reset,
    close,
  };
});
