// Speaks the playground API and nothing else. Every failure leaves here as a `Problem` that can be shown as it is.

import type { Card, Chat, ClockMove, Command, Message, Person, PhotoFile, Stage, Values } from './model.ts';
import { texts } from './texts.ts';

const BASE = '/playground/api';

/** Why a call failed, in words for the person. `unreachable` means that nobody answered: the same call may be made again. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  constructor(detail: string, status: number, code: string) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
  }
  get unreachable(): boolean {
    return this.status === 0;
  }
}

export const problemText = (error: unknown): string => (error instanceof Problem ? error.message : texts.failure.bug);

let token: string | null = null;
/** Beside real platforms the playground asks for the API token. */
export const useToken = (value: string | null): void => {
  token = value;
};

const call = async <T>(path: string, body?: unknown): Promise<T> => {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Problem(texts.failure.unreachable, 0, 'unreachable');
  }
  if (!response.ok) throw await problemOf(response);
  try {
    return (await response.json()) as T;
  } catch {
    // The answer broke off half-way: what was asked may have been done.
    throw new Problem(texts.failure.unreachable, 0, 'unreachable');
  }
};

const problemOf = async (response: Response): Promise<Problem> => {
  const fallback = response.status >= 500 ? texts.failure.service : texts.failure.refused;
  try {
    const problem = (await response.json()) as { detail?: string; title?: string; code?: string };
    return new Problem(problem.detail ?? problem.title ?? fallback, response.status, problem.code ?? 'unknown');
  } catch {
    return new Problem(fallback, response.status, 'unknown');
  }
};

const query = (parameters: Readonly<Record<string, string | number | null | undefined>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
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
