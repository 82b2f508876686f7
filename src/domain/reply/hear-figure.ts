// Figures and options: the number of an item, the amount an item asks for, or one of its choices.

import { hearCount, hearPositioned } from './hear-count.ts';
import { hearName } from './hear-name.ts';
import { askedForNumber, completeSubject } from './hear-predicate.ts';
import { type Hearing, nextMeaning } from './hearing.ts';
import { plainPredicate, startsPredicate } from './predicates.ts';
import { subjectAt } from './statement.ts';
import type { Cls, Token } from './token.ts';

/** What shows that a lone 一 or 三 before it stands as an item number. */
const FOLLOWS_A_NUMBER: ReadonlySet<Cls> = new Set([
  ...([
    'all',
    'colon',
    'list',
    'item',
    'group',
    'qualifier',
    'outside',
    'number',
    'dot',
    'change',
    'adv',
    'same',
    'mistaken',
    'amend',
    'wrong',
  ] as const),
]);

const stands = (next: Token | undefined): boolean =>
  next !== undefined && (startsPredicate(next) || FOLLOWS_A_NUMBER.has(next.cls));

/** Returns the place of the next token to hear, as all of these do. */
export const hearNumber = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  const figures = token.figures ?? [];
  if (askedForNumber(h) !== null && token.amount !== undefined) return hearAmount(h, tokens, i);
  const follows = stands(nextMeaning(tokens, i + 1));
  if (token.chinese && !token.ordinal && !follows) return i + 1;
  // 一是通告…，二是…: counts its sentences.
  const [after, then] = [tokens[i + 1], tokens[i + 2]];
  const counts = token.chinese && !token.ordinal && after?.text === '是' && then !== undefined;
  if (counts && !stands(then) && then.cls !== 'comma') return i + 2;
  if (counts && ['item', 'group', 'qualifier'].includes(then.cls)) return i + 2;
  const { last } = h;
  const isWhich = tokens[i - 1]?.cls === 'colon' || (i === 0 && tokens.length === 1);
  if (last?.count !== undefined && last.count === figures.length && isWhich) {
    // 五项做好了：1、2、3、6、8
    h.retract(last);
    h.emit({ items: figures.map((n) => n - 1), value: last.value, from: last.from, to: token.to });
    return i + 1;
  }
  const [only] = figures;
  if (h.position !== null && figures.length === 1 && only !== undefined && !token.ordinal) {
    return hearPositioned(h, only, token, i + 1);
  }
  const items = [...new Set(figures.map((n) => n - 1))];
  if (items.every((n) => n >= 0 && n < h.total)) hearName(h, items, 'number', token, tokens[i - 1]);
  else if (token.ordinal || follows || tokens.length === 1) h.doubt('unknown_item', [], token.text);
  return i + 1;
};

/** 12具: the amount of the item that waits for one, or of the only item counted so. */
export const hearAmount = (h: Hearing, tokens: readonly Token[], i: number): number => {
  const token = tokens[i] as Token;
  const [counted] = h.subject === null && token.items?.length === 1 ? token.items : [];
  const asked = askedForNumber(h) ?? counted;
  if (asked === undefined) return hearCount(h, tokens, i);
  const amount = token.amount ?? Number.NaN;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = h.lexicon.items[asked] ?? {};
  h.lead = null;
  if (amount >= min && amount <= max) {
    h.subject ??= subjectAt(token, { items: [asked] });
    completeSubject(h, plainPredicate(token, 'yes'), amount);
  } else {
    h.doubt('out_of_bounds', [asked], token.text);
    h.subject = null;
  }
  return i + 1;
};

export const hearOption = (h: Hearing, token: Token): void => {
  const { subject } = h;
  const options = token.options ?? [];
  const fitting = subject?.scope === 'some' ? options.filter((o) => subject.items.includes(o.item)) : options;
  const [option] = fitting;
  const denied = h.lead?.value === 'no';
  h.lead = null;
  if (option === undefined || fitting.length > 1 || denied) {
    h.subject = null;
    h.doubt(
      'unclear',
      options.map((o) => o.item),
      token.text,
    );
    return;
  }
  h.subject =
    subject?.scope === 'some' ? { ...subject, items: [option.item] } : subjectAt(token, { items: [option.item] });
  completeSubject(h, plainPredicate(token, 'yes'), option.id);
};
