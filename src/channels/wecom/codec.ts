// Translates both ways between our words and WeCom's: messages into bodies of the app and of the bot, callbacks of both
// into events. Pure: it has no client and downloads nothing; a picture comes out as where to get it.
import { createHash } from 'node:crypto';
import type { Card, CardValues } from '../../domain/card.ts';
import type { Message } from '../../domain/message.ts';
import type { InboundEvent } from '../../ports.ts';
import { type Drawing, drawCard, drawInPlace, idFault, type TemplateCard } from './cards.ts';
import { cardLimits } from './limits.ts';
import type { AppCallback, BotEvent, BotMessage } from './payloads.ts';
import { readPress } from './press-keys.ts';
import { asMarkdown, asTexts, wholeText } from './texts.ts';

export type Body = Readonly<Record<string, unknown>> & { readonly msgtype: string };

// ---- accounts and chats ---------------------------------------------------------------------------------------------

const personPrefix = 'person:';
export const privateChat = (userId: string): string => `${personPrefix}${userId}`;
/** Null for a group. */
export const userIdOf = (chat: string): string | null =>
  chat.startsWith(personPrefix) ? chat.slice(personPrefix.length) : null;

/** Ids that a bot gives whose maker is no super administrator: they are somebody's, but nobody else knows them. */
export const isOpenUserId = (userId: string): boolean => /^wo[\w-]{20,}$/.test(userId);
/** WeCom does not tell capitals from small letters in a user id, and answers in small ones. */
export const accountOf = (userId: string): string => (isOpenUserId(userId) ? userId : userId.toLowerCase());

// ---- out ------------------------------------------------------------------------------------------------------------

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** Unique for each card of each message, and the same when the message is sent again: WeCom then knows it. */
const taskIdOf = (card: Card, key: string, part: number): string => {
  const id = card.id.replaceAll(/[^0-9A-Za-z_-]/g, '-').slice(0, 64);
  return `${id}@${hash(key)}-${part}`.slice(0, cardLimits.taskIdBytes);
};

const templateBody = (card: TemplateCard): Body => ({ msgtype: 'template_card', template_card: card });

const withTaskIds = (cards: readonly TemplateCard[], card: Card, key: string): Body[] =>
  cards.map((template, part) => {
    const fault = idFault(template);
    if (fault !== null) throw new Error(`card ${card.id} cannot be sent to WeCom: ${fault}`);
    return templateBody({ ...template, task_id: taskIdOf(card, key, part) });
  });

/** The words first, in as many messages as they need: WeCom knows each of them when it is sent again. */
export const encodeForApp = (message: Message, drawing: Drawing, key: string): readonly Body[] => {
  const { cards, text } = message.card ? drawCard(message.card, drawing) : { cards: [], text: null };
  const words = [message.text, text].flatMap((some) => (some ? asTexts(some) : []));
  return [
    ...words.map((content) => ({ msgtype: 'text', text: { content } })),
    ...(message.card ? withTaskIds(cards, message.card, key) : []),
  ];
};

/**
 * Cards first, and all words in one message after them: the bot's server knows a card by its task id, but not a text, so
 * a message that broke off can be sent again up to its last part without anybody seeing one twice.
 */
export const encodeForBot = (message: Message, drawing: Drawing, key: string): readonly Body[] => {
  const { cards, text } = message.card ? drawCard(message.card, drawing) : { cards: [], text: null };
  const words = [message.text, text].filter((some) => some !== undefined && some !== null && some !== '').join('\n\n');
  return [
    ...(message.card ? withTaskIds(cards, message.card, key) : []),
    ...(words === '' ? [] : [{ msgtype: 'markdown', markdown: { content: asMarkdown(words) } }]),
  ];
};

/** What takes a pressed card's place, and the words that it has no room for. */
export const encodeInPlace = (
  card: Card,
  drawing: Drawing,
): { readonly card: TemplateCard | null; readonly text: string | null } => {
  const { cards, text } = drawInPlace(card, drawing);
  const [first = null] = cards;
  return { card: first && idFault(first) === null ? first : null, text };
};

/** All of a message in words, for the group robot and for groups of the app. */
export const messageText = ({ text, card }: Message): string =>
  [text, card ? wholeText(card) : null].filter((some) => some).join('\n\n');

/**
 * WeCom drops a request that is the same as one of the last minutes, letter by letter. The length of those minutes makes
 * two messages with the same words differ, and one message sent again the same. From half an hour to four hours.
 */
export const duplicateCheck = (key: string): object => ({
  enable_duplicate_check: 1,
  duplicate_check_interval: 1800 + (Number.parseInt(hash(key).slice(0, 8), 16) % 12_600),
});

// ---- in -------------------------------------------------------------------------------------------------------------

/** Pressed, with what is needed to change the card. */
export interface Press {
  readonly event: InboundEvent;
  readonly userId: string;
  /** The app's: good for one change of the card. */
  readonly responseCode: string;
  /** The bot's: a change has to name it. */
  readonly taskId: string;
}

/** Where a picture is; `aesKey` null when it is not encrypted. */
export interface Picture {
  readonly event: Omit<InboundEvent, 'body'>;
  readonly at: { readonly mediaId: string } | { readonly url: string; readonly aesKey: string };
}

export type Inbound =
  | { readonly kind: 'press'; readonly press: Press }
  | { readonly kind: 'words'; readonly event: InboundEvent }
  | { readonly kind: 'picture'; readonly picture: Picture }
  /** A card was submitted without saying what is wanted. */
  | { readonly kind: 'no_action'; readonly event: Omit<InboundEvent, 'body'> }
  /** The account left the app's range, or came back. */
  | { readonly kind: 'reach'; readonly userId: string; readonly reachable: boolean }
  /** For the operator: the app is about to be switched off, and the like. */
  | { readonly kind: 'notice'; readonly event: string };

