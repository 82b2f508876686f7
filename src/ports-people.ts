// What the acts about people read: where they live, what they owe wherever they are, who decides about them.
import type { Absence } from './domain/absence.ts';
import type { Assignment } from './domain/assignment.ts';
import type { Day } from './domain/calendar.ts';
import type { NamedCompound } from './domain/compound-search.ts';
import type { DutyFacts, Exclusion, FormerHome } from './domain/home.ts';

/** A claim that waits for a decision, with who claims it and where he works. */
export interface OpenExclusion {
  readonly exclusion: Exclusion;
  readonly name: string;
  readonly organisation: string | null;
  readonly department: string | null;
  /** The area of a town bureau. */
  readonly area: string | null;
}

export interface StaleDuty {
  readonly duty: Assignment;
  readonly now: DutyFacts;
}

export interface People {
  /** Compounds of these areas whose names share something with the words, and how the words sound. */
  compoundsLike(
    words: string,
    areas: readonly string[],
    limit: number,
  ): Promise<{ readonly sound: string; readonly compounds: NamedCompound[] }>;
  /** How these names sound, as compounds keep it. */
  sounds(names: readonly string[]): Promise<string>;
  /** The home duties of these people that are open or whose window is not over. */
  homeDuties(campaigns: readonly string[], personIds: readonly string[], today: Day): Promise<Assignment[]>;
  /** Of these home duties, those that a deputy has. */
  reassigned(ids: readonly string[]): Promise<Assignment[]>;
  /** Open home duties that the roster has moved on from: the person moved, left, lives in none, is away on the last day. */
  outOfStep(campaign: string, today: Day, limit: number): Promise<StaleDuty[]>;
  /** Where this person lived before. */
  formerHomes(personId: string): Promise<FormerHome[]>;
  /** Whose code this is; null for none, for one that was used or is over. */
  bindCode(hash: string, now: Date): Promise<{ readonly personId: string; readonly name: string } | null>;
  /** Leave of this person that is not over. */
  absences(personId: string, today: Day): Promise<Absence[]>;
  /** Claims that nobody decided; those of `persons` only, if given. */
  openExclusions(campaign: string, persons: readonly string[] | null): Promise<OpenExclusion[]>;
}
