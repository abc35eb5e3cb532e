import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { THEME_COOKIE, themeOf } from '../_lib/preferences';
import { getViewer } from '../_lib/viewer';
import { SiteHeader } from '../_ui/site-header';

/** Every page but the fight itself: a head, room for the thumb bar, and a way past both for keyboards. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('common');
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <>
      <a
        href="#main"
        className="button button-gold fixed top-2 left-2 z-50 -translate-y-20 focus-visible:translate-y-0"
      >
        {t('skip')}
      </a>
      <SiteHeader viewer={await getViewer()} theme={theme} />
      <main id="main" tabIndex={-1} className="flex grow flex-col pb-20 outline-none md:pb-0">
        {children}
      </main>
    </>
  );
}
