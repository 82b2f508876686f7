// The people of a simulated campaign: who answers at once, late, never or wrongly, and who is on leave when.
import { type Day, daysBetween, plusDays } from '../domain/calendar.ts';
import { type Chance, oneOf } from './chance.ts';

/** careless = answers soon, but not as the card asks, and only then rightly. */
export type Temper = 'prompt' | 'slow' | 'silent' | 'careless' | 'away';

const shares: readonly (readonly [Temper, number])[] = [
  ['prompt', 0.55],
  ['slow', 0.2],
  ['silent', 0.1],
  ['careless', 0.08],
  ['away', 0.07],
];

export const temperOf = (chance: Chance, personId: string): Temper => oneOf(chance('temper', personId), shares);

export interface Leave {
  readonly personId: string;
  readonly from: Day;
  readonly to: Day;
}

const SHORTEST = 3;
const LONGEST = 10;

/** When somebody who is away is away, between these days; null for everybody else. */
export const leaveOf = (chance: Chance, personId: string, from: Day, to: Day): Leave | null => {
  if (temperOf(chance, personId) !== 'away') return null;
  const begin = plusDays(from, Math.floor(chance('leave', personId) * (daysBetween(from, to) + 1)));
  const days = SHORTEST + Math.floor(chance('leave length', personId) * (LONGEST - SHORTEST + 1));
  return { personId, from: begin, to: plusDays(begin, days - 1) };
};

/** Two of three tell the office beforehand: then it is on record, and nobody reminds them (E13). */
export const isRecorded = (chance: Chance, leave: Leave): boolean => chance('leave told', leave.personId) < 2 / 3;
