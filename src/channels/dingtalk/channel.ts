// DingTalk (钉钉): an internal app's robot in groups and private chats. Cards come from one template of the card platform;
// what people say and press comes by Stream, or by callbacks to a public address. reference: dingtalk

import { mayStillGo } from '../../domain/allowance.ts';
import type { MessageKind } from '../../domain/message.ts';
import type { Ack, Acknowledged, Channel, Clock, Log, OnEvent, RawCallback, SentMessage } from '../../ports.ts';
import type { ChannelMemory, FollowUps, MonthlyUse, Reachability, SendBudget } from '../../ports-channels.ts';
import { type AllowanceNeeds, type MonthlyMost, makeAllowance } from './allowance.ts';
import { type ClientSettings, type DingtalkClient, makeDingtalkClient } from './client.ts';
import type { CardAddress } from './codec.ts';
import { type IncomingNeeds, makeIncoming, type Taking } from './incoming.ts';
import { limits } from './limits.ts';
import { makeMenus } from './menus.ts';
import { makeMeter } from './meter.ts';
import { makeOutgoing } from './outgoing.ts';
import { cardCallback, robotMessage, type StreamFrame, topics } from './payloads.ts';
import { makeSessionHooks } from './session-hooks.ts';
import { type Verdict, verifyCard, verifyRobot } from './signature.ts';
import { makeStream, type StreamOptions } from './socket.ts';

export interface DingtalkConfig extends ClientSettings {
  readonly corpId: string | null;
  readonly cardTemplateId: string | null;
  readonly mode: 'stream' | 'http';
  /** Signs card callbacks in HTTP mode. */
  readonly cardApiSecret: string | null;
  readonly publicUrl: string | null;
  readonly monthly: MonthlyMost;
}

export interface DingtalkDeps {
  readonly log: Log;
  readonly clock: Clock;
  readonly budget: SendBudget;
  readonly use: MonthlyUse;
  readonly followUps: FollowUps;
  readonly reachability: Reachability;
  readonly memory: ChannelMemory;
  /** How much of the month is used, each time it changes. */
  readonly onUse?: AllowanceNeeds['onUse'];
  /** Real time in ms, for tokens, signatures and months (DESIGN §1 "Two clocks"). */
  readonly realNow?: () => number;
  /** In [0, 1), for the spread of retries. */
  readonly chance?: () => number;
}

export interface DingtalkOptions {
  readonly times?: StreamOptions['times'];
  readonly patienceMs?: IncomingNeeds['patienceMs'];
}

export interface DingtalkChannel extends Channel {
  readonly client: DingtalkClient;
  /** Takes a message back within a day; the reason when it stays. */
  recall(chat: string, sent: SentMessage): Promise<string | null>;
  /** How much of this month's allowance is used. */
  used(): Promise<MonthlyMost>;
}

const ROUTE_KEY = 'dudao';
const REMEMBERED = 2_000;

const json = (status: number, body: object): Ack => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

