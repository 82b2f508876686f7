// Loading for views: what was shown stays while it is asked for anew, and lists come in pages.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from './model.ts';
import { type Loaded, turn, whyOf } from './state.ts';

export interface Asked<T> {
  readonly state: Loaded<T>;
  readonly retry: () => void;
}

/** `key` says what is asked for; the same again is asked with each turn, without a flash of emptiness. */
export const useLoaded = <T>(key: string, load: () => Promise<T>): Asked<T> => {
  const [state, setState] = useState<Loaded<T>>({ is: 'loading' });
  const [tries, setTries] = useState(0);
  const shown = useRef('');
  const now = turn.value;
  useEffect(() => {
    let wanted = true;
    if (shown.current !== key) setState({ is: 'loading' });
    load().then(
      (value) => {
        if (!wanted) return;
        shown.current = key;
        setState({ is: 'ready', value });
      },
      (error: unknown) => {
        const why = whyOf(error);
        // Something is shown already: an old figure is better than none.
        if (wanted && shown.current !== key) setState({ is: 'failed', why });
      },
    );
    return () => {
      wanted = false;
    };
  }, [key, now, tries]);
  return { state, retry: () => setTries(tries + 1) };
};

export interface AskedList<T> extends Asked<readonly T[]> {
  /** Null when nothing more will come. */
  readonly more: (() => void) | null;
  readonly loadingMore: boolean;
}

/** A list that grows page by page; a turn renews its first page, and only while no more was asked for. */
export const useList = <T extends object>(
  key: string,
  load: (after: string | null) => Promise<Page<T>>,
): AskedList<T> => {
  const { state, retry } = useLoaded(key, () => load(null));
  const [rest, setRest] = useState<{ key: string; items: readonly T[]; next: string | null } | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const first = state.is === 'ready' ? state.value : null;
  const own = rest?.key === key ? rest : null;
  const next = own ? own.next : (first?.next ?? null);
  const more = (): void => {
    if (next === null || loadingMore) return;
    setLoadingMore(true);
    load(next)
      .then(
        (page) => setRest({ key, items: [...(own?.items ?? first?.items ?? []), ...page.items], next: page.next }),
        whyOf,
      )
      .finally(() => setLoadingMore(false));
  };
  return {
    state: first ? { is: 'ready', value: own?.items ?? first.items } : (state as Loaded<readonly T[]>),
    retry,
    more: next === null ? null : more,
    loadingMore,
  };
};
