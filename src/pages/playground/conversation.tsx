// One chat: head, messages with time lines, what is being sent, and the composer. Follows the newest message unless the
// reader has gone up to read.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../look/icon.tsx';
import { moveClock } from './actions.ts';
import { Avatar } from './avatar.tsx';
import { pull } from './chat-traffic.ts';
import { nextSlotOf } from './clock-bar.tsx';
import { Composer } from './composer.tsx';
import { MessageRow, OutgoingRow } from './message.tsx';
import { Empty, Failure, MessagesSkeleton } from './notices.tsx';
import {
  actor,
  chatsLoad,
  clockBase,
  nowMs,
  openChat,
  openConversation,
  outgoing,
  panel,
  stage,
  unreadTotal,
} from './state.ts';
import { texts } from './texts.ts';
import { wallOf } from './time.ts';
import { timelineOf } from './timeline.ts';

const SHOWN_AT_FIRST = 100;

export const Conversation = () => {
  const chat = openChat.value;
  return (
    <main class="conversation">
      <ConversationHead />
      {chat ? <Messages key={chat.id} chatId={chat.id} /> : <NoChat />}
      {chat && <Composer key={`${actor.value?.id} ${chat.id}`} chat={chat} />}
    </main>
  );
};

const NoChat = () => (
  <div class="messages">
    {chatsLoad.value.is === 'loading' ? <MessagesSkeleton /> : <Empty title={texts.conversation.choose} />}
  </div>
);

const ConversationHead = () => {
  const chat = openChat.value;
  const unread = unreadTotal.value;
  const person = actor.value;
  return (
    <div class="conversation-head">
      <button
        type="button"
        class="icon-button phone-only"
        aria-label={unread > 0 ? `${texts.chats.open}，${texts.chats.unread(unread)}` : texts.chats.open}
        onClick={() => {
          panel.value = 'chats';
        }}
      >
        <Icon name="menu" />
        {unread > 0 && <span class="badge badge-corner">{unread > 99 ? '99+' : unread}</span>}
      </button>
      <h2 class="conversation-title">{chat?.title ?? texts.page}</h2>
      {chat && chat.kind === 'group' && (
        <button
          type="button"
          class="text-button narrow-only"
          aria-haspopup="dialog"
          onClick={() => {
            panel.value = 'members';
          }}
        >
          {texts.chats.people(chat.members.length)}
        </button>
      )}
      {person && (
        <button
          type="button"
          class="icon-button phone-only"
          aria-haspopup="dialog"
          aria-label={texts.actAs.button(person.name)}
          onClick={() => {
            panel.value = 'act-as';
          }}
        >
          <Avatar person={person} small />
        </button>
      )}
    </div>
  );
};

const Messages = ({ chatId }: { readonly chatId: string }) => {
  const [limit, setLimit] = useState(SHOWN_AT_FIRST);
  const { load, messages } = openConversation.value;
  const mine = outgoing.value.filter((saying) => saying.chat === chatId && !shownAlready(saying.messageId));
  const newest = mine[mine.length - 1]?.id ?? messages[messages.length - 1]?.id ?? '';
  const scroll = useFollowing(newest, load.is === 'ready', mine.length > 0);

  if (load.is === 'failed') {
    return (
      <div class="messages">
        <Failure title={texts.failure.messages} why={load.why} onRetry={() => void pull(chatId)} />
      </div>
    );
  }
  const hidden = Math.max(0, messages.length - limit);
  return (
    <div class="messages-frame">
      <section
        class="messages"
        ref={scroll.box}
        onScroll={scroll.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable with the keyboard
        tabIndex={0}
        aria-label={texts.conversation.log}
      >
        {load.is === 'loading' && <MessagesSkeleton />}
        {load.is === 'ready' && messages.length + mine.length === 0 && <NothingYet />}
        {load.is === 'ready' && (
          <div class="messages-inner">
            {hidden > 0 && (
              <button type="button" class="text-button" onClick={() => setLimit(limit + SHOWN_AT_FIRST)}>
                {texts.conversation.earlier(hidden)}
              </button>
            )}
            {timelineOf(messages.slice(hidden), clockBase.value.offset).map((item) =>
              item.kind === 'time' ? (
                <p key={item.key} class="time-line">
                  {item.label}
                </p>
              ) : (
                <MessageRow key={item.key} chatId={chatId} message={item.message} />
              ),
            )}
            {mine.map((saying) => (
              <OutgoingRow key={saying.id} saying={saying} />
            ))}
          </div>
        )}
      </section>
      {scroll.behind && (
        <button type="button" class="button fresh" onClick={scroll.toEnd}>
          {texts.conversation.fresh}
          <Icon name="down" />
        </button>
      )}
    </div>
  );
};

const shownAlready = (messageId: string | undefined): boolean =>
  messageId !== undefined && openConversation.value.messages.some((message) => message.id === messageId);

const NothingYet = () => {
  const slot = stage.value?.canMoveClock ? nextSlotOf(stage.value.nextSlots, nowMs.value) : null;
  if (!slot) return <Empty title={texts.conversation.empty}>{texts.conversation.emptyWait}</Empty>;
  const time = wallOf(Date.parse(slot.at), clockBase.value.offset).time;
  return (
    <Empty title={texts.conversation.empty}>
      <span>{texts.conversation.emptyNext(time, slot.label)}</span>
      <button type="button" class="button button-primary" onClick={() => void moveClock(slot.at)}>
        {texts.clock.shortTo(time)}
      </button>
    </Empty>
  );
};

const NEAR_END_PX = 90;

/** Keeps the newest message in view while the reader is at the end; a message taller than the view is shown from its top. */
const useFollowing = (newest: string, ready: boolean, mine: boolean) => {
  const box = useRef<HTMLElement>(null);
  const following = useRef(true);
  const placedAt = useRef(0);
  const [behind, setBehind] = useState(false);

  const toEnd = (): void => {
    const view = box.current;
    const last = view?.querySelector<HTMLElement>('.messages-inner')?.lastElementChild;
    if (!view) return;
    const tall = last instanceof HTMLElement && last.offsetHeight > view.clientHeight - 24;
    view.scrollTop = tall ? last.offsetTop - 12 : view.scrollHeight;
    placedAt.current = view.scrollTop;
    following.current = true;
    setBehind(false);
  };

  useLayoutEffect(() => {
    if (!ready) return;
    if (following.current || mine) toEnd();
    else setBehind(true);
  }, [newest, ready]);

  // Pictures that load late, a card that changes in place, a composer that grows: stay at the end if that is where we are.
  useEffect(() => {
    const view = box.current;
    const inner = view?.querySelector('.messages-inner');
    if (!view || !inner || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      if (following.current && !inner.contains(document.activeElement)) toEnd();
    });
    observer.observe(inner);
    observer.observe(view);
    return () => observer.disconnect();
  }, [ready]);

  const onScroll = (): void => {
    const view = box.current;
    if (!view || Math.abs(view.scrollTop - placedAt.current) < 2) return;
    following.current = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_END_PX;
    if (following.current) setBehind(false);
  };

  return { box, behind, toEnd, onScroll };
};
