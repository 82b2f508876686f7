// The lines of a card. Long lists are folded; in tallies the figures stand out against their labels.

import { useState } from 'preact/hooks';
import { Icon } from '../look/icon.tsx';
import { Linked } from './linked.tsx';
import { texts } from './texts.ts';

const FOLD_FROM = 20;
const SHOWN_WHEN_FOLDED = 8;
const WITH_FIGURES = new Set(['tally', 'digest']);
/** Times and dates are skipped (first branch), then a number with its sign, total and percent. */
const FIGURES = /(\d+[:：]\d+|\d+[月日]|\d+-\d+-\d+)|([+]?\d[\d,]*(?:\.\d+)?(?: \/ \d[\d,]*)?%?)/g;

interface CardLinesProps {
  readonly lines: readonly string[];
  readonly kind: string;
  readonly whole: boolean;
}

export const CardLines = ({ lines, kind, whole }: CardLinesProps) => {
  const [unfolded, setUnfolded] = useState(false);
  const folds = !whole && lines.length >= FOLD_FROM;
  const shown = folds && !unfolded ? lines.slice(0, SHOWN_WHEN_FOLDED) : lines;
  return (
    <div class={`card-lines ${WITH_FIGURES.has(kind) ? 'card-lines-figures' : ''}`}>
      {shown.map((line, index) => (
        <p key={index}>{WITH_FIGURES.has(kind) ? <Figures text={line} /> : <Linked text={line} />}</p>
      ))}
      {folds && (
        <button type="button" class="text-button fold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? texts.card.less : texts.card.more(lines.length - SHOWN_WHEN_FOLDED)}
          <Icon name="down" />
        </button>
      )}
    </div>
  );
};

const Figures = ({ text }: { readonly text: string }) => {
  const parts = [];
  let from = 0;
  for (const match of Array.from(text.matchAll(FIGURES))) {
    const [whole, , figure] = match;
    if (figure === undefined) continue;
    parts.push(text.slice(from, match.index), <b key={match.index}>{figure}</b>);
    from = match.index + whole.length;
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  );
};
