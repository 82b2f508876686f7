// Keeps the page current without reload: a stream of hints where it works, a look every two seconds where it does not.
// A hint never carries content; it only says where to look.

import { refreshAll, refreshChats, refreshStage, withChat } from './actions.ts';
import { api } from './api.ts';
import { pull } from './chat-traffic.ts';
import type { LiveEvent } from './model.ts';
import * as state from './state.ts';

const POLL_MS = 2_000;
/** A stream that the service refused outright is not reopened by the browser: try again after so many looks. */
const LOOKS_BEFORE_REOPEN = 15;

/** Listens on behalf of a person until the returned function is called. */
export const listen = (as: string): (() => void) => {
  let source: EventSource | null = null;
  let looks = 0;

  const open = (): void => {
    looks = 0;
    source = api.stream(as);
    if (!source) return;
    source.onopen = () => {
      if (state.connection.value !== 'live') look();
      state.connection.value = 'live';
    };
    source.onerror = () => {
      if (state.connection.value === 'live') state.connection.value = 'polling';
    };
    const onEvent = (event: MessageEvent<string>): void => follow(JSON.parse(event.data) as LiveEvent);
    for (const type of ['message', 'clock', 'unread']) source.addEventListener(type, onEvent);
  };

  const look = (): void => {
    refreshAll().then(
      () => {
        if (state.connection.value === 'offline') state.connection.value = 'polling';
      },
      () => {
        state.connection.value = 'offline';
      },
    );
  };

  const interval = setInterval(() => {
    if (state.connection.value === 'live' || document.hidden) return;
    looks += 1;
    if (looks % LOOKS_BEFORE_REOPEN === 0 && source?.readyState === EventSource.CLOSED) open();
    look();
  }, POLL_MS);

  state.connection.value = 'polling';
  open();
  return () => {
    clearInterval(interval);
    source?.close();
  };
};

const follow = (event: LiveEvent): void => {
  if (event.type === 'clock') {
    state.setClock(event.now);
    inBackground(refreshStage());
  } else if (event.type === 'unread') {
    if (event.chat !== state.openChatId.value) {
      state.chats.value = withChat(event.chat, (chat) => ({ ...chat, unread: event.unread }));
    }
  } else if (event.chat === state.openChatId.value) {
    inBackground(pull(event.chat));
  } else {
    inBackground(refreshChats());
  }
};

/** A hint that could not be followed is made good by the next one or by the next look. */
const inBackground = (work: Promise<void>): void => {
  work.catch(() => {
    state.connection.value = 'polling';
  });
};
