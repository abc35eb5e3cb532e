'use client';

import { useTranslations } from 'next-intl';
import { cx } from './cx';

interface Asked {
  readonly data: unknown;
  readonly dataUpdatedAt: number;
  readonly failureCount: number;
  readonly isRefetchError: boolean;
}

/** Marks what is shown as old while the server doesn't answer; asking again is the query's own business. */
export function Stale({ query, className }: { query: Asked; className?: string }) {
  const isOld = query.data !== undefined && (query.isRefetchError || query.failureCount > 0);
  return <Old since={isOld ? query.dataUpdatedAt : undefined} className={className} />;
}

/** The same of what a stream told: old since then, Unix milliseconds; nothing while it is not. */
export function Old({ since, className }: { since: number | undefined; className?: string | undefined }) {
  const t = useTranslations('common');
  if (since === undefined) return null;
  const time = new Date(since).toLocaleTimeString(undefined, { hour12: false });
  return (
    <p role="status" className={cx('border-l-4 border-bad bg-raised px-3 py-2 text-data', className)}>
      {t('stale', { time })}
    </p>
  );
}
