// Translates between Feishu and our own words, in both directions. Pure: looks nothing up, downloads nothing.
import { createHash } from 'node:crypto';
import type { CardValues } from '../../domain/card.ts';
import type { Message } from '../../domain/message.ts';
import type { Answer, InboundEvent } from '../../ports.ts';
import { cutToChars } from '../chunk-text.ts';
import { allName, type Drawing, drawCard, type Json } from './cards.ts';
import type { Content, Receiver } from './client.ts';
import {
  type ButtonValue,
  buttonValue,
  cardContent,
  chatEvent,
  type Envelope,
  fileContent,
  imageContent,
  type MessageEvent,
  menuEvent,
  messageEvent,
  type PressEvent,
  postContent,
  pressEvent,
  textContent,
} from './payloads.ts';

// ---- chats ----------------------------------------------------------------------------------------------------------

export const privateChat = (openId: string): string => `person:${openId}`;
const personIn = /^person:(ou_\w+)$/;

/** Null for what is no chat of Feishu. */
export const receiverOf = (chat: string): Receiver | null => {
  const [, person] = personIn.exec(chat) ?? [];
  if (person) return { kind: 'open_id', id: person };
  return /^oc_\w+$/.test(chat) ? { kind: 'chat_id', id: chat } : null;
};

// ---- out ------------------------------------------------------------------------------------------------------------

const TEXT_MOST = 20_000;
/** https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication: two lines or so. */
const TOAST_MOST = 200;

/** Texts know one kind of markup, the one that rings people: nobody but us may write it. */
const harmless = (text: string): string => text.replaceAll('<', '＜');

const accounts = (mentions: readonly string[] = []): readonly string[] => mentions.filter((id) => /^ou_\w+$/.test(id));

const encodeText = (text: string, mentions: readonly string[] = []): Content => {
  const rung = mentions.map((id) => `<at user_id="${id}"></at>`).join(' ');
  return { type: 'text', body: { text: [harmless(cutToChars(text, TEXT_MOST)), rung].filter(Boolean).join('\n') } };
};

/** In the order in which they are sent: words first, the card last. */
export const encodeMessage = ({ text, card, mentions }: Message, drawing: Drawing): readonly Content[] => {
  const rung = accounts(mentions);
  if (!card) return [encodeText(text ?? '', rung)];
  const { json, texts } = drawCard(card, { ...drawing, mentions: rung });
  const before = [...(text ? [text] : []), ...texts];
  return [...before.map((part) => encodeText(part)), { type: 'interactive', body: json }];
};

/** What Feishu knows a message by when it comes again; at most 50 characters. */
export const uuidOf = (key: string, part: number): string =>
  createHash('sha256').update(`${part}\n${key}`).digest('base64url').slice(0, 40);

/** What the presser sees at once: a line, and in a private chat the card that takes the pressed one's place. */
export const encodeAck = (answer: Pick<Answer, 'toast'> | null, card: Json | null = null): string =>
  JSON.stringify({
    ...(answer?.toast ? { toast: { type: 'info', content: cutToChars(answer.toast, TOAST_MOST) } } : {}),
    ...(card ? { card: { type: 'raw', data: card } } : {}),
  });

// ---- in -------------------------------------------------------------------------------------------------------------

interface From {
  readonly id: string;
  readonly sender: string;
  readonly chat: InboundEvent['chat'];
}

/** One thing that a callback says. */
export type Incoming =
  | {
      readonly kind: 'press';
      readonly from: From;
      readonly value: ButtonValue;
      readonly values: CardValues;
      readonly message: string;
    }
  | {
      readonly kind: 'text';
      readonly from: From;
      readonly text: string;
      readonly mentionsBot: boolean;
      readonly parent: string;
    }
  | {
      readonly kind: 'file';
      readonly from: From;
      readonly message: string;
      readonly key: string;
      readonly as: 'image' | 'file';
      readonly name: string;
    }
  | { readonly kind: 'entered'; readonly sender: string }
  | { readonly kind: 'membership'; readonly chat: string; readonly inside: boolean };

/** What a verified callback says; unknown kinds and other shapes come to nothing. `bot` is our own account. */
export const decodeInbound = ({ header, event }: Envelope, bot: string): readonly Incoming[] => {
  switch (header.event_type) {
    case 'card.action.trigger': {
      const read = pressEvent.safeParse(event);
      return read.success ? decodePress(read.data, header.event_id) : [];
    }
    case 'im.message.receive_v1': {
      const read = messageEvent.safeParse(event);
      return read.success ? decodeMessage(read.data, bot) : [];
    }
    case 'application.bot.menu_v6': {
      const read = menuEvent.safeParse(event);
      return read.success ? decodeMenu(read.data, header.event_id) : [];
    }
    case 'im.chat.access_event.bot_p2p_chat_entered_v1': {
      const sender = chatEvent.safeParse(event).data?.operator_id.open_id;
      return sender ? [{ kind: 'entered', sender }] : [];
    }
    case 'im.chat.member.bot.added_v1':
    case 'im.chat.member.bot.deleted_v1': {
      const chat = chatEvent.safeParse(event).data?.chat_id;
      return chat ? [{ kind: 'membership', chat, inside: header.event_type.includes('added') }] : [];
    }
    default:
      return [];
  }
};

const inPrivate = (id: string, sender: string): From => ({
  id,
  sender,
  chat: { kind: 'person', id: privateChat(sender) },
});

