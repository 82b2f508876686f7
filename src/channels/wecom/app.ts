// The self-built app (自建应用): private chats with everybody in its range. Messages go out over HTTP, presses and words
// come in as encrypted callbacks. A pressed card is changed with the code that the press brings, once.

import type { Message } from '../../domain/message.ts';
import {
  type Ack,
  type Acknowledged,
  type Answer,
  ChannelRefused,
  ChannelUnreachable,
  type OnEvent,
  type RawCallback,
  type SentMessage,
} from '../../ports.ts';
import { makeAfterwards } from '../afterwards.ts';
import { takeRoom } from './budgets.ts';
import { makeAppClient } from './client.ts';
import { decodeApp, duplicateCheck, encodeForApp, encodeInPlace, type Inbound, type Press } from './codec.ts';
import { homeUrlOf, type WecomDeps } from './deps.ts';
import { appDialect } from './limits.ts';
import { appCallback, envelope } from './payloads.ts';
import { isSpentCode } from './refusals.ts';
import { type CallbackKeys, CallbackRefused, makeNonceMemory, openCipher, readSignedQuery } from './signature.ts';
import { words } from './words.ts';
import { readXml, UnreadableXml } from './xml.ts';

export interface AppConfig {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  readonly apiBase: string;
}

const MOST_BYTES = 512 * 1024;
/** A file may take longer to fetch than WeCom waits for us; then it is fetched after the acknowledgement. */
const FILE_PATIENCE_MS = 3_500;
/** Codes that say: this person cannot be written to. */
const unreachablePerson = new Set(['81013', '40003', '60111', 'unlicensed']);

const empty: Ack = { status: 200, type: 'text/plain', body: '' };
const refused: Ack = { status: 403, type: 'text/plain', body: 'forbidden' };

