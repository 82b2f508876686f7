// What the page knows, as signals. Nothing here talks to the service: `actions.ts` changes it, components read it.

import { computed, type Signal, signal } from '@preact/signals';
import type { Card, Chat, Command, Message, Person, PhotoFile, Stage, Values } from './model.ts';
import { offsetOf } from './time.ts';

export type Load =
  | { readonly is: 'loading' }
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly why: string };
export const LOADING: Load = { is: 'loading' };
export const READY: Load = { is: 'ready' };

export const start = signal<Load>(LOADING);
export const tokenWanted = signal(false);

export const stage = signal<Stage | null>(null);
export const actor = signal<Person | null>(null);
/** An answer for a person one no longer acts as is dropped. */
export const isActor = (id: string): boolean => actor.value?.id === id;
export const favourites = signal<readonly Person[]>([]);
export const commands = signal<readonly Command[]>([]);
export const connection = signal<'live' | 'polling' | 'offline'>('polling');
export const panel = signal<'none' | 'chats' | 'act-as' | 'members'>('none');

/** The service's time when it was last told, and this machine's timer at that moment: the clock runs on in between. */
export const clockBase = signal({ ms: 0, offset: 0, readAt: 0 });
export const timer = signal(0);
export const nowMs = computed(() => clockBase.value.ms + Math.max(0, timer.value - clockBase.value.readAt));
export const clockMoving = signal(false);

export const setClock = (instant: string): void => {
  const readAt = performance.now();
  clockBase.value = { ms: Date.parse(instant), offset: offsetOf(instant), readAt };
  timer.value = readAt;
};

export const chats = signal<readonly Chat[]>([]);
export const chatsLoad = signal<Load>(LOADING);
export const openChatId = signal<string | null>(null);
export const openChat = computed(() => chats.value.find((chat) => chat.id === openChatId.value) ?? null);
export const unreadTotal = computed(() => chats.value.reduce((sum, chat) => sum + (chat.unread ?? 0), 0));

export interface Conversation {
  readonly load: Load;
  readonly messages: readonly Message[];
  readonly next: string | null;
}
export const EMPTY_CONVERSATION: Conversation = { load: LOADING, messages: [], next: null };
export const conversations = signal<Readonly<Record<string, Conversation>>>({});
export const openConversation = computed(() => conversations.value[openChatId.value ?? ''] ?? EMPTY_CONVERSATION);

/** Something said here that the service has not shown back yet. */
export interface Outgoing {
  readonly id: string;
  readonly chat: string;
  readonly text: string;
  readonly mention: boolean;
  readonly replyTo?: string;
  readonly file?: PhotoFile;
  readonly state: 'sending' | 'sent' | 'failed';
  readonly why?: string;
  /** The message it became, once the service has said so. */
  readonly messageId?: string;
}
export const outgoing = signal<readonly Outgoing[]>([]);

export interface Press {
  readonly eventId: string;
  /** The card as it was pressed: once it has changed, a failure is no longer true. */
  readonly card: Card;
  readonly action: string;
  readonly values: Values;
  readonly state: 'waiting' | 'failed';
  readonly why?: string;
}

export interface ComposerDraft {
  readonly text: string;
  readonly photo: PhotoFile | null;
  readonly quote: { readonly messageId: string; readonly title: string } | null;
}

/** One signal for each key, made when first asked for, so that typing in one card does not redraw the others. */
const perKey = <T>(initial: T) => {
  const kept = new Map<string, Signal<T>>();
  return {
    of: (key: string): Signal<T> => {
      const found = kept.get(key) ?? signal(initial);
      kept.set(key, found);
      return found;
    },
    clear: (): void => kept.clear(),
  };
};

export const NO_DRAFT: ComposerDraft = { text: '', photo: null, quote: null };
const cardDrafts = perKey<Values>({});
const cardPresses = perKey<Press | null>(null);
const composerDrafts = perKey<ComposerDraft>(NO_DRAFT);
export const cardDraft = cardDrafts.of;
export const cardPress = cardPresses.of;
export const composerDraft = composerDrafts.of;

export interface Toast {
  readonly id: number;
  readonly tone: 'done' | 'refused';
  readonly text: string;
}
export const toasts = signal<readonly Toast[]>([]);
/** The newest message in words, for screen readers. */
export const announcement = signal('');

/** Another person sees other chats and has filled in nothing yet. */
export const forgetActor = (): void => {
  chats.value = [];
  chatsLoad.value = LOADING;
  openChatId.value = null;
  conversations.value = {};
  outgoing.value = [];
  commands.value = [];
  cardDrafts.clear();
  cardPresses.clear();
  composerDrafts.clear();
};
