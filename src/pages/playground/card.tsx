// A live card: title, lines, fields, actions and its state. It changes in place with a short fade and keeps what was
// filled in until the service has accepted it. Nothing is chosen beforehand.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../look/icon.tsx';
import { CardLines } from './card-lines.tsx';
import { press } from './chat-traffic.ts';
import { FieldView } from './field.tsx';
import type { Action, Card, Field, Values } from './model.ts';
import { cardDraft, cardPress } from './state.ts';
import { texts } from './texts.ts';

/** Actions that answer the card: only they need its required fields. */
const ANSWERING = new Set(['all_ok', 'has_exceptions', 'submit', 'sign', 'report_fix', 'verify', 'reopen']);
/** Letters are read, not skimmed: their lines are never folded. */
const READ_WHOLE = new Set(['letter']);

const FADE_MS = 220;

interface CardViewProps {
  readonly chatId: string;
  readonly card: Card;
  readonly onQuote: () => void;
}

export const CardView = ({ chatId, card, onQuote }: CardViewProps) => {
  const [missing, setMissing] = useState<Field | null>(null);
  const box = useRef<HTMLElement>(null);
  const draft = cardDraft(card.id);
  const pressed = cardPress(card.id).value;
  const values = stillOffered(draft.value, card.fields);
  // Two taps may come between two renderings: the second must see what the first filled in.
  const current = (): Values => stillOffered(draft.peek(), card.fields);
  const waiting = pressed?.state === 'waiting';
  const failed = pressed?.state === 'failed' && pressed.card === card;
  useProblemInView(box, failed);
  useChangeInPlace(box, JSON.stringify(card));

  const onAction = (action: Action): void => {
    if (waiting) return;
    const filled = current();
    const gap = ANSWERING.has(action.id) ? card.fields.find((field) => field.required && !filled[field.id]) : undefined;
    setMissing(gap ?? null);
    if (gap) box.current?.querySelector<HTMLElement>(`[name="${card.id}.${gap.id}"]`)?.focus();
    else void press(chatId, card, action, filled);
  };

  const fill = (field: Field, value: string | readonly string[]): void => {
    const { [field.id]: _, ...others } = current();
    draft.value = value.length === 0 ? others : { ...others, [field.id]: value };
    if (missing?.id === field.id) setMissing(null);
  };

  return (
    <section
      class={`card card-${card.state}`}
      data-card={card.id}
      aria-labelledby={`title-${card.id}`}
      aria-busy={waiting || undefined}
      tabIndex={-1}
      ref={box}
    >
      <div class="card-head">
        <h3 id={`title-${card.id}`}>{card.title}</h3>
        {card.state === 'open' && (
          <button
            type="button"
            class="icon-button card-quote"
            aria-label={texts.conversation.quoteOf(card.title)}
            title={texts.conversation.quote}
            onClick={onQuote}
          >
            <Icon name="quote" />
          </button>
        )}
      </div>
      <CardLines lines={card.lines} kind={card.kind} whole={READ_WHOLE.has(card.kind)} />
      {card.state === 'open' &&
        card.fields.map((field) => (
          <FieldView
            key={field.id}
            cardId={card.id}
            field={field}
            value={values[field.id]}
            missing={missing?.id === field.id}
            onFill={(value) => fill(field, value)}
          />
        ))}
      {card.state !== 'closed' && card.actions.length > 0 && (
        <div class="card-actions">
          {card.actions.map((action) => (
            <ActionButton
              key={action.id}
              action={action}
              waiting={waiting}
              chosen={waiting && pressed.action === action.id}
              onPress={() => onAction(action)}
            />
          ))}
        </div>
      )}
      {failed && (
        <p class="card-problem" role="alert">
          <Icon name="warning" />
          <span>{pressed.why}</span>
        </p>
      )}
      <CardState card={card} />
    </section>
  );
};

interface ActionButtonProps {
  readonly action: Action;
  readonly waiting: boolean;
  readonly chosen: boolean;
  readonly onPress: () => void;
}

const ActionButton = ({ action, waiting, chosen, onPress }: ActionButtonProps) => {
  const look = `button button-${action.style ?? 'plain'}`;
  if (action.url) {
    return (
      <a class={look} href={action.url} target="_blank" rel="noopener noreferrer">
        {action.label}
      </a>
    );
  }
  // aria-disabled, not disabled: the keyboard keeps its place while the answer is on its way.
  return (
    <button type="button" class={look} aria-disabled={waiting || undefined} onClick={onPress}>
      {chosen && <span class="spinner" />}
      {chosen ? texts.card.waiting : action.label}
    </button>
  );
};

const CardState = ({ card }: { readonly card: Card }) => {
  if (card.state === 'open' && !card.stateText) return null;
  const fallback = card.state === 'answered' ? texts.card.answered : texts.card.closed;
  const icon = { open: 'clock', answered: 'check', closed: 'stop' } as const;
  return (
    <p class={`card-state card-state-${card.state}`}>
      <Icon name={icon[card.state]} />
      <span>{card.stateText ?? fallback}</span>
    </p>
  );
};

/** What was filled in, without options that the card no longer offers (a colleague may have taken the compound). */
const stillOffered = (values: Values, fields: readonly Field[]): Values => {
  const kept: Record<string, string | readonly string[]> = {};
  for (const field of fields) {
    const value = values[field.id];
    if (value === undefined) continue;
    const offered = (id: string): boolean => (field.options ?? []).some((option) => option.id === id);
    if (field.kind === 'text') kept[field.id] = value;
    else if (typeof value === 'string') {
      if (offered(value)) kept[field.id] = value;
    } else if (value.some(offered)) kept[field.id] = value.filter(offered);
  }
  return kept;
};

/** A problem below the fold would look like a press that did nothing. */
const useProblemInView = (box: { readonly current: HTMLElement | null }, failed: boolean): void => {
  useLayoutEffect(() => {
    if (failed) box.current?.querySelector('.card-problem')?.scrollIntoView({ block: 'nearest' });
  }, [failed]);
};

/** Fades the changed card in, and keeps the keyboard in it when the pressed button is gone. */
const useChangeInPlace = (box: { readonly current: HTMLElement | null }, version: string): void => {
  const shown = useRef(version);
  const hadFocus = useRef(false);
  hadFocus.current = box.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (shown.current === version) return;
    shown.current = version;
    const element = box.current;
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
      element?.animate?.([{ opacity: 0.35 }, { opacity: 1 }], { duration: FADE_MS, easing: 'ease-out' });
    }
    if (hadFocus.current && !element?.contains(document.activeElement)) element?.focus();
  }, [version]);
};
