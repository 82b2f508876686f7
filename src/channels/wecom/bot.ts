// The AI bot (智能机器人) on its long connection: cards into groups, and the presses on them. One process of all replicas
// has the connection; a lease says which. Presses are answered on the connection within five seconds, or by a message.

import type { Message } from '../../domain/message.ts';
import { type Answer, ChannelRefused, type OnEvent, type SentMessage } from '../../ports.ts';
import { makeAfterwards } from '../afterwards.ts';
import { takeRoom } from './budgets.ts';
import type { TemplateCard } from './cards.ts';
import {
  accountOf,
  decodeBotMessage,
  decodeBotPress,
  encodeForBot,
  encodeInPlace,
  type Inbound,
  isOpenUserId,
  type Press,
  privateChat,
} from './codec.ts';
import { homeUrlOf, type WecomDeps } from './deps.ts';
import { botDialect } from './limits.ts';
import { fetchBotMedia } from './media.ts';
import { type BotEvent, botEvent, botMessage } from './payloads.ts';
import { isKnownTask } from './refusals.ts';
import { type BotSocketOptions, makeBotSocket } from './socket.ts';
import { words } from './words.ts';

export interface BotConfig {
  readonly id: string;
  readonly secret: string;
  readonly wsUrl: string;
}

export interface BotNeeds {
  /** The account behind an id that only this bot knows; null when it cannot be found out. */
  readonly plainUserId: ((openUserId: string) => Promise<string | null>) | null;
  /** People can be written to one by one, so what concerns one of a group is said there. */
  readonly hasPrivateChats: boolean;
  readonly times?: BotSocketOptions['times'];
  readonly leaseMs?: number;
}

const LEASE = 'wecom-bot';
const LEASE_MS = 20_000;
/** The platform takes an answer for five seconds. */
const PATIENCE_MS = 4_500;
const NOTE_EVERY_MS = 30_000;
/** Shorter silences are told to nobody. Counted from the last note, which may be half a minute old. */
const OUTAGE_MS = 90_000;
const lastConnected = 'wecom.bot.connected';

