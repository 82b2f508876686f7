// One message as a bubble: who, and text, picture or card. Own ones stand on the right; those on their way say so.

import { Icon } from '../look/icon.tsx';
import { Avatar } from './avatar.tsx';
import { CardView } from './card.tsx';
import { sendOutgoing } from './chat-traffic.ts';
import { Linked } from './linked.tsx';
import type { Message } from './model.ts';
import { actor, composerDraft, type Outgoing } from './state.ts';
import { texts } from './texts.ts';

interface MessageRowProps {
  readonly chatId: string;
  readonly message: Message;
}

export const MessageRow = ({ chatId, message }: MessageRowProps) => {
  const person = message.from === 'bot' ? null : message.from;
  const own = person !== null && person.id === actor.value?.id;
  const name = person?.name ?? texts.bot;
  return (
    <article class={`message ${own ? 'message-own' : ''}`} data-message={message.id}>
      <Avatar person={person} />
      <div class="message-body">
        <p class={own ? 'visually-hidden' : 'message-from'}>
          {own ? texts.conversation.you : name}
          {!person && <span class="tag">{texts.botTag}</span>}
        </p>
        {message.image && <img class="photo" src={message.image} alt={texts.conversation.photo(name)} loading="lazy" />}
        {message.text && (
          <p class="bubble">
            <Linked text={message.text} />
          </p>
        )}
        {message.card && <CardView chatId={chatId} card={message.card} onQuote={() => quote(chatId, message)} />}
      </div>
    </article>
  );
};

const quote = (chatId: string, message: Message): void => {
  const draft = composerDraft(chatId);
  draft.value = { ...draft.value, quote: { messageId: message.id, title: message.card?.title ?? message.text ?? '' } };
  document.getElementById('composer')?.focus();
};

export const OutgoingRow = ({ saying }: { readonly saying: Outgoing }) => {
  const person = actor.value;
  if (!person) return null;
  return (
    <article class="message message-own">
      <Avatar person={person} />
      <div class="message-body">
        <p class="visually-hidden">{texts.conversation.you}</p>
        {saying.file && (
          <img class="photo" src={`data:${saying.file.type};base64,${saying.file.base64}`} alt={saying.file.name} />
        )}
        {saying.text !== '' && (
          <p class="bubble">
            <Linked text={saying.text} />
          </p>
        )}
        {saying.state === 'sending' && <p class="message-state">{texts.composer.sending}</p>}
        {saying.state === 'failed' && (
          <p class="message-state message-failed" role="alert">
            <Icon name="warning" />
            <span>
              {texts.composer.failed}：{saying.why}
            </span>
            <button type="button" class="text-button" onClick={() => void sendOutgoing(saying.id)}>
              {texts.retry}
            </button>
          </p>
        )}
      </div>
    </article>
  );
};
