// What the page knows: the pack as it is published, the draft that is edited, and what the service says about the draft. The
// draft is kept on this device until it is published or thrown away.

import { computed, signal } from '@preact/signals';
import { api, Problem, remember } from './api.ts';
import { type Path, valueAt, withValue } from './edit.ts';
import type { Checked, Me, Pack, Present, Published } from './model.ts';
import { texts } from './texts.ts';

type Loaded<T> =
  | { readonly is: 'loading' }
  | { readonly is: 'ready'; readonly value: T }
  | { readonly is: 'failed'; readonly why: string };

export const start = signal<Loaded<{ readonly me: Me; readonly present: Present }>>({ is: 'loading' });
export const draft = signal<Pack | null>(null);
export const checked = signal<Checked | null>(null);
/** The check of the last change is on its way. */
export const checking = signal(false);
/** Why the last check did not come. */
export const trouble = signal<string | null>(null);
export const published = signal<Published | null>(null);

export type SectionName = 'basics' | 'dates' | 'slots' | 'checklists' | 'letters';
export const section = signal<SectionName>('basics');
/** Which card is shown beside it; null = the section's own. */
export const sample = signal<string | null>(null);
export const channel = signal('playground');

const presentBody = computed(() => (start.value.is === 'ready' ? start.value.value.present.body : null));
export const changed = computed(
  () => draft.value !== null && JSON.stringify(draft.value) !== JSON.stringify(presentBody.value),
);
export const faultAt = computed(() => new Map((checked.value?.faults ?? []).map(({ path, reason }) => [path, reason])));
export const noteAt = computed(() => new Map((checked.value?.notes ?? []).map(({ path, reason }) => [path, reason])));

export const whyOf = (error: unknown): string => (error instanceof Problem ? error.message : texts.value.failure.bug);

const keyOf = (body: Pack, version: number): string => `dudao.pack.${body.plan.id}.${version}`;

const kept = (key: string): Pack | null => {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as Pack);
  } catch {
    return null;
  }
};

const keep = (): void => {
  if (start.value.is !== 'ready' || draft.value === null) return;
  const { present } = start.value.value;
  try {
    if (changed.value) localStorage.setItem(keyOf(present.body, present.version), JSON.stringify(draft.value));
    else localStorage.removeItem(keyOf(present.body, present.version));
  } catch {
    // Without storage the draft lives as long as the page.
  }
};

export const begin = async (): Promise<void> => {
  start.value = { is: 'loading' };
  try {
    const me = await api.me();
    remember(me);
    const present = await api.present();
    start.value = { is: 'ready', value: { me, present } };
    draft.value = kept(keyOf(present.body, present.version)) ?? present.body;
    await check();
  } catch (error) {
    start.value = { is: 'failed', why: whyOf(error) };
  }
};

const WAIT_MS = 350;
let waiting: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

export const check = async (): Promise<void> => {
  const body = draft.value;
  if (!body) return;
  asked += 1;
  const turn = asked;
  checking.value = true;
  try {
    const answer = await api.check(body);
    // A later change has asked again.
    if (turn !== asked) return;
    checked.value = answer.samples.length > 0 ? answer : { ...answer, samples: checked.value?.samples ?? [] };
    trouble.value = null;
  } catch (error) {
    if (turn === asked) trouble.value = whyOf(error);
  }
  if (turn === asked) checking.value = false;
};

export const change = (next: Pack): void => {
  draft.value = next;
  published.value = null;
  checking.value = true;
  keep();
  clearTimeout(waiting);
  waiting = setTimeout(() => void check(), WAIT_MS);
};

export const read = (path: Path): unknown => valueAt(draft.value, path);
export const write = (path: Path, value: unknown): void => {
  if (draft.value) change(withValue(draft.value, path, value));
};

export const throwAway = (): void => {
  if (presentBody.value) change(presentBody.value);
};

/** Throws what the service says against it. */
export const publish = async (from: string): Promise<void> => {
  if (start.value.is !== 'ready' || !draft.value) return;
  const { me, present } = start.value.value;
  const done = await api.publish(draft.value, present.version, from);
  try {
    localStorage.removeItem(keyOf(present.body, present.version));
  } catch {
    // Nothing was kept then.
  }
  const fresh = await api.present();
  start.value = { is: 'ready', value: { me, present: fresh } };
  draft.value = fresh.body;
  published.value = done;
  await check();
};
