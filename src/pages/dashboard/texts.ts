// Every word of the dashboard that does not come from the service. zh-CN is written first, en is a translation of it.

import { computed, signal } from '@preact/signals';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type Language = 'zh-CN' | 'en';

const KEY = 'dudao.language';

const kept = (): Language | null => {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'zh-CN' || value === 'en' ? value : null;
  } catch {
    return null;
  }
};

export const language = signal<Language>(kept() ?? (/^en\b/i.test(navigator.language) ? 'en' : 'zh-CN'));
export const texts = computed(() => (language.value === 'en' ? en : zh));

export const speak = (chosen: Language): void => {
  language.value = chosen;
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Web views may forbid storage: then it is asked again next time.
  }
};
