// What WeCom sends us, as far as we rely on it. Unknown fields, events and kinds pass; what the reference calls
// UNCONFIRMED may be missing. Everything here is read after it was verified, or from a connection that we opened.
import * as z from 'zod';

// ---- answers of qyapi -----------------------------------------------------------------------------------------------

export const answerHead = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });

export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
export const sentAnswer = z.object({
  msgid: z.string().default(''),
  response_code: z.string().default(''),
  invaliduser: z.string().default(''),
  unlicenseduser: z.string().default(''),
});
export const updatedAnswer = z.object({ invaliduser: z.array(z.string()).default([]) });
export const uploadedAnswer = z.object({ media_id: z.string().min(1) });
export const userIdAnswer = z.object({ userid: z.string().min(1) });
export const loginAnswer = z.object({ userid: z.string().optional() });
export const chatAnswer = z.object({ chatid: z.string().min(1) });
export const callbackIpsAnswer = z.object({ ip_list: z.array(z.string()).default([]) });
export const plainIdsAnswer = z.object({
  userid_list: z.array(z.object({ open_userid: z.string(), userid: z.string() })).default([]),
});
/** The ranges come as lists inside objects; a platform that leaves one out means none. */
export const agentAnswer = z.object({
  name: z.string().default(''),
  close: z.number().default(0),
  allow_userinfos: z.looseObject({ user: z.array(z.unknown()).default([]) }).prefault({}),
  allow_partys: z.looseObject({ partyid: z.array(z.unknown()).default([]) }).prefault({}),
  allow_tags: z.looseObject({ tagid: z.array(z.unknown()).default([]) }).prefault({}),
});
export const emptyAnswer = z.object({});

// ---- callbacks of the self-built app, from XML ----------------------------------------------------------------------

/** Each element is a list; this takes its first. */
const one = z
  .array(z.unknown())
  .min(1)
  .transform(([first]) => (typeof first === 'string' ? first : ''));
const text = one.optional().transform((value) => value ?? '');
/** All elements of a name that have children of the shape; an empty one (`<A></A>`) is none. */
const element = <S extends z.ZodType>(inside: S) =>
  z
    .array(z.unknown())
    .transform((list): z.output<S>[] => z.array(inside).parse(list.filter((node) => typeof node === 'object')));

export const envelope = z.object({ ToUserName: text, AgentID: text, Encrypt: one });

const selectedItem = z.object({
  QuestionKey: text,
  OptionIds: element(z.object({ OptionId: z.array(z.string()).default([]) })).default([]),
});

export const appCallback = z.object({
  ToUserName: text,
  FromUserName: text,
  CreateTime: text,
  MsgType: text,
  AgentID: text,
  MsgId: text,
  Content: text,
  MediaId: text,
  Event: text,
  EventKey: text,
  TaskId: text,
  ResponseCode: text,
  SelectedItems: element(z.object({ SelectedItem: element(selectedItem).default([]) })).default([]),
});
export type AppCallback = z.output<typeof appCallback>;

// ---- frames of the bot's long connection, JSON ----------------------------------------------------------------------

const headers = z.looseObject({ req_id: z.string().default('') });

/** An answer to a request of ours has no `cmd`. */
export const frame = z.object({
  cmd: z.string().optional(),
  headers: headers.default({ req_id: '' }),
  errcode: z.number().optional(),
  errmsg: z.string().optional(),
  body: z.unknown().optional(),
});
export type Frame = z.output<typeof frame>;

const picture = z.object({ url: z.string(), aeskey: z.string().default('') });
const words = z.object({ content: z.string().default('') });
/** `option_id` is a list, though one alone may come bare. */
const optionIds = z.union([z.array(z.string()), z.string().transform((id) => [id])]).default([]);
const selected = z.object({
  question_key: z.string().default(''),
  option_ids: z.object({ option_id: optionIds }).default({ option_id: [] }),
});

const botCommon = z.object({
  msgid: z.string().min(1),
  chatid: z.string().optional(),
  chattype: z.string().optional(),
  from: z.object({ userid: z.string().min(1) }),
});

export const botMessage = botCommon.extend({
  msgtype: z.string(),
  text: words.optional(),
  voice: words.optional(),
  image: picture.optional(),
  mixed: z
    .object({
      msg_item: z
        .array(z.object({ msgtype: z.string(), text: words.optional(), image: picture.optional() }))
        .default([]),
    })
    .optional(),
  quote: z.object({ msgtype: z.string().default(''), text: words.optional() }).optional(),
});
export type BotMessage = z.output<typeof botMessage>;

export const botEvent = botCommon.extend({
  from: z.object({ userid: z.string().default('') }).default({ userid: '' }),
  msgid: z.string().default(''),
  event: z.object({
    eventtype: z.string(),
    template_card_event: z
      .object({
        event_key: z.string().default(''),
        task_id: z.string().default(''),
        selected_items: z
          .object({ selected_item: z.union([z.array(selected), selected.transform((item) => [item])]).default([]) })
          .default({ selected_item: [] }),
      })
      .optional(),
  }),
});
export type BotEvent = z.output<typeof botEvent>;
