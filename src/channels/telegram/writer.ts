// Writes to chats within what Telegram takes: a budget for each chat, sends and edits together, and the ways out when a
// group has moved, a topic is gone or a person has blocked the bot. Telegram's own "wait" holds for the whole chat.
import type { Clock, Log } from '../../ports.ts';
import { ChannelRefused, OWN_PACE } from '../../ports.ts';
import type { ChatMoves, Reachability, SendBudget, ShownPlace } from '../../ports-channels.ts';
import type { SendRate } from '../../ports-delivery.ts';
import { type Destination, readChat } from './addresses.ts';
import type { TelegramClient } from './client.ts';
import type { Rendering } from './codec.ts';
import { isRefused, type TelegramRefused } from './refusals.ts';

/** In any minute at most 5 + 60 × 0.25 = 20 writes to a group, edits included, which is what Telegram takes. */
const groupRate: SendRate = { perSecond: 0.25, burst: 5 };
/** About one a second with short bursts. */
const personRate: SendRate = { perSecond: 1, burst: 10 };
/** In a group redraws leave so many writes to messages that somebody waits for. */
const LEFT_TO_SENDS = 1;

export interface WriterNeeds {
  readonly client: TelegramClient;
  readonly budget: SendBudget;
  readonly moves: ChatMoves;
  readonly reach: Reachability;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Writer {
  /** Throws ChannelRefused with a time when the chat's budget is spent. */
  post(chat: string, shown: Rendering, options?: { ask?: boolean }): Promise<ShownPlace>;
  /** False when there is no such message any more. Throws as `post` does. */
  change(place: ShownPlace, owner: string, shown: Rendering): Promise<boolean>;
  /** A message in a group for one person; null where that cannot be had right now. Never throws. */
  whisper(group: string, receiver: string, query: string, shown: Rendering): Promise<ShownPlace | null>;
  /** Where a chat of our records is today. Throws for what is no chat of Telegram. */
  find(chat: string): Promise<Destination>;
}

const isGroup = (id: string): boolean => id.startsWith('-');
const rateOf = (id: string): SendRate => (isGroup(id) ? groupRate : personRate);
const keyOf = (id: string): string => `telegram/${id}`;

export const makeWriter = ({ client, budget, moves, reach, clock, log }: WriterNeeds): Writer => {
  /** Null until the server was asked. */
  let whispers: boolean | null = null;

  const spend = async (id: string, leave: number): Promise<void> => {
    const waitMs = await budget.take(keyOf(id), rateOf(id), leave);
    if (waitMs > 0)
      throw new ChannelRefused(OWN_PACE, 'this chat has had its writes for now', {
        retryAfterSeconds: Math.ceil(waitMs / 1_000),
      });
  };

  /** What a refusal tells about the chat is kept, whoever ran into it. */
  const learn = async (id: string, error: TelegramRefused): Promise<void> => {
    if (error.reason === 'too-fast') await budget.hold(keyOf(id), rateOf(id), error.retryAfterSeconds ?? 1);
    if (error.reason === 'moved' && error.movedTo !== null) await moves.moved('telegram', id, error.movedTo);
    if (error.reason === 'chat-gone') {
      if (isGroup(id)) log.warn({ channel: 'telegram', chat: id }, 'the bot is not in this group any more');
      else await reach.lost('telegram', id, clock.now());
    }
  };

  const spending = async <T>(id: string, leave: number, call: () => Promise<T>): Promise<T> => {
    await spend(id, isGroup(id) ? leave : 0);
    try {
      return await call();
    } catch (error) {
      if (isRefused(error)) await learn(id, error);
      throw error;
    }
  };

  const find = async (chat: string): Promise<Destination> => {
    const to = readChat(chat);
    if (to === null) throw new ChannelRefused('chat', 'this is no chat of Telegram', { fatal: true });
    return to.kind === 'person' ? to : { ...to, id: await moves.current('telegram', to.id) };
  };

  const post = async (to: Destination, shown: Rendering, ask: boolean): Promise<ShownPlace> => {
    try {
      const message = await spending(to.id, 0, () => client.send(to.id, shown, { topic: to.topic, ask }));
      return { chat: to.id, message };
    } catch (error) {
      if (isRefused(error, 'moved') && error.movedTo !== null) return post({ ...to, id: error.movedTo }, shown, ask);
      if (isRefused(error, 'topic-gone') && to.topic !== null) return post({ ...to, topic: null }, shown, ask);
      throw error;
    }
  };

  const canWhisper = async (): Promise<boolean> => {
    whispers ??= await client.canWhisper();
    return whispers;
  };

  return {
    find,

    post: async (chat, shown, { ask = false } = {}) => post(await find(chat), shown, ask),

    async change(place, owner, shown) {
      try {
        await spending(place.chat, LEFT_TO_SENDS, () =>
          place.ephemeral === undefined
            ? client.edit(place, shown)
            : client.editWhisper(place.chat, owner, place.ephemeral, shown),
        );
        return true;
      } catch (error) {
        if (isRefused(error, 'unchanged')) return true;
        // A group that moved took its messages' numbers with it.
        if (isRefused(error, 'message-gone', 'moved')) return false;
        throw error;
      }
    },

    async whisper(group, receiver, query, shown) {
      try {
        if (!(await canWhisper())) return null;
        const ephemeral = await spending(group, LEFT_TO_SENDS, () => client.whisper(group, receiver, query, shown));
        if (ephemeral !== null) return { chat: group, message: 0, ephemeral };
        whispers = false;
        log.warn(
          { channel: 'telegram' },
          'this Bot API server shows ephemeral messages to everybody: not used any more',
        );
      } catch (error) {
        log.info({ channel: 'telegram', err: error }, 'a card could not be shown to one person in the group');
      }
      return null;
    },
  };
};
