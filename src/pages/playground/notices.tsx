// The quiet states: something failed and what to do, nothing here yet, and the shape of what is loading.

import type { ComponentChildren } from 'preact';
import { texts } from './texts.ts';

interface FailureProps {
  readonly title: string;
  readonly why: string;
  readonly onRetry: () => void;
}

export const Failure = ({ title, why, onRetry }: FailureProps) => (
  <div class="notice" role="alert">
    <strong>{title}</strong>
    <span>{why}</span>
    <button type="button" class="button" onClick={onRetry}>
      {texts.retry}
    </button>
  </div>
);

interface EmptyProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

export const Empty = ({ title, children }: EmptyProps) => (
  <div class="notice">
    <strong>{title}</strong>
    {children}
  </div>
);

export const ChatsSkeleton = () => (
  <div role="status" aria-label={texts.loading}>
    {[0, 1, 2, 3, 4].map((row) => (
      <div key={row} class="chat-row" aria-hidden="true">
        <span class="skeleton avatar" />
        <span class="skeleton skeleton-line" />
      </div>
    ))}
  </div>
);

export const MessagesSkeleton = () => (
  <div class="messages-inner" role="status" aria-label={texts.loading}>
    {['tall', 'short', 'own', 'tall'].map((shape, row) => (
      <div key={row} class={`skeleton skeleton-bubble skeleton-${shape}`} aria-hidden="true" />
    ))}
  </div>
);
