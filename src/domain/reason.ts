// Why a value of a pack or of a template does not do, and what to do about it, in both languages: the console says it in
// English, the pages in either. Validators carry a reason as one string, a line for each language.
import type { Language } from './problem.ts';

export const reason = (zh: string, en: string): string => `${en}\n${zh}`;

/** The reason in one language; a reason that has only one is said as it is. */
export const sayReason = (text: string, language: Language): string => {
  const [en = '', zh = en] = text.split('\n');
  return language === 'en' ? en : zh;
};
