// The part of Telegram's updates that we read, checked. Fields we do not read may be anything.
// https://core.telegram.org/bots/api#update
import * as z from 'zod';

const user = z.looseObject({ id: z.number(), is_bot: z.boolean().optional() });

const chat = z.looseObject({ id: z.number(), type: z.enum(['private', 'group', 'supergroup', 'channel']) });

const entity = z.looseObject({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  user: user.optional(),
});

const photoSize = z.looseObject({ file_id: z.string(), file_unique_id: z.string(), file_size: z.number().optional() });

const document = z.looseObject({
  file_id: z.string(),
  file_unique_id: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  file_size: z.number().optional(),
});

const quotable = z.looseObject({
  message_id: z.number(),
  from: user.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
});

const message = z.looseObject({
  message_id: z.number(),
  message_thread_id: z.number().optional(),
  is_topic_message: z.boolean().optional(),
  from: user.optional(),
  sender_chat: z.looseObject({ id: z.number() }).optional(),
  edit_date: z.number().optional(),
  chat,
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  reply_to_message: quotable.optional(),
  quote: z.looseObject({ text: z.string() }).optional(),
  photo: z.array(photoSize).optional(),
  document: document.optional(),
  migrate_to_chat_id: z.number().optional(),
  migrate_from_chat_id: z.number().optional(),
});

/** Of a message that is gone only chat and number are left, with `date: 0`; an ephemeral one has the number 0. */
const pressedMessage = z.looseObject({
  message_id: z.number(),
  ephemeral_message_id: z.number().optional(),
  message_thread_id: z.number().optional(),
  is_topic_message: z.boolean().optional(),
  chat,
});

const callbackQuery = z.looseObject({
  id: z.string(),
  from: user,
  message: pressedMessage.optional(),
  data: z.string().optional(),
});

const membership = z.looseObject({ chat, from: user, new_chat_member: z.looseObject({ status: z.string() }) });

export const updateSchema = z.looseObject({
  update_id: z.number(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: membership.optional(),
});

export type Update = z.output<typeof updateSchema>;
export type TelegramMessage = z.output<typeof message>;

/** Of an update that does not fit, its number: polling must get past it. */
export const numberedSchema = z.looseObject({ update_id: z.number() });

/** What we ask Telegram to send us. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;
