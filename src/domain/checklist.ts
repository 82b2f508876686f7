// A checklist: the questions of one inspection, and what counts as an answer to them.
// It knows no particular campaign: labels, aliases and ambiguous words come from the pack.

export type ItemKind = 'yes_no' | 'number' | 'choice';

export interface ItemOption {
  readonly id: string;
  readonly label: string;
  readonly aliases: readonly string[];
}

export interface Item {
  readonly id: string;
  /** The number printed on the card, from 1. */
  readonly num: number;
  /** The column head of the official form, verbatim. */
  readonly label: string;
  /** What a card shows, at most 16 characters. */
  readonly shortLabel: string;
  readonly kind: ItemKind;
  readonly required: boolean;
  /** Words people use for this item and for no other. */
  readonly aliases: readonly string[];
  /** The readings of a `choice` item. */
  readonly options: readonly ItemOption[];
  /** Of a `number` item: bounds (inclusive) and the unit people may write after the figure. */
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
}

/** One column of the official form. */
export interface FormColumn {
  readonly holds: 'row_number' | 'item' | 'note' | 'field';
  /** Of an item its id; of a field one of FORM_FIELDS, or what only the paper knows and stays empty. */
  readonly id: string;
  /** Verbatim; null = the pack does not say, and the column has its usual name. */
  readonly label: string | null;
  /** The head that it shares with its neighbours. */
  readonly under: string | null;
}

/** What a form says beside the answers: when, who and where. */
export const FORM_FIELDS = ['check_date', 'name', 'town', 'department', 'compound', 'company'] as const;

export interface Checklist {
  readonly id: string;
  readonly title: string;
  readonly items: readonly Item[];
  /** A word that stands for several items together (上墙 → the three notices). */
  readonly groupWords: Readonly<Record<string, readonly string[]>>;
  /** A word that fits several items and must be asked back (口罩). */
  readonly ambiguousWords: Readonly<Record<string, readonly string[]>>;
  /** The label of the free remark (检查发现的其他情况). */
  readonly noteLabel: string;
  /** The official form (R46), from left to right. */
  readonly form: readonly FormColumn[];
}

/** `yes` = done as required, `no` = not done and a finding; a number or an option id for the other kinds. */
export type AnswerValue = 'yes' | 'no' | number | string;

/** One value for each item id; null = nothing certain was said. */
export type Answers = Readonly<Record<string, AnswerValue | null>>;
