// The letter: which units owe a signature (R24), how answers add up to one (R23), and what its state says.
import type { Day } from './calendar.ts';

export type LetterState =
  | 'owed'
  | 'sent'
  | 'read'
  | 'partial'
  | 'signed'
  | 'signed_late'
  | 'refused'
  | 'unreachable'
  | 'undecided';

/** One unit's duty to sign one letter version. */
export interface Letter {
  readonly id: string;
  readonly campaign: string;
  readonly letter: string;
  readonly unitId: string;
  readonly unit: string;
  readonly kind: 'HQ' | 'branch';
  readonly origin: 'local' | 'outside';
  readonly area: string | null;
  readonly zone: string | null;
  readonly signatoryId: string | null;
  readonly state: LetterState;
  readonly version: number;
  readonly answers: Readonly<Record<string, 'yes' | 'no'>>;
  readonly remark: string | null;
  readonly dueOn: Day;
  readonly owedAt: Date;
  readonly sentAt: Date | null;
  readonly readAt: Date | null;
  readonly signedAt: Date | null;
  readonly signedById: string | null;
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly companyId: string;
  readonly origin: 'local' | 'outside';
  readonly kind: 'HQ' | 'branch';
  /** The area of its address; null = outside the city. */
  readonly area: string | null;
  readonly headId: string | null;
  readonly addedOn: Day | null;
}

export const isSigned = (letter: Pick<Letter, 'state'>): boolean =>
  letter.state === 'signed' || letter.state === 'signed_late';

/**
 * The units that owe a signature (R24): of a local company its headquarters and every branch in the city, of an outside
 * company each branch in the city. An outside company with none owes undecided, by its headquarters (E06).
 */
export const unitsThatOwe = (units: readonly Unit[]): { unit: Unit; undecided: boolean }[] => {
  const withBranchHere = new Set(units.filter((u) => u.kind === 'branch' && u.area !== null).map((u) => u.companyId));
  const owes = (unit: Unit): boolean =>
    unit.origin === 'local' || unit.kind === 'branch' ? unit.area !== null : !withBranchHere.has(unit.companyId);
  return units.filter(owes).map((unit) => ({ unit, undecided: unit.origin === 'outside' && unit.kind === 'HQ' }));
};

/**
 * The letter as it is owed by the unit's present head (E14): the seat owes it, whoever sits there. What the one before
 * answered was his, so it is read and answered anew; nobody in the seat is nobody to reach.
 */
export const withHead = (letter: Letter, headId: string | null): Letter => ({
  ...letter,
  signatoryId: headId,
  state: letter.state === 'undecided' ? 'undecided' : headId === null ? 'unreachable' : 'owed',
  answers: {},
  remark: null,
  sentAt: null,
  readAt: null,
  version: letter.version + 1,
});

/** The question that is asked next, one by one: the first without an answer. */
export const nextQuestion = (letter: Letter, questions: readonly string[]): string | null =>
  questions.find((q) => letter.answers[q] === undefined) ?? null;

/** One answer is kept (R23). Nothing is signed by it; with the last one a "no" shows (E32). */
export const answered = (
  letter: Letter,
  questions: readonly string[],
  question: string,
  value: 'yes' | 'no',
  at: Date,
): Letter => {
  const answers = { ...letter.answers, [question]: value };
  const complete = questions.every((q) => answers[q] !== undefined);
  const state = complete && questions.some((q) => answers[q] === 'no') ? 'refused' : 'partial';
  return { ...letter, answers, state, readAt: letter.readAt ?? at, version: letter.version + 1 };
};

/** Every question has its yes and only the confirmation is missing. */
export const awaitsConfirmation = (letter: Letter, questions: readonly string[]): boolean =>
  !isSigned(letter) && questions.every((q) => letter.answers[q] === 'yes');

export type SignOutcome =
  | { readonly kind: 'signed'; readonly letter: Letter }
  | { readonly kind: 'refused'; readonly letter: Letter; readonly no: readonly string[] }
  | { readonly kind: 'partial'; readonly letter: Letter; readonly missing: readonly string[] };

/** Takes the answers given with the sign step: signed only if every question is answered yes (R23, E32). */
export const sign = (
  letter: Letter,
  questions: readonly string[],
  given: Readonly<Record<string, 'yes' | 'no'>>,
  remark: string | null,
  by: string,
  at: Date,
  today: Day,
): SignOutcome => {
  const answers = { ...letter.answers, ...given };
  const next = {
    ...letter,
    answers,
    remark: remark ?? letter.remark,
    readAt: letter.readAt ?? at,
    version: letter.version + 1,
  };
  const missing = questions.filter((q) => answers[q] === undefined);
  if (missing.length > 0) return { kind: 'partial', missing, letter: { ...next, state: 'partial' } };
  const no = questions.filter((q) => answers[q] === 'no');
  if (no.length > 0) return { kind: 'refused', no, letter: { ...next, state: 'refused' } };
  const state = today > letter.dueOn ? 'signed_late' : 'signed';
  return { kind: 'signed', letter: { ...next, state, signedAt: at, signedById: by } };
};
