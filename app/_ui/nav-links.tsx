'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { cx } from './cx';

const PLACES = ['lobby', 'arcade', 'watch', 'tournaments', 'moves', 'training'] as const;

const ICONS = {
  lobby: 'M4 5h16v11H9l-5 4Z',
  arcade: 'M6 20V4M18 20V4M6 8h12M6 12h12M6 16h12',
  watch: 'M3 5h18v12H3ZM8 20h8',
  tournaments: 'M7 4h10v6a5 5 0 0 1-10 0ZM7 6H3v1a4 4 0 0 0 4 4M17 6h4v1a4 4 0 0 1-4 4M12 15v5M8 20h8',
  moves: 'M12 4v16M4 12h16M9 7l3-3 3 3M9 17l3 3 3-3',
  training: 'M4 20V4M4 20h16M7 15l4-5 3 3 5-7',
  admin: 'M5 4h14v16H5ZM9 9h6M9 13h6',
} as const;

/** What else belongs to a place, and leads there. */
const ALSO: Readonly<Record<string, readonly string[]>> = { tournaments: ['rooms', 'wallet'] };

/** The rooms of the arcade: in the head of wide pages, as a bar under the thumb on phones. */
export function NavLinks({ isAdmin, bar }: { isAdmin: boolean; bar?: boolean }) {
  const t = useTranslations('nav');
  const path = usePathname();
  const places = isAdmin ? ([...PLACES, 'admin'] as const) : PLACES;
  return (
    <ul className={bar ? 'flex' : 'flex gap-1'}>
      {places.map((place) => {
        const here = [place, ...(ALSO[place] ?? [])].some(
          (root) => path === `/${root}` || path.startsWith(`/${root}/`),
        );
        return (
          // A head of middling width has no room for it; the lobby leads there, too.
          <li key={place} className={bar ? 'grow' : place === 'moves' ? 'hidden lg:block' : undefined}>
            <Link
              href={`/${place}`}
              aria-current={here ? 'page' : undefined}
              className={cx(
                bar
                  ? 'flex h-16 flex-col items-center justify-center gap-1 text-data font-semibold'
                  : 'cut px-4 py-2 font-semibold',
                here ? 'bg-text text-ground' : 'hover:bg-line/60 hover:text-text',
                here && bar && 'outline-offset-[-4px]',
              )}
            >
              {bar ? (
                <svg viewBox="0 0 24 24" className="size-5" aria-hidden="true">
                  <path d={ICONS[place]} fill="none" stroke="currentColor" strokeWidth="2.5" />
                </svg>
              ) : null}
              {t(bar && place === 'tournaments' ? 'cups' : place)}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
