// Short answers below the head of the page, one at a time, read out by screen readers. Refusals stay longer.

import { Icon } from '../look/icon.tsx';
import { announcement, type Toast, toasts } from './state.ts';
import { texts } from './texts.ts';

const SHOWN_MS: Readonly<Record<Toast['tone'], number>> = { done: 4_000, refused: 9_000 };
let lastId = 0;

export const say = (text: string, tone: Toast['tone']): void => {
  lastId += 1;
  const id = lastId;
  toasts.value = [{ id, tone, text }];
  setTimeout(() => dismiss(id), SHOWN_MS[tone]);
};

const dismiss = (id: number): void => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
};

export const Toasts = () => (
  <>
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div key={toast.id} class={`toast toast-${toast.tone}`}>
          <Icon name={toast.tone === 'done' ? 'check' : 'warning'} />
          <span>{toast.text}</span>
          <button type="button" class="icon-button" aria-label={texts.close} onClick={() => dismiss(toast.id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
    <div class="visually-hidden" role="log" aria-live="polite">
      {announcement.value}
    </div>
  </>
);
