// What the page knows of a pack: the parts it edits. Everything else of the body goes back as it came.

import type { PreviewMessage } from '../../domain/card-preview.ts';

export type { PreviewInput, PreviewMessage } from '../../domain/card-preview.ts';

export interface Item {
  readonly id: string;
  readonly num: number;
  readonly label: string;
  readonly short_label?: string;
  readonly type: 'yes_no' | 'number' | 'choice';
  readonly required: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  readonly options?: readonly { readonly id: string; readonly label: string; readonly aliases: readonly string[] }[];
}

/** A column head over several items. */
export interface Group {
  readonly id: string;
  readonly label: string;
  readonly type: 'group';
  readonly items: readonly Item[];
}

type Words = Readonly<Record<string, readonly string[]>>;

export interface ChecklistFile {
  readonly id: string;
  readonly title: string;
  readonly items: readonly (Item | Group)[];
  readonly free_text: readonly { readonly id: string; readonly label: string }[];
  readonly column_order?: readonly string[];
  readonly derived: {
    readonly short_labels: Readonly<Record<string, string>>;
    readonly aliases: Words;
    readonly ambiguous_words: Words;
    readonly group_words: Words;
  };
}

export interface LetterFile {
  readonly id: string;
  readonly title: string;
  readonly closing: readonly string[];
  readonly questions: readonly {
    readonly id: string;
    readonly num: number;
    readonly text: string;
    readonly answer: 'yes_no';
  }[];
}

export interface Slot {
  readonly at: string;
  readonly days: 'working' | 'every' | readonly string[];
  readonly grace_minutes: number;
}

export interface Pack {
  readonly plan: {
    readonly id: string;
    readonly title: string;
    readonly strands: readonly {
      readonly id: string;
      readonly name: string;
      readonly phases: readonly {
        readonly id: string;
        readonly label: string | null;
        readonly start: string;
        readonly end: string | null;
      }[];
    }[];
    readonly deadlines: readonly {
      readonly id: string;
      readonly date?: string;
      readonly working_days?: number;
      readonly who?: string;
    }[];
    readonly schedule: Readonly<Record<string, Slot | undefined>>;
  };
  readonly checklists: readonly ChecklistFile[];
  readonly letters: readonly LetterFile[];
  readonly zones: readonly unknown[];
}

export interface Present {
  readonly version: number;
  readonly body: Pack;
}

export interface Remark {
  /** `plan.strands.0.phases.0.end`. */
  readonly path: string;
  readonly reason: string;
}

export interface Sample {
  readonly id: string;
  readonly place: 'group' | 'person';
  readonly on: readonly {
    readonly channel: string;
    readonly messages: readonly PreviewMessage[];
    readonly misfits: readonly string[];
  }[];
}

export interface Checked {
  readonly faults: readonly Remark[];
  readonly notes: readonly Remark[];
  /** Empty where there are faults. */
  readonly samples: readonly Sample[];
}

export interface Published {
  readonly version: number;
  readonly isNew: boolean;
  readonly from: string;
}

export interface Me {
  readonly csrf: string;
  readonly day: string;
  readonly kind: string;
  readonly campaign: { readonly id: string; readonly title: string };
  readonly sees: { readonly deliveries: boolean };
}
