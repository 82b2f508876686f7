// What Telegram tells us, one update after the other, whether it came by webhook or by polling: buttons, texts, photos,
// people who start or block the bot, groups that move. Resolves once everything an update says is kept.
import { type Answer, ChannelRefused, type Clock, type Log, type OnEvent } from '../../ports.ts';
import type { ChatMoves, Reachability, ShownCards } from '../../ports-channels.ts';
import { type Destination, nameChat } from './addresses.ts';
import type { TelegramClient } from './client.ts';
import { asEvent, decodeInbound, encodeText, type Incoming } from './codec.ts';
import { updateSchema } from './payloads.ts';
import { makeOnPress, type PressNeeds } from './press.ts';
import { keyOf } from './redraws.ts';
import { isRefused } from './refusals.ts';
import { words } from './words.ts';

export interface IncomingNeeds extends PressNeeds {
  readonly me: TelegramClient['me'];
  readonly cards: ShownCards;
  readonly moves: ChatMoves;
  readonly reach: Reachability;
  readonly clock: Clock;
  readonly log: Log;
}

/** https://core.telegram.org/bots/api#getfile */
const FILE_MOST = 20 * 1024 * 1024;
const TYPED_MOST = 1_000;

export type OnUpdate = (update: unknown, onEvent: OnEvent) => Promise<void>;

export const makeOnUpdate = (needs: IncomingNeeds): OnUpdate => {
  const { me, cards, shown, redraws, writer, client, moves, reach, clock, log } = needs;
  const onPress = makeOnPress(needs);

  /** The chat as our records know it. */
  const known = async (chat: Destination): Promise<string> =>
    nameChat(chat.kind === 'person' ? chat : { ...chat, id: await moves.known('telegram', chat.id) });

  /** Words that belong to no record: lost when they do not get through. */
  const say = async (chat: string, text: string): Promise<void> => {
    await writer
      .post(chat, encodeText({ text }))
      .catch((error: unknown) => log.info({ channel: 'telegram', err: error }, 'a line did not get through'));
  };

  /** A text has no toast: what the use case shows at once is said in the chat. */
  const tell = async (chat: string, sender: string, answer: Answer | null): Promise<void> => {
    if (answer?.toast) await say(chat, answer.toast);
    if (answer?.card && chat.startsWith('person:'))
      await shown.post(chat, await shown.remember(answer.card, sender), 'person');
  };

  /** An answer to "please reply to this message" fills in its field; true when it was one. */
  const fillsIn = async (text: Extract<Incoming, { kind: 'text' }>): Promise<boolean> => {
    if (text.chat.kind !== 'person' || text.replyTo === null) return false;
    const asked = await cards.askedBy(text.sender, text.replyTo);
    const view = asked && (await cards.find(asked.token));
    if (!view) return false;
    const step = { kind: 'write', field: asked.field, text: text.text.slice(0, TYPED_MOST) } as const;
    await cards.fill(view.token, text.sender, step);
    const { place } = view;
    if (place) redraws.want(keyOf(place), () => shown.redraw(view.card.id, text.sender, place, nameChat(text.chat)));
    return true;
  };

  const onText = async (text: Extract<Incoming, { kind: 'text' }>, onEvent: OnEvent): Promise<void> => {
    if (await fillsIn(text)) return;
    const chat = await known(text.chat);
    const { mentionsBot, quoted } = text;
    const body = { kind: 'text', text: text.text, mentionsBot, ...(quoted === undefined ? {} : { quoted }) } as const;
    await tell(chat, text.sender, await onEvent(asEvent(text, text.id, body, chat)));
  };

  const onFile = async (file: Extract<Incoming, { kind: 'file' }>, onEvent: OnEvent): Promise<void> => {
    const chat = await known(file.chat);
    if (file.size > FILE_MOST) return say(chat, words.photoTooBig);
    let bytes: Uint8Array;
    try {
      bytes = await client.download(file.file);
    } catch (error) {
      if (!isRefused(error) || !error.fatal) throw error;
      log.warn({ channel: 'telegram', err: error }, 'a file could not be fetched');
      return say(chat, words.photoTooBig);
    }
    const body = { kind: 'file', name: file.name, type: file.type, bytes } as const;
    await tell(chat, file.sender, await onEvent(asEvent(file, file.id, body, chat)));
  };

  /** /start: with a card's link it shows that card here; with anything else it is a binding code; alone it asks for help. */
  const onStarted = async (
    started: Extract<Incoming, { kind: 'started' }>,
    id: string,
    onEvent: OnEvent,
  ): Promise<void> => {
    const { sender, payload } = started;
    const chat = nameChat(started.chat);
    await reach.back('telegram', sender);
    if (shown.isLink(payload)) {
      const view = await shown.linked(payload);
      if (!view) return say(chat, words.outdated);
      if (view.owner !== '' && view.owner !== sender) return say(chat, words.notYours);
      await shown.post(chat, await shown.ownViewOf(view, sender), 'person');
      return;
    }
    const text = payload === '' ? '/help' : `/bind ${payload}`;
    await tell(chat, sender, await onEvent(asEvent(started, id, { kind: 'text', text, mentionsBot: true }, chat)));
  };

  const onMembership = async ({ chat, inside }: Extract<Incoming, { kind: 'membership' }>): Promise<void> => {
    if (chat.kind === 'group')
      log.info({ channel: 'telegram', chat: chat.id, inside }, 'the bot joined or left a group');
    else if (inside) await reach.back('telegram', chat.id);
    else await reach.lost('telegram', chat.id, clock.now());
  };

  const one = async (incoming: Incoming, update: number, onEvent: OnEvent): Promise<void> => {
    switch (incoming.kind) {
      case 'press':
        return onPress(incoming, await known(incoming.chat), onEvent);
      case 'text':
        return onText(incoming, onEvent);
      case 'file':
        return onFile(incoming, onEvent);
      case 'started':
        return onStarted(incoming, `update:${update}`, onEvent);
      case 'anonymous':
        return say(await known(incoming.chat), words.anonymous);
      case 'moved':
        return moves.moved('telegram', incoming.from, incoming.to);
      case 'membership':
        return onMembership(incoming);
    }
  };

  return async (raw, onEvent) => {
    const read = updateSchema.safeParse(raw);
    if (!read.success) {
      log.warn(
        { channel: 'telegram', fault: read.error.issues[0]?.path.join('.') },
        'an update has another shape than known',
      );
      return;
    }
    for (const incoming of decodeInbound(read.data, await me())) {
      try {
        await one(incoming, read.data.update_id, onEvent);
      } catch (error) {
        // What Telegram will always refuse must not come back again and again; anything else is worth another try.
        if (!(error instanceof ChannelRefused) || !error.fatal) throw error;
        log.warn({ channel: 'telegram', err: error }, 'an update had its effect, but its answer was refused');
      }
    }
  };
};
