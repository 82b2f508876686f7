// A Bot API server as far as our bot goes: keeps messages, enforces the documented limits, and fails when a test wants it.
// Speaks the wire format over real HTTP, so that polling, dropped connections and silences are real too.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const BOT = { id: 4242, is_bot: true, first_name: 'Dudao', username: 'dudao_bot' };
export const TOKEN = '4242:a-token-that-must-not-be-said';

interface Button {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
}

export interface ServedMessage {
  readonly chat: string;
  readonly id: number;
  readonly topic: number | null;
  /** Set for an ephemeral message: only this account sees it. */
  readonly receiver: string | null;
  text: string;
  buttons: Button[][];
  readonly asksForReply: boolean;
}

export interface Call {
  readonly method: string;
  readonly body: Record<string, unknown>;
  /** When it came, in ms of this process. */
  readonly at: number;
}

interface Reply {
  readonly status?: number;
  readonly body: unknown;
}

/** What goes wrong with one call: an answer, a broken connection, or no answer until the connection is closed. */
type Fault = Reply | 'drop' | 'silence';

export const refusal = (error_code: number, description: string, parameters?: object): Reply => ({
  status: error_code,
  body: { ok: false, error_code, description, ...(parameters ? { parameters } : {}) },
});

export interface TelegramServer {
  readonly url: string;
  readonly messages: ServedMessage[];
  readonly calls: Call[];
  /** The server is old: it does not know ephemeral messages and ignores what it does not know. */
  ephemeral: 'yes' | 'no' | 'ignored';
  readonly files: Map<string, Buffer>;
  callsOf(method: string): Record<string, unknown>[];
  failNext(method: string, fault: Fault): void;
  /** Queues updates for whoever polls. */
  push(...updates: object[]): void;
  /** The highest offset that was asked for: everything below is confirmed. */
  confirmed(): number;
  shownIn(chat: string): string[];
  buttonsOf(message: ServedMessage | undefined): Button[];
  reset(): void;
  close(): Promise<void>;
}

