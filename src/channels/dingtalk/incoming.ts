// What DingTalk tells us, by Stream or by callback alike: words, files, and presses on cards. Resolves once everything it
// says is kept; a press has two seconds for its answer, and what is later follows by itself.
import { type Answer, ChannelRefused, type Log, type OnEvent } from '../../ports.ts';
import type { FollowUps, Reachability } from '../../ports-channels.ts';
import type { Allowance } from './allowance.ts';
import type { DingtalkClient } from './client.ts';
import {
  decodePress,
  decodeRobotMessage,
  encodeAnswer,
  encodeOwnUpdate,
  type Inbound,
  type OwnView,
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

/** DingTalk takes the answer to a press for two seconds, the way there and back included (docs card/01-0007). */
const PATIENCE_MS = 1_500;

export const makeIncoming = (needs: IncomingNeeds) => {
  const { client, allowance, hooks, menus, followUps, reachability, log, oapiBase, realNow } = needs;
  const { patienceMs = PATIENCE_MS } = needs;
  const heardIn = new Set<string>();
  const underWay = new Set<Promise<void>>();

  /** What goes on after the acknowledgement; `settle` waits for it. */
  const afterwards = (what: string, work: Promise<unknown>): void => {
    const tracked: Promise<void> = work
      .then(
        () => {},
        (error: unknown) => log.error({ channel: 'dingtalk', err: error }, `${what} failed`),
      )
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };

  // ---- what people say ----

  /** Only DingTalk knows a group's id, and who binds the group needs it: it stands in the log once. */
  const noteGroup = (chat: string, title: string): void => {
    if (heardIn.has(chat)) return;
    heardIn.add(chat);
    log.info({ channel: 'dingtalk', chat, title }, 'the robot was spoken to in a group');
  };

  const say = (said: RobotMessage, onEvent: OnEvent, one: Inbound): Promise<void> => {
    switch (one.kind) {
      case 'words':
        return takeWords(one.event, onEvent);
      case 'file':
        return takeFile(one, onEvent);
      case 'nobody':
        return refuseNobody(said);
      case 'used_up':
        allowance.usedUp('messages');
        return Promise.resolve();
    }
  };

  /** Numbers answer the chat's last card where cards are texts; all else is for the use cases to read. */
  const takeWords = async (event: Extract<Inbound, { kind: 'words' }>['event'], onEvent: OnEvent): Promise<void> => {
    const text = event.body.kind === 'text' ? event.body.text : '';
    const card = /^\s*\d/.test(text) ? await menus.last(event.chat.id) : null;
    const read = card && readNumbers(card, text);
    if (!card || !read) return tell(event, await onEvent(event));
    if (read.kind === 'no_such_number') return tell(event, { toast: words.noSuchNumber });
    const body = { kind: 'press', card: card.id, action: read.action, values: read.values } as const;
    await tell(event, await onEvent({ ...event, body }));
  };

  /** A text has no acknowledgement to show anything in; in a group the answer is for the one who asked. */
  const tell = async (event: { id: string; sender: string }, answer: Answer | null): Promise<void> => {
    if (!answer) return;
    const { card, toast } = answer;
    const message = { ...(toast === undefined ? {} : { text: toast }), ...(card ? { card } : {}) };
    await followUps.post('dingtalk', privateChat(event.sender), message, `answer:dingtalk/${event.id}`);
  };

  const takeFile = async ({ at, downloadCode, name }: Extract<Inbound, { kind: 'file' }>, onEvent: OnEvent) => {
    try {
      const { type, bytes } = await client.fetchFile(downloadCode);
      await tell(at, await onEvent({ ...at, body: { kind: 'file', ...typeOf(bytes, name, type), bytes } }));
    } catch (error) {
      if (!(error instanceof ChannelRefused)) throw error;
      log.warn({ channel: 'dingtalk', err: error }, 'a file could not be fetched');
      if (error.code === 'too-large') await tell(at, { toast: words.fileTooBig });
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

  const showLate = async (outTrackId: string, userId: string, view: OwnView | null): Promise<void> => {
    if (view !== null) await client.updateCard(encodeOwnUpdate(outTrackId, userId, view));
  };

  return {
    async onRobotMessage(said: RobotMessage, onEvent: OnEvent): Promise<void> {
      await allowance.count('messages');
      const inbound = decodeRobotMessage(said);
      for (const one of inbound) {
        const event = one.kind === 'words' ? one.event : one.kind === 'file' ? one.at : null;
        if (event) {
          hooks.remember(event.chat.id, said.sessionWebhook, said.sessionWebhookExpiredTime);
          if (event.chat.kind === 'group') noteGroup(event.chat.id, said.conversationTitle);
          else await reachability.back('dingtalk', userIdOf(event.chat.id) ?? '');
        }
        await say(said, onEvent, one);
      }
    },

    /** What the acknowledgement says. `deliveryId`: the callback's own id, where it has one. */
    async onCardCallback(said: CardCallback, deliveryId: string, onEvent: OnEvent): Promise<object> {
      await allowance.count('messages');
      if (said.userId === '' || said.userIdType !== 1) {
        log.warn({ channel: 'dingtalk' }, 'a press came without an account');
        return encodeAnswer(null);
      }
      const press = decodePress(said, deliveryId);
      if (press.kind === 'nothing') return encodeAnswer(null);
      if (press.kind === 'no_action') return encodeAnswer({ tip: words.chooseAction });
      const work = onEvent(press.event);
      const answer = await inTime(work);
      if (answer !== 'late') return encodeAnswer(answer && ownView(answer));
      const { outTrackId } = press;
      afterwards(
        'showing a late answer',
        work.then((made) => showLate(outTrackId, said.userId, made && ownView(made))),
      );
      return encodeAnswer(null);
    },

    async settle(): Promise<void> {
      await Promise.all(underWay);
    },
  };
};
