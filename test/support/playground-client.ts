// Drives a running service through its public doors, as a person in the playground and an operator with the token would.

export interface ShownCard {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly fields: readonly {
    readonly id: string;
    readonly options?: readonly { readonly id: string; readonly label: string }[];
  }[];
  readonly actions: readonly { readonly id: string; readonly label: string }[];
  readonly state: string;
}

export interface ShownMessage {
  readonly from: 'bot' | { readonly id: string; readonly name: string };
  readonly id: string;
  readonly at: string;
  readonly text?: string;
  readonly card?: ShownCard;
}

export interface ShownChat {
  readonly id: string;
  readonly title: string;
  readonly kind: 'group' | 'person';
  readonly members: readonly { readonly id: string; readonly name: string; readonly roles: readonly string[] }[];
}

type Values = Readonly<Record<string, string | readonly string[]>>;

export const playgroundClient = (base: string, token: string) => {
  const ask = async <T>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> => {
    const response = await fetch(base + path, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...headers },
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const api = <T>(path: string): Promise<T> => ask(`/api/v1${path}`, undefined, { authorization: `Bearer ${token}` });
  return {
    api,
    /** Every row of a list, page after page. */
    async all<T>(path: string): Promise<T[]> {
      const rows: T[] = [];
      let after: string | null = null;
      do {
        const page: { items: T[]; next: string | null } = await api(
          `${path}${path.includes('?') ? '&' : '?'}limit=500${after ? `&after=${encodeURIComponent(after)}` : ''}`,
        );
        rows.push(...page.items);
        after = page.next;
      } while (after);
      return rows;
    },
    chats: async (as?: string): Promise<ShownChat[]> =>
      (await ask<{ items: ShownChat[] }>(`/playground/api/chats${as ? `?as=${as}` : ''}`)).items,
    async messages(chat: string, as?: string): Promise<ShownMessage[]> {
      const path = `/playground/api/chats/${encodeURIComponent(chat)}/messages`;
      return (await ask<{ items: ShownMessage[] }>(`${path}${as ? `?as=${as}` : ''}`)).items;
    },
    press: (as: string, chat: string, card: string, action: string, values: Values = {}, id?: string) =>
      ask<{ accepted: boolean; toast?: string; card?: ShownCard }>('/playground/api/press', {
        as,
        chat,
        card,
        action,
        values,
        ...(id ? { id } : {}),
      }),
    say: (as: string, chat: string, text: string, mention = false, id?: string) =>
      ask<{ accepted: boolean }>('/playground/api/say', { as, chat, text, mention, ...(id ? { id } : {}) }),
    /** A picture, or what pretends to be one. */
    sendFile: (as: string, chat: string, bytes: Uint8Array, name = 'photo.jpg', type = 'image/jpeg') =>
      ask<{ accepted: boolean }>('/playground/api/say', {
        as,
        chat,
        file: { name, type, base64: Buffer.from(bytes).toString('base64') },
      }),
    clock: (to: { advanceTo: string } | { advanceBy: number | string }) =>
      ask<{ now: string; slotsRun: { campaign: string; kind: string; day: string }[]; waiting: number }>(
        '/playground/api/clock',
        to,
      ),
  };
};

export type PlaygroundClient = ReturnType<typeof playgroundClient>;