export const makeDingtalkChannel = (
  config: DingtalkConfig,
  deps: DingtalkDeps,
  options: DingtalkOptions = {},
): DingtalkChannel => {
  const { log, budget, memory, realNow = Date.now, chance = Math.random, onUse = () => {} } = deps;
  const { cardTemplateId, robotCode, mode, oapiBase } = config;
  const allowance = makeAllowance({ use: deps.use, most: config.monthly, log, realNow, onUse });
  const client = makeDingtalkClient(config, makeMeter(budget, allowance), { now: realNow });
  const hooks = makeSessionHooks(oapiBase, realNow);
  const menus = makeMenus(memory);
  const shared = { ...deps, client, allowance, hooks, menus };
  const callback: CardAddress['callback'] = mode === 'stream' ? 'STREAM' : { routeKey: ROUTE_KEY };
  const address = cardTemplateId === null ? null : { templateId: cardTemplateId, robotCode, callback };
  const outgoing = makeOutgoing({ ...shared, address });
  const { patienceMs } = options;
  const incoming = makeIncoming({ ...shared, oapiBase, realNow, ...(patienceMs === undefined ? {} : { patienceMs }) });

  // ---- Stream ----

  const seen = new Map<string, Promise<object | null>>();

  /** A frame that comes again gets the answer of the first; one that failed is tried anew. The database is the judge. */
  const once = (frame: StreamFrame, handle: () => Promise<object | null>): Promise<object | null> => {
    const before = seen.get(frame.messageId);
    if (before) return before;
    const work = handle();
    if (frame.messageId === '') return work;
    seen.set(frame.messageId, work);
    work.catch(() => seen.delete(frame.messageId));
    if (seen.size > REMEMBERED) seen.delete(seen.keys().next().value ?? '');
    return work;
  };

  const onCallback = (onEvent: OnEvent) => (frame: StreamFrame, acknowledged: Acknowledged) =>
    once(frame, async () => {
      const take: Taking = { onEvent: (event) => onEvent(event, acknowledged), acknowledged };
      switch (frame.topic) {
        case topics.robot:
          await incoming.onRobotMessage(robotMessage.parse(JSON.parse(frame.data)), take);
          return { response: null };
        case topics.card: {
          const said = cardCallback.parse(JSON.parse(frame.data));
          return { response: await incoming.onCardCallback(said, frame.messageId, take) };
        }
        default:
          return null;
      }
    });

  let stream: ReturnType<typeof makeStream> | null = null;

  // ---- HTTP ----

  const refused = (verdict: Verdict | string): Ack => {
    log.warn({ channel: 'dingtalk', reason: verdict }, 'a callback was refused');
    return json(403, { error: 'forbidden' });
  };

  const receiveRobot = async (call: RawCallback, take: Taking): Promise<Ack> => {
    const verdict = verifyRobot(call, config.clientSecret, realNow());
    if (verdict !== 'good') return refused(verdict);
    const read = robotMessage.safeParse(bodyOf(call));
    if (!read.success || read.data.msgtype === '') return json(400, { error: 'unreadable' });
    const { chatbotCorpId } = read.data;
    if (config.corpId !== null && chatbotCorpId !== '' && chatbotCorpId !== config.corpId) return refused('corp');
    await incoming.onRobotMessage(read.data, take);
    return json(200, {});
  };

  const receiveCard = async (call: RawCallback, take: Taking): Promise<Ack> => {
    const verdict = verifyCard(call, config.cardApiSecret, realNow());
    if (verdict !== 'good') return refused(verdict);
    const read = cardCallback.safeParse(bodyOf(call));
    if (!read.success) return json(400, { error: 'unreadable' });
    const { corpId } = read.data;
    if (config.corpId !== null && corpId !== '' && corpId !== config.corpId) return refused('corp');
    // A callback has no id of its own, but two presses are not signed in the same millisecond.
    const deliveryId = call.headers['x-ddpaas-signature-timestamp'] ?? '';
    return json(200, await incoming.onCardCallback(read.data, deliveryId, take));
  };

  return {
    name: 'dingtalk',
    supports: {
      update: address === null ? 'never' : 'anytime',
      ticks: limits.ticks,
      choices: limits.choices,
      textField: address !== null,
      ownView: address !== null,
      mention: true,
      image: true,
      recognisesRepeats: false,
    },

    send: outgoing.send,
    recognises: outgoing.recognises,
    update: outgoing.update,
    recall: outgoing.recall,

    async keepsBack(what: { verb: 'send' | 'update'; kind: MessageKind }): Promise<string | null> {
      if (mayStillGo(await allowance.level(), what)) return null;
      return 'nearly nothing is left of this month’s calls: kept for answers and for what is due today';
    },

    async receive(call, onEvent, acknowledged = Promise.resolve(true)) {
      if (mode !== 'http') return json(404, { error: 'DINGTALK_MODE is stream' });
      if (call.method !== 'POST') return json(405, { error: 'method not allowed' });
      const take: Taking = { onEvent, acknowledged };
      return call.path.endsWith('/card') ? receiveCard(call, take) : receiveRobot(call, take);
    },

    health() {
      if (mode === 'stream') return stream?.ready ? null : 'the Stream is not connected';
      return null;
    },

    async start(onEvent) {
      if (mode === 'stream') {
        stream = makeStream({
          open: client.openStream,
          onCallback: onCallback(onEvent),
          log,
          chance,
          ...(options.times ? { times: options.times } : {}),
        });
        stream.open();
        return;
      }
      if (address === null || config.publicUrl === null || config.cardApiSecret === null) return;
      await client
        .registerCardCallback(ROUTE_KEY, `${config.publicUrl}/callbacks/dingtalk/card`, config.cardApiSecret)
        .catch((error: unknown) =>
          log.error({ channel: 'dingtalk', err: error }, 'the address for presses could not be registered'),
        );
    },

    async stop() {
      await stream?.close();
      stream = null;
      await incoming.settle();
    },

    client,
    accountByMobile: client.userIdByMobile,
    used: allowance.used,
  };
};

const bodyOf = ({ body }: RawCallback): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
};
