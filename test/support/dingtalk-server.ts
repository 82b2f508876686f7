// DingTalk's side as far as our channel goes: api.dingtalk.com, oapi.dingtalk.com and the Stream gateway on one port. Keeps
// what people would see, each in his or her own view; enforces documented limits, and fails when a test wants it.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DingtalkGateway, openGateway } from './dingtalk-gateway.ts';
import { deliveryFaults, formFaults, updateFaults } from './dingtalk-limits.ts';

export const CLIENT_ID = 'dingclient01';
export const CLIENT_SECRET = 'client-secret-that-must-not-be-said';
export const CARD_SECRET = 'card-secret-that-must-not-be-said';
export const TEMPLATE = 'a0b1c2d3-0000-4000-8000-000000000000.schema';
export const CORP = 'dingcorp01';

type Json = Record<string, unknown>;
export type Variables = Readonly<Record<string, string>>;

/** What goes wrong with one call: a code, an errcode, a status, no delivery inside a 200, a cut, or the answer lost after the work. */
export type Fault =
  | { readonly code: string; readonly status?: number; readonly scopes?: readonly string[] }
  | { readonly errcode: number }
  | { readonly http: number }
  | { readonly lists: Json }
  | 'undelivered'
  | 'drop'
  | 'lose';

export interface ServedCard {
  readonly outTrackId: string;
  readonly chat: string;
  readonly body: Json;
  all: Variables;
  readonly own: Map<string, Variables>;
}

export interface Seen {
  readonly chat: string;
  readonly by: 'robot' | 'session' | 'card';
  readonly text: string;
  readonly body: Json;
}

export interface DingtalkServer {
  readonly url: string;
  /** In the order in which they came to their chats. */
  readonly seen: Seen[];
  readonly cards: Map<string, ServedCard>;
  readonly calls: { readonly path: string; readonly body: Json; readonly at: number }[];
  readonly files: Map<string, Buffer>;
  readonly mobiles: Map<string, string>;
  fail(path: string, ...faults: Fault[]): void;
  /** Tokens given so far are dead. */
  endTokens(): void;
  shownIn(chat: string): string[];
  /** The newest card in a chat. */
  cardIn(chat: string): ServedCard;
  /** What one person sees of a card. */
  viewOf(outTrackId: string, userId: string): Variables;
  /** The address for answering in this chat, good for an hour and a half. */
  session(chat: string): { sessionWebhook: string; sessionWebhookExpiredTime: number };
  /** The most calls to one API in any second, and calls that were refused for it. */
  rush(): { readonly most: number; readonly refused: number };
  readonly gateway: DingtalkGateway;
  /** The gateway opens no connection, and says this. */
  closed: Extract<Fault, { code: string }> | null;
  /** Submits a form as the client does: the answer becomes this person's view. */
  press(outTrackId: string, userId: string, form: object, more?: Json): Promise<Json>;
  reset(): void;
  close(): Promise<void>;
}

