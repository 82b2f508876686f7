// The page as a whole: clock on top, chats on the left (a drawer on phones), the conversation, and the members on wide desks.

import { useEffect } from 'preact/hooks';
import { Overlay } from '../look/overlay.tsx';
import { ActAs } from './act-as.tsx';
import { begin } from './actions.ts';
import { ChatList } from './chat-list.tsx';
import { ClockBar } from './clock-bar.tsx';
import { Conversation } from './conversation.tsx';
import { listen } from './live.ts';
import { MemberList } from './member-list.tsx';
import { Failure } from './notices.tsx';
import { actor, openChat, panel, start, tokenWanted, unreadTotal } from './state.ts';
import { texts } from './texts.ts';
import { Toasts } from './toasts.tsx';
import { TokenGate } from './token-gate.tsx';

export const App = () => {
  const as = actor.value?.id;
  useEffect(() => (as === undefined ? undefined : listen(as)), [as]);
  useEffect(() => {
    const unread = unreadTotal.value;
    document.title = unread > 0 ? `(${unread}) ${texts.page}` : texts.page;
  }, [unreadTotal.value]);

  if (tokenWanted.value) return <TokenGate />;
  if (start.value.is === 'failed') {
    return <Failure title={texts.failure.start} why={start.value.why} onRetry={() => void begin()} />;
  }
  return (
    <div class="app">
      <h1 class="visually-hidden">{texts.page}</h1>
      <ClockBar />
      <div class="desk">
        <div class="side">
          <ChatList />
        </div>
        <Conversation />
        <aside class="members-column" aria-label={texts.conversation.members}>
          <MemberList />
        </aside>
      </div>
      <Panels />
      <Toasts />
    </div>
  );
};

const closePanel = (): void => {
  panel.value = 'none';
};

const Panels = () => {
  if (panel.value === 'chats') {
    return (
      <Overlay label={texts.chats.title} closeLabel={texts.close} shape="drawer" onClose={closePanel}>
        <ChatList />
      </Overlay>
    );
  }
  if (panel.value === 'act-as') {
    return (
      <Overlay label={texts.actAs.title} closeLabel={texts.close} shape="sheet" onClose={closePanel}>
        <ActAs />
      </Overlay>
    );
  }
  if (panel.value === 'members') {
    const count = openChat.value?.members.length ?? 0;
    return (
      <Overlay
        label={texts.conversation.membersTitle(count)}
        closeLabel={texts.close}
        shape="sheet"
        onClose={closePanel}
      >
        <MemberList />
      </Overlay>
    );
  }
  return null;
};
