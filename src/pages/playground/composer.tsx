// Where one writes: text with `@` and `/` completion, a photo, a quoted card. Enter sends, Shift+Enter makes a new line,
// `/` anywhere on the page comes here.

import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../look/icon.tsx';
import { sayInChat } from './chat-traffic.ts';
import { type Completion, completionAt, mentionsBot, type Suggestion } from './completion.ts';
import { HintBubble } from './hints.tsx';
import type { Chat } from './model.ts';
import { readPhoto } from './photo.ts';
import { actor, commands, composerDraft, NO_DRAFT } from './state.ts';
import { texts } from './texts.ts';
import { say as toast } from './toasts.tsx';

const TALLEST_PX = 132;

export const Composer = ({ chat }: { readonly chat: Chat }) => {
  const input = useRef<HTMLTextAreaElement>(null);
  const draft = composerDraft(chat.id);
  const { text, photo, quote } = draft.value;
  const completion = useCompletion(chat, input);
  useSlashKey(input);

  useLayoutEffect(() => {
    const area = input.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight + 2, TALLEST_PX)}px`;
  }, [text]);

  const write = (next: string, caret = next.length): void => {
    draft.value = { ...draft.peek(), text: next };
    completion.look(next, caret);
    // After the redraw, so that the caret stands in the new text.
    requestAnimationFrame(() => input.current?.setSelectionRange(caret, caret));
  };

  const take = (suggestion: Suggestion): void => {
    const caret = input.current?.selectionStart ?? text.length;
    const head = text.slice(0, completion.open?.from ?? caret) + suggestion.insert;
    input.current?.focus();
    write(head + text.slice(caret), head.length);
  };

  const send = (): void => {
    const words = text.trim();
    if (words === '' && !photo) return;
    draft.value = NO_DRAFT;
    completion.close();
    void sayInChat(chat.id, {
      text: words,
      mention: mentionsBot(words, texts.bot),
      ...(quote ? { replyTo: quote.messageId } : {}),
      ...(photo ? { file: photo } : {}),
    });
    input.current?.focus();
  };

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    // An input method uses Enter and the arrows itself while it composes (keyCode 229 in old web views).
    if (event.isComposing || event.keyCode === 229) return;
    const suggestion = completion.onKeyDown(event);
    if (suggestion) take(suggestion);
    else if (!event.defaultPrevented && event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };

  const attach = async (file: File): Promise<void> => {
    try {
      draft.value = { ...draft.peek(), photo: await readPhoto(file) };
      input.current?.focus();
    } catch {
      toast(texts.failure.photo, 'refused');
    }
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <HintBubble lesson="press" />
      <HintBubble
        lesson="type"
        onExample={(example) => {
          write(example);
          input.current?.focus();
        }}
      />
      {completion.open && (
        <Suggestions suggestions={completion.open.suggestions} active={completion.active} onTake={take} />
      )}
      {quote && (
        <p class="chip">
          <Icon name="quote" />
          <span class="chip-text">{texts.conversation.quoteOf(quote.title)}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={texts.composer.removeQuote}
            onClick={() => {
              draft.value = { ...draft.value, quote: null };
            }}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
      {photo && (
        <p class="chip">
          <img class="chip-photo" src={`data:${photo.type};base64,${photo.base64}`} alt="" />
          <span class="chip-text">{photo.name}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={texts.composer.removePhoto}
            onClick={() => {
              draft.value = { ...draft.value, photo: null };
            }}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
      <div class="composer-row">
        <label class="icon-button">
          <Icon name="photo" />
          <input
            type="file"
            class="visually-hidden"
            accept="image/*"
            aria-label={texts.composer.photo}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = '';
              if (file) void attach(file);
            }}
          />
        </label>
        {chat.kind === 'group' && (
          <button
            type="button"
            class="text-button composer-mention"
            onClick={() => {
              if (!mentionsBot(text, texts.bot)) write(`${texts.composer.mention} ${text}`);
              input.current?.focus();
            }}
          >
            {texts.composer.mention}
          </button>
        )}
        <textarea
          id="composer"
          class="input composer-input"
          rows={1}
          maxLength={2000}
          ref={input}
          value={text}
          aria-label={texts.composer.label}
          aria-autocomplete="list"
          aria-controls={completion.open ? 'suggestions' : undefined}
          aria-activedescendant={completion.open ? `suggestion-${completion.active}` : undefined}
          enterkeyhint="send"
          placeholder={chat.kind === 'group' ? texts.composer.inGroup : texts.composer.inPrivate}
          onInput={(event) => {
            draft.value = { ...draft.peek(), text: event.currentTarget.value };
            completion.look(event.currentTarget.value, event.currentTarget.selectionStart);
          }}
          onKeyDown={onKeyDown}
          onBlur={completion.close}
        />
        <button type="submit" class="button button-primary" aria-disabled={(text.trim() === '' && !photo) || undefined}>
          {texts.composer.send}
        </button>
      </div>
    </form>
  );
};

const useCompletion = (chat: Chat, input: { readonly current: HTMLTextAreaElement | null }) => {
  const [open, setOpen] = useState<Completion | null>(null);
  const [active, setActive] = useState(0);

  const look = (text: string, caret: number): void => {
    const names = chat.kind === 'group' ? chat.members.filter((one) => one.id !== actor.value?.id) : [];
    setOpen(
      completionAt(text, caret, {
        bot: texts.bot,
        botHint: texts.botTag,
        commands: commands.value,
        names: names.map((member) => member.name),
      }),
    );
    setActive(0);
  };
  const close = (): void => setOpen(null);

  /** The suggestion the key has chosen, if any. A key that was used here is marked as handled. */
  const onKeyDown = (event: KeyboardEvent): Suggestion | null => {
    if (!open) return null;
    const chosen = open.suggestions[active];
    const move = { ArrowDown: 1, ArrowUp: open.suggestions.length - 1 }[event.key];
    const takes = event.key === 'Tab' || event.key === 'Enter';
    // A word that stands there in full already is sent, not completed again.
    if (event.key === 'Enter' && input.current?.value.slice(open.from) === chosen?.insert.trim()) return null;
    if (move !== undefined) setActive((active + move) % open.suggestions.length);
    else if (event.key === 'Escape') close();
    else if (!takes) return null;
    event.preventDefault();
    return takes ? (chosen ?? null) : null;
  };

  return { open, active, look, close, onKeyDown };
};

interface SuggestionsProps {
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly onTake: (suggestion: Suggestion) => void;
}

const Suggestions = ({ suggestions, active, onTake }: SuggestionsProps) => (
  <div class="suggestions" id="suggestions" role="listbox" aria-label={texts.composer.suggestions}>
    {suggestions.map((suggestion, index) => (
      <div
        key={suggestion.insert}
        id={`suggestion-${index}`}
        class="suggestion"
        role="option"
        tabIndex={-1}
        aria-selected={index === active}
        // Before the text box loses the focus.
        onMouseDown={(event) => {
          event.preventDefault();
          onTake(suggestion);
        }}
      >
        <span>{suggestion.label}</span>
        <span class="row-sub">{suggestion.hint}</span>
      </div>
    ))}
  </div>
);

const useSlashKey = (input: { readonly current: HTMLTextAreaElement | null }): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const writing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      const inDialog = event.target instanceof HTMLElement && event.target.closest('[role="dialog"]');
      if (event.key !== '/' || writing || inDialog || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
};
