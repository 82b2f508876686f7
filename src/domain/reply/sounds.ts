// How a character sounds to a southern ear: without tone, zh = z, ing = in, so that typing and dictation slips
// (上强 for 上墙) fall together. It only proposes; the lexer decides whether a slip is near enough.

import { SOUNDS } from './characters.ts';

const blur = (syllable: string): string => syllable.replace(/^([zcs])h/, '$1').replace(/([aei]n)g$/, '$1');

const soundOf = new Map<string, string>();
for (const line of SOUNDS.trim().split('\n')) {
  const [syllable = '', characters = ''] = line.split(' ');
  for (const character of characters) soundOf.set(character, blur(syllable));
}

/** The blurred syllable of a common character, or null for a rare one or a sign. */
export const sound = (character: string | undefined): string | null =>
  character === undefined ? null : (soundOf.get(character) ?? null);
