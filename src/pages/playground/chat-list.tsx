// The chats of the person one acts as, newest first, with what is unread. On phones it lies in a drawer.

import { openChat, refreshChats } from './actions.ts';
import { Avatar } from './avatar.tsx';
import type { Chat } from './model.ts';
import { ChatsSkeleton, Empty, Failure } from './notices.tsx';
import { actor, chats, chatsLoad, clockBase, conversations, nowMs, openChatId, panel } from './state.ts';
import { texts } from './texts.ts';
import { wallOf } from './time.ts';

export const ChatList = () => (
  <nav class="chat-list" aria-label={texts.chats.title}>
    <ActorButton />
    <ChatRows />
  </nav>
);

const ActorButton = () => {
  const person = actor.value;
  if (!person) return null;
  return (
    <button
      type="button"
      class="actor"
      aria-haspopup="dialog"
      onClick={() => {
        panel.value = 'act-as';
      }}
    >
      <span class="visually-hidden">{texts.actAs.now}：</span>
      <Avatar person={person} />
      <span class="row-text">
        <span class="row-title">{person.name}</span>
        <span class="row-sub">{person.roles[0]?.label ?? person.title}</span>
      </span>
      <span class="actor-change">{texts.actAs.change}</span>
    </button>
  );
};

const ChatRows = () => {
  const load = chatsLoad.value;
  if (load.is === 'loading') return <ChatsSkeleton />;
  if (load.is === 'failed') {
    return <Failure title={texts.failure.chats} why={load.why} onRetry={() => void refreshChats()} />;
  }
  if (chats.value.length === 0) return <Empty title={texts.chats.none}>{texts.chats.noneHow}</Empty>;
  const sorted = [...chats.value].sort((a, b) => lastMs(b) - lastMs(a));
  return (
    <ul class="rows" data-first-focus tabIndex={-1}>
      {sorted.map((chat) => (
        <ChatRow key={chat.id} chat={chat} />
      ))}
    </ul>
  );
};

/** What this page has seen itself is newer than what the list said when it was fetched. */
const lastOf = (chat: Chat): { readonly at: string; readonly text: string } | undefined => {
  const messages = conversations.value[chat.id]?.messages;
  const newest = messages?.[messages.length - 1];
  if (!newest) return chat.last;
  return { at: newest.at, text: newest.card?.title ?? (newest.text || texts.chats.photo) };
};
const lastMs = (chat: Chat): number => {
  const last = lastOf(chat);
  return last ? Date.parse(last.at) : 0;
};

const ChatRow = ({ chat }: { readonly chat: Chat }) => {
  const last = lastOf(chat);
  const unread = chat.unread ?? 0;
  const current = chat.id === openChatId.value;
  return (
    <li>
      <button type="button" class="chat-row" aria-current={current || undefined} onClick={() => void openChat(chat.id)}>
        {chat.kind === 'group' ? (
          <span class="avatar avatar-group" aria-hidden="true">
            {Array.from(chat.title).slice(0, 2).join('')}
          </span>
        ) : (
          <Avatar person={null} />
        )}
        <span class="row-text">
          <span class="row-title">{chat.title}</span>
          <span class="row-sub">{last?.text ?? quiet(chat)}</span>
        </span>
        <span class="row-end">
          <span class="row-sub">{last && shortTime(last.at)}</span>
          {unread > 0 && (
            <span class="badge">
              {unread > 99 ? '99+' : unread}
              <span class="visually-hidden"> {texts.chats.unreadWord}</span>
            </span>
          )}
        </span>
      </button>
    </li>
  );
};

const quiet = (chat: Chat): string =>
  chat.kind === 'group' ? texts.chats.people(chat.members.length) : texts.chats.privateChat;

const shortTime = (at: string): string => {
  const { offset } = clockBase.value;
  const then = wallOf(Date.parse(at), offset);
  return then.day === wallOf(nowMs.value, offset).day ? then.time : then.shortDay;
};