const decodePress = ({ operator, action, context }: PressEvent, eventId: string): Incoming[] => {
  const value = buttonValue.safeParse(action.value).data;
  const sender = operator.open_id;
  if (!value || sender === '' || (value.place !== 'person' && context.open_chat_id === '')) return [];
  const id = `press:${eventId}`;
  const from: From =
    value.place === 'person'
      ? inPrivate(id, sender)
      : { id, sender, chat: { kind: 'group', id: context.open_chat_id } };
  const values = valuesIn(action.form_value ?? {}, value.all ?? []);
  return [{ kind: 'press', from, value, values, message: context.open_message_id }];
};

/** What was filled in. A box that is not ticked and a field that is left empty say nothing. */
const valuesIn = (form: Readonly<Record<string, unknown>>, all: readonly string[]): CardValues => {
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(form)) {
    const colon = name.indexOf(':');
    if (name === allName) continue;
    if (typeof value === 'string' && value !== '') values[name] = value;
    if (value !== true || colon < 1) continue;
    const field = name.slice(0, colon);
    values[field] = [...(values[field] ?? []), name.slice(colon + 1)];
  }
  const one = form[allName];
  if (typeof one === 'string' && one !== '') for (const field of all) values[field] ??= one;
  return values;
};

const decodeMenu = (
  {
    operator,
    event_key: key,
  }: { readonly operator: { readonly operator_id: { readonly open_id: string } }; readonly event_key: string },
  eventId: string,
): Incoming[] => {
  const sender = operator.operator_id.open_id;
  // The keys of the bot's menu are commands, such as /汇总.
  if (sender === '' || !key.startsWith('/')) return [];
  return [{ kind: 'text', from: inPrivate(`menu:${eventId}`, sender), text: key, mentionsBot: true, parent: '' }];
};

const decodeMessage = ({ sender, message }: MessageEvent, bot: string): Incoming[] => {
  const account = sender.sender_id.open_id;
  if (sender.sender_type !== 'user' || account === '') return [];
  // A message may be delivered twice under two event ids; its own id is the one that stays.
  const id = `message:${message.message_id}`;
  const from: From =
    message.chat_type === 'p2p'
      ? inPrivate(id, account)
      : { id, sender: account, chat: { kind: 'group', id: message.chat_id } };
  const addressed = message.chat_type === 'p2p' || message.mentions.some((mention) => mention.id.open_id === bot);
  const { words, images, file } = contentOf(message.message_type, message.content);
  const text = withNames(words, message.mentions, bot);
  const said: Incoming[] =
    text === '' ? [] : [{ kind: 'text', from, text, mentionsBot: addressed, parent: message.parent_id }];
  // In a group only what is meant for us is fetched.
  if (!addressed) return said;
  const fetched = [
    ...images.map((key) => ({ key, as: 'image' as const, name: `${key}.jpg` })),
    ...(file ? [{ key: file.file_key, as: 'file' as const, name: file.file_name || file.file_key }] : []),
  ];
  return [
    ...said,
    ...fetched.map(
      (one, i): Incoming => ({
        kind: 'file',
        from: { ...from, id: `${id}#${i + 1}` },
        message: message.message_id,
        ...one,
      }),
    ),
  ];
};

interface Read {
  readonly words: string;
  readonly images: readonly string[];
  readonly file: { readonly file_key: string; readonly file_name: string } | null;
}

const contentOf = (type: string, content: string): Read => {
  const nothing: Read = { words: '', images: [], file: null };
  const said = parsed(content);
  switch (type) {
    case 'text':
      return { ...nothing, words: textContent.safeParse(said).data?.text ?? '' };
    case 'post':
      return postOf(said);
    case 'image': {
      const image = imageContent.safeParse(said).data;
      return image ? { ...nothing, images: [image.image_key] } : nothing;
    }
    case 'file':
      return { ...nothing, file: fileContent.safeParse(said).data ?? null };
    default:
      return nothing;
  }
};

const postOf = (said: unknown): Read => {
  const post = postContent.safeParse(said).data;
  const paragraphs = post?.content ?? [];
  const lines = paragraphs.map((line) =>
    line.map(({ tag, text, user_id }) => (tag === 'at' ? user_id : text)).join(''),
  );
  return {
    words: [post?.title ?? '', ...lines].filter((line) => line.trim() !== '').join('\n'),
    images: paragraphs.flat().flatMap(({ image_key: key }) => (key === '' ? [] : [key])),
    file: null,
  };
};

/** `@_user_1` becomes the name it stands for; our own is taken out. Longer keys first: _1 is the beginning of _10. */
const withNames = (words: string, mentions: MessageEvent['message']['mentions'], bot: string): string =>
  mentions
    .toSorted((a, b) => b.key.length - a.key.length)
    .reduce((text, { key, id, name }) => text.replaceAll(key, id.open_id === bot ? '' : `@${name}`), words)
    .trim();

/** The words of a message that somebody replied to; of a card what it says, not what it offers. */
export const quotedWords = ({ type, content }: { readonly type: string; readonly content: string }): string => {
  if (type !== 'interactive') return contentOf(type, content).words;
  const card = cardContent.safeParse(parsed(content)).data;
  if (!card) return '';
  return [
    card.header.title.content,
    ...card.body.elements.map(({ tag, text }) => (tag === 'div' && text?.content) || ''),
  ]
    .filter((line) => line !== '')
    .join('\n');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** The event that a use case gets. */
export const asEvent = ({ id, sender, chat }: From, body: InboundEvent['body']): InboundEvent => ({
  channel: 'feishu',
  id,
  sender,
  chat,
  body,
});
