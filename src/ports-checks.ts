// What `doctor` finds when it looks at a set-up, step by step.

/** One step that was looked at. `seen`: what was found; where it is wrong, what to do about it. */
export interface Checked {
  readonly step: string;
  readonly state: 'well' | 'wrong' | 'left out';
  readonly seen: string;
}

export const well = (step: string, seen: string): Checked => ({ step, state: 'well', seen });
export const wrong = (step: string, seen: string): Checked => ({ step, state: 'wrong', seen });
export const leftOut = (step: string, seen: string): Checked => ({ step, state: 'left out', seen });

/** One platform's steps, in the order in which they are set up. Changes nothing there and writes to nobody. */
export type Examination = () => AsyncIterable<Checked>;