export const startTelegramServer = async (): Promise<TelegramServer> => {
  const messages: ServedMessage[] = [];
  const calls: Call[] = [];
  const faults: { method: string; fault: Fault }[] = [];
  const files = new Map<string, Buffer>();
  const answered = new Set<unknown>();
  const waiting: (() => void)[] = [];
  let updates: { update_id: number }[] = [];
  let offset = 0;
  let lastId = 100;

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, token, rest = ''] = /^\/(?:file\/)?bot([^/]+)\/(.*)$/.exec(request.url ?? '') ?? [];
    if (request.url?.startsWith('/file/')) {
      const file = files.get(rest);
      response.statusCode = file ? 200 : 404;
      response.end(file);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    calls.push({ method: rest, body, at: performance.now() });
    const at = faults.findIndex(({ method }) => method === rest);
    const fault = at < 0 ? null : (faults.splice(at, 1)[0]?.fault ?? null);
    if (fault === 'drop') return void request.socket.destroy();
    if (fault === 'silence') return;
    const reply = fault ?? (token === TOKEN ? await answer(rest, body, request) : refusal(401, 'Unauthorized'));
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply.body));
  };

  let webhook = '';

  const ok = (result: unknown): Reply => ({ body: { ok: true, result } });

  const answer = async (method: string, body: Record<string, unknown>, request: IncomingMessage): Promise<Reply> => {
    switch (method) {
      case 'getMe':
        return ok(BOT);
      case 'sendMessage':
        return sendMessage(body);
      case 'editMessageText':
        return editText(
          body,
          messages.find((m) => m.receiver === null && m.chat === String(body.chat_id) && m.id === body.message_id),
        );
      case 'editEphemeralMessageText':
        return editText(
          body,
          messages.find((m) => m.receiver === String(body.receiver_user_id) && m.id === body.ephemeral_message_id),
        );
      case 'deleteMessage': {
        const index = messages.findIndex((m) => m.chat === String(body.chat_id) && m.id === body.message_id);
        if (index < 0) return refusal(400, 'Bad Request: message to delete not found');
        messages.splice(index, 1);
        return ok(true);
      }
      case 'deleteEphemeralMessage':
        return api.ephemeral === 'no'
          ? refusal(404, 'Not Found: method not found')
          : refusal(400, 'Bad Request: chat not found');
      case 'answerCallbackQuery':
        if (answered.has(body.callback_query_id))
          return refusal(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid');
        answered.add(body.callback_query_id);
        return String(body.text ?? '').length > 200 ? refusal(400, 'Bad Request: MESSAGE_TOO_LONG') : ok(true);
      case 'getFile':
        return ok({ file_id: body.file_id, file_unique_id: 'u', file_path: `photos/${body.file_id}` });
      case 'getUpdates':
        return getUpdates(body, request);
      case 'getWebhookInfo':
        return ok({ url: webhook, has_custom_certificate: false, pending_update_count: 0 });
      case 'setWebhook':
        webhook = String(body.url);
        return ok(true);
      case 'deleteWebhook':
        webhook = '';
        return ok(true);
      case 'setMyCommands':
        return ok(true);
      default:
        return refusal(404, 'Not Found: method not found');
    }
  };

  const getUpdates = async (body: Record<string, unknown>, request: IncomingMessage): Promise<Reply> => {
    offset = Math.max(offset, Number(body.offset ?? 0));
    updates = updates.filter(({ update_id }) => update_id >= offset);
    if (updates.length === 0 && Number(body.timeout) > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      request.socket.once('close', resolve);
      await promise;
    }
    return ok(updates.slice(0, 100));
  };

  const sendMessage = (body: Record<string, unknown>): Reply => {
    const fault = limitOf(body);
    if (fault) return refusal(400, `Bad Request: ${fault}`);
    lastId += 1;
    const ephemeral = body.ephemeral_message_parameters as { receiver_user_id: number } | undefined;
    const hidden = ephemeral !== undefined && api.ephemeral === 'yes';
    messages.push({
      chat: String(body.chat_id),
      id: lastId,
      topic: (body.message_thread_id as number | undefined) ?? null,
      receiver: hidden ? String(ephemeral.receiver_user_id) : null,
      text: String(body.text),
      buttons: keyboardIn(body),
      asksForReply: (body.reply_markup as { force_reply?: boolean } | undefined)?.force_reply ?? false,
    });
    const chat = { id: body.chat_id };
    return ok(hidden ? { message_id: 0, ephemeral_message_id: lastId, chat } : { message_id: lastId, chat });
  };

  const editText = (body: Record<string, unknown>, message: ServedMessage | undefined): Reply => {
    if (!message) return refusal(400, 'Bad Request: message to edit not found');
    const fault = limitOf(body);
    if (fault) return refusal(400, `Bad Request: ${fault}`);
    const buttons = keyboardIn(body);
    if (message.text === body.text && JSON.stringify(message.buttons) === JSON.stringify(buttons))
      return refusal(400, 'Bad Request: message is not modified: specified new message content and reply markup are …');
    message.text = String(body.text);
    message.buttons = buttons;
    return ok(true);
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: TelegramServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    calls,
    ephemeral: 'no',
    files,
    callsOf: (method) => calls.filter((call) => call.method === method).map(({ body }) => body),
    failNext: (method, fault) => void faults.push({ method, fault }),
    push(...more) {
      updates.push(...(more as { update_id: number }[]));
      for (const wake of waiting.splice(0)) wake();
    },
    confirmed: () => offset,
    shownIn: (chat) => messages.filter((m) => m.chat === chat && m.receiver === null).map(({ text }) => text),
    buttonsOf: (message) => message?.buttons.flat() ?? [],
    reset() {
      messages.length = 0;
      calls.length = 0;
      faults.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;
};

const keyboardIn = (body: Record<string, unknown>): Button[][] =>
  (body.reply_markup as { inline_keyboard?: Button[][] } | undefined)?.inline_keyboard ?? [];

/** What the real server would refuse; null when it would not. */
export const limitOf = (body: Record<string, unknown>): string | null => {
  const text = String(body.text);
  const shown = text.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt);/g, '.');
  if (shown.trim() === '') return 'message text is empty';
  if ([...shown].length > 4_096) return 'message is too long';
  if (Buffer.byteLength(text) > 32 * 1024) return 'message is too long';
  if ((text.match(/<(\w)/g) ?? []).length !== (text.match(/<\//g) ?? []).length) return "can't parse entities";
  const rows = keyboardIn(body);
  if (rows.flat().length > 100) return 'reply markup is too long';
  for (const row of rows) {
    if (row.length === 0 || row.length > 8) return "can't parse inline keyboard row";
    for (const { text: label, callback_data: data, url } of row) {
      if (label.trim() === '') return "can't parse inline keyboard button: Text is empty";
      if (url === undefined && !data) return 'Text buttons are unallowed in the inline keyboard';
      if (Buffer.byteLength(data ?? '') > 64) return 'BUTTON_DATA_INVALID';
      if (url !== undefined && !new URL(url).hostname.includes('.')) return 'Wrong HTTP URL';
    }
  }
  return null;
};
