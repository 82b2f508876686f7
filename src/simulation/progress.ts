// One line about how far a simulation has come: a bar on a terminal, and readable in a log as well.
import type { Progress } from './play.ts';

const WIDTH = 24;

export const progressLine = ({ day, done, acts, messages }: Progress): string => {
  const full = Math.round(done * WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
  const percent = `${Math.round(done * 100)}`.padStart(3);
  return `${bar} ${percent} %  ${day}  ${`${acts}`.padStart(6)} acts  ${`${messages}`.padStart(6)} messages`;
};