export const makeBotPart = (config: BotConfig, deps: WecomDeps, needs: BotNeeds) => {
  const { log, leases, followUps, groups, memory, budget, holder, realNow = Date.now } = deps;
  const { leaseMs = LEASE_MS } = needs;
  const homeUrl = homeUrlOf(deps);
  const drawing = (group: boolean) => ({ dialect: botDialect, group, homeUrl });
  const plainIds = new Map<string, string>();
  const heardIn = new Set<string>();
  const underWay = makeAfterwards('wecom', log);
  let onEvent: OnEvent | null = null;
  let held = false;
  let heldUntil = 0;
  let downSince = 0;
  let notedAt = 0;
  let tick: NodeJS.Timeout | null = null;
  let ticking: Promise<void> | null = null;

  const socket = makeBotSocket({
    url: config.wsUrl,
    botId: config.id,
    secret: config.secret,
    log,
    ...(deps.chance ? { chance: deps.chance } : {}),
    ...(needs.times ? { times: needs.times } : {}),
    onReady: () => underWay.add('telling of an outage', tellOfOutage),
    onCallback: (cmd, reqId, body) => underWay.add('handling a callback of the bot', () => take(cmd, reqId, body)),
  });

  // ---- one connection over all replicas ----

  /** Renews well before the lease ends; when the database cannot be asked, the connection is given up with it. */
  const holdLease = async (): Promise<void> => {
    const askedAt = realNow();
    try {
      held = await leases.hold(LEASE, holder, leaseMs);
      if (held) heldUntil = askedAt + leaseMs;
    } catch (error) {
      held = held && realNow() < heldUntil - leaseMs / 4;
      log.warn({ channel: 'wecom', err: error }, 'the lease of the bot’s connection could not be renewed');
    }
    if (held) socket.open();
    else await socket.close();
    await noteConnection();
  };

  const noteConnection = async (): Promise<void> => {
    const now = realNow();
    if (socket.ready) downSince = 0;
    else if (downSince === 0) downSince = now;
    if (!socket.ready || now - notedAt < NOTE_EVERY_MS) return;
    notedAt = now;
    await memory.set(lastConnected, now).catch((error) => {
      log.warn({ channel: 'wecom', err: error }, 'that the bot is connected could not be noted');
    });
  };

  /** Presses made while nobody was connected are lost: people are asked once to press again. */
  const tellOfOutage = async (): Promise<void> => {
    const last = await memory.get<number>(lastConnected);
    await memory.set(lastConnected, realNow());
    notedAt = realNow();
    if (last === null || realNow() - last < OUTAGE_MS) return;
    for (const chat of await groups.withOpenCards('wecom')) {
      await followUps.post('wecom', chat, { text: words.maybeLost }, `outage:wecom:${last}:${chat}`);
    }
  };

  // ---- out ----

  const send = async (chat: string, kind: 'group' | 'person', message: Message, key: string): Promise<SentMessage> => {
    const bodies = encodeForBot(message, drawing(kind === 'group'), key);
    await takeRoom(budget, 'bot', chat, bodies.length);
    for (const body of bodies) {
      const frame = { chatid: chat, chat_type: kind === 'group' ? 2 : 1, ...body };
      await socket.request('aibot_send_msg', frame).catch((error) => {
        // The same card with the same task id: it was taken before, and its acknowledgement was lost.
        if (!(error instanceof ChannelRefused && isKnownTask(error.code))) throw error;
      });
    }
    return {};
  };

  // ---- in ----

  const senderOf = async (userId: string): Promise<string> => {
    if (!isOpenUserId(userId) || !needs.plainUserId) return accountOf(userId);
    const known = plainIds.get(userId);
    if (known !== undefined) return known;
    const plain = await needs.plainUserId(userId).catch((error) => {
      log.warn({ channel: 'wecom', err: error }, 'an id of the bot could not be turned into a user id');
      return null;
    });
    if (plain !== null) plainIds.set(userId, accountOf(plain));
    return plain === null ? userId : accountOf(plain);
  };

  /** Only the bot knows a group's id, and who binds the group needs it: it stands in the log once. */
  const noteGroup = (chat: string | undefined): void => {
    if (chat === undefined || heardIn.has(chat)) return;
    heardIn.add(chat);
    log.info({ channel: 'wecom', chat }, 'the bot was spoken to in a group');
  };

  const take = async (cmd: string, reqId: string, body: unknown): Promise<void> => {
    if (!onEvent) return;
    if (cmd === 'aibot_msg_callback') {
      const said = botMessage.parse(body);
      noteGroup(said.chatid);
      for (const one of decodeBotMessage(said, await senderOf(said.from.userid))) await handle(one, onEvent);
    } else if (cmd === 'aibot_event_callback') {
      const said = botEvent.parse(body);
      const one = decodeBotPress(said, await senderOf(said.from.userid));
      if (one?.kind === 'press') await answerPress(one.press, said, reqId, onEvent);
      else if (one) await handle(one, onEvent);
    }
  };

  const handle = async (one: Inbound, take: OnEvent): Promise<void> => {
    if (one.kind === 'words') await take(one.event);
    else if (one.kind === 'no_action') {
      const { event } = one;
      await followUps.post('wecom', asideOf(event), { text: words.chooseAction }, `answer:wecom/${event.id}`);
    } else if (one.kind === 'picture' && 'url' in one.picture.at) {
      const { event, at } = one.picture;
      const { name, type, bytes } = await fetchBotMedia(at.url, at.aesKey);
      await take({ ...event, body: { kind: 'file', name, type, bytes } });
    }
  };

  /** Where words for the presser alone go. */
  const asideOf = ({ sender, chat }: { sender: string; chat: { kind: 'group' | 'person'; id: string } }): string =>
    chat.kind === 'group' && needs.hasPrivateChats && !isOpenUserId(sender) ? privateChat(sender) : chat.id;

  const answerPress = async (press: Press, said: BotEvent, reqId: string, take: OnEvent): Promise<void> => {
    const acknowledged = Promise.withResolvers<boolean>();
    const begun = performance.now();
    const shownInPlace = async (card: TemplateCard | null): Promise<boolean> =>
      card !== null && performance.now() - begun < PATIENCE_MS && replaced(press, said, reqId, card);
    try {
      const answer = await take(press.event, acknowledged.promise);
      if (!answer) return;
      const { card = null, text = null } = answer.card ? encodeInPlace(answer.card, drawing(inGroup(press))) : {};
      const shown = await shownInPlace(card);
      acknowledged.resolve(shown);
      await tellRest(press, answer, shown, text);
    } finally {
      acknowledged.resolve(false);
    }
  };

  const inGroup = ({ event }: Press): boolean => event.chat.kind === 'group';

  /** What the card in place has not said: all of the answer, or what it had no room for. */
  const tellRest = async ({ event }: Press, { card, toast }: Answer, shown: boolean, rest: string | null) => {
    const aside = asideOf(event);
    const key = `answer:wecom/${event.id}`;
    if (!card) {
      if (toast) await followUps.post('wecom', aside, { text: toast }, key);
    } else if (!shown) await followUps.post('wecom', aside, { card }, key);
    else if (rest !== null && aside !== event.chat.id) {
      await followUps.post('wecom', aside, { text: rest }, `${key}:whole`);
    }
  };

  /** Changes the card for the presser; in a group the others keep theirs. */
  const replaced = async ({ event, userId, taskId }: Press, said: BotEvent, reqId: string, card: object) => {
    const audience = said.chattype === 'group' ? { userids: [userId] } : {};
    try {
      await socket.respond('aibot_respond_update_msg', reqId, {
        response_type: 'update_template_card',
        ...audience,
        template_card: { ...card, task_id: taskId },
      });
      return true;
    } catch (error) {
      const { code, mayHaveArrived } = error as { code?: string; mayHaveArrived?: boolean };
      if (code === undefined && mayHaveArrived === undefined) throw error;
      log.warn(
        { channel: 'wecom', event: event.id, code: code ?? 'no answer' },
        'a pressed card of the bot was not changed',
      );
      // Somebody answered before us. A connection that was lost may have shown it: rather twice than not at all.
      return code === '846606';
    }
  };

  return {
    send,

    /** A card is known by its task id, words are not. */
    recognises(kind: 'group' | 'person', message: Message): boolean {
      return encodeForBot(message, drawing(kind === 'group'), '').every((body) => body.msgtype === 'template_card');
    },

    /** `down`: this process has the connection to hold, and it is lost. `elsewhere`: another process has it. */
    state(): 'ready' | 'down' | 'elsewhere' {
      if (socket.ready) return 'ready';
      return held ? 'down' : 'elsewhere';
    },

    /** For how long it has been down, in ms. */
    downMs(): number {
      return socket.ready || downSince === 0 ? 0 : realNow() - downSince;
    },

    async start(handler: OnEvent): Promise<void> {
      onEvent = handler;
      await holdLease();
      tick = setInterval(() => {
        ticking ??= holdLease().finally(() => {
          ticking = null;
        });
      }, leaseMs / 4);
    },

    /** Lets another process take over at once. */
    async stop(): Promise<void> {
      if (tick) clearInterval(tick);
      await ticking;
      await underWay.settle();
      await socket.close();
      held = false;
      await leases.release(LEASE, holder);
    },
  };
};
