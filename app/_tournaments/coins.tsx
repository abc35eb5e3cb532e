'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';

/** A coin as it is stamped: a disc with a hole, in the ink around it. */
export function CoinMark() {
  return (
    <svg viewBox="0 0 20 20" className="inline-block size-[1.1em] align-[-0.2em]" aria-hidden="true">
      <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="2.5" />
      <path d="M10 5.5v9M7.5 10h5" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}

/** What somebody has, with the way to where it came from. */
export function Coins() {
  const t = useTranslations('wallet');
  const wallet = trpc.wallet.get.useQuery(undefined, { refetchInterval: 15_000 });
  return (
    <Link
      href="/wallet"
      className="inline-flex min-h-11 items-center gap-2 border-2 border-edge bg-raised px-4 font-semibold no-underline hover:border-text"
    >
      <CoinMark />
      <span className="tabular-nums">
        {wallet.data ? t('coins', { count: wallet.data.balance }) : t('title')}
      </span>
    </Link>
  );
}
