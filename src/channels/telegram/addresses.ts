// Chats in our words: `person:ID`, a group's id, or `GROUP:TOPIC`. A topic of a forum is a chat of its own, bound by itself,
// so that an answer stands where it was asked.

export interface Destination {
  readonly kind: 'group' | 'person';
  /** The id that Telegram's API takes. */
  readonly id: string;
  readonly topic: number | null;
}

const person = /^person:(\d+)$/;
const group = /^(-\d+)(?::(\d+))?$/;

/** Null for what is no chat of Telegram. */
export const readChat = (chat: string): Destination | null => {
  const [, account] = person.exec(chat) ?? [];
  if (account) return { kind: 'person', id: account, topic: null };
  const [, id, topic] = group.exec(chat) ?? [];
  return id ? { kind: 'group', id, topic: topic ? Number(topic) : null } : null;
};

interface WithChat {
  readonly chat: { readonly id: number; readonly type: string };
  readonly message_thread_id?: number | undefined;
  readonly is_topic_message?: boolean | undefined;
}

export const chatOf = (message: WithChat): Destination => {
  const id = String(message.chat.id);
  if (message.chat.type === 'private') return { kind: 'person', id, topic: null };
  // Replies in an ordinary group carry a thread too; only a forum's topics are marked.
  return { kind: 'group', id, topic: (message.is_topic_message && message.message_thread_id) || null };
};

export const nameChat = ({ kind, id, topic }: Destination): string => {
  if (kind === 'person') return `person:${id}`;
  return topic === null ? id : `${id}:${topic}`;
};
