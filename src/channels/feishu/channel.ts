// Feishu (飞书): one app (企业自建应用) that speaks in groups and in private. Cards are JSON of our own with all fields in one
// form; presses and words come in as encrypted callbacks at one address.
import type { Message } from '../../domain/message.ts';
import {
  type Ack,
  type Acknowledged,
  type Channel,
  ChannelRefused,
  type ChannelSupport,
  type Clock,
  type Log,
  type OnEvent,
  OWN_PACE,
  type RawCallback,
} from '../../ports.ts';
import type { FollowUps, Reachability, SendBudget, ShownCards, SingleUse } from '../../ports-channels.ts';
import type { SendRate } from '../../ports-delivery.ts';
import { makeAfterwards } from '../afterwards.ts';
import { viewToken } from '../view-token.ts';
import type { Drawing } from './cards.ts';
import { type FeishuClient, makeFeishuClient, type Receiver } from './client.ts';
import { decodeInbound, encodeMessage, receiverOf, uuidOf } from './codec.ts';
import { makeOnIncoming } from './incoming.ts';
import { envelope, sealedBody, verification } from './payloads.ts';
import { isGroupGone, isTooFast, isUnreachablePerson } from './refusals.ts';
import { isSame, isSigned, openCipher } from './signature.ts';

export interface FeishuConfig {
  readonly appId: string;
  readonly appSecret: string;
  readonly verificationToken: string;
  readonly encryptKey: string;
  readonly apiBase: string;
}

export interface FeishuDeps {
  readonly log: Log;
  readonly clock: Clock;
  readonly cards: ShownCards;
  readonly budget: SendBudget;
  readonly followUps: FollowUps;
  readonly singleUse: SingleUse;
  readonly reach: Reachability;
}

/** 1,000 calls a minute and 50 a second (https://open.feishu.cn/document/ukTMukTMukTM/uUzN04SN3QjL1cDN); some are left for answers. */
export const feishuRate: SendRate = { perSecond: 14, burst: 14 };
/** In any second at most 5 to one group or person, other bots of the group among them. */
const chatRate: SendRate = { perSecond: 2, burst: 2 };

const supports: ChannelSupport = {
  update: 'anytime',
  // 200 elements in a card, of which a box takes two and an option one.
  ticks: 60,
  choices: 150,
  textField: true,
  ownView: true,
  mention: true,
  image: true,
  recognisesRepeats: true,
};

const plain = (status: number, body: string): Ack => ({ status, type: 'text/plain', body });
const json = (body: string): Ack => ({ status: 200, type: 'application/json', body });

export const makeFeishuChannel = (config: FeishuConfig, deps: FeishuDeps): Channel => {
  const { log, clock, cards, budget, reach } = deps;
  const client = makeFeishuClient(config);
  const me = once(() => client.me());
  const afterwards = makeAfterwards('feishu', log);
  const onIncoming = makeOnIncoming({ ...deps, client, afterwards });

  /** Within what the chat takes; a refusal tells something about the chat, whoever ran into it. */
  const writing = async <T>({ kind, id }: Receiver, call: () => Promise<T>): Promise<T> => {
    const key = `feishu/${id}`;
    const waitMs = await budget.take(key, chatRate);
    if (waitMs > 0)
      throw new ChannelRefused(OWN_PACE, 'this chat has had its writes for now', {
        retryAfterSeconds: Math.ceil(waitMs / 1_000),
      });
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ChannelRefused)) throw error;
      if (isTooFast(error)) await budget.hold(key, chatRate, error.retryAfterSeconds ?? 1);
      if (kind === 'open_id' && isUnreachablePerson(error)) await reach.lost('feishu', id, clock.now());
      if (isGroupGone(error)) log.warn({ channel: 'feishu', chat: id }, 'the bot is not in this group any more');
      throw error;
    }
  };

  /** A group's card that one person sees in private, filled in or not, is that person's view of it. */
  const drawingFor = async ({ kind, id }: Receiver, { card }: Message): Promise<Drawing> => {
    if (kind === 'chat_id') return { place: 'group' };
    if (!card || !(await cards.of(card.id, id))) return { place: 'person' };
    return { place: 'person', view: viewToken(card, id) };
  };

  const find = (chat: string): Receiver => {
    const to = receiverOf(chat);
    if (to === null) throw new ChannelRefused('chat', 'this is no chat of Feishu', { fatal: true });
    return to;
  };

  const opened = ({ headers, body, ...rest }: RawCallback): { said: unknown; signed: boolean } | Ack => {
    const signed = isSigned({ headers, body, ...rest }, config.encryptKey);
    if (signed === false) return plain(401, 'unauthorized');
    const sealed = sealedBody.safeParse(read(Buffer.from(body).toString('utf8')));
    if (!sealed.success) return plain(400, 'nothing encrypted');
    const message = openCipher(sealed.data.encrypt, config.encryptKey);
    if (message === null) return plain(401, 'unauthorized');
    return { said: read(message), signed: signed === true };
  };

  return {
    name: 'feishu',
    supports,

    async send(chat, message, key) {
      const to = find(chat);
      let last = '';
      for (const [part, content] of encodeMessage(message, await drawingFor(to, message)).entries())
        last = await writing(to, () => client.send(to, content, uuidOf(key, part)));
      return { message: last };
    },

    async update(chat, sent, message) {
      const to = find(chat);
      const body = encodeMessage(message, await drawingFor(to, message)).at(-1);
      if (body?.type !== 'interactive')
        throw new ChannelRefused('not-a-card', 'Feishu changes cards only', { fatal: true });
      await writing(to, () => client.edit(sent.message ?? '', body.body));
    },

    async receive(callback: RawCallback, onEvent: OnEvent, acknowledged: Acknowledged = Promise.resolve(true)) {
      if (callback.method !== 'POST') return plain(405, 'method not allowed');
      const inside = opened(callback);
      if ('status' in inside) return inside;
      const check = verification.safeParse(inside.said);
      if (check.success) {
        if (!isSame(check.data.token, config.verificationToken)) return plain(401, 'unauthorized');
        return json(JSON.stringify({ challenge: check.data.challenge }));
      }
      if (!inside.signed) return plain(401, 'unauthorized');
      const event = envelope.safeParse(inside.said);
      if (!event.success) return plain(400, 'no event');
      const { token, app_id: app } = event.data.header;
      if (!isSame(token, config.verificationToken) || app !== config.appId) return plain(401, 'unauthorized');
      // Only words can name us; a press has no time to wait for who we are.
      const bot = event.data.header.event_type === 'im.message.receive_v1' ? await me() : '';
      let answer = '{}';
      for (const incoming of decodeInbound(event.data, bot))
        answer = await onIncoming(incoming, { onEvent, acknowledged });
      return json(answer);
    },

    stop: afterwards.settle,
  };
};

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Asked for once; after a failure the next one asks again. */
const once = (ask: FeishuClient['me']): FeishuClient['me'] => {
  let asked: Promise<string> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
};
