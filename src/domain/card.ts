// The neutral card: what every channel can show, free of platform (DOORS §4). Codecs render it within their limits.

export type CardKind =
  | 'assignment'
  | 'checklist'
  | 'confirmation'
  | 'question'
  | 'letter'
  | 'reminder'
  | 'rung'
  | 'finding'
  | 'recheck'
  | 'tally'
  | 'digest'
  | 'notice'
  | 'report'
  | 'town_report'
  | 'handover';

export interface CardOption {
  readonly id: string;
  readonly label: string;
}

/** `ticks` lists what is NOT done; nothing is ever pre-chosen (DESIGN §5). */
export interface CardField {
  readonly id: string;
  readonly kind: 'choice' | 'ticks' | 'text';
  readonly label: string;
  readonly options?: readonly CardOption[];
  readonly required?: boolean;
}

export interface CardAction {
  readonly id: string;
  readonly label: string;
  readonly style?: 'primary' | 'plain' | 'danger';
  readonly url?: string;
}

export interface Card {
  readonly id: string;
  readonly kind: CardKind;
  readonly title: string;
  readonly lines: readonly string[];
  readonly fields: readonly CardField[];
  readonly actions: readonly CardAction[];
  readonly state: 'open' | 'answered' | 'closed';
  readonly stateText?: string;
}

/** What a press sends: option id, option ids or text for each field. */
export type CardValues = Readonly<Record<string, string | readonly string[]>>;

/** The text of one field, trimmed; empty when absent or not a text. */
export const textOf = (values: CardValues, field: string): string => {
  const value = values[field];
  return typeof value === 'string' ? value.trim() : '';
};

/** The ticked options of one field; a single value counts as one tick. */
export const ticksOf = (values: CardValues, field: string): readonly string[] => {
  const value = values[field];
  if (value === undefined || value === '') return [];
  return typeof value === 'string' ? [value] : value;
};