const noticed = new Set(['inactive_alert', 'close_inactive_agent', 'reopen_inactive_agent', 'low_active_alert']);

/** Everything that tells two real acts apart, where the platform gives them no id. */
const eventIdOf = (...facts: readonly string[]): string =>
  `e${createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 40)}`;

/** A verified callback of the app. Unknown kinds come to nothing. */
export const decodeApp = (said: AppCallback): readonly Inbound[] => {
  const userId = accountOf(said.FromUserName);
  const at = (id: string) => ({
    channel: 'wecom' as const,
    id,
    sender: userId,
    chat: { kind: 'person' as const, id: privateChat(userId) },
  });
  const words = (id: string, text: string): Inbound[] =>
    text.trim() === ''
      ? []
      : [{ kind: 'words', event: { ...at(id), body: { kind: 'text', text, mentionsBot: true } } }];
  const messageId =
    said.MsgId || eventIdOf(said.AgentID, userId, said.CreateTime, said.MsgType, said.Content, said.MediaId);
  switch (said.MsgType) {
    case 'text':
      return words(messageId, said.Content);
    case 'image':
      return [{ kind: 'picture', picture: { event: at(messageId), at: { mediaId: said.MediaId } } }];
    case 'event':
      break;
    default:
      return [];
  }
  const { Event, EventKey, TaskId, ResponseCode } = said;
  const options = said.SelectedItems.flatMap((list) => list.SelectedItem).map((item) => ({
    question: item.QuestionKey,
    options: item.OptionIds.flatMap((ids) => ids.OptionId),
  }));
  const id = eventIdOf(
    said.AgentID,
    userId,
    said.CreateTime,
    Event,
    EventKey,
    TaskId,
    ResponseCode,
    JSON.stringify(options),
  );
  if (noticed.has(Event)) return [{ kind: 'notice', event: Event }];
  switch (Event) {
    case 'template_card_event':
    case 'template_card_menu_event': {
      const read = readPress(EventKey, options);
      if (!read) return [];
      if (read.kind === 'no_action') return [{ kind: 'no_action', event: at(id) }];
      const event = { ...at(id), body: bodyOf(read) };
      return [{ kind: 'press', press: { event, userId, responseCode: ResponseCode, taskId: TaskId } }];
    }
    // The keys of the app's menu are commands, such as /汇总.
    case 'click':
      return words(id, EventKey);
    case 'subscribe':
    case 'unsubscribe':
      return userId === 'sys' ? [] : [{ kind: 'reach', userId, reachable: Event === 'subscribe' }];
    default:
      return [];
  }
};

const bodyOf = ({ card, action, values }: { card: string; action: string; values: CardValues }) =>
  ({ kind: 'press', card, action, values }) as const;

const botPlace = ({ from, chatid, chattype }: Pick<BotMessage, 'from' | 'chatid' | 'chattype'>, sender: string) => {
  const group = chattype === 'group' && chatid !== undefined;
  return {
    channel: 'wecom' as const,
    sender,
    chat: group
      ? { kind: 'group' as const, id: chatid }
      : { kind: 'person' as const, id: privateChat(accountOf(sender || from.userid)) },
  };
};

/** A message to the bot; `sender` is the account that its `from` stands for. */
export const decodeBotMessage = (said: BotMessage, sender: string): readonly Inbound[] => {
  const at = botPlace(said, sender);
  const inGroup = at.chat.kind === 'group';
  // In a group every message begins with the bot's name.
  const bare = (content: string) => (inGroup ? content.replace(/^\s*@\S+(?:\s+|$)/, '') : content).trim();
  const quoted = said.quote?.text?.content;
  const words = (id: string, content: string): Inbound[] => {
    const text = bare(content);
    if (text === '') return [];
    const body = { kind: 'text' as const, text, mentionsBot: true, ...(quoted ? { quoted } : {}) };
    return [{ kind: 'words', event: { ...at, id, body } }];
  };
  const picture = (id: string, image: { url: string; aeskey: string }): Inbound => ({
    kind: 'picture',
    picture: { event: { ...at, id }, at: { url: image.url, aesKey: image.aeskey } },
  });
  switch (said.msgtype) {
    case 'text':
      return words(said.msgid, said.text?.content ?? '');
    case 'voice':
      return words(said.msgid, said.voice?.content ?? '');
    case 'image':
      return said.image ? [picture(said.msgid, said.image)] : [];
    case 'mixed': {
      const items = said.mixed?.msg_item ?? [];
      const text = items.map((item) => item.text?.content ?? '').join(' ');
      const images = items.flatMap((item) => (item.image ? [item.image] : []));
      return [...words(said.msgid, text), ...images.map((image, i) => picture(`${said.msgid}#${i + 1}`, image))];
    }
    default:
      return [];
  }
};

/** A press on one of the bot's cards; null for every other event. */
export const decodeBotPress = (said: BotEvent, sender: string): Inbound | null => {
  const pressed = said.event.template_card_event;
  if (said.event.eventtype !== 'template_card_event' || !pressed) return null;
  const options = pressed.selected_items.selected_item.map((item) => ({
    question: item.question_key,
    options: item.option_ids.option_id,
  }));
  const at = botPlace(said, sender);
  const id = said.msgid || eventIdOf(sender, at.chat.id, pressed.event_key, pressed.task_id, JSON.stringify(options));
  const read = readPress(pressed.event_key, options);
  if (!read) return null;
  if (read.kind === 'no_action') return { kind: 'no_action', event: { ...at, id } };
  const event = { ...at, id, body: bodyOf(read) };
  return { kind: 'press', press: { event, userId: said.from.userid, responseCode: '', taskId: pressed.task_id } };
};
