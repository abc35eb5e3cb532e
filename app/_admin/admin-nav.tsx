'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';

const PLACES = [
  { href: '/admin', key: 'overview' },
  { href: '/admin/sessions', key: 'sessions' },
  { href: '/admin/services', key: 'services.title' },
  { href: '/admin/traffic', key: 'traffic' },
  { href: '/admin/books', key: 'books' },
  { href: '/admin/audit', key: 'audit' },
  { href: '/scenarios', key: 'scenarios' },
] as const;

/** The rooms behind the counter. */
export function AdminNav() {
  const t = useTranslations('admin');
  const path = usePathname();
  return (
    <nav aria-label={t('title')} className="mb-5 flex flex-wrap gap-1 border-b-2 border-edge">
      {PLACES.map(({ href, key }) => {
        const here = href === '/admin' ? path === href : path.startsWith(href);
        return (
          <Link
            key={key}
            href={href}
            aria-current={here ? 'page' : undefined}
            className={
              here ? 'bg-text px-4 py-2 font-semibold text-ground' : 'px-4 py-2 font-semibold hover:bg-raised'
            }
          >
            {t(key)}
          </Link>
        );
      })}
    </nav>
  );
}
