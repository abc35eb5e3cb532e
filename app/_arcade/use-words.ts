'use client';

import { useLocale } from 'next-intl';

/** A text that the story has in both languages. */
export interface Words {
  readonly en: string;
  readonly ko: string;
}

/** Reads the story's texts in the language of the page. */
export function useWords(): { of(words: Words): string; language: 'en' | 'ko' } {
  const language = useLocale() === 'ko' ? 'ko' : 'en';
  return { language, of: (words) => words[language] };
}
