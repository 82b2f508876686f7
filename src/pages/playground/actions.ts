// What a person can do on the page: each verb calls the service and puts what came back into the state.
// An answer that arrives after the person has changed the identity is dropped.

import { batch } from '@preact/signals';
import { api, Problem, problemText, type Saying, useToken } from './api.ts';
import { newEventId } from './event-id.ts';
import { learn } from './lessons.ts';
import { recall, remember } from './memory.ts';
import type { Action, Card, Chat, Message, Person, PhotoFile, Values } from './model.ts';
import * as state from './state.ts';
import { texts } from './texts.ts';
import { wallOf } from './time.ts';
import { mergeMessages } from './timeline.ts';
import { say as toast } from './toasts.tsx';

const FAVOURITES = 12;

/** Opens the page: what the playground is, and the identity of the last visit or else the first usual one. */
export const begin = async (): Promise<void> => {
  state.start.value = state.LOADING;
  try {
    await refreshStage();
    const people = (await api.people('', FAVOURITES)).items;
    state.favourites.value = people;
    const known = recall<Person>('as');
    const first = known ?? people[0];
    state.start.value = state.READY;
    if (first) await actAs(first);
  } catch (error) {
    state.tokenWanted.value = error instanceof Problem && error.status === 401;
    state.start.value = { is: 'failed', why: problemText(error) };
  }
};

export const enterToken = async (token: string): Promise<void> => {
  useToken(token);
  state.tokenWanted.value = false;
  await begin();
};

export const refreshStage = async (): Promise<void> => {
  const stage = await api.stage();
  batch(() => {
    state.stage.value = stage;
    state.setClock(stage.now);
  });
};

/** Takes another person's place; `keepChat` stays in the open chat where that person is in it too. */
export const actAs = async (person: Person, keepChat: string | null = null): Promise<void> => {
  batch(() => {
    state.forgetActor();
    state.actor.value = person;
    state.panel.value = 'none';
  });
  await refreshChats(keepChat);
  const commands = await api.commands(person.id).catch(() => ({ items: [] }));
  if (isActor(person.id)) state.commands.value = commands.items;
};

const isActor = (id: string): boolean => state.actor.value?.id === id;

export const refreshChats = async (preferred: string | null = null): Promise<void> => {
  const as = state.actor.value?.id;
  if (as === undefined) return;
  try {
    const { items } = await api.chats(as);
    if (!isActor(as)) return;
    const open = state.openChatId.value;
    state.chats.value = items.map((chat) => (chat.id === open ? { ...chat, unread: 0 } : chat));
    state.chatsLoad.value = state.READY;
    remember('as', state.actor.value);
    if (open === null) {
      const next = items.find((chat) => chat.id === preferred) ?? items.find((chat) => chat.unread) ?? items[0];
      if (next) await openChat(next.id);
    }
  } catch (error) {
    if (!isActor(as)) return;
    if (forgottenPerson(error, as)) return;
    if (state.chatsLoad.value.is !== 'ready') state.chatsLoad.value = { is: 'failed', why: problemText(error) };
    else throw error;
  }
};

/** The identity kept from an earlier visit may belong to another database: then the first usual one takes its place. */
const forgottenPerson = (error: unknown, as: string): boolean => {
  const first = state.favourites.value[0];
  const refused = error instanceof Problem && error.status >= 400 && error.status < 500;
  if (!refused || !first || first.id === as) return false;
  void actAs(first);
  return true;
};

export const openChat = async (chat: string): Promise<void> => {
  batch(() => {
    state.openChatId.value = chat;
    state.panel.value = 'none';
    state.chats.value = withChat(chat, (known) => ({ ...known, unread: 0 }));
  });
  await pull(chat);
};

export const withChat = (id: string, change: (chat: Chat) => Chat): readonly Chat[] =>
  state.chats.value.map((chat) => (chat.id === id ? change(chat) : chat));

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
    } while (pullAgain.has(key) && isActor(as));
  } catch (error) {
    if (isActor(as)) failConversation(chat, error);
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
    if (!isActor(as)) return;
    const seen = new Set(known.messages.map((message) => message.id));
    const fresh = page.items.filter((message) => !seen.has(message.id));
    more = page.items.length > 0 && page.next !== known.next;
    batch(() => {
      setConversation(chat, {
        load: more && known.load.is !== 'ready' ? known.load : state.READY,
        messages: mergeMessages(known.messages, page.items),
        next: page.next,
      });
      dropShown(page.items);
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

const dropShown = (shown: readonly Message[]): void => {
  const ids = new Set(shown.map((message) => message.id));
  const left = state.outgoing.value.filter((saying) => !saying.messageId || !ids.has(saying.messageId));
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
  const attempt = { eventId: repeats ? before.eventId : newEventId(), action: action.id, values };
  slot.value = { ...attempt, state: 'waiting' };
  try {
    const answer = await api.press({ id: attempt.eventId, as, chat, card: card.id, action: action.id, values });
    if (!isActor(as)) return;
    batch(() => {
      slot.value = null;
      if (answer.card) replaceCard(chat, card.id, answer.card);
      if (answer.accepted) {
        state.cardDraft(card.id).value = {};
        learn('press');
      }
      if (answer.toast) toast(answer.toast, answer.accepted ? 'done' : 'refused');
    });
    await pull(chat);
  } catch (error) {
    if (!isActor(as)) return;
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
    const { message } = await api.say(body);
    if (!isActor(as)) return;
    learn('type');
    if (message) {
      changeOutgoing(id, { state: 'sent', messageId: message.id });
      const shown = state.conversations.value[chat]?.messages ?? [];
      dropShown(shown.filter((known) => known.id === message.id));
    } else {
      state.outgoing.value = state.outgoing.value.filter((waiting) => waiting.id !== id);
    }
    await pull(chat);
  } catch (error) {
    if (isActor(as)) changeOutgoing(id, { state: 'failed', why: problemText(error) });
  }
};

const changeOutgoing = (id: string, change: Partial<state.Outgoing>): void => {
  state.outgoing.value = state.outgoing.value.map((saying) => (saying.id === id ? { ...saying, ...change } : saying));
};

/** Moves the clock and shows which slots ran on the way. */
export const moveClock = async (instant: string): Promise<void> => {
  if (state.clockMoving.value) return;
  state.clockMoving.value = true;
  try {
    const move = await api.advanceTo(instant);
    state.setClock(move.now);
    const wall = wallOf(state.clockBase.value.ms, state.clockBase.value.offset);
    const ran = Array.from(new Set(move.slotsRun.map((slot) => texts.slots[slot.kind] ?? slot.kind)));
    toast(
      texts.clock.moved(`${wall.dayText}${wall.time}`) +
        (ran.length > 0 ? texts.clock.ran(ran.join('、')) : '') +
        (move.waiting > 0 ? texts.clock.waiting(move.waiting) : ''),
      'done',
    );
    learn('clock');
    await refreshAll();
  } catch (error) {
    toast(problemText(error), 'refused');
  } finally {
    state.clockMoving.value = false;
  }
};

/** Everything that may have changed elsewhere. Rejects when the service cannot be reached. */
export const refreshAll = async (): Promise<void> => {
  await Promise.all([refreshStage(), refreshChats(), state.openChatId.value ? pull(state.openChatId.value) : null]);
};
