'use client';

import { useLocale } from 'next-intl';
import { useMemo } from 'react';

/** A text that the story has in both languages. */
export interface Words {
  readonly en: string;
  readonly ko: string;
}

/** Reads the story's texts in the language of the page. */
export function useWords(): { of(words: Words): string; language: 'en' | 'ko' } {
  const language = useLocale() === 'ko' ? 'ko' : 'en';
  // The same from rendering to rendering: what is made of names must not be made anew.
  return useMemo(() => ({ language, of: (words: Words) => words[language] }), [language]);
}
