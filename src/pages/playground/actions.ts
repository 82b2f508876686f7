// What a person can do on the page as a whole: open it, take somebody's place, open a chat, move the clock.
// An answer that arrives after the person has changed the identity is dropped.

import { batch } from '@preact/signals';
import { api, Problem, problemText, useToken } from './api.ts';
import { pull } from './chat-traffic.ts';
import { learn } from './lessons.ts';
import { recall, remember } from './memory.ts';
import type { Chat, Person } from './model.ts';
import * as state from './state.ts';
import { texts } from './texts.ts';
import { wallOf } from './time.ts';
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
  if (state.isActor(person.id)) state.commands.value = commands.items;
};

export const refreshChats = async (preferred: string | null = null): Promise<void> => {
  const as = state.actor.value?.id;
  if (as === undefined) return;
  try {
    const { items } = await api.chats(as);
    if (!state.isActor(as)) return;
    const open = state.openChatId.value;
    state.chats.value = items.map((chat) => (chat.id === open ? { ...chat, unread: 0 } : chat));
    state.chatsLoad.value = state.READY;
    remember('as', state.actor.value);
    if (open === null) {
      const next = items.find((chat) => chat.id === preferred) ?? items.find((chat) => chat.unread) ?? items[0];
      if (next) await openChat(next.id);
    }
  } catch (error) {
    if (!state.isActor(as)) return;
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
