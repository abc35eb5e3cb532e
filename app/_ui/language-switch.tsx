'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { rememberLocale } from '../_lib/remember';

/** Switches between English and Korean where you stand; the label is in the language you would get. */
export function LanguageSwitch() {
  const t = useTranslations('common');
  const other = useLocale() === 'en' ? 'ko' : 'en';
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <button
      type="button"
      lang={other}
      disabled={pending}
      aria-label={t('language')}
      className="language-label grid h-11 min-w-11 place-items-center px-1 font-semibold whitespace-nowrap"
      onClick={() => {
        rememberLocale(other);
        startTransition(() => router.refresh());
      }}
    >
      {other === 'ko' ? '한국어' : 'EN'}
    </button>
  );
}
