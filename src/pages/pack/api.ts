// Speaks the routes of the pack page.

import { ask, Problem, query } from '../look/ask.ts';
import type { Checked, Me, Pack, Present, Published } from './model.ts';
import { language, texts } from './texts.ts';

const BASE = '/dashboard/api';

export { Problem };

let csrf = '';
let campaign: string | null = new URLSearchParams(location.search).get('campaign');

/** What `me` said: goes with everything that follows. */
export const remember = (me: Me): void => {
  csrf = me.csrf;
  campaign = me.campaign.id;
};

const headers = (): Record<string, string> => ({
  Accept: 'application/json',
  'Accept-Language': language.value,
  'Content-Type': 'application/json',
  'X-Dudao-Csrf': csrf,
});

const get = <T>(path: string): Promise<T> =>
  ask(`${BASE}${path}${query({ campaign })}`, { headers: headers() }, texts.value.failure);
const post = <T>(path: string, body: object): Promise<T> =>
  ask(
    `${BASE}${path}${query({ campaign })}`,
    { method: 'POST', headers: headers(), body: JSON.stringify(body) },
    texts.value.failure,
  );

export const api = {
  me: () => get<Me>('/me'),
  present: () => get<Present>('/pack'),
  check: (body: Pack) => post<Checked>('/pack/check', { body }),
  /** `base` = the version that was edited: refused as stale if there is a newer one. */
  publish: (body: Pack, base: number, from: string) => post<Published>('/pack/publish', { body, base, from }),
};
