// A word that fits several items (测温, 员工) fits one where a list names every other item by itself. Nothing short of the
// whole checklist decides it: in a partial report the word is asked back.

import type { Heard, Statement } from './statement.ts';

/** The statements with those of doubtful words added, or the same reading where any of them stays open. */
export const eliminate = (heard: Heard, total: number): Heard => {
  const { statements, doubts } = heard;
  const named = new Set(statements.flatMap((s) => (s.scope === 'some' ? s.items : [])));
  const isList = doubts.length > 0 && named.size + doubts.length === total;
  if (!isList || !statements.every((s) => s.scope === 'some')) return heard;
  const found: Statement[] = [];
  for (const { reason, items, said } of doubts) {
    const [item, ...others] = items.filter((i) => !named.has(i));
    if (reason !== 'ambiguous_word' || said === undefined || item === undefined || others.length > 0) return heard;
    named.add(item);
    found.push({
      ...said,
      scope: 'some',
      items: [item],
      only: false,
      general: false,
      overrides: false,
      doubtful: false,
    });
  }
  return { ...heard, statements: [...statements, ...found], doubts: [] };
};
