'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Theme } from '../_lib/preferences';
import { rememberTheme } from '../_lib/remember';

/** Turns the paper over: ink or poster. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const t = useTranslations('common');
  const [theme, setTheme] = useState(initial);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className="grid size-11 place-items-center"
      aria-label={t(other === 'light' ? 'themeLight' : 'themeDark')}
      onClick={() => {
        document.documentElement.dataset.theme = other;
        setTheme(other);
        rememberTheme(other);
      }}
    >
      <svg viewBox="0 0 24 24" className="size-5" aria-hidden="true">
        <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2.5" />
        <path d="M12 3a9 9 0 0 1 0 18Z" fill="currentColor" />
      </svg>
    </button>
  );
}
