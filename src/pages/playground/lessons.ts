// The three things a first-time visitor is shown, each once: press a card, type an answer, move the clock.
// Which one comes next depends on what can be done just now: with no open card, the clock comes first.

import { computed, signal } from '@preact/signals';
import { recall, remember } from './memory.ts';
import type { Card } from './model.ts';
import { actor, openConversation, stage } from './state.ts';
import { texts } from './texts.ts';
import { say as toast } from './toasts.tsx';

export type Lesson = 'press' | 'type' | 'clock';
const LESSONS: readonly Lesson[] = ['press', 'type', 'clock'];

const learnt = signal<readonly Lesson[]>(recall<readonly Lesson[]>('learnt') ?? []);
const keep = (lessons: readonly Lesson[]): void => {
  learnt.value = lessons;
  remember('learnt', lessons);
};

export const learn = (lesson: Lesson): void => {
  if (learnt.value.includes(lesson)) return;
  keep([...learnt.value, lesson]);
  if (learnt.value.length === LESSONS.length && stage.value?.hints) toast(texts.hints.finished, 'done');
};

export const skipLessons = (): void => keep(LESSONS);
export const lessonStep = computed(() => Math.min(LESSONS.length, learnt.value.length + 1));

/** The newest card in the open chat that waits for this person. */
export const pressableCard = computed<Card | null>(() => {
  const open = openConversation.value.messages.filter(
    ({ card }) => card?.state === 'open' && card.actions.some((action) => !action.url),
  );
  return open[open.length - 1]?.card ?? null;
});

/** What can be learnt just now, or nothing. */
export const lesson = computed<Lesson | null>(() => {
  if (!stage.value?.hints || !actor.value || openConversation.value.load.is !== 'ready') return null;
  const open = LESSONS.filter((candidate) => !learnt.value.includes(candidate)).filter((candidate) => {
    if (candidate === 'press') return pressableCard.value !== null;
    if (candidate === 'clock') return stage.value?.canMoveClock;
    return pressableCard.value !== null || learnt.value.includes('press');
  });
  return open[0] ?? null;
});
