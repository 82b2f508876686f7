// Calls Telegram's Bot API through grammY, and nothing else: no waiting, no repeating, no choosing. Every "no" becomes a
// TelegramRefused, every silence a ChannelUnreachable; neither holds the token, which stands in the path of each call.
import { Api, GrammyError, HttpError } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { ChannelUnreachable } from '../../ports.ts';
import type { ShownPlace } from '../../ports-channels.ts';
import { unanswered } from '../http.ts';
import type { Bot, Rendering } from './codec.ts';
import { fetchForGrammy } from './fetch.ts';
import { allowedUpdates } from './payloads.ts';
import { TelegramRefused } from './refusals.ts';

export interface ClientConfig {
  readonly botToken: string;
  readonly apiRoot: string;
}

export interface CallbackAnswer {
  readonly text?: string;
  readonly alert?: boolean;
  readonly url?: string;
}

export interface CommandList {
  readonly scope: 'all_private_chats' | 'all_group_chats';
  readonly language: 'zh' | null;
  readonly commands: readonly { readonly command: string; readonly description: string }[];
}

export interface TelegramClient {
  me(): Promise<Bot>;
  /** The number of the message. `ask` opens the reply box under it instead of buttons. */
  send(chat: string, shown: Rendering, options?: { topic?: number | null; ask?: boolean }): Promise<number>;
  edit(place: ShownPlace, shown: Rendering): Promise<void>;
  /** To be seen by one person in a group; null when the server showed it to everybody, which it then did not stay. */
  whisper(chat: string, receiver: string, query: string, shown: Rendering): Promise<number | null>;
  editWhisper(chat: string, receiver: string, ephemeral: number, shown: Rendering): Promise<void>;
  /** Whether the server knows ephemeral messages at all. */
  canWhisper(): Promise<boolean>;
  answerPress(query: string, answer: CallbackAnswer): Promise<void>;
  download(file: string): Promise<Uint8Array>;
  updates(offset: number, timeoutSeconds: number, signal: AbortSignal): Promise<readonly unknown[]>;
  setWebhook(url: string, secret: string): Promise<void>;
  /** Where updates go now, and what Telegram last had to complain about there; an empty address: nowhere. */
  webhook(): Promise<{ readonly url: string; readonly waiting: number; readonly lastError: string | null }>;
  deleteWebhook(): Promise<void>;
  setCommands(list: CommandList): Promise<void>;
}

const CALL_SECONDS = 20;
/** Longer than the longest poll, or each poll would count as a failure. */
const POLL_SECONDS = 45;

const calling = async <T>(what: string, call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof HttpError) throw unanswered(what, error.error);
    if (!(error instanceof GrammyError)) throw error;
    // Whether it was done before the server fell over is not known.
    if (error.error_code >= 500)
      throw new ChannelUnreachable(`Telegram answered ${what} with ${error.error_code}`, true);
    throw new TelegramRefused(error.error_code, error.description, error.parameters);
  }
};

const html = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const;
const markup = (keyboard: InlineKeyboardButton[][]) => ({ reply_markup: { inline_keyboard: keyboard } });

