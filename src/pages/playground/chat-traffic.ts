// The traffic of a chat: fetching what is new, pressing buttons, saying things. What came back goes into the state.
// An answer that arrives after the person has changed the identity is dropped.

import { batch } from '@preact/signals';
import { api, Problem, problemText, type Saying } from './api.ts';
import { newEventId } from './event-id.ts';
import { learn } from './lessons.ts';
import { type Action, type Card, type Message, type PhotoFile, senderId, type Values } from './model.ts';
import * as state from './state.ts';
import { texts } from './texts.ts';
import { mergeMessages } from './timeline.ts';
import { say as toast } from './toasts.tsx';

const pulling = new Set<string>();
const pullAgain = new Set<string>();

/**
 * Fetches what is new in a chat. Asked again while it is at it, it goes round once more instead of running twice.
 * Never rejects: a first fetch that fails is shown in the chat, a later one is made good by the next.
 */
export const pull = async (chat: string): Promise<void> => {
  const as = state.actor.value?.id;
  if (as === undefined) return;
  const key = `${as} ${chat}`;
  if (pulling.has(key)) {
    pullAgain.add(key);
    return;
  }
  pulling.add(key);
  const known = state.conversations.value[chat];
  if (known?.load.is === 'failed') setConversation(chat, { ...known, load: state.LOADING });
  try {
    do {
      pullAgain.delete(key);
      await pullNew(as, chat);
    } while (pullAgain.has(key) && state.isActor(as));
  } catch (error) {
    if (state.isActor(as)) failConversation(chat, error);
  } finally {
    pulling.delete(key);
    pullAgain.delete(key);
  }
};

const pullNew = async (as: string, chat: string): Promise<void> => {
  let more = true;
  while (more) {
    const known = state.conversations.value[chat] ?? state.EMPTY_CONVERSATION;
    const page = await api.messages(chat, as, known.next);
    if (!state.isActor(as)) return;
    const seen = new Set(known.messages.map((message) => message.id));
    const fresh = page.items.filter((message) => !seen.has(message.id));
    more = page.items.length > 0 && page.next !== known.next;
    batch(() => {
      setConversation(chat, {
        load: more && known.load.is !== 'ready' ? known.load : state.READY,
        messages: mergeMessages(known.messages, page.items),
        next: page.next,
      });
      dropShown(fresh, as);
      if (known.load.is === 'ready') announceFresh(fresh, as);
    });
  }
};

const setConversation = (chat: string, conversation: state.Conversation): void => {
  state.conversations.value = { ...state.conversations.value, [chat]: conversation };
};

const failConversation = (chat: string, error: unknown): void => {
  const known = state.conversations.value[chat] ?? state.EMPTY_CONVERSATION;
  if (known.load.is !== 'ready') setConversation(chat, { ...known, load: { is: 'failed', why: problemText(error) } });
};

/** What the service shows back need not be shown as outgoing any more, even if it came before the answer to the call. */
const dropShown = (fresh: readonly Message[], as: string): void => {
  const isShown = (saying: state.Outgoing): boolean =>
    fresh.some((message) =>
      saying.messageId
        ? message.id === saying.messageId
        : senderId(message) === as && (message.text ?? '') === saying.text,
    );
  const left = state.outgoing.value.filter((saying) => saying.state === 'failed' || !isShown(saying));
  if (left.length < state.outgoing.value.length) state.outgoing.value = left;
};

const announceFresh = (fresh: readonly Message[], as: string): void => {
  const newest = fresh.filter((message) => message.from === 'bot' || message.from.id !== as).pop();
  if (!newest) return;
  const who = newest.from === 'bot' ? texts.bot : newest.from.name;
  state.announcement.value = `${who}：${newest.card?.title ?? newest.text ?? texts.chats.photo}`;
};

/** Presses a button. After a call that nobody answered, the same press keeps its id, so that it cannot count twice. */
export const press = async (chat: string, card: Card, action: Action, values: Values): Promise<void> => {
  const as = state.actor.value?.id;
  const slot = state.cardPress(card.id);
  const before = slot.value;
  if (as === undefined || before?.state === 'waiting') return;
  const repeats = before?.action === action.id && JSON.stringify(before.values) === JSON.stringify(values);
  const attempt = { card, eventId: repeats ? before.eventId : newEventId(), action: action.id, values };
  slot.value = { ...attempt, state: 'waiting' };
  try {
    const answer = await api.press({ id: attempt.eventId, as, chat, card: card.id, action: action.id, values });
    if (!state.isActor(as)) return;
    batch(() => {
      slot.value = null;
      if (answer.card) {
        replaceCard(chat, card.id, answer.card);
        if (answer.accepted) state.cardDraft(card.id).value = {};
      }
      if (answer.accepted) learn('press');
      if (answer.toast) toast(answer.toast, answer.accepted ? 'done' : 'refused');
    });
    await pull(chat);
  } catch (error) {
    if (!state.isActor(as)) return;
    const unreachable = error instanceof Problem && error.unreachable;
    slot.value = {
      ...attempt,
      eventId: unreachable ? attempt.eventId : newEventId(),
      state: 'failed',
      why: problemText(error),
    };
  }
};

const replaceCard = (chat: string, cardId: string, card: Card): void => {
  const known = state.conversations.value[chat];
  if (!known) return;
  const messages = known.messages.map((message) => (message.card?.id === cardId ? { ...message, card } : message));
  setConversation(chat, { ...known, messages });
};

interface Words {
  readonly text: string;
  readonly mention: boolean;
  readonly replyTo?: string;
  readonly file?: PhotoFile;
}

/** Says something in a chat. It is shown at once and marked until the service has it. */
export const sayInChat = async (chat: string, words: Words): Promise<void> => {
  const id = newEventId();
  state.outgoing.value = [...state.outgoing.value, { ...words, id, chat, state: 'sending' }];
  await sendOutgoing(id);
};

/** Sends a waiting or failed saying, under the id it was born with. */
export const sendOutgoing = async (id: string): Promise<void> => {
  const as = state.actor.value?.id;
  const saying = state.outgoing.value.find((waiting) => waiting.id === id);
  if (as === undefined || !saying) return;
  changeOutgoing(id, { state: 'sending' });
  const { chat, text, mention, replyTo, file } = saying;
  const body: Saying = { id, as, chat, text, mention, ...(replyTo ? { replyTo } : {}), ...(file ? { file } : {}) };
  try {
    const { accepted, message } = await api.say(body);
    if (!state.isActor(as)) return;
    if (!accepted && !message) {
      changeOutgoing(id, { state: 'failed', why: texts.failure.refused });
      return;
    }
    learn('type');
    const shown = state.conversations.value[chat]?.messages.some((known) => known.id === message?.id);
    if (message && !shown) changeOutgoing(id, { state: 'sent', messageId: message.id });
    else state.outgoing.value = state.outgoing.value.filter((waiting) => waiting.id !== id);
    await pull(chat);
  } catch (error) {
    if (state.isActor(as)) changeOutgoing(id, { state: 'failed', why: problemText(error) });
  }
};

const changeOutgoing = (id: string, change: Partial<state.Outgoing>): void => {
  state.outgoing.value = state.outgoing.value.map((saying) => (saying.id === id ? { ...saying, ...change } : saying));
};
