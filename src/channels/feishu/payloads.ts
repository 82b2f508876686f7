// The part of Feishu's events, callbacks and answers that we read, checked. Fields we do not read may be anything.
import * as z from 'zod';

const text = z.string().default('');

// ---- callbacks ------------------------------------------------------------------------------------------------------

export const sealedBody = z.looseObject({ encrypt: z.string().min(1) });

/** The check of a new address: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/event-subscription-guide/callback-subscription/step-1-choose-a-subscription-mode/send-callbacks-to-developers-server */
export const verification = z.looseObject({
  type: z.literal('url_verification'),
  token: z.string(),
  challenge: z.string(),
});

export const envelope = z.looseObject({
  header: z.looseObject({ event_id: z.string().min(1), event_type: z.string(), token: z.string(), app_id: z.string() }),
  event: z.looseObject({}).default({}),
});
export type Envelope = z.output<typeof envelope>;

const userId = z.looseObject({ open_id: text });

const mention = z.looseObject({ key: z.string(), id: userId.default({ open_id: '' }), name: text });

/** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive */
export const messageEvent = z.looseObject({
  sender: z.looseObject({ sender_id: userId, sender_type: z.string().default('user') }),
  message: z.looseObject({
    message_id: z.string().min(1),
    parent_id: text,
    chat_id: z.string(),
    chat_type: z.string(),
    message_type: z.string(),
    content: text,
    mentions: z.array(mention).default([]),
  }),
});
export type MessageEvent = z.output<typeof messageEvent>;

/** What a button of ours says. `view` names a person's own drawing; `all` the questions that one selector answers together. */
export const buttonValue = z.object({
  card: z.string().min(1),
  action: z.string().min(1),
  place: z.enum(['group', 'own', 'person']),
  view: z.string().optional(),
  all: z.array(z.string()).optional(),
});
export type ButtonValue = z.output<typeof buttonValue>;

/** https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication */
export const pressEvent = z.looseObject({
  operator: userId,
  action: z.looseObject({
    value: z.unknown(),
    form_value: z.record(z.string(), z.unknown()).nullish(),
  }),
  context: z
    .looseObject({ open_message_id: text, open_chat_id: text })
    .default({ open_message_id: '', open_chat_id: '' }),
});
export type PressEvent = z.output<typeof pressEvent>;

/** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/application-v6/bot/events/menu */
export const menuEvent = z.looseObject({
  operator: z.looseObject({ operator_id: userId }),
  event_key: z.string(),
});

/** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-bot/events/added and its sisters */
export const chatEvent = z.looseObject({ chat_id: z.string(), operator_id: userId.default({ open_id: '' }) });

// ---- contents of messages -------------------------------------------------------------------------------------------
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/im-v1/message/events/message_content

export const textContent = z.looseObject({ text });
export const imageContent = z.looseObject({ image_key: z.string().min(1) });
export const fileContent = z.looseObject({ file_key: z.string().min(1), file_name: text });
export const postContent = z.looseObject({
  title: text,
  content: z
    .array(z.array(z.looseObject({ tag: z.string(), text, user_id: text, user_name: text, image_key: text })))
    .default([]),
});
/** A card of ours as it was sent, which is asked for by `user_card_content`. */
export const cardContent = z.looseObject({
  header: z.looseObject({ title: z.looseObject({ content: text }) }),
  body: z.looseObject({
    elements: z.array(z.looseObject({ tag: text, text: z.looseObject({ content: text }).optional() })),
  }),
});

// ---- answers --------------------------------------------------------------------------------------------------------

export const answerHead = z.looseObject({ code: z.number(), msg: text });
export const emptyAnswer = z.looseObject({});
export const tokenAnswer = z.looseObject({ tenant_access_token: z.string().min(1), expire: z.number() });
export const botAnswer = z.looseObject({ bot: z.looseObject({ open_id: z.string().min(1) }) });
export const sentAnswer = z.looseObject({ data: z.looseObject({ message_id: z.string().min(1) }) });
export const messageAnswer = z.looseObject({
  data: z.looseObject({
    items: z.array(z.looseObject({ msg_type: text, body: z.looseObject({ content: text }).default({ content: '' }) })),
  }),
});
