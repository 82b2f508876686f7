// Translates between Telegram and our own words, in both directions. Pure: looks nothing up, downloads nothing.
import { createHash } from 'node:crypto';
import type { Card, CardValues } from '../../domain/card.ts';
import type { Message } from '../../domain/message.ts';
import type { InboundEvent } from '../../ports.ts';
import type { CardDraft, ShownPlace } from '../../ports-channels.ts';
import { cutToChars } from '../chunk-text.ts';
import { chatOf, type Destination } from './addresses.ts';
import { escapeHtml, overflowOf, TEXT_MOST, textOfCard } from './card-text.ts';
import { type Keyboard, type KeyboardNeeds, keyboardOf } from './keyboard.ts';
import type { TelegramMessage, Update } from './payloads.ts';

// ---- out ------------------------------------------------------------------------------------------------------------

/** HTML, with the buttons under it. */
export interface Rendering {
  readonly text: string;
  readonly keyboard: Keyboard;
}

/** A card for its audience. The group's card says nothing of one person's choices. */
export const encodeCard = (needs: KeyboardNeeds): Rendering => ({
  text: textOfCard(needs.card, needs.draft, needs.audience === 'ephemeral'),
  keyboard: keyboardOf(needs),
});

/** The messages that go before a card whose words do not fit into its own. */
export const encodeOverflow = (card: Card): Rendering[] => overflowOf(card).map((text) => encodeText({ text }));

/** Rings people by their account; Telegram asks for a visible text to ring with. */
const ring = (mentions: readonly string[]): string =>
  mentions
    .filter((account) => /^\d+$/.test(account))
    .slice(0, 50)
    .map((account) => `<a href="tg://user?id=${account}">@</a>`)
    .join(' ');

export const encodeText = ({ text = '', mentions = [] }: Message): Rendering => ({
  text: [escapeHtml(cutToChars(text, TEXT_MOST)), ring(mentions)].filter((part) => part !== '').join('\n'),
  keyboard: [],
});

export const withMentions = (rendering: Rendering, mentions: readonly string[] = []): Rendering =>
  mentions.length === 0 ? rendering : { ...rendering, text: `${rendering.text}\n${ring(mentions)}` };

/** Tells whether a drawing differs from the last one, so that no write is spent on it. */
export const fingerprint = ({ text, keyboard }: Rendering): string =>
  createHash('sha256')
    .update(JSON.stringify([text, keyboard]))
    .digest('base64url')
    .slice(0, 16);

/** What was chosen, as a press hands it in: only what this card asks, and nothing that nobody chose. */
export const valuesOf = (card: Card, draft: CardDraft): CardValues =>
  Object.fromEntries(
    card.fields.flatMap((field): [string, string | readonly string[]][] => {
      const chosen = draft.ticks[field.id] ?? [];
      const text = draft.texts[field.id];
      const [one] = chosen;
      if (field.kind === 'ticks' && chosen.length > 0) return [[field.id, chosen]];
      if (field.kind === 'choice' && one !== undefined) return [[field.id, one]];
      return field.kind === 'text' && text ? [[field.id, text]] : [];
    }),
  );

/**
 * On a group's card, where there is only choosing: it may have been drawn anew between the choice and the press that hands
 * it in, without the field, because others did the last compound. Whoever chose on the older drawing is taken at his word.
 */
export const earlierChoices = (card: Card, { ticks }: CardDraft): CardValues =>
  Object.fromEntries(
    Object.entries(ticks).flatMap(([field, [one]]) =>
      one === undefined || card.fields.some(({ id }) => id === field) ? [] : [[field, one]],
    ),
  );

// ---- in -------------------------------------------------------------------------------------------------------------

export interface Bot {
  readonly id: number;
  readonly username: string;
}

interface From {
  readonly sender: string;
  readonly chat: Destination;
}

/** One thing that an update says. */
export type Incoming =
  | (From & { readonly kind: 'press'; readonly id: string; readonly data: string; readonly place: ShownPlace })
  | (From & {
      readonly kind: 'text';
      readonly id: string;
      readonly text: string;
      readonly mentionsBot: boolean;
      readonly quoted?: string;
      readonly replyTo: number | null;
    })
  | (From & {
      readonly kind: 'file';
      readonly id: string;
      readonly file: string;
      readonly name: string;
      readonly type: string;
      readonly size: number;
    })
  | (From & { readonly kind: 'started'; readonly payload: string })
  | (From & { readonly kind: 'anonymous' })
  | { readonly kind: 'moved'; readonly from: string; readonly to: string }
  | { readonly kind: 'membership'; readonly chat: Destination; readonly inside: boolean };

/** Posts for anonymous admins and forwards of a linked channel: nobody that could be bound to a person. */
const nobody = new Set([1_087_968_824, 777_000, 136_817_688]);

