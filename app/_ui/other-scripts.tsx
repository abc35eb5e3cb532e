'use client';

import { usePathname } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useEffect } from 'react';

/** A letter that the Latin faces lack. */
const OTHER_LETTER = /[\u0100-\u1fff\u2c00-\ud7ff\uf900-\ufaff]/;

/**
 * The faces of Hangul and other scripts: 280 rules that would hold up the first paint of every page. A Korean page gets
 * them right after it, another page once it shows a letter that needs them: a name, say. Until then, and for letters
 * that turn up later on the same page, the system's own faces stand in.
 */
export function OtherScripts() {
  const locale = useLocale();
  const path = usePathname();
  // The path is a reason to look again: another page may show other letters.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (locale === 'ko') {
      void import('./other-scripts-faces');
      return;
    }
    const timer = setTimeout(() => {
      const text = document.querySelector('main')?.textContent ?? '';
      if (OTHER_LETTER.test(text)) void import('./other-scripts-faces');
    }, 1_000);
    return () => clearTimeout(timer);
  }, [locale, path]);
  return null;
}