export const makeAppPart = (config: AppConfig, deps: WecomDeps) => {
  const { log, followUps, singleUse, reachability, clock, budget, realNow = Date.now } = deps;
  const client = makeAppClient(config, { now: realNow });
  const keys: CallbackKeys = {
    token: config.token,
    encodingAesKey: config.encodingAesKey,
    receiveId: config.corpId,
  };
  const drawing = { dialect: appDialect, group: false, homeUrl: homeUrlOf(deps) };
  const nonceIsFresh = makeNonceMemory();
  const afterwards = makeAfterwards('wecom', log);

  // ---- out ----

  const send = async (userId: string, message: Message, key: string): Promise<SentMessage> => {
    const bodies = encodeForApp(message, drawing, key);
    await takeRoom(budget, 'member', userId, bodies.length);
    let sent: SentMessage = {};
    for (const body of bodies) {
      const answer = await client
        .sendMessage({ touser: userId, ...body, ...duplicateCheck(key) })
        .catch(async (error) => {
          if (error instanceof ChannelRefused && unreachablePerson.has(error.code)) {
            await reachability.lost('wecom', userId, clock.now());
          }
          throw error;
        });
      const left = answer.unlicenseduser !== '' ? 'unlicensed' : answer.invaliduser !== '' ? '81013' : null;
      if (left !== null) {
        await reachability.lost('wecom', userId, clock.now());
        throw new ChannelRefused(left, 'message/send: the member cannot be reached', { fatal: true });
      }
      sent = {
        ...(answer.msgid === '' ? {} : { msgid: answer.msgid }),
        ...(answer.response_code === '' ? {} : { responseCode: answer.response_code }),
      };
    }
    return sent;
  };

  /** The presser's card becomes the answer's; where that cannot be, the answer follows as a message. */
  const show = async ({ event, userId, responseCode }: Press, answer: Answer): Promise<void> => {
    const key = `answer:wecom/${event.id}`;
    if (!answer.card) {
      if (answer.toast) await followUps.post('wecom', event.chat.id, { text: answer.toast }, key);
      return;
    }
    const { card, text } = encodeInPlace(answer.card, drawing);
    // The same press delivered three times has one code: who comes second finds the card changed already.
    const first = responseCode !== '' && (await singleUse.take(`wecom:code:${responseCode}`));
    if (responseCode !== '' && !first) return;
    const shown = card !== null && first && (await changed(userId, responseCode, card));
    if (!shown) await followUps.post('wecom', event.chat.id, { card: answer.card }, key);
    else if (text !== null) await followUps.post('wecom', event.chat.id, { text }, `${key}:whole`);
  };

  /** Asked once more after silence: the code then tells whether the first try came through. */
  const changed = async (userId: string, responseCode: string, card: object, again = false): Promise<boolean> => {
    try {
      const update = { userids: [userId], response_code: responseCode, template_card: card };
      const { invaliduser } = await client.updateCard(update);
      return invaliduser.length === 0;
    } catch (error) {
      if (error instanceof ChannelUnreachable) return again ? false : changed(userId, responseCode, card, true);
      if (!(error instanceof ChannelRefused)) throw error;
      if (again && isSpentCode(error.code)) return true;
      log.warn(
        { channel: 'wecom', code: error.code },
        'a pressed card could not be changed, the answer follows as a message',
      );
      return false;
    }
  };

  // ---- in ----

  const verified = ({ query, body }: RawCallback): string => {
    const signed = readSignedQuery(query, realNow());
    const message = openCipher(cipherOf(body), signed, keys);
    // By what it says, not by its bytes: a delivery that is repeated may be encrypted anew.
    if (!nonceIsFresh(`${signed.timestamp}:${signed.nonce}`, message)) throw new CallbackRefused('nonce known');
    return message;
  };

  const decoded = (callback: RawCallback): readonly Inbound[] => {
    const inner = appCallback.parse(readXml(verified(callback)));
    const outer = envelope.parse(readXml(Buffer.from(callback.body).toString('utf8')));
    if (inner.ToUserName !== outer.ToUserName || inner.ToUserName !== config.corpId) throw new CallbackRefused('corp');
    const agents = [inner.AgentID, outer.AgentID].filter((id) => id !== '');
    if (agents.some((id) => id !== String(config.agentId))) throw new CallbackRefused('agent');
    return decodeApp(inner);
  };

  /** WeCom takes no answer inside the acknowledgement: whatever is to be shown follows it, written or not. */
  const handle = async (one: Inbound, onEvent: OnEvent, acknowledged: Acknowledged): Promise<void> => {
    switch (one.kind) {
      case 'press': {
        const answer = await onEvent(one.press.event);
        if (answer) afterwards.add('showing an answer', () => acknowledged.then(() => show(one.press, answer)));
        return;
      }
      case 'words':
        await onEvent(one.event);
        return;
      case 'picture': {
        const work = takePicture(one, onEvent);
        afterwards.add('taking a picture', () => work);
        await patience(work);
        return;
      }
      case 'no_action':
        afterwards.add('asking for an action', () => acknowledged.then(() => askForAction(one.event)));
        return;
      case 'reach':
        if (one.reachable) await reachability.back('wecom', one.userId);
        else await reachability.lost('wecom', one.userId, clock.now());
        return;
      case 'notice':
        log.warn({ channel: 'wecom', event: one.event }, 'WeCom says something about the app: see the admin console');
    }
  };

  const askForAction = ({ id, chat }: Extract<Inbound, { kind: 'no_action' }>['event']): Promise<void> =>
    followUps.post('wecom', chat.id, { text: words.chooseAction }, `answer:wecom/${id}`);

  const takePicture = async ({ picture: { event, at } }: Extract<Inbound, { kind: 'picture' }>, onEvent: OnEvent) => {
    if (!('mediaId' in at)) return;
    const { name, type, bytes } = await client.downloadMedia(at.mediaId);
    await onEvent({ ...event, body: { kind: 'file', name, type, bytes } });
  };

  const receive = async (
    callback: RawCallback,
    onEvent: OnEvent,
    acknowledged: Acknowledged = Promise.resolve(true),
  ): Promise<Ack> => {
    let inbound: readonly Inbound[];
    try {
      if (callback.method === 'GET') return { status: 200, type: 'text/plain', body: echo(callback) };
      inbound = decoded(callback);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      log.warn({ channel: 'wecom', reason }, 'a callback was refused');
      return refused;
    }
    for (const one of inbound) await handle(one, onEvent, acknowledged);
    return empty;
  };

  const echo = ({ query }: RawCallback): string =>
    openCipher(query.echostr ?? '', readSignedQuery(query, realNow()), keys);

  return {
    client,
    send,
    receive,
    settle: afterwards.settle,
  };
};

/** The one `Encrypt` of the envelope, taken without parsing anything: nothing is read before it is verified. */
const cipherOf = (body: Uint8Array): string => {
  if (body.byteLength > MOST_BYTES) throw new CallbackRefused('too large');
  const text = Buffer.from(body).toString('latin1');
  const [first, ...more] = text.matchAll(/<Encrypt>(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)(?:\]\]>)?<\/Encrypt>/g);
  if (!first?.[1] || more.length > 0) throw new CallbackRefused('envelope');
  return first[1];
};

/** Why it was refused; null for what is a bug of ours. */
const reasonOf = (error: unknown): string | null => {
  if (error instanceof CallbackRefused) return error.reason;
  if (error instanceof UnreadableXml) return `xml: ${error.message}`;
  return error instanceof Error && error.name === 'ZodError' ? 'unreadable' : null;
};

const patience = async (work: Promise<unknown>): Promise<void> => {
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, FILE_PATIENCE_MS);
  await Promise.race([work, enough]).finally(() => clearTimeout(timer));
};