export const decodeInbound = (update: Update, bot: Bot): Incoming[] => {
  if (update.callback_query) return decodePress(update.callback_query);
  if (update.my_chat_member) {
    const { chat, new_chat_member: member } = update.my_chat_member;
    return [{ kind: 'membership', chat: chatOf({ chat }), inside: !['left', 'kicked'].includes(member.status) }];
  }
  const message = update.message ?? update.edited_message;
  return message ? decodeMessage(message, bot) : [];
};

const decodePress = ({ id, from, message, data }: NonNullable<Update['callback_query']>): Incoming[] => {
  if (!message || data === undefined) return [];
  const place: ShownPlace = {
    chat: String(message.chat.id),
    message: message.message_id,
    ...(message.ephemeral_message_id === undefined ? {} : { ephemeral: message.ephemeral_message_id }),
  };
  return [{ kind: 'press', id: `press:${id}`, sender: String(from.id), chat: chatOf(message), data, place }];
};

const decodeMessage = (message: TelegramMessage, bot: Bot): Incoming[] => {
  const here = String(message.chat.id);
  if (message.migrate_to_chat_id !== undefined)
    return [{ kind: 'moved', from: here, to: String(message.migrate_to_chat_id) }];
  if (message.migrate_from_chat_id !== undefined)
    return [{ kind: 'moved', from: String(message.migrate_from_chat_id), to: here }];
  if (message.chat.type === 'channel' || !message.from) return [];
  const from: From = { sender: String(message.from.id), chat: chatOf(message) };
  const read = readText(message, bot);
  if (message.sender_chat || nobody.has(message.from.id) || message.from.is_bot)
    return read.addressed && !message.edit_date ? [{ kind: 'anonymous', ...from }] : [];
  return decodeWords(message, from, read);
};

const decodeWords = (message: TelegramMessage, from: From, { text, addressed, other }: ReadText): Incoming[] => {
  if (other) return [];
  // The number of a message is its platform's own; a text that was edited says something new.
  const id = `message:${from.chat.id}:${message.message_id}${message.edit_date ? `:${message.edit_date}` : ''}`;
  const start = from.chat.kind === 'person' ? /^\/start(?:\s+([\w-]{1,64}))?\s*$/.exec(text) : null;
  if (start) return [{ kind: 'started', ...from, payload: start[1] ?? '' }];
  const replied = message.reply_to_message;
  const quoted = message.quote?.text ?? replied?.text ?? replied?.caption;
  const said: Incoming[] =
    text === ''
      ? []
      : [
          {
            kind: 'text',
            id,
            ...from,
            text,
            mentionsBot: addressed,
            replyTo: replied?.message_id ?? null,
            ...(quoted === undefined ? {} : { quoted }),
          },
        ];
  // In a group only a photo meant for us is fetched; an edited caption brings no new photo.
  const photo = addressed && !message.edit_date ? fileOf(message) : null;
  return photo ? [...said, { kind: 'file', id: `${id}:file`, ...from, ...photo }] : said;
};

interface SentFile {
  readonly file: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

const fileOf = ({ photo, document }: TelegramMessage): SentFile | null => {
  const largest = photo?.at(-1);
  if (largest)
    return {
      file: largest.file_id,
      name: `${largest.file_unique_id}.jpg`,
      type: 'image/jpeg',
      size: largest.file_size ?? 0,
    };
  return (
    (document && {
      file: document.file_id,
      name: document.file_name ?? document.file_unique_id,
      type: document.mime_type ?? 'application/octet-stream',
      size: document.file_size ?? 0,
    }) ??
    null
  );
};

interface ReadText {
  /** Without the mention of the bot. */
  readonly text: string;
  readonly addressed: boolean;
  /** It is a command to another bot. */
  readonly other: boolean;
}

const readText = (message: TelegramMessage, bot: Bot): ReadText => {
  const raw = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const ours = `@${bot.username}`.toLowerCase();
  let addressed = message.chat.type === 'private' || message.reply_to_message?.from?.id === bot.id;
  let other = false;
  let text = raw;
  // From the end, so that what was cut out moves no offset. Offsets are UTF-16 units, as JavaScript's.
  for (const { type, offset, length, user } of entities.toReversed()) {
    const said = raw.slice(offset, offset + length);
    const at = said.indexOf('@');
    if (type === 'text_mention' && user?.id === bot.id) addressed = true;
    if (type !== 'mention' && type !== 'bot_command') continue;
    const mine = at >= 0 && said.slice(at).toLowerCase() === ours;
    if (type === 'bot_command' && offset === 0) {
      if (at < 0 || mine) addressed = true;
      else other = true;
    }
    if (!mine) continue;
    addressed = true;
    text = text.slice(0, offset + at) + text.slice(offset + length);
  }
  return { text: text.trim(), addressed, other };
};

/** The event that a use case gets, with the chat as our records know it. */
export const asEvent = (
  { sender, chat }: From,
  id: string,
  body: InboundEvent['body'],
  known: string,
): InboundEvent => ({ channel: 'telegram', id, sender, chat: { kind: chat.kind, id: known }, body });