export const startDingtalkServer = async (): Promise<DingtalkServer> => {
  const seen: Seen[] = [];
  const cards = new Map<string, ServedCard>();
  const calls: DingtalkServer['calls'] = [];
  const files = new Map<string, Buffer>();
  const mobiles = new Map<string, string>();
  const faults = new Map<string, Fault[]>();
  const sessions = new Map<string, string>();
  const recent = new Map<string, number[]>();
  const blockedUntil = new Map<string, number>();
  let generation = 1;
  let count = 0;
  let most = 0;
  let refused = 0;

  const next = (prefix: string): string => {
    count += 1;
    return `${prefix}${count}`;
  };
  const token = () => `token-${generation}-must-not-be-said`;

  // ---- api.dingtalk.com ----

  type Answer =
    | Json
    | { readonly refused: { readonly code: string; readonly message: string; readonly status?: number } };
  const no = (code: string, message = 'as documented', status = 400): Answer => ({
    refused: { code, message, status },
  });
  const said = (chat: string, body: Json): Answer => {
    const param = JSON.parse(String(body.msgParam)) as Json;
    if (Buffer.byteLength(String(body.msgParam)) > 15_000) return no('invalidParameter.msgParam');
    const text = body.msgKey === 'sampleText' ? param.content : body.msgKey === 'sampleMarkdown' ? param.text : null;
    if (typeof text !== 'string' || (body.msgKey === 'sampleMarkdown' && typeof param.title !== 'string'))
      return no('invalidParameter.msgParam');
    seen.push({ chat, by: 'robot', text, body });
    return { processQueryKey: next('pqk') };
  };

  const api: Record<string, (body: Json) => Answer> = {
    'robot/groupMessages/send': (body) => {
      if (body.robotCode !== CLIENT_ID) return no('resource.not.found');
      if (!String(body.openConversationId).startsWith('cid')) return no('invalid.openConversationId');
      return said(String(body.openConversationId), body);
    },
    'robot/oToMessages/batchSend': (body) => {
      const userIds = body.userIds as string[];
      if (userIds.length > 20) return no('invalidParameter.userIds');
      const good = userIds.filter((id) => !id.startsWith('nobody') && !id.startsWith('busy'));
      const answers = good.map((id) => said(`person:${id}`, body));
      const bad = answers.find((answer) => 'refused' in answer);
      if (bad) return bad;
      return {
        processQueryKey: next('pqk'),
        invalidStaffIdList: userIds.filter((id) => id.startsWith('nobody')),
        flowControlledStaffIdList: userIds.filter((id) => id.startsWith('busy')),
      };
    },
    'robot/groupMessages/recall': (body) => ({ successResult: body.processQueryKeys, failedResult: {} }),
    'robot/otoMessages/batchRecall': (body) => ({
      successResult: [],
      failedResult: Object.fromEntries(
        (body.processQueryKeys as string[]).map((key) => [key, 'robot.processQueryKey.expired']),
      ),
    }),
    'robot/messageFiles/download': (body) =>
      files.has(String(body.downloadCode))
        ? { downloadUrl: `${server.url}/download/${String(body.downloadCode)}` }
        : no('invalidParameter.robotCode.downloadCode'),
    'card/callbacks/register': (body) => ({ success: true, result: body }),
    'card/instances/createAndDeliver': (body) => {
      const [fault] = deliveryFaults(body);
      if (fault) return no('invalidParameter', fault);
      if (body.cardTemplateId !== TEMPLATE) return no('param.templateNotExist');
      const outTrackId = String(body.outTrackId);
      if (cards.has(outTrackId)) return no('param.cardAlreadyExist');
      const [, space = '', id = ''] = /^dtv1\.card\/\/(IM_GROUP|IM_ROBOT)\.(.+)$/.exec(String(body.openSpaceId)) ?? [];
      if (id.startsWith('nobody')) return no('param.userIdNotExist');
      const chat = space === 'IM_ROBOT' ? `person:${id}` : id;
      const all = (body.cardData as { cardParamMap: Variables }).cardParamMap;
      cards.set(outTrackId, { outTrackId, chat, body, all, own: new Map() });
      seen.push({ chat, by: 'card', text: outTrackId, body });
      const deliverResults = [{ spaceType: space, spaceId: id, success: true, carrierId: next('pqk'), errorMsg: 'ok' }];
      return { success: true, result: { outTrackId, deliverResults } };
    },
    'PUT card/instances': (body) => {
      const card = cards.get(String(body.outTrackId));
      if (!card) return no('param.cardNotExist');
      const [fault] = updateFaults(body);
      if (fault) return no('invalidParameter', fault);
      const { updateCardDataByKey, updatePrivateDataByKey } = body.cardUpdateOptions as Json;
      const { cardParamMap } = (body.cardData ?? {}) as { cardParamMap?: Variables };
      // The default overwrites all.
      if (cardParamMap) card.all = updateCardDataByKey ? { ...card.all, ...cardParamMap } : cardParamMap;
      for (const [user, own] of Object.entries((body.privateData ?? {}) as Record<string, { cardParamMap: Variables }>))
        card.own.set(user, updatePrivateDataByKey ? { ...card.own.get(user), ...own.cardParamMap } : own.cardParamMap);
      return { success: true, result: true };
    },
  };

  // ---- oapi.dingtalk.com ----

  const oapi: Record<string, (body: Json) => Json> = {
    'topapi/v2/user/getbymobile': ({ mobile }) => {
      const userid = mobiles.get(String(mobile));
      return userid ? { errcode: 0, errmsg: 'ok', result: { userid } } : { errcode: 60121, errmsg: 'not found' };
    },
    'media/upload': () => ({ errcode: 0, errmsg: 'ok', type: 'image', media_id: next('@media'), created_at: 1 }),
  };

  const tooFast = (path: string): boolean => {
    const now = performance.now();
    if (now < (blockedUntil.get(path) ?? 0)) return true;
    const last = [...(recent.get(path) ?? []).filter((at) => at > now - 1_000), now];
    recent.set(path, last);
    most = Math.max(most, last.length);
    if (last.length > 20) blockedUntil.set(path, now + 1_000);
    return last.length > 20;
  };

  const send = (res: ServerResponse, status: number, body: unknown): void => {
    res.writeHead(status, { 'Content-Type': 'application/json;charset=utf-8' });
    res.end(JSON.stringify(body));
  };

  const sendRefusal = (
    res: ServerResponse,
    { code, status = 400, scopes }: Extract<Fault, { code: string }>,
    message = 'as the test wants',
  ) =>
    send(res, status, {
      code,
      requestid: randomUUID(),
      message,
      ...(scopes ? { accessdenieddetail: { requiredScopes: scopes } } : {}),
    });

  const serveApi = (req: IncomingMessage, res: ServerResponse, path: string, body: Json, fault: Fault | undefined) => {
    if (path === 'oauth2/accessToken') {
      if (body.appKey !== CLIENT_ID || body.appSecret !== CLIENT_SECRET)
        return sendRefusal(res, { code: 'invalidClientIdOrSecret' });
      return send(res, 200, { accessToken: token(), expireIn: 7200 });
    }
    if (path === 'gateway/connections/open') return serveOpen(req, res, body, fault);
    if (req.headers['x-acs-dingtalk-access-token'] !== token())
      return sendRefusal(res, { code: 'InvalidAuthentication' });
    if (tooFast(path)) {
      refused += 1;
      return sendRefusal(res, { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', status: 403 });
    }
    if (typeof fault === 'object' && 'code' in fault) return sendRefusal(res, fault);
    if (typeof fault === 'object' && 'lists' in fault) return send(res, 200, { processQueryKey: '', ...fault.lists });
    if (fault === 'undelivered')
      return send(res, 200, {
        success: true,
        result: { deliverResults: [{ success: false, errorMsg: 'no such space' }] },
      });
    const act = api[req.method === 'PUT' ? `PUT ${path}` : path];
    if (!act) return sendRefusal(res, { code: 'InvalidAction.NotFound', status: 404 });
    const answer = act(body);
    if (fault === 'lose') return void req.socket.destroy();
    if ('refused' in answer) {
      const { code, message, status } = answer.refused as { code: string; message: string; status: number };
      return sendRefusal(res, { code, status }, message);
    }
    return send(res, 200, answer);
  };

  const serveOpen = (req: IncomingMessage, res: ServerResponse, body: Json, fault: Fault | undefined): unknown => {
    if (req.headers.accept !== 'application/json') return res.writeHead(200).end('<xml>');
    const refused = server.closed ?? fault;
    if (typeof refused === 'object' && 'code' in refused) return sendRefusal(res, refused);
    if (body.clientId !== CLIENT_ID || body.clientSecret !== CLIENT_SECRET)
      return sendRefusal(res, { code: 'invalidClientIdOrSecret' });
    return send(res, 200, { endpoint: `${server.url.replace('http', 'ws')}/connect`, ticket: gateway.ticket() });
  };

  const serveOapi = (req: IncomingMessage, res: ServerResponse, url: URL, body: Json, fault: Fault | undefined) => {
    const path = url.pathname.slice(1);
    if (typeof fault === 'object' && 'errcode' in fault)
      return send(res, 200, { errcode: fault.errcode, errmsg: 'no' });
    if (path === 'robot/sendBySession') {
      const chat = sessions.get(url.searchParams.get('session') ?? '');
      if (chat === undefined) return send(res, 200, { errcode: 300001, errmsg: 'session not exist' });
      const { text, markdown } = body as { text?: { content: string }; markdown?: { text: string } };
      seen.push({ chat, by: 'session', text: text?.content ?? markdown?.text ?? '', body });
      if (fault === 'lose') return void req.socket.destroy();
      return send(res, 200, { errcode: '0', errmsg: 'ok' });
    }
    if (url.searchParams.get('access_token') !== token()) return send(res, 200, { errcode: 40014, errmsg: 'invalid' });
    return send(res, 200, oapi[path]?.(body) ?? { errcode: 404, errmsg: 'no such path' });
  };

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const isJson = (req.headers['content-type'] ?? '').includes('json');
    const body = isJson ? (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json) : {};
    const path = url.pathname.replace(/^\/(?:v1\.0\/)?/, '');
    calls.push({ path: req.method === 'PUT' ? `PUT ${path}` : path, body, at: performance.now() });
    if (path.startsWith('download/')) return void res.end(files.get(path.slice('download/'.length)));
    const fault = faults.get(path)?.shift();
    if (fault === 'drop') return void req.socket.destroy();
    if (typeof fault === 'object' && 'http' in fault) return void res.writeHead(fault.http).end('<html>');
    if (url.pathname.startsWith('/v1.0/')) return void serveApi(req, res, path, body, fault);
    serveOapi(req, res, url, body, fault);
  };

  const http = createServer((req, res) => {
    serve(req, res).catch((error) => res.writeHead(500).end(String(error)));
  });

  const gateway = openGateway(http);

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;

  /** What the acknowledgement of a press says is what its presser sees. */
  const apply = (outTrackId: string, userId: string, response: Json): void => {
    const card = cards.get(outTrackId);
    const own = (response.userPrivateData as { cardParamMap?: Variables } | undefined)?.cardParamMap;
    if (!card || !own) return;
    const wrong = formFaults(own);
    if (wrong.length > 0) throw new Error(String(wrong));
    const byKey = (response.cardUpdateOptions as Json | undefined)?.updatePrivateDataByKey === true;
    card.own.set(userId, byKey ? { ...card.own.get(userId), ...own } : own);
  };

  const server: DingtalkServer = {
    url: `http://127.0.0.1:${port}`,
    seen,
    cards,
    calls,
    files,
    mobiles,
    gateway,
    closed: null,
    fail: (path, ...some) => void faults.set(path, [...(faults.get(path) ?? []), ...some]),
    endTokens: () => {
      generation += 1;
    },
    shownIn: (chat) =>
      seen
        .filter((one) => one.chat === chat)
        .map(({ by, text }) => (by === 'card' ? JSON.stringify(cards.get(text)?.all) : text)),
    cardIn: (chat) => {
      const card = [...cards.values()].findLast((one) => one.chat === chat);
      if (!card) throw new Error(`no card in ${chat}`);
      return card;
    },
    viewOf: (outTrackId, userId) => {
      const card = cards.get(outTrackId);
      return { ...card?.all, ...card?.own.get(userId) };
    },
    session: (chat) => {
      const session = next('session-must-not-be-said-');
      sessions.set(session, chat);
      return {
        sessionWebhook: `${server.url}/robot/sendBySession?session=${session}`,
        sessionWebhookExpiredTime: Date.now() + 90 * 60_000,
      };
    },
    rush: () => ({ most, refused }),
    press: async (outTrackId, userId, form, more = {}) => {
      const card = cards.get(outTrackId);
      const content = { cardPrivateData: { actionIds: ['form'], params: { form } } };
      const answer = await gateway.stream('/v1.0/card/instances/callback', {
        type: 'actionCallback',
        outTrackId,
        corpId: CORP,
        userId,
        userIdType: 1,
        spaceId: card?.chat.replace('person:', ''),
        spaceType: card?.chat.startsWith('person:') ? 'IM_ROBOT' : 'IM_GROUP',
        extension: '{}',
        content: JSON.stringify(content),
        ...more,
      });
      apply(outTrackId, userId, answer.response as Json);
      return answer;
    },
    reset: () => {
      seen.length = 0;
      calls.length = 0;
      for (const map of [cards, faults, sessions, recent, blockedUntil, files, mobiles]) map.clear();
      most = 0;
      refused = 0;
      server.closed = null;
      gateway.forget();
    },
    close: async () => {
      gateway.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
};
