import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { Theme } from '../_lib/preferences';
import type { Viewer } from '../_lib/viewer';
import { AccountMenu } from './account-menu';
import { LanguageSwitch } from './language-switch';
import { NavLinks } from './nav-links';
import { ThemeSwitch } from './theme-switch';
import { Wordmark } from './wordmark';

/** The head of every page but the fight itself. */
export async function SiteHeader({ viewer, theme }: { viewer: Viewer | null; theme: Theme }) {
  const t = await getTranslations('nav');
  const isAdmin = viewer?.role === 'admin';
  return (
    <>
      <header className="border-b-2 border-line bg-ground">
        <div className="mx-auto flex h-16 w-full max-w-7xl items-center gap-2 px-4 sm:gap-4 md:px-6">
          <Link href="/" className="mr-auto text-heading md:mr-4">
            <Wordmark />
          </Link>
          <nav aria-label={t('rooms')} className="mr-auto hidden md:block">
            <NavLinks isAdmin={isAdmin} />
          </nav>
          <LanguageSwitch />
          <ThemeSwitch initial={theme} />
          <AccountMenu name={viewer?.playerName ?? null} />
        </div>
      </header>
      <nav
        aria-label={t('rooms')}
        className="fixed inset-x-0 bottom-0 z-30 border-t-2 border-line bg-ground pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        <NavLinks isAdmin={isAdmin} bar />
      </nav>
    </>
  );
}
