// What Telegram's "no" means for us. It says that its error codes may change, so the words count too; they are those that
// its server builds (tdlib/telegram-bot-api, Client.cpp).
import { ChannelRefused } from '../../ports.ts';

export type Reason =
  | 'unchanged'
  | 'message-gone'
  | 'too-late'
  | 'moved'
  | 'topic-gone'
  | 'chat-gone'
  | 'conflict'
  | 'too-fast'
  | 'unknown-method'
  | 'not-us'
  | 'other';

interface Rule {
  readonly code: number;
  readonly words?: RegExp;
  readonly reason: Reason;
  /** Asking again cannot help. */
  readonly fatal: boolean;
}

const rules: readonly Rule[] = [
  { code: 400, words: /message is not modified/i, reason: 'unchanged', fatal: false },
  {
    code: 400,
    words: /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i,
    reason: 'message-gone',
    fatal: true,
  },
  { code: 400, words: /query is too old|query ID is invalid|QUERY_ID_INVALID/i, reason: 'too-late', fatal: true },
  { code: 400, words: /upgraded to a supergroup/i, reason: 'moved', fatal: true },
  { code: 400, words: /message thread not found/i, reason: 'topic-gone', fatal: true },
  { code: 400, words: /chat not found|PEER_ID_INVALID/i, reason: 'chat-gone', fatal: true },
  { code: 400, reason: 'other', fatal: true },
  { code: 401, reason: 'not-us', fatal: false },
  { code: 403, words: /rights/i, reason: 'other', fatal: true },
  { code: 403, reason: 'chat-gone', fatal: true },
  { code: 404, words: /method not found/i, reason: 'unknown-method', fatal: true },
  { code: 404, reason: 'not-us', fatal: false },
  { code: 409, reason: 'conflict', fatal: false },
  { code: 429, reason: 'too-fast', fatal: false },
];

/** Telegram answered no. Its description names chats and limits, never the token. */
export class TelegramRefused extends ChannelRefused {
  readonly reason: Reason;
  /** The group's new id, when it was given one. */
  readonly movedTo: string | null;
  constructor(
    code: number,
    description: string,
    parameters: { retry_after?: number; migrate_to_chat_id?: number } = {},
  ) {
    const rule = rules.find((r) => r.code === code && (!r.words || r.words.test(description)));
    super(String(code), description.slice(0, 300), {
      ...(parameters.retry_after === undefined ? {} : { retryAfterSeconds: parameters.retry_after }),
      fatal: rule?.fatal ?? true,
    });
    this.name = 'TelegramRefused';
    this.reason = parameters.migrate_to_chat_id === undefined ? (rule?.reason ?? 'other') : 'moved';
    this.movedTo = parameters.migrate_to_chat_id === undefined ? null : String(parameters.migrate_to_chat_id);
  }
}

export const isRefused = (error: unknown, ...reasons: readonly Reason[]): error is TelegramRefused =>
  error instanceof TelegramRefused && (reasons.length === 0 || reasons.includes(error.reason));
