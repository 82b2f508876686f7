import { channelContract } from '../../contracts/channel.ts';
import { APP_SECRET, buttonsOf, wordsIn } from '../../support/feishu-server.ts';
import {
  ALICE,
  ENCRYPT_KEY,
  GROUP,
  posted,
  pressCallback,
  sealed,
  setFeishuStage,
  textCallback,
  VERIFICATION_TOKEN,
} from '../../support/feishu-stage.ts';

channelContract('feishu', async () => {
  const { server, channel, reset, close } = await setFeishuStage();
  return {
    channel,
    chat: GROUP,
    shown: async () => server.shownIn(GROUP),
    callbacks: {
      press: (id, card) => {
        const message = server.messages.find(({ body }) => wordsIn(body).includes(`卡片 ${card}`));
        const button = buttonsOf(message?.body ?? {}).find(({ label }) => label === '全部落实');
        return pressCallback({ id, from: ALICE, chat: GROUP, message: message?.id ?? '', value: button?.value ?? {} });
      },
      text: (id, text) => textCallback(id, ALICE, GROUP, text),
      malformed: () => [
        { ...sealed({}), body: Buffer.from('{"encrypt":') },
        { ...sealed({}), headers: {} },
        sealed([]),
        sealed({ schema: '2.0', header: { event_id: '1' } }),
        { ...sealed({}, { 'x-lark-signature': undefined }), body: Buffer.from('{"encrypt":"AAAA"}') },
        posted('1', 'im.message.receive_v1', {}, { token: 'forged' }),
        posted('1', 'im.message.receive_v1', {}, { app_id: 'another' }),
        { ...sealed({}), headers: { 'x-lark-signature': 'f'.repeat(64) } },
        { ...sealed({}), method: 'GET' },
      ],
      unknown: () => posted('7', 'brand.new.thing_v9', { a: 1 }),
    },
    secrets: [APP_SECRET, VERIFICATION_TOKEN, ENCRYPT_KEY],
    breakNextSend: () => server.failNext(/^im\/v1\/messages$/, 'drop'),
    reset,
    close,
  };
});