export const makeTelegramClient = ({ botToken, apiRoot }: ClientConfig): TelegramClient => {
  const apiWith = (timeoutSeconds: number) =>
    new Api(botToken, { apiRoot, timeoutSeconds, fetch: fetchForGrammy as unknown as typeof fetch });
  const { raw } = apiWith(CALL_SECONDS);
  const polling = apiWith(POLL_SECONDS);

  return {
    // https://core.telegram.org/bots/api#getme
    async me() {
      const { id, username } = await calling('getMe', raw.getMe());
      return { id, username };
    },

    // https://core.telegram.org/bots/api#sendmessage
    async send(chat, { text, keyboard }, { topic = null, ask = false } = {}) {
      const { message_id } = await calling(
        'sendMessage',
        raw.sendMessage({
          chat_id: chat,
          text,
          ...html,
          ...(topic === null ? {} : { message_thread_id: topic }),
          ...(ask ? { reply_markup: { force_reply: true, selective: true } } : {}),
          ...(keyboard.length > 0 ? markup(keyboard) : {}),
        }),
      );
      return message_id;
    },

    // https://core.telegram.org/bots/api#editmessagetext; without a keyboard it would lose the one it has.
    async edit({ chat, message }, { text, keyboard }) {
      await calling(
        'editMessageText',
        raw.editMessageText({ chat_id: chat, message_id: message, text, ...html, ...markup(keyboard) }),
      );
    },

    // https://core.telegram.org/bots/api#ephemeral-messages-and-commands
    async whisper(chat, receiver, query, { text, keyboard }) {
      const sent = await calling(
        'sendMessage',
        raw.sendMessage({
          chat_id: chat,
          text,
          ...html,
          ...markup(keyboard),
          ephemeral_message_parameters: { receiver_user_id: Number(receiver), callback_query_id: query },
        }),
      );
      if (sent.ephemeral_message_id !== undefined) return sent.ephemeral_message_id;
      // A server that ignores what it does not know has just shown it to everybody.
      await calling('deleteMessage', raw.deleteMessage({ chat_id: chat, message_id: sent.message_id }));
      return null;
    },

    // https://core.telegram.org/bots/api#editephemeralmessagetext
    async editWhisper(chat, receiver, ephemeral, { text, keyboard }) {
      await calling(
        'editEphemeralMessageText',
        raw.editEphemeralMessageText({
          chat_id: chat,
          receiver_user_id: Number(receiver),
          ephemeral_message_id: ephemeral,
          text,
          ...html,
          ...markup(keyboard),
        }),
      );
    },

    // Older servers do not know the method; newer ones know that there is no such message.
    async canWhisper() {
      try {
        await calling(
          'deleteEphemeralMessage',
          raw.deleteEphemeralMessage({ chat_id: 0, receiver_user_id: 0, ephemeral_message_id: 0 }),
        );
        return true;
      } catch (error) {
        if (error instanceof TelegramRefused) return error.code === '400' && error.reason !== 'unknown-method';
        throw error;
      }
    },

    // https://core.telegram.org/bots/api#answercallbackquery
    async answerPress(query, { text, alert, url }) {
      await calling(
        'answerCallbackQuery',
        raw.answerCallbackQuery({
          callback_query_id: query,
          ...(text ? { text } : {}),
          ...(alert ? { show_alert: true } : {}),
          ...(url ? { url } : {}),
        }),
      );
    },

    // https://core.telegram.org/bots/api#getfile
    async download(file) {
      const { file_path } = await calling('getFile', raw.getFile({ file_id: file }));
      try {
        const response = await fetch(`${apiRoot}/file/bot${botToken}/${file_path}`, {
          signal: AbortSignal.timeout(CALL_SECONDS * 1_000),
        });
        if (!response.ok) throw new TelegramRefused(response.status, 'the file is not to be had');
        return new Uint8Array(await response.arrayBuffer());
      } catch (error) {
        if (error instanceof TelegramRefused) throw error;
        throw unanswered('the download of a file', error);
      }
    },

    // https://core.telegram.org/bots/api#getupdates
    updates: (offset, timeoutSeconds, signal) =>
      calling(
        'getUpdates',
        polling.getUpdates(
          { offset, timeout: timeoutSeconds, allowed_updates: [...allowedUpdates] },
          signal as Parameters<Api['getUpdates']>[1],
        ),
      ),

    // https://core.telegram.org/bots/api#setwebhook
    async setWebhook(url, secret) {
      await calling(
        'setWebhook',
        raw.setWebhook({ url, secret_token: secret, allowed_updates: [...allowedUpdates], max_connections: 40 }),
      );
    },

    // https://core.telegram.org/bots/api#getwebhookinfo
    async webhook() {
      const {
        url = '',
        pending_update_count,
        last_error_message,
      } = await calling('getWebhookInfo', raw.getWebhookInfo());
      return { url, waiting: pending_update_count, lastError: last_error_message ?? null };
    },

    // https://core.telegram.org/bots/api#deletewebhook; what waits there is polled instead.
    async deleteWebhook() {
      await calling('deleteWebhook', raw.deleteWebhook({}));
    },

    // https://core.telegram.org/bots/api#setmycommands
    async setCommands({ scope, language, commands }) {
      await calling(
        'setMyCommands',
        raw.setMyCommands({
          commands: [...commands],
          scope: { type: scope },
          ...(language === null ? {} : { language_code: language }),
        }),
      );
    },
  };
};
