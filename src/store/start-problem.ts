// Why the database cannot be had: what is wrong, where, and what to do, in one line for the operator. main.ts prints
// the message and no stack. Anything else thrown by the store at start is a bug.
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** What the store says while it starts; a pino logger is one. */
export interface StartLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
