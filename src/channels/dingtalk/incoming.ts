// What DingTalk tells us, by Stream or by callback alike: words, files, and presses on cards. Resolves once everything it
// says is kept; a press has two seconds for its answer, and what is later follows by itself.
import {
  type Acknowledged,
  type Answer,
  ChannelRefused,
  ChannelUnreachable,
  type InboundEvent,
  type Log,
  type OnEvent,
} from '../../ports.ts';
import type { FollowUps, Reachability } from '../../ports-channels.ts';
import { makeAfterwards } from '../afterwards.ts';
import type { Allowance } from './allowance.ts';
import type { DingtalkClient } from './client.ts';
import {
  type Press as AnyPress,
  decodePress,
  decodeRobotMessage,
  encodeAnswer,
  encodeOwnUpdate,
  type Inbound,
  ownView,
  privateChat,
  refusalOfNobody,
  sessionBody,
  userIdOf,
} from './codec.ts';
import { typeOf } from './file-type.ts';
import { readNumbers } from './menu.ts';
import type { Menus } from './menus.ts';
import type { CardCallback, RobotMessage } from './payloads.ts';
import { isOfDingtalk, type SessionHooks } from './session-hooks.ts';
import { words } from './words.ts';

export interface IncomingNeeds {
  readonly client: DingtalkClient;
  readonly allowance: Allowance;
  readonly hooks: SessionHooks;
  readonly menus: Menus;
  readonly followUps: FollowUps;
  readonly reachability: Reachability;
  readonly log: Log;
  readonly oapiBase: string;
  readonly realNow: () => number;
  readonly patienceMs?: number;
}

type Press = Extract<AnyPress, { kind: 'press' }>;

/** DingTalk takes the answer to a press for two seconds, the way there and back included (docs card/01-0007). */
const PATIENCE_MS = 1_500;

/** Where one callback's events go, and when the answer to it has been written. */
export interface Taking {
  readonly onEvent: OnEvent;
  readonly acknowledged: Acknowledged;
}

