// WeCom against the contract that all channels keep: the app in a private chat.
import { channelContract, type Platform } from '../../contracts/channel.ts';
import { AGENT, SECRET, type WecomServer } from '../../support/wecom-server.ts';
import { AES_KEY, inner, openWecomStage, pressXml, seal, TOKEN, textXml } from '../../support/wecom-stage.ts';

const open = async (): Promise<Platform> => {
  const stage = await openWecomStage('app');
  const { server, channel } = stage;
  return {
    channel,
    chat: 'person:zhangsan',
    shown: async () => server.shownIn('zhangsan'),
    callbacks: {
      press: (event, card) => seal(pressXml({ key: `${card}/all_ok`, code: event })),
      text: (event, text) => seal(textXml(event, text)),
      malformed: () => forgeries(),
      unknown: () => seal(inner('<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[unheard_of]]></Event>')),
    },
    secrets: [SECRET, TOKEN, AES_KEY, 'token-1-must-not-be-said'],
    breakNextSend: () => breakSend(server),
    reset: async () => server.reset(),
    close: stage.close,
  };
};

const breakSend = (server: WecomServer) => server.fail('message/send', { errcode: 45002 });

const forgeries = () => {
  const good = seal(textXml('m1', '好'));
  return [
    { ...good, query: { ...good.query, msg_signature: '0'.repeat(40) } },
    { ...good, query: {} },
    { ...good, body: Buffer.from('<xml></xml>') },
    { ...good, body: Buffer.from('{"encrypt":"x"}') },
    seal(textXml('m2', '好'), { receiveId: 'ww-of-somebody-else' }),
    seal(textXml('m3', '好').replace(`<AgentID>${AGENT}`, '<AgentID>7')),
    seal('<!DOCTYPE a [<!ENTITY b "c">]><xml><MsgType>&b;</MsgType></xml>'),
    seal('not xml at all'),
  ];
};

channelContract('wecom', open);
