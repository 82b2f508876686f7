// What DingTalk sends us, as far as we rely on it. Unknown fields and kinds pass; what the reference calls UNCONFIRMED may
// be missing or have another type. Everything here is read after it was verified, or from a connection that we opened.
import * as z from 'zod';

/** Numbers that may come as text, and texts that may come as numbers. */
const text = z.union([z.string(), z.number().transform(String)]);
const optionalText = text.nullish().transform((value) => value ?? '');

// ---- answers --------------------------------------------------------------------------------------------------------

/** A refusal of api.dingtalk.com, with any 4xx. */
export const apiRefusal = z.looseObject({
  code: text,
  message: optionalText,
  accessdenieddetail: z.looseObject({ requiredScopes: z.array(z.string()).default([]) }).nullish(),
});
/** The head of every answer of oapi.dingtalk.com; its documentation prints the number as text. */
export const oapiHead = z.looseObject({ errcode: text.default('0'), errmsg: optionalText });

export const tokenAnswer = z.object({ accessToken: z.string().min(1), expireIn: z.number().positive() });
export const sentAnswer = z.object({ processQueryKey: optionalText });
export const sentToPeopleAnswer = z.object({
  processQueryKey: optionalText,
  invalidStaffIdList: z.array(z.string()).nullish(),
  flowControlledStaffIdList: z.array(z.string()).nullish(),
});
export const deliveredAnswer = z.object({
  success: z.boolean().nullish(),
  result: z
    .object({
      deliverResults: z
        .array(z.object({ success: z.boolean().nullish(), carrierId: optionalText, errorMsg: optionalText }))
        .nullish(),
    })
    .nullish(),
});
export const doneAnswer = z.looseObject({ success: z.boolean().nullish() });
export const recalledAnswer = z.object({
  successResult: z.array(z.string()).nullish(),
  failedResult: z.record(z.string(), z.string()).nullish(),
});
export const gatewayAnswer = z.object({ endpoint: z.string().min(1), ticket: z.string().min(1) });
export const downloadAnswer = z.object({ downloadUrl: z.url() });
export const uploadedAnswer = z.object({ media_id: z.string().min(1) });
export const userIdAnswer = z.object({ result: z.object({ userid: z.string().min(1) }) });
export const emptyAnswer = z.object({});

// ---- frames of the Stream connection --------------------------------------------------------------------------------

/** One sample of the documentation says `header`. */
const frameHeaders = z.looseObject({ topic: optionalText, messageId: optionalText });
export const streamFrame = z
  .object({
    type: z.string(),
    headers: frameHeaders.optional(),
    header: frameHeaders.optional(),
    data: z.string().nullish(),
  })
  .transform(({ type, headers, header, data }) => {
    const { topic, messageId } = headers ?? header ?? { topic: '', messageId: '' };
    return { type, topic, messageId, data: data ?? '' };
  });
export type StreamFrame = z.output<typeof streamFrame>;

export const topics = {
  robot: '/v1.0/im/bot/messages/get',
  card: '/v1.0/card/instances/callback',
} as const;

// ---- what people say ------------------------------------------------------------------------------------------------

export const robotMessage = z.object({
  msgtype: optionalText,
  msgId: optionalText,
  conversationType: optionalText,
  conversationId: optionalText,
  conversationTitle: optionalText,
  senderStaffId: optionalText,
  chatbotCorpId: optionalText,
  robotCode: optionalText,
  sessionWebhook: optionalText,
  sessionWebhookExpiredTime: z.coerce.number().catch(0),
  text: z.object({ content: optionalText }).nullish(),
  content: z
    .looseObject({
      downloadCode: optionalText,
      fileName: optionalText,
      recognition: optionalText,
      richText: z
        .array(z.looseObject({ text: optionalText, type: optionalText, downloadCode: optionalText }))
        .nullish(),
    })
    .nullish()
    .catch(null),
  /** 20001: the month's messages are used up, and this one has no text. */
  errorCode: optionalText,
});
export type RobotMessage = z.output<typeof robotMessage>;

// ---- what people press ----------------------------------------------------------------------------------------------

export const cardCallback = z.object({
  outTrackId: z.string().min(1),
  userId: optionalText,
  userIdType: z.coerce.number().catch(1),
  corpId: optionalText,
  spaceId: optionalText,
  spaceType: optionalText,
  /** JSON, as text or not; an older page of the documentation calls it `value`. */
  content: z.unknown().optional(),
  value: z.unknown().optional(),
  params: z.unknown().optional(),
});
export type CardCallback = z.output<typeof cardCallback>;

const anything = z.record(z.string(), z.unknown());
/** JSON that may come as text; what is neither is nothing. */
export const objectIn = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'string') return anything.safeParse(value).data ?? {};
  try {
    return anything.safeParse(JSON.parse(value)).data ?? {};
  } catch {
    return {};
  }
};
