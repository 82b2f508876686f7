// Brings a message to its chat: as a card where it can be one, else in words, by the session's address while that is good
// and by the robot else. What arrived already is never sent again: a card is known by its id, a text is not.
import type { Card } from '../../domain/card.ts';
import type { Message } from '../../domain/message.ts';
import { ChannelRefused, ChannelUnreachable, type Clock, type Log, type SentMessage } from '../../ports.ts';
import type { ChannelMemory, Reachability, SendBudget } from '../../ports-channels.ts';
import type { Allowance } from './allowance.ts';
import type { DingtalkClient } from './client.ts';
import {
  type CardAddress,
  type Encoded,
  encodeDelivery,
  encodeMessage,
  encodeUpdate,
  outTrackIdOf,
  robotBody,
  type Said,
  sessionBody,
  userIdOf,
} from './codec.ts';
import type { Menus } from './menus.ts';
import { takeGroupRoom } from './meter.ts';
import { isTemplateFault, isUsedUp } from './refusals.ts';
import type { SessionHooks } from './session-hooks.ts';
import { words } from './words.ts';

export interface OutgoingNeeds {
  readonly client: DingtalkClient;
  /** Null: no template is configured, and cards are texts. */
  readonly address: CardAddress | null;
  readonly hooks: SessionHooks;
  readonly menus: Menus;
  readonly budget: SendBudget;
  readonly allowance: Allowance;
  readonly reachability: Reachability;
  readonly memory: ChannelMemory;
  readonly clock: Clock;
  readonly log: Log;
}

const FLOW_CONTROL_SECONDS = 60;

