// The bubble that shows a first-time visitor the next step, standing right where the step is taken.

import { type Lesson, lesson, lessonStep, pressableCard, skipLessons } from './lessons.ts';
import { openChat } from './state.ts';
import { texts } from './texts.ts';

interface HintBubbleProps {
  readonly lesson: Lesson;
  /** Puts an example answer into the composer, which only the composer can. */
  readonly onExample?: (example: string) => void;
}

export const HintBubble = ({ lesson: mine, onExample }: HintBubbleProps) => {
  if (lesson.value !== mine) return null;
  return (
    <aside class={`hint hint-${mine}`} aria-label={texts.hints.label}>
      <p class="hint-head">
        <strong>{texts.hints.step(lessonStep.value)}</strong>
        <button type="button" class="text-button hint-skip" onClick={skipLessons}>
          {texts.hints.skip}
        </button>
      </p>
      <p>{WORDS[mine]()}</p>
      {onExample && (
        <button type="button" class="text-button hint-fill" onClick={() => onExample(exampleAnswer())}>
          {texts.hints.typeFill}
        </button>
      )}
    </aside>
  );
};

const compoundField = () => pressableCard.value?.fields.find((field) => field.id === 'compound');

const WORDS: Readonly<Record<Lesson, () => string>> = {
  press: () => (compoundField() ? texts.hints.pressAfterChoice : texts.hints.press),
  type: () => texts.hints.type(exampleAnswer()),
  clock: () => texts.hints.clock,
};

/** An answer that fits the newest open card: a compound it offers, and one item not done. */
const exampleAnswer = (): string => {
  const compound = compoundField()?.options?.[0]?.label;
  const mention = openChat.value?.kind === 'group' ? `${texts.composer.mention} ` : '';
  return `${mention}${compound ? `${shortName(compound)} ` : ''}${texts.hints.example}`;
};

/** Options may carry more than the name (阳光花园 · 尚未检查). */
const shortName = (label: string): string => label.split(/[\s·（(]/)[0] ?? label;