export const makeIncoming = (needs: IncomingNeeds) => {
  const { client, allowance, hooks, menus, followUps, reachability, log, oapiBase, realNow } = needs;
  const { patienceMs = PATIENCE_MS } = needs;
  const heardIn = new Set<string>();
  const afterwards = makeAfterwards('dingtalk', log);

  // ---- what people say ----

  /** Only DingTalk knows a group's id, and who binds the group needs it: it stands in the log once. */
  const noteGroup = (chat: string, title: string): void => {
    if (heardIn.has(chat)) return;
    heardIn.add(chat);
    log.info({ channel: 'dingtalk', chat, title }, 'the robot was spoken to in a group');
  };

  const say = (said: RobotMessage, take: Taking, one: Inbound): Promise<void> => {
    switch (one.kind) {
      case 'words':
        return takeWords(one.event, take);
      case 'file':
        return takeFile(one, take);
      case 'nobody':
        return refuseNobody(said);
      case 'used_up':
        allowance.usedUp('messages');
        return Promise.resolve();
    }
  };

  /** Numbers answer the chat's last card where cards are texts; all else is for the use cases to read. */
  const takeWords = async (event: Extract<Inbound, { kind: 'words' }>['event'], take: Taking): Promise<void> => {
    const text = event.body.kind === 'text' ? event.body.text : '';
    const card = /^\s*\d/.test(text) ? await menus.last(event.chat.id) : null;
    const read = card && readNumbers(card, text);
    if (!card || !read) return tellAfter(take, event, await take.onEvent(event));
    if (read.kind === 'no_such_number') return tellAfter(take, event, { toast: words.noSuchNumber });
    const body = { kind: 'press', card: card.id, action: read.action, values: read.values } as const;
    tellAfter(take, event, await take.onEvent({ ...event, body }));
  };

  type Asked = Pick<InboundEvent, 'id' | 'sender'>;

  /** A text has no acknowledgement to show anything in: its answer follows, to the one who asked. */
  const tellAfter = ({ acknowledged }: Taking, event: Asked, answer: Answer | null): void => {
    if (answer) afterwards.add('answering', () => acknowledged.then(() => tell(event, answer)));
  };

  const tell = ({ id, sender }: Asked, { card, toast }: Answer): Promise<void> => {
    const message = { ...(toast === undefined ? {} : { text: toast }), ...(card ? { card } : {}) };
    return followUps.post('dingtalk', privateChat(sender), message, `answer:dingtalk/${id}`);
  };

  const takeFile = async ({ at, downloadCode, name }: Extract<Inbound, { kind: 'file' }>, take: Taking) => {
    try {
      const { type, bytes } = await client.fetchFile(downloadCode);
      const body = { kind: 'file', ...typeOf(bytes, name, type), bytes } as const;
      tellAfter(take, at, await take.onEvent({ ...at, body }));
    } catch (error) {
      if (!(error instanceof ChannelRefused)) throw error;
      log.warn({ channel: 'dingtalk', err: error }, 'a file could not be fetched');
      if (error.code === 'too-large') tellAfter(take, at, { toast: words.fileTooBig });
    }
  };

  /** There is no account to write to: said where it was asked, or not at all. */
  const refuseNobody = async ({ sessionWebhook, sessionWebhookExpiredTime }: RobotMessage): Promise<void> => {
    log.warn({ channel: 'dingtalk' }, 'a message came without an account: an outsider, or the robot is not published');
    if (!isOfDingtalk(sessionWebhook, oapiBase) || sessionWebhookExpiredTime < realNow()) return;
    await client
      .sayInSession(sessionWebhook, sessionBody(refusalOfNobody))
      .catch((error: unknown) => log.warn({ channel: 'dingtalk', err: error }, 'an outsider was not answered'));
  };

  // ---- what people press ----

  /** The answer when it comes in time; null when it will follow. */
  const inTime = async (work: Promise<Answer | null>): Promise<Answer | null | 'late'> => {
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), patienceMs);
    return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
  };

  /** The card changes for its presser; where it cannot be changed, the answer follows as a message. */
  const showLate = async ({ event, outTrackId }: Press, answer: Answer | null): Promise<void> => {
    const view = answer && ownView(answer);
    if (!answer || !view) return;
    try {
      await client.updateCard(encodeOwnUpdate(outTrackId, event.sender, view));
    } catch (error) {
      if (!(error instanceof ChannelRefused || error instanceof ChannelUnreachable)) throw error;
      log.warn({ channel: 'dingtalk', err: error }, 'a pressed card could not be changed, the answer follows');
      await tell(event, answer);
    }
  };

  return {
    async onRobotMessage(said: RobotMessage, take: Taking): Promise<void> {
      await allowance.count('messages');
      const inbound = decodeRobotMessage(said);
      for (const one of inbound) {
        const event = one.kind === 'words' ? one.event : one.kind === 'file' ? one.at : null;
        if (event) {
          hooks.remember(event.chat.id, said.sessionWebhook, said.sessionWebhookExpiredTime);
          if (event.chat.kind === 'group') noteGroup(event.chat.id, said.conversationTitle);
          else await reachability.back('dingtalk', userIdOf(event.chat.id) ?? '');
        }
        await say(said, take, one);
      }
    },

    /** What the acknowledgement says. `deliveryId`: the callback's own id, where it has one. */
    async onCardCallback(said: CardCallback, deliveryId: string, take: Taking): Promise<object> {
      await allowance.count('messages');
      if (said.userId === '' || said.userIdType !== 1) {
        log.warn({ channel: 'dingtalk' }, 'a press came without an account');
        return encodeAnswer(null);
      }
      const press = decodePress(said, deliveryId);
      if (press.kind === 'nothing') return encodeAnswer(null);
      if (press.kind === 'no_action') return encodeAnswer({ tip: words.chooseAction });
      const work = take.onEvent(press.event);
      const answer = await inTime(work);
      const isLate = answer === 'late';
      afterwards.add('showing an answer', async () => {
        const written = await take.acknowledged;
        if (isLate || !written) await showLate(press, await work);
      });
      return encodeAnswer(isLate ? null : answer && ownView(answer));
    },

    settle: afterwards.settle,
  };
};
