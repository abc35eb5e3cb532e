'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { signOut } from '../_lib/auth-client';
import { notify } from './notices';

/** Who you are, and the way out; or the way in. */
export function AccountMenu({ name }: { name: string | null }) {
  const t = useTranslations('nav');
  const [busy, setBusy] = useState(false);
  if (name === null) {
    return (
      <Link href="/login" className="button button-small">
        {t('login')}
      </Link>
    );
  }
  return (
    <div className="flex items-center gap-3">
      <Link
        href="/account"
        aria-label={`${t('account')}: ${name}`}
        title={name}
        className="link flex size-10 items-center justify-center font-semibold sm:size-auto sm:max-w-40"
      >
        <svg
          viewBox="0 0 24 24"
          aria-hidden="true"
          className="size-6 fill-none stroke-current stroke-2 sm:hidden"
        >
          <path d="M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4 20c0-4 3.5-6 8-6s8 2 8 6" />
        </svg>
        <span className="hidden truncate sm:inline">{name}</span>
      </Link>
      {/* On a phone there is no room for both; the page of the account leads out, too. */}
      <button
        type="button"
        className="button button-small max-sm:hidden"
        disabled={busy}
        onClick={async () => {
          setBusy(true);
          try {
            await signOut();
            // A full load: nothing of the old player may stay in memory, the open socket least of all.
            window.location.assign('/');
          } catch {
            setBusy(false);
            notify({ tone: 'bad', title: t('logoutFailed') });
          }
        }}
      >
        {t('logout')}
      </button>
    </div>
  );
}
