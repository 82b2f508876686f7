// A DingTalk channel on its stage: the platform's server, ports kept in memory, and callbacks signed as DingTalk signs them.
import {
  type DingtalkChannel,
  type DingtalkConfig,
  type DingtalkDeps,
  type DingtalkOptions,
  makeDingtalkChannel,
} from '../../src/channels/dingtalk/channel.ts';
import { cardSign, robotSign } from '../../src/channels/dingtalk/signature.ts';
import type { RawCallback } from '../../src/ports.ts';
import {
  CARD_SECRET,
  CLIENT_ID,
  CLIENT_SECRET,
  CORP,
  type DingtalkServer,
  startDingtalkServer,
  TEMPLATE,
} from './dingtalk-server.ts';
import { memoryDeps as someMemory } from './wecom-stage.ts';

export const GROUP = 'cidGroupAbC==';

/** The ports as one process would see them; `used` is what is counted for the month. */
export const memoryDeps = (more: Partial<DingtalkDeps> = {}) => {
  const { deps: common, ...seen } = someMemory();
  const used = new Map<string, number>();
  const { log, clock, budget, followUps, reachability, memory, chance } = common;
  const deps: DingtalkDeps = {
    log,
    clock,
    budget,
    followUps,
    reachability,
    memory,
    use: {
      add: async (_channel, month, what, n) => {
        used.set(`${month}/${what}`, (used.get(`${month}/${what}`) ?? 0) + n);
        return used.get(`${month}/${what}`) ?? 0;
      },
      of: async (_channel, month) => ({
        calls: used.get(`${month}/calls`) ?? 0,
        messages: used.get(`${month}/messages`) ?? 0,
      }),
    },
    ...(chance ? { chance } : {}),
    ...more,
  };
  return { ...seen, deps, used };
};

export const configFor = (server: DingtalkServer, more: Partial<DingtalkConfig> = {}): DingtalkConfig => ({
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  robotCode: CLIENT_ID,
  apiBase: server.url,
  oapiBase: server.url,
  corpId: CORP,
  cardTemplateId: TEMPLATE,
  mode: 'stream',
  cardApiSecret: CARD_SECRET,
  publicUrl: 'https://dudao.example',
  monthly: { calls: 5_000, messages: 3_000 },
  ...more,
});

/** Short enough for tests to see them pass; nothing is measured. */
export const quickTimes = {
  connectMs: 2_000,
  silenceMs: 400,
  firstBackOffMs: 2,
  longestBackOffMs: 10,
  steadyMs: 0,
  goodbyeMs: 300,
};

export interface DingtalkStage extends ReturnType<typeof memoryDeps> {
  readonly server: DingtalkServer;
  readonly channel: DingtalkChannel;
  close(): Promise<void>;
}

export const openDingtalkStage = async (
  config: Partial<DingtalkConfig> = {},
  more: Partial<DingtalkDeps> = {},
  options: DingtalkOptions = {},
): Promise<DingtalkStage> => {
  const server = await startDingtalkServer();
  const memory = memoryDeps(more);
  const channel = makeDingtalkChannel(configFor(server, config), memory.deps, { times: quickTimes, ...options });
  return {
    ...memory,
    server,
    channel,
    close: async () => {
      await channel.stop?.();
      await server.close();
    },
  };
};

// ---- what DingTalk posts --------------------------------------------------------------------------------------------

let lastMessage = 0;

/** A message to the robot, in the group unless `conversationType` says otherwise. */
export const robotSays = (text: string, more: Record<string, unknown> = {}): Record<string, unknown> => {
  lastMessage += 1;
  return {
    msgtype: 'text',
    msgId: `msg${lastMessage}`,
    createAt: 1_650_333_600_000,
    conversationType: '2',
    conversationId: GROUP,
    conversationTitle: '东区组团工作群',
    senderId: '$:LWCP_v1:$abc',
    senderNick: '张工',
    senderStaffId: 'zhangsan',
    chatbotCorpId: CORP,
    robotCode: CLIENT_ID,
    isInAtList: true,
    // The name of the robot is taken out, the space after it is not.
    text: { content: ` ${text}` },
    ...more,
  };
};

const signed = (path: string, headers: RawCallback['headers'], body: unknown): RawCallback => ({
  method: 'POST',
  path,
  query: {},
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

export const robotCallback = (body: unknown, { at = Date.now(), secret = CLIENT_SECRET } = {}): RawCallback =>
  signed('/callbacks/dingtalk/robot', { timestamp: String(at), sign: robotSign(String(at), secret) }, body);

export const cardCallback = (body: unknown, { at = Date.now(), secret = CARD_SECRET } = {}): RawCallback =>
  signed(
    '/callbacks/dingtalk/card',
    { 'x-ddpaas-signature-timestamp': String(at), 'x-ddpaas-signature': cardSign(String(at), secret) },
    body,
  );

export const pressBody = (outTrackId: string, form: unknown, more: Record<string, unknown> = {}) => ({
  type: 'actionCallback',
  outTrackId,
  corpId: CORP,
  userId: 'zhangsan',
  userIdType: 1,
  spaceId: GROUP,
  spaceType: 'IM_GROUP',
  extension: '{}',
  content: JSON.stringify({ cardPrivateData: { actionIds: ['form'], params: { form } } }),
  ...more,
});
