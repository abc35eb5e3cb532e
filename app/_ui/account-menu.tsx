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
      <span className="hidden max-w-40 truncate font-semibold sm:inline" title={name}>
        {name}
      </span>
      <button
        type="button"
        className="button button-small"
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
