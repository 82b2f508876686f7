// What can be completed at the caret: `/` commands at the start (after a mention of the service, too), `@` mentions in groups.
// Pure.

import type { Command } from './model.ts';

export interface Suggestion {
  readonly insert: string;
  readonly label: string;
  readonly hint: string;
}

export interface Completion {
  /** Where the half-written word begins. */
  readonly from: number;
  readonly suggestions: readonly Suggestion[];
}

export interface Vocabulary {
  readonly bot: string;
  readonly botHint: string;
  readonly commands: readonly Command[];
  /** Names that can be mentioned; empty in a private chat, where nobody need be called. */
  readonly names: readonly string[];
}

const MOST = 8;

export const completionAt = (text: string, caret: number, words: Vocabulary): Completion | null => {
  const before = text.slice(0, caret);
  const command = /^(?:@\S+\s+)?(\/\S*)$/.exec(before)?.[1];
  if (command !== undefined) return complete(before, command, commandsFor(command, words));
  const mention = /(?:^|\s)(@[^\s@]*)$/.exec(before)?.[1];
  if (mention !== undefined && words.names.length > 0) return complete(before, mention, mentionsFor(mention, words));
  return null;
};

const complete = (before: string, word: string, suggestions: readonly Suggestion[]): Completion | null =>
  suggestions.length === 0 ? null : { from: before.length - word.length, suggestions: suggestions.slice(0, MOST) };

const commandsFor = (typed: string, words: Vocabulary): readonly Suggestion[] =>
  words.commands
    .filter((command) => command.name.startsWith(typed) || command.alias.startsWith(typed))
    .map((command) => ({
      // Who types Latin letters gets the Latin name, everybody else the Chinese one.
      insert: `${typed !== '/' && command.name.startsWith(typed) ? command.name : command.alias} `,
      label: `${command.alias}　${command.name}`,
      hint: command.hint,
    }));

const mentionsFor = (typed: string, words: Vocabulary): readonly Suggestion[] =>
  [{ name: words.bot, hint: words.botHint }, ...words.names.map((name) => ({ name, hint: '' }))]
    .filter(({ name }) => `@${name}`.startsWith(typed))
    .map(({ name, hint }) => ({ insert: `@${name} `, label: `@${name}`, hint }));

export const mentionsBot = (text: string, bot: string): boolean => text.includes(`@${bot}`);
