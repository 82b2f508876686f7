// How names sound, for the search: written when a compound is imported, so that a search needs no dictionary.

/** `yang guang hua yuan yghy`: syllables, then initials; names one to a line. */
export type PinyinOf = (names: readonly string[]) => string;

/** The dictionary takes a fifth of a second to load, and only an import needs it. */
export const loadPinyin = async (): Promise<PinyinOf> => {
  const { pinyin } = await import('pinyin-pro');
  const sounds = (name: string) => {
    const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
    const initials = syllables.map((syllable) => (/^[a-z]+$/.test(syllable) ? syllable.charAt(0) : syllable)).join('');
    return `${syllables.join(' ')} ${initials}`.toLowerCase();
  };
  return (names) => names.map(sounds).join('\n');
};
