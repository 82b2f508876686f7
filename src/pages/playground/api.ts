// Speaks the playground API and nothing else. Every failure leaves here as a `Problem` that can be shown as it is.

import { ask, Problem, query } from '../look/ask.ts';
import type { Card, Chat, ClockMove, Command, Message, Person, PhotoFile, Stage, Values } from './model.ts';
import { texts } from './texts.ts';

const BASE = '/playground/api';

export { Problem };

export const problemText = (error: unknown): string => (error instanceof Problem ? error.message : texts.failure.bug);

let token: string | null = null;
/** Beside real platforms the playground asks for the API token. */
export const useToken = (value: string | null): void => {
  token = value;
};

const call = <T>(path: string, body?: unknown): Promise<T> => {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  return ask(BASE + path, init, texts.failure);
};

export interface Saying {
  readonly id: string;
  readonly as: string;
  readonly chat: string;
  readonly text: string;
  readonly mention?: boolean;
  readonly replyTo?: string;
  readonly file?: PhotoFile;
}

export interface Pressing {
  readonly id: string;
  readonly as: string;
  readonly chat: string;
  readonly card: string;
  readonly action: string;
  readonly values: Values;
}

interface Items<T> {
  readonly items: readonly T[];
}

export const api = {
  stage: () => call<Stage>('/me'),
  people: (q: string, limit: number) => call<Items<Person>>(`/people${query({ q, limit })}`),
  commands: (as: string) => call<Items<Command>>(`/commands${query({ as })}`),
  chats: (as: string) => call<Items<Chat>>(`/chats${query({ as })}`),
  messages: (chat: string, as: string, after: string | null) =>
    call<Items<Message> & { readonly next: string }>(
      `/chats/${encodeURIComponent(chat)}/messages${query({ as, after })}`,
    ),
  say: (saying: Saying) => call<{ accepted: boolean; message?: Message }>('/say', saying),
  press: (pressing: Pressing) => call<{ accepted: boolean; toast?: string; card?: Card }>('/press', pressing),
  advanceTo: (advanceTo: string) => call<ClockMove>('/clock', { advanceTo }),
  /** Null where the stream cannot be used: it carries no token, and very old web views have none. */
  stream: (as: string): EventSource | null =>
    token || typeof EventSource === 'undefined' ? null : new EventSource(`${BASE}/stream${query({ as })}`),
};
