// Calls of DingTalk and nothing else: robot messages, interactive cards, files, who is who, Stream. `success: false` and lists
// of people who were left out say no, too. Throws ChannelRefused and ChannelUnreachable.
import { ChannelRefused } from '../../ports.ts';
import { request } from '../http.ts';
import {
  type HostSettings,
  json,
  MEDIA_TIMEOUT_MS,
  type Meter,
  MOST_JSON,
  makeHosts,
  readOapi,
  TIMEOUT_MS,
} from './hosts.ts';
import { limits } from './limits.ts';
import {
  deliveredAnswer,
  doneAnswer,
  downloadAnswer,
  emptyAnswer,
  gatewayAnswer,
  recalledAnswer,
  sentAnswer,
  sentToPeopleAnswer,
  topics,
  uploadedAnswer,
  userIdAnswer,
} from './payloads.ts';
import { isKnownCard } from './refusals.ts';

export interface ClientSettings extends HostSettings {
  readonly robotCode: string;
}

export type RobotBody = { readonly msgKey: string; readonly msgParam: string };

export const MOST_MEDIA = 20 * 1024 * 1024;

export type DingtalkClient = ReturnType<typeof makeDingtalkClient>;

export const makeDingtalkClient = (
  settings: ClientSettings,
  meter: Meter,
  { now = Date.now }: { readonly now?: () => number } = {},
) => {
  const { clientId, clientSecret, robotCode } = settings;
  const { askApi, askOapi, call, checkToken } = makeHosts(settings, meter, now);

  return {
    /** Throws what the token call answers: the first thing to look at when nothing goes out. */
    checkToken,

    // ---- robot messages ----

    /** https://open.dingtalk.com/document/orgapp/the-robot-sends-a-group-message — the answer is the handle for recall. */
    async sendToGroup(openConversationId: string, body: RobotBody): Promise<string> {
      const { processQueryKey } = await call({
        what: 'groupMessages/send',
        path: 'robot/groupMessages/send',
        body: { robotCode, openConversationId, ...body },
        answer: sentAnswer,
      });
      return processQueryKey;
    },

    /**
     * https://open.dingtalk.com/document/orgapp/chatbots-send-one-on-one-chat-messages-in-batches — HTTP 200 is not
     * delivered: `gone` cannot be written to, `later` have had enough for now.
     */
    async sendToPeople(userIds: readonly string[], body: RobotBody) {
      const keys: string[] = [];
      const gone: string[] = [];
      const later: string[] = [];
      for (let from = 0; from < userIds.length; from += limits.people) {
        const answer = await call({
          what: 'oToMessages/batchSend',
          path: 'robot/oToMessages/batchSend',
          body: { robotCode, userIds: userIds.slice(from, from + limits.people), ...body },
          answer: sentToPeopleAnswer,
        });
        if (answer.processQueryKey !== '') keys.push(answer.processQueryKey);
        gone.push(...(answer.invalidStaffIdList ?? []));
        later.push(...(answer.flowControlledStaffIdList ?? []));
      }
      return { keys, gone, later };
    },

    /** https://open.dingtalk.com/document/orgapp/enterprise-chatbot-withdraws-internal-group-messages — within 24 h; keys that stay, with the reason of each. */
    async recall(where: { readonly group: string } | 'people', processQueryKeys: readonly string[]) {
      const failed: Record<string, string> = {};
      for (let from = 0; from < processQueryKeys.length; from += limits.recalls) {
        const keys = processQueryKeys.slice(from, from + limits.recalls);
        const { failedResult } = await call({
          what: 'recall',
          path: where === 'people' ? 'robot/otoMessages/batchRecall' : 'robot/groupMessages/recall',
          body: {
            robotCode,
            processQueryKeys: keys,
            ...(where === 'people' ? {} : { openConversationId: where.group }),
          },
          answer: recalledAnswer,
        });
        Object.assign(failed, failedResult);
      }
      return failed;
    },

    /** https://open.dingtalk.com/document/orgapp/custom-robot-access — the address is a secret and in no error. */
    async sayInSession(sessionWebhook: string, body: object): Promise<void> {
      await meter.turn();
      const what = 'sendBySession';
      const { bytes } = await request(
        new URL(sessionWebhook),
        { method: 'POST', headers: json, body: JSON.stringify(body) },
        { what, timeoutMs: TIMEOUT_MS, mostBytes: MOST_JSON },
      );
      readOapi(what, emptyAnswer, bytes, [sessionWebhook]);
    },

    // ---- interactive cards ----

    /**
     * https://open.dingtalk.com/document/orgapp/create-and-deliver-cards — every layer of the answer may say no. The
     * handle of the delivered message; empty when a card under this id stood there before.
     */
    async deliverCard(card: object): Promise<{ readonly carrierId: string } | { readonly failed: string }> {
      try {
        const { success, result } = await call({
          what: 'createAndDeliver',
          path: 'card/instances/createAndDeliver',
          body: card,
          answer: deliveredAnswer,
        });
        const results = result?.deliverResults ?? [];
        const bad = results.find((one) => one.success === false);
        if (bad) return { failed: bad.errorMsg };
        if (success === false) return { failed: 'success: false' };
        return { carrierId: results[0]?.carrierId ?? '' };
      } catch (error) {
        if (error instanceof ChannelRefused && isKnownCard(error.code)) return { carrierId: '' };
        throw error;
      }
    },

    /** https://open.dingtalk.com/document/orgapp/interactive-card-update-interface — by key, or all other variables go. */
    async updateCard(update: object): Promise<void> {
      const { success } = await call({
        what: 'updateCard',
        method: 'PUT',
        path: 'card/instances',
        body: {
          ...update,
          cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
          userIdType: 1,
        },
        answer: doneAnswer,
      });
      if (success === false) throw new ChannelRefused('not-updated', 'updateCard: success: false', { fatal: true });
    },

    /** https://open.dingtalk.com/document/orgapp/register-card-callback-address — HTTP mode only. */
    async registerCardCallback(callbackRouteKey: string, callbackUrl: string, apiSecret: string): Promise<void> {
      const { success } = await call({
        what: 'callbacks/register',
        path: 'card/callbacks/register',
        body: { callbackRouteKey, callbackUrl, apiSecret, forceUpdate: true },
        answer: doneAnswer,
        free: true,
      });
      if (success === false) throw new ChannelRefused('not-registered', 'callbacks/register: success: false');
    },

    // ---- files ----

    /** https://open.dingtalk.com/document/orgapp/download-the-file-content-of-the-robot-receiving-message — at once. */
    async fetchFile(downloadCode: string): Promise<{ readonly type: string; readonly bytes: Uint8Array }> {
      const { downloadUrl } = await call({
        what: 'messageFiles/download',
        path: 'robot/messageFiles/download',
        body: { downloadCode, robotCode },
        answer: downloadAnswer,
      });
      const { headers, bytes } = await request(
        new URL(downloadUrl),
        {},
        { what: 'a file', timeoutMs: MEDIA_TIMEOUT_MS, mostBytes: MOST_MEDIA },
      );
      return { type: headers.get('content-type') ?? '', bytes };
    },

    /** https://open.dingtalk.com/document/orgapp/upload-media-files — the id does not expire. */
    async upload(kind: 'image' | 'file', name: string, type: string, bytes: Uint8Array): Promise<string> {
      const body = new FormData();
      body.set('media', new File([new Uint8Array(bytes)], name, { type }));
      const { media_id } = await call(
        { what: 'media/upload', path: 'media/upload', query: { type: kind }, body, answer: uploadedAnswer },
        askOapi,
      );
      return media_id;
    },

    // ---- who is who ----

    /** https://open.dingtalk.com/document/orgapp/query-users-by-phone-number — null for nobody of the corp. */
    async userIdByMobile(mobile: string): Promise<string | null> {
      try {
        const path = 'topapi/v2/user/getbymobile';
        const { result } = await call(
          { what: 'getbymobile', path, body: { mobile }, answer: userIdAnswer, free: true },
          askOapi,
        );
        return result.userid;
      } catch (error) {
        if (error instanceof ChannelRefused && ['60121', '40104'].includes(error.code)) return null;
        throw error;
      }
    },

    // ---- Stream ----

    /** https://opensource.dingtalk.com/developerpedia/docs/learn/stream/protocol — the ticket is good for one connection within 90 s. */
    async openStream(): Promise<{ readonly endpoint: string; readonly ticket: string }> {
      return askApi({
        what: 'connections/open',
        path: 'gateway/connections/open',
        body: {
          clientId,
          clientSecret,
          ua: 'dudao-sdk-nodejs/1.0.0',
          subscriptions: [
            { type: 'CALLBACK', topic: topics.robot },
            { type: 'CALLBACK', topic: topics.card },
          ],
        },
        answer: gatewayAnswer,
      });
    },
  };
};
