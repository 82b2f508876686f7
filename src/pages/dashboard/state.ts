// What the whole dashboard knows: who is looking, where, at which day, and whether something changed since.

import { computed, signal } from '@preact/signals';
import { api, Problem, remember } from './api.ts';
import type { Me } from './model.ts';
import { type Place, readPlace, type ViewName, writePlace } from './place.ts';
import { texts } from './texts.ts';

export type Loaded<T> =
  | { readonly is: 'loading' }
  | { readonly is: 'ready'; readonly value: T }
  | { readonly is: 'failed'; readonly why: string };

export const me = signal<Loaded<Me>>({ is: 'loading' });
/** The session ended meanwhile. */
export const over = signal<string | null>(null);
export const place = signal<Place>(readPlace(location.hash));
/** Goes up with each hint that something changed: what is shown is asked for anew. */
export const turn = signal(0);
export const connected = signal(true);

/** The past day that figures are shown of; null = live. */
export const on = computed(() => place.value.query.on ?? null);

export const whyOf = (error: unknown): string => {
  if (error instanceof Problem) {
    if (error.code === 'no-session') over.value = error.message;
    return error.message;
  }
  return texts.value.failure.bug;
};

export const begin = async (): Promise<void> => {
  const before = me.value;
  if (before.is === 'failed') me.value = { is: 'loading' };
  try {
    const value = await api.me();
    remember(value);
    me.value = { is: 'ready', value };
  } catch (error) {
    const why = whyOf(error);
    // What was known is shown on until it can be asked again.
    if (before.is !== 'ready') me.value = { is: 'failed', why };
  }
};

/** An address that keeps the day one is looking at. */
export const to = (view: ViewName, id = '', query: Readonly<Record<string, string | null | undefined>> = {}): string =>
  writePlace(view, id, { on: on.value, ...query });

export const go = (address: string): void => {
  location.hash = address;
};

const CHANGE_MS = 2_000;
const POLL_MS = 30_000;

/** Follows the address and the hints; never ends. */
export const follow = (): void => {
  addEventListener('hashchange', () => {
    place.value = readPlace(location.hash);
    scrollTo(0, 0);
  });
  let waiting = false;
  const changed = (): void => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      // What is shown of a past day does not change.
      if (!document.hidden && on.value === null) turn.value += 1;
    }, CHANGE_MS);
  };
  const source = api.stream();
  if (source) {
    source.addEventListener('changed', changed);
    source.onopen = () => {
      if (!connected.value) changed();
      connected.value = true;
    };
    source.onerror = () => {
      connected.value = false;
    };
  }
  // Where the stream does not get through, and for what time alone changes.
  setInterval(changed, POLL_MS);
};