export const makeOutgoing = (needs: OutgoingNeeds) => {
  const { client, address, hooks, menus, budget, allowance, reachability, memory, clock, log } = needs;

  const encoded = (chat: string, message: Message): Encoded =>
    encodeMessage(message, { template: address !== null, group: userIdOf(chat) === null });

  // ---- words ----

  const byRobot = async (chat: string, said: Said): Promise<SentMessage> => {
    const userId = userIdOf(chat);
    if (userId === null) return { processQueryKey: await client.sendToGroup(chat, robotBody(said)) };
    const { keys, gone, later } = await client.sendToPeople([userId], robotBody(said));
    if (gone.length > 0) {
      await reachability.lost('dingtalk', userId, clock.now());
      throw new ChannelRefused('invalid-staff', 'batchSend: the member cannot be reached', { fatal: true });
    }
    if (later.length > 0) {
      const text = 'batchSend: the member has had enough for now';
      throw new ChannelRefused('flow-controlled', text, { retryAfterSeconds: FLOW_CONTROL_SECONDS });
    }
    return { processQueryKey: keys[0] ?? '' };
  };

  /** One that DingTalk takes no more is forgotten, and the robot speaks. */
  const bySession = async (url: string, chat: string, said: Said, mentions: readonly string[]) => {
    try {
      await client.sayInSession(url, sessionBody(said, mentions));
      return {};
    } catch (error) {
      const arrived = error instanceof ChannelUnreachable && error.mayHaveArrived;
      if (arrived || !(error instanceof ChannelRefused || error instanceof ChannelUnreachable)) throw error;
      if (error instanceof ChannelRefused && error.retryAfterSeconds !== null) throw error;
      hooks.forget(chat);
      return null;
    }
  };

  const say = async (chat: string, said: Said, mentions: readonly string[]): Promise<SentMessage> => {
    const hook = hooks.of(chat);
    return (hook === null ? null : await bySession(hook, chat, said, mentions)) ?? byRobot(chat, said);
  };

  /** A later part that fails leaves the earlier ones where they are: then it is not sent again by itself. */
  const sayAll = async (chat: string, all: readonly Said[], mentions: readonly string[]): Promise<SentMessage> => {
    let sent: SentMessage = {};
    for (const [i, said] of all.entries()) {
      try {
        sent = await say(chat, said, i === all.length - 1 ? mentions : []);
      } catch (error) {
        if (i === 0) throw error;
        throw new ChannelUnreachable(`part ${i + 1} of ${all.length} was not sent`, true, error);
      }
    }
    return sent;
  };

  // ---- cards ----

  const roundKey = (outTrackId: string): string => `dingtalk.round:${outTrackId}`;

  /** Under an id of its own for each delivery that is known to have failed: the old id would be taken for delivered. */
  const deliver = async (
    chat: string,
    { id, variables }: NonNullable<Encoded['card']>,
    key: string,
    to: CardAddress,
  ): Promise<SentMessage> => {
    const first = outTrackIdOf(id, key);
    const round = (await memory.get<number>(roundKey(first))) ?? 0;
    const outTrackId = outTrackIdOf(id, key, round);
    const delivered = await client.deliverCard(encodeDelivery(chat, outTrackId, variables, to));
    if ('failed' in delivered) {
      await memory.set(roundKey(first), round + 1);
      const text = `createAndDeliver: not delivered: ${delivered.failed}`;
      throw new ChannelRefused('not-delivered', text, { retryAfterSeconds: FLOW_CONTROL_SECONDS });
    }
    return { outTrackId, ...(delivered.carrierId === '' ? {} : { processQueryKey: delivered.carrierId }) };
  };

  /** Cards do not ring anybody reliably; a word after it does, where the session is open. */
  const ring = async (chat: string, mentions: readonly string[]): Promise<void> => {
    const hook = hooks.of(chat);
    if (mentions.length === 0 || hook === null) return;
    await client
      .sayInSession(hook, sessionBody({ title: words.lookAbove, text: words.lookAbove, markdown: false }, mentions))
      .catch((error: unknown) => log.warn({ channel: 'dingtalk', err: error }, 'people were not rung in a group'));
  };

  /** The template or its permission is refused: until a card gets through, nothing of ours is known there again. */
  let cardsRefused = false;

  const inWords = async (chat: string, card: Card, message: Message): Promise<SentMessage> => {
    const { said } = encodeMessage(message, { template: false, group: userIdOf(chat) === null });
    const sent = await sayAll(chat, said, message.mentions ?? []);
    await menus.said(chat, card);
    return sent;
  };

  const asCard = async (chat: string, card: Card, message: Message, key: string): Promise<SentMessage> => {
    const { card: drawn, said } = encoded(chat, message);
    if (!address || !drawn) return inWords(chat, card, message);
    try {
      const sent = await deliver(chat, drawn, key, address);
      cardsRefused = false;
      if (said.length > 0) await sayAll(chat, said, []);
      await ring(chat, message.mentions ?? []);
      return sent;
    } catch (error) {
      if (!(error instanceof ChannelRefused && isTemplateFault(error.code))) throw error;
      cardsRefused = true;
      log.error({ channel: 'dingtalk', code: error.code, said: error.message }, 'cards are refused, texts go instead');
      return inWords(chat, card, message);
    }
  };

  /** The month is over for us when DingTalk says so. */
  const noting = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ChannelRefused && isUsedUp(error.code)) allowance.usedUp('calls');
      throw error;
    }
  };

  return {
    async send(chat: string, message: Message, key: string): Promise<SentMessage> {
      if (userIdOf(chat) === null) await takeGroupRoom(budget, chat);
      const { card, mentions = [] } = message;
      return noting(card ? asCard(chat, card, message, key) : sayAll(chat, encoded(chat, message).said, mentions));
    },

    /** A card is known by its id, words are not. */
    recognises(chat: string, message: Message): boolean {
      const { card, said } = encoded(chat, message);
      return card !== null && said.length === 0 && !cardsRefused;
    },

    async update(chat: string, { outTrackId }: SentMessage, { card }: Message): Promise<void> {
      if (!card || outTrackId === undefined)
        throw new ChannelRefused('not-supported', 'only a card can be changed in DingTalk', { fatal: true });
      await noting(client.updateCard(encodeUpdate(chat, outTrackId, card)));
    },

    /** Within a day; the reason when it stays. */
    async recall(chat: string, { processQueryKey = '' }: SentMessage): Promise<string | null> {
      if (processQueryKey === '') return 'DingTalk gave no handle for it';
      const where = userIdOf(chat) === null ? { group: chat } : 'people';
      return (await client.recall(where, [processQueryKey]))[processQueryKey] ?? null;
    },
  };
};
