// Speaks the dashboard's routes and nothing else. Reading only, but for sending a message again, a wall's link and the log-out.

import { ask, Problem, query } from '../look/ask.ts';
import type {
  Assignment,
  Compound,
  Delivery,
  Finding,
  FindingStory,
  Inspection,
  LedgerRow,
  Letter,
  Me,
  Page,
  Person,
  Tally,
  Trend,
} from './model.ts';
import { language, texts } from './texts.ts';

const BASE = '/dashboard/api';
const PAGE = 50;

export { Problem };

let csrf = '';
/** Of several campaigns the one that the address names. */
let campaign: string | null = new URLSearchParams(location.search).get('campaign');

/** What `me` said: goes with everything that follows. */
export const remember = (me: Me): void => {
  csrf = me.csrf;
  campaign = me.campaign.id;
};

const headers = (): Record<string, string> => ({
  Accept: 'application/json',
  'Accept-Language': language.value,
  'X-Dudao-Csrf': csrf,
});

type Asked = Readonly<Record<string, string | number | null | undefined>>;

const get = <T>(path: string, asked: Asked = {}): Promise<T> =>
  ask(`${BASE}${path}${query({ campaign, ...asked })}`, { headers: headers() }, texts.value.failure);
const post = <T>(url: string): Promise<T> => ask(url, { method: 'POST', headers: headers() }, texts.value.failure);
const list = <T>(path: string, asked: Asked, after: string | null): Promise<Page<T>> =>
  get(path, { limit: PAGE, ...asked, after });

export const api = {
  me: () => get<Me>('/me'),
  tally: (on: string | null) => get<Tally>('/tally', { on }),
  trend: (on: string | null) => get<Trend>('/trend', { on, days: 30 }),
  compounds: (asked: Asked, after: string | null = null) => list<Compound>('/compounds', asked, after),
  inspections: (asked: Asked, after: string | null = null) =>
    list<Inspection>('/inspections', { order: 'desc', ...asked }, after),
  findings: (asked: Asked, after: string | null = null) => list<Finding>('/findings', asked, after),
  finding: (id: string) => get<FindingStory>(`/findings/${encodeURIComponent(id)}`),
  letters: (asked: Asked, after: string | null = null) => list<Letter>('/letters', asked, after),
  ledger: (asked: Asked, after: string | null = null) => list<LedgerRow>('/ledger', asked, after),
  assignments: (asked: Asked, after: string | null = null) => list<Assignment>('/assignments', asked, after),
  people: (asked: Asked, after: string | null = null) => list<Person>('/people', asked, after),
  deliveries: (asked: Asked, after: string | null = null) =>
    list<Delivery>('/deliveries', { order: 'desc', ...asked }, after),
  resend: (id: string) => post<unknown>(`${BASE}/deliveries/${encodeURIComponent(id)}/resend`),
  wallLink: () => post<{ url: string; minutes: number }>(`${BASE}/wall`),
  logOut: (everywhere: boolean) => post<void>(`/logout${everywhere ? '?everywhere=1' : ''}`),
  stream: (): EventSource | null => (typeof EventSource === 'undefined' ? null : new EventSource(`${BASE}/stream`)),
};
