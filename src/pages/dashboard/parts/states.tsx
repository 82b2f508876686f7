// What stands where content will be: its shape while it loads, a sentence where there is none, a way on when it failed.

import type { ComponentChildren } from 'preact';
import type { Loaded } from '../state.ts';
import { texts } from '../texts.ts';

export const Skeleton = ({ rows = 4, tall = false }: { readonly rows?: number; readonly tall?: boolean }) => (
  <div class="skeletons" role="status" aria-label={texts.value.loading}>
    {Array.from({ length: rows }, (_, i) => (
      <div key={i} class={`skeleton ${tall ? 'skeleton-tall' : 'skeleton-row'}`} />
    ))}
  </div>
);

export const Empty = ({ children }: { readonly children: ComponentChildren }) => <p class="empty">{children}</p>;

export const Failure = ({ why, onRetry }: { readonly why: string; readonly onRetry: () => void }) => (
  <div class="notice" role="alert">
    <strong>{texts.value.failure.title}</strong>
    <span>{why}</span>
    <button type="button" class="button" onClick={onRetry}>
      {texts.value.retry}
    </button>
  </div>
);

interface LoadedViewProps<T> {
  readonly state: Loaded<T>;
  readonly retry: () => void;
  readonly waiting?: ComponentChildren;
  readonly children: (value: T) => ComponentChildren;
}

export const LoadedView = <T,>({ state, retry, waiting, children }: LoadedViewProps<T>) => {
  if (state.is === 'failed') return <Failure why={state.why} onRetry={retry} />;
  if (state.is === 'loading') return <>{waiting ?? <Skeleton />}</>;
  return <>{children(state.value)}</>;
};
